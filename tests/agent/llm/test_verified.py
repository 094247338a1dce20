"""Answers marked right: given again with no model call, in other words too, as long as they mean the same."""

import datetime
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.analyst import Analyst
from agent.answer import Answer
from agent.planner import Conversation
from tests.agent.llm.conftest import with_model
from tests.agent.llm.server import Act, ChatServer, call
from tests.asking import ask
from warehouse.errors import NotAllowed, QueryError
from warehouse.load import DEMO
from workspace.store import Store
from workspace.verified import Verified, VerifiedAnswers

UNKNOWN = "本月的吸金总额"
RIGHT = call("query", metrics=["revenue"], period="本月", words={"吸金总额": "revenue"})
PEOPLE = ("audience", {"where": [{"behaviour": "order", "period": "本月", "times": {"at_least": 2}}]})
POLICIES = "roles:\n  审核: {}\n  店员: {}\n"


class Shop:
    """A tiny shop of its own, with a workspace beside it."""

    def __init__(self, tiny: Path, folder: Path, server: ChatServer) -> None:
        self.server, self.folder = server, folder
        self.data = folder / "shop.duckdb"
        shutil.copy(tiny, self.data)

    def analyst(self, role: str | None = None, **told: Any) -> Analyst:
        """Somebody who asks."""
        kept = {"WENSHU_WORKSPACE": self.folder / "workspace.sqlite", "WENSHU_WAREHOUSE": self.data}
        return with_model(self.data, self.server, **kept, **({"WENSHU_ROLE": role} if role else {}), **told)

    def change(self, sql: str) -> None:
        """Put another file in the data's place."""
        other = Path(shutil.copy(self.data, self.folder / "other.duckdb"))
        with duckdb.connect(str(other)) as connection:
            connection.execute(sql)
        other.replace(self.data)

    @property
    def answers(self) -> VerifiedAnswers:
        """What is kept."""
        return VerifiedAnswers(Store(self.folder / "workspace.sqlite"))

    @property
    def only(self) -> Verified:
        """The one answer kept."""
        (kept,) = self.answers.all()
        return kept


@pytest.fixture
def own(tiny: Path, tmp_path: Path, server: ChatServer) -> Shop:
    return Shop(tiny, tmp_path, server)


def marked(analyst: Analyst, *turns: str) -> Answer:
    """The answer to the last turn, marked right."""
    earlier: tuple[Answer, ...] = ()
    for turn in turns:
        (answer,) = [each for each in analyst.ask(turn, Conversation(earlier)) if isinstance(each, Answer)]
        earlier = (*earlier, answer)
    return analyst.mark(earlier[-1], Conversation(earlier[:-1]))


def test_it_is_given_again_with_no_model_call_and_labelled(own: Shop) -> None:
    own.server.acts(RIGHT)
    analyst = own.analyst(WENSHU_LOGIN="an")
    first = marked(analyst, UNKNOWN)
    assert first.right is not None
    assert (own.only.question, own.only.person, own.only.role) == (UNKNOWN, "an", "local")
    for again in (ask(analyst, UNKNOWN), ask(own.analyst(), UNKNOWN)):
        assert again.planner == "verified"
        assert again.json()["rows"] == first.json()["rows"]
        assert again.llm["calls"] == 0
        assert again.json()["verified"]["by"] == "an"
        assert "an" in again.notes[0]
        assert again.doubts == ()
    assert len(own.server.requests) == 1


@pytest.mark.parametrize(
    "words",
    ["这个月的吸金总额", "请问本月的吸金总额？", "本月吸金总额", "本月的吸金總額", "帮我看看　本月的吸金总额！"],
)
def test_equivalent_words_are_the_same_question(words: str, own: Shop) -> None:
    own.server.acts(RIGHT)
    analyst = own.analyst()
    marked(analyst, UNKNOWN)
    assert ask(analyst, words).planner == "verified", words


