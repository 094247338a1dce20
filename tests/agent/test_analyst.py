"""The loop: replaced data, stops, exports, languages, and what is never said."""

import csv
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import duckdb
import pytest

from agent.analyst import Analyst
from agent.answer import Answer
from agent.planner import Conversation
from agent.steps import Step
from agent.verify import Unfounded, verify
from agent.wiring import connect
from tests.asking import ask
from tests.conftest import settings
from tools.tool import Figure, Result, Sentence, Understood
from warehouse.errors import QueryError
from warehouse.stop import Stop
from warehouse.table import Column, Table
from warehouse.text import Text

HEADLINE = "最近7天活跃但未下单的95后女性有哪些？"


def test_a_file_put_in_place_is_read_while_people_ask(tiny: Path, tmp_path: Path) -> None:
    place, doubled = tmp_path / "shop.duckdb", tmp_path / "doubled.duckdb"
    shutil.copy(tiny, place)
    shutil.copy(tiny, doubled)
    with duckdb.connect(str(doubled)) as connection:
        connection.execute("UPDATE orders SET pay_amount = pay_amount * 2")
    analyst, replaced = connect(settings(place)), threading.Event()

    def gmv() -> tuple[bool, list[object]]:
        late = replaced.is_set()
        answer = ask(analyst, "本月GMV")
        assert answer.status == "answer", answer.text
        return late, answer.json()["rows"][0]

    with ThreadPoolExecutor(4) as people:
        early = [people.submit(gmv) for _ in range(20)]
        early[0].result()
        doubled.replace(place)
        replaced.set()
        found = [each.result() for each in [*early, *(people.submit(gmv) for _ in range(20))]]
    assert {tuple(row) for late, row in found if not late} <= {(820,), (1640,)}
    assert {tuple(row) for late, row in found if late} == {(1640,)}


def test_preparing_changes_no_answer_and_leaves_it_to_the_question_to_say_what_is_wrong(tiny: Path) -> None:
    unprepared, prepared = connect(settings(tiny)), connect(settings(tiny))
    prepared.prepare()
    for question in (HEADLINE, "本月GMW"):
        first, then = (ask(each, question).json() for each in (unprepared, prepared))
        assert {**first, "elapsed_ms": None} == {**then, "elapsed_ms": None}
    too_early = connect(settings(tiny).model_copy(update={"as_of": date(1999, 1, 1)}))
    too_early.prepare()
    assert "才开始" in ask(too_early, "本月GMV").text


def test_steps_come_before_the_answer(tiny_analyst: Analyst) -> None:
    events = list(tiny_analyst.ask(HEADLINE, Conversation()))
    assert [each.kind for each in events[:-1] if isinstance(each, Step) and each.ms is None] == [
        "understand",
        "plan",
        "query",
        "plan",
    ]
    assert isinstance(events[-1], Answer)


def test_a_stop_ends_its_own_question(tiny_analyst: Analyst) -> None:
    stop = Stop()
    stop.press()
    answer = next(each for each in tiny_analyst.ask(HEADLINE, Conversation(), stop=stop) if isinstance(each, Answer))
    assert answer.status == "error"
    assert "已停止" in answer.text
    assert ask(tiny_analyst, HEADLINE).status == "answer"


def test_an_export_holds_every_row_past_the_limit(tiny_analyst: Analyst, tmp_path: Path) -> None:
    answer = ask(tiny_analyst, "下过单的用户有哪些", limit=2)
    path = tmp_path / "people.csv"
    assert tiny_analyst.export(answer, path) == 5
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert head[:2] == ["用户ID", "昵称"]
    assert [row[0] for row in rows] == ["1", "2", "3", "4", "5"]


def test_a_cell_that_a_spreadsheet_would_run_is_written_as_text(tiny: Path, tmp_path: Path) -> None:
    place = tmp_path / "shop.duckdb"
    shutil.copy(tiny, place)
    with duckdb.connect(str(place)) as connection:
        connection.execute("UPDATE users SET nickname = '=HYPERLINK(1)' WHERE user_id = 1")
    analyst, path = connect(settings(place)), tmp_path / "people.csv"
    analyst.export(ask(analyst, HEADLINE), path)
    assert "'=HYPERLINK(1)" in path.read_text("utf-8-sig")


@pytest.mark.parametrize(("question", "language"), [("本月GMV", "zh"), ("GMV this month", "en"), ("GMV 本月", "zh")])
def test_the_answer_speaks_the_questions_language(question: str, language: str, tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, question)
    assert answer.language == language
    assert ("截至" in answer.notes[-1]) == (language == "zh")