@pytest.mark.parametrize(
    "words",
    [
        "上月的吸金总额",
        "本月的吸金总数",
        "本月上海的吸金总额",
        "本月的吸金总额前5",
        "不是本月的吸金总额",
        "本月各平台的吸金总额",
    ],
)
def test_other_words_are_another_question(words: str, own: Shop) -> None:
    own.server.acts(RIGHT)
    analyst = own.analyst()
    marked(analyst, UNKNOWN)
    assert ask(analyst, words).planner != "verified"


def test_an_answer_of_the_rules_is_kept_too(own: Shop) -> None:
    analyst = own.analyst(WENSHU_PLANNER="rules")
    marked(analyst, "本月各平台GMV")
    assert ask(analyst, "这个月每个平台的GMV").planner == "verified"
    assert ask(analyst, "GMV by platform this month").status == "answer"


def test_steps_find_anew_what_they_found(own: Shop) -> None:
    """Of several steps the later ones use what the earlier find now, not what they found then."""
    best = {"metrics": ["gmv"], "by": ["product"], "period": "本月", "limit": 1, "order": {"column": "gmv"}}
    where = [{"dimension": "product", "values": {"step": 1}}]
    step = {
        "metrics": ["gmv"],
        "period": {"step": 1},
        "by": ["platform"],
        "where": where,
        "words": {"花花": "platform"},
    }
    own.server.acts(Act(calls=[("query", best), ("query", step)]))
    analyst, question = own.analyst(), "本月GMV最高的商品，在各平台的花花GMV"
    marked(analyst, question)
    assert own.only.plans[1]["args"]["where"][0]["values"] == {"step": 1}
    again = ask(analyst, question)
    assert again.planner == "verified"
    assert [each.tool for each in again.parts] == ["query"]
    assert again.json()["rows"] == [["天猫", 400], ["京东", 260]]
    own.change("UPDATE order_items SET line_amount = 100 * line_amount WHERE product_id = 2")
    moved = ask(own.analyst(), question)
    assert moved.planner == "verified"
    assert moved.json()["parts"][0]["rows"][0][1] == 16_000
    assert moved.json()["plan"]["args"]["where"][0]["values"] != ["丝绒口红"]


def test_it_is_asked_in_another_conversation(own: Shop) -> None:
    """A question that says all of its plan stands alone, whatever was asked before it, then and now."""
    own.server.acts(RIGHT)
    analyst = own.analyst()
    marked(analyst, "上月订单数", UNKNOWN)
    assert own.only.before is None
    assert ask(analyst, UNKNOWN).planner == "verified"
    assert ask(analyst, "本月各城市的订单数", UNKNOWN).planner == "verified"


def test_what_goes_on_from_a_plan_is_given_after_that_plan_alone(own: Shop) -> None:
    where = [{"dimension": "city", "values": ["上海"]}]
    words = {"魔都": "上海"}
    own.server.acts(call("query", metrics=["gmv"], period="本月", where=where, by=["platform"], words=words))
    analyst = own.analyst()
    marked(analyst, "本月各平台GMV", "魔都呢")
    assert own.only.before is not None
    assert ask(analyst, "本月各平台GMV", "魔都呢").planner == "verified"
    assert ask(analyst, "本月各平台订单数", "魔都呢").planner != "verified"
    assert ask(analyst, "魔都呢").planner != "verified"


def test_marking_again_takes_it_back(own: Shop) -> None:
    own.server.acts(RIGHT)
    analyst = own.analyst()
    marked(analyst, UNKNOWN)
    again = ask(analyst, UNKNOWN)
    assert analyst.mark(again, Conversation()).right is None
    assert own.answers.all() == []
    assert ask(analyst, UNKNOWN).planner == "llm"


def test_only_reviewers_mark(own: Shop) -> None:
    path = own.folder / "roles.yml"
    path.write_text(POLICIES, "utf-8")
    told = {"WENSHU_POLICIES": path, "WENSHU_REVIEWER": "审核", "WENSHU_PLANNER": "rules"}
    clerk, reviewer = own.analyst("店员", **told), own.analyst("审核", **told)
    assert (clerk.reviews, reviewer.reviews) == (False, True)
    with pytest.raises(NotAllowed, match="may not mark"):
        marked(clerk, "本月GMV")
    marked(reviewer, "本月GMV")
    given = ask(clerk, "这个月的GMV")
    assert given.planner == "verified"
    with pytest.raises(NotAllowed):
        clerk.mark(given, Conversation())


def test_only_answers_of_these_data_are_marked(own: Shop) -> None:
    analyst = own.analyst(WENSHU_PLANNER="rules")
    with pytest.raises(QueryError, match="Only an answer"):
        marked(analyst, UNKNOWN)
    with pytest.raises(QueryError, match="have changed"):
        analyst.mark(replace(ask(analyst, "本月GMV"), version="earlier"), Conversation())


def metric_line(name: str) -> str:
    """The line of the model that begins a metric."""
    return f"\n  {name}:\n"


def test_a_model_that_means_another_thing_makes_it_stale(own: Shop) -> None:
    own.server.acts(RIGHT)
    marked(own.analyst(), UNKNOWN)
    marked(own.analyst(), "本月订单数")
    swapped = "\n  other_revenue:\n"
    text = DEMO.read_text("utf-8")
    assert metric_line("revenue") in text
    assert metric_line("gmv") in text
    other = text.replace(metric_line("gmv"), swapped).replace(metric_line("revenue"), metric_line("gmv"))
    path = own.folder / "model.yml"
    path.write_text(other.replace(swapped, metric_line("revenue")), "utf-8")
    analyst = own.analyst(WENSHU_MODEL=path)
    assert ask(analyst, UNKNOWN).planner != "verified"
    assert ask(analyst, "本月订单数").planner == "verified"
    assert {each.question: each.stale is None for each in own.answers.all()} == {UNKNOWN: False, "本月订单数": True}


def test_a_value_that_is_gone_makes_it_stale(own: Shop) -> None:
    analyst = own.analyst(WENSHU_PLANNER="rules")
    marked(analyst, "本月上海的GMV")
    marked(analyst, "本月GMV")
    own.change("UPDATE users SET city = '申城' WHERE city = '上海'")
    after = own.analyst(WENSHU_PLANNER="rules")
    assert ask(after, "本月上海的GMV").planner != "verified"
    assert ask(after, "本月GMV").planner == "verified"


def test_new_rows_alone_make_none_stale(own: Shop) -> None:
    """The plan keeps its period as it was named: next month it is that month's."""
    own.server.acts(RIGHT)
    marked(own.analyst(), UNKNOWN)
    later = own.analyst(WENSHU_AS_OF=datetime.date(2026, 7, 5))
    answer = ask(later, UNKNOWN)
    assert answer.planner == "verified"
    assert "2026-07-01" in answer.understood


def test_sql_with_its_dates_written_out_holds_for_its_day_alone(own: Shop) -> None:
    own.server.acts(call("sql", sql="SELECT count(*) AS n FROM users"))
    marked(own.analyst(), "花花嘿嘿有几个")
    assert ask(own.analyst(), "花花嘿嘿有几个").planner == "verified"
    assert ask(own.analyst(WENSHU_AS_OF=datetime.date(2026, 7, 5)), "花花嘿嘿有几个").planner != "verified"


def test_the_nearest_are_examples_in_the_prompt(own: Shop) -> None:
    own.server.acts(RIGHT)
    analyst = own.analyst()
    marked(analyst, UNKNOWN)
    marked(analyst, "最近7天下单的用户有哪些？")
    ask(analyst, "上月的吸金总额")
    told = own.server.requests[-1].text
    assert f"Right for ⟦{UNKNOWN}⟧: ⟦" in told
    assert '"metrics":["revenue"]' in told
    assert "下单的用户有哪些" not in told