def test_suggestions_and_examples_are_questions_that_are_answered(tiny_analyst: Analyst) -> None:
    about = (tiny_analyst.about("zh"), tiny_analyst.about("en"))
    asked = [*about[0].examples, *about[1].examples]
    assert len(asked) == 12
    for question in ("本月各平台GMV", HEADLINE, "转化率", "daily revenue in the last 30 days"):
        answer = ask(tiny_analyst, question)
        assert 2 <= len(answer.suggestions) <= 4, question
        asked += answer.suggestions
    asked += ask(tiny_analyst, "最近的GMV").options
    for question in asked:
        assert ask(tiny_analyst, question).status == "answer", question


def test_what_has_not_begun_is_declined_naming_what_has(tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, "2027年3月的GMV")
    assert answer.status == "refuse"
    assert "2026年3月" in answer.text


def test_a_metric_with_no_tie_to_a_dimension_is_declined_naming_those_it_has(tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, "本月各平台活跃用户数")
    assert answer.status == "refuse"
    assert "性别" in answer.text
    assert "城市" in answer.text


def test_what_the_table_does_not_bear_out_is_never_an_answer() -> None:
    column = Column("people", Text("人数", "people"), "integer", "measure")
    said = Sentence((Text("共 ", ""), Figure(41)))
    good = Result(Text("女", "women"), (said,), Table((column,), ((41,),), 1))
    verify(good)
    with pytest.raises(Unfounded, match="42"):
        verify(replace(good, sentences=(Sentence((Figure(42),)),)))
    with pytest.raises(Unfounded, match="上海"):
        verify(good, (Understood("filter", Text("上海", "上海")),))


def test_an_export_of_data_that_have_changed_is_refused(tiny: Path, tmp_path: Path) -> None:
    place, other = tmp_path / "shop.duckdb", tmp_path / "other.duckdb"
    shutil.copy(tiny, place)
    shutil.copy(tiny, other)
    analyst = connect(settings(place))
    answer = ask(analyst, "下过单的用户有哪些")
    other.replace(place)
    with pytest.raises(QueryError, match="changed"):
        analyst.export(answer, tmp_path / "people.csv")


def test_an_as_of_day_outside_the_data_is_told(tiny: Path) -> None:
    early = connect(settings(tiny).model_copy(update={"as_of": date(2020, 1, 1)}))
    assert ask(early, "GMV").status == "refuse"
    late = connect(settings(tiny).model_copy(update={"as_of": date(2030, 1, 1)}))
    assert "2026-06-30 之后没有数据" in ask(late, "最近7天GMV").notes


def test_a_period_before_the_data_is_told(tiny_analyst: Analyst) -> None:
    assert any("2026-05-31" in note for note in ask(tiny_analyst, "2020年的GMV").notes)


@pytest.mark.parametrize("question", ["最近30天每天各城市的订单数", "最近30天每天的订单数", "本月各城市的GMV"])
def test_the_sentence_and_the_chart_are_the_same_at_every_limit(question: str, analyst: Analyst) -> None:
    whole = ask(analyst, question)
    for limit in (1, 5, 100):
        cut = ask(analyst, question, limit=limit)
        assert cut.table is not None
        assert len(cut.table.rows) == min(limit, cut.table.row_count)
        assert cut.text == whole.text
        assert (cut.chart is None) == (whole.chart is None)
        if cut.chart is not None and whole.chart is not None:
            assert (cut.chart.data or cut.table) == whole.table
            assert cut.chart.unfinished == whole.chart.unfinished


def test_the_main_number_is_found_where_it_stands(analyst: Analyst) -> None:
    for question in ("最近7天各性别各平台的订单数", "orders by gender and platform in the last 7 days"):
        answer = ask(analyst, question)
        assert answer.headline is not None
        start = answer.headline.at
        assert answer.text[start : start + len(answer.headline.text)] == answer.headline.text
        assert answer.text[start - 2 : start].endswith(("为 ", ", "))


def test_two_to_four_follow_ups_even_for_a_narrow_question(tiny_analyst: Analyst) -> None:
    for question in ("今天杭州的GMV", "最近7天活跃的杭州女性", "天猫女性95后昨天的GMV", "最近7天下单的杭州女性有多少"):
        suggestions = ask(tiny_analyst, question).suggestions
        assert 2 <= len(suggestions) <= 4, question
        assert all(ask(tiny_analyst, each).status == "answer" for each in suggestions)


def test_a_period_that_begins_before_the_data_is_told(tiny_analyst: Analyst) -> None:
    assert any("2026-05-31" in note for note in ask(tiny_analyst, "今年GMV").notes)


def test_a_grain_and_a_dimension_share_one_word(tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, "orders by day and city in the last 2 days")
    assert answer.plan is not None
    assert answer.plan["args"]["grain"] == "day"
    assert answer.plan["args"]["by"] == ["city"]
