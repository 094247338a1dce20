"""Help tells what can be asked and what words mean, and says the question that it answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import ValidationError

from agent.verify import verify
from tests.conftest import settings
from tools.help.args import HelpArgs, Term
from tools.help.asked import SAID
from tools.help.tool import HelpTool
from tools.registry import ANSWERING
from tools.tool import Context, Result
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import load
from warehouse.period import Last, Occasion
from warehouse.stop import Stop
from warehouse.text import Language, Text
from warehouse.warehouse import Reading, Warehouse

SPEND = Term(kind="metric", name="average_spend")


@pytest.fixture(scope="module")
def reading(shop: Path) -> Iterator[Reading]:
    told = settings(shop)
    with Warehouse(DuckDbEngine(told.shop), load(told.semantic_model), told.as_of).reading() as reading:
        yield reading


def helped(args: HelpArgs, reading: Reading, language: Language = "zh") -> Result:
    result = HelpTool(ANSWERING).run(args, Context(reading, None, Stop(), language))
    verify(result)
    return result


def text(result: Result) -> str:
    return "".join(part.zh for each in result.sentences for part in each.parts if isinstance(part, Text))


def cells(result: Result) -> list[list[object]]:
    assert result.table is not None
    return [list(row) for row in result.table.rows]


@pytest.mark.parametrize("topic", SAID)
def test_every_topic_is_answered_and_said(topic: str, reading: Reading) -> None:
    result = helped(HelpArgs.model_validate({"topic": topic}), reading)
    assert result.understood == SAID[topic]  # type: ignore[index]
    assert result.sentences
    assert (result.table is None) == (topic in {"greeting", "thanks"})


def test_metrics_are_all_listed_with_their_definitions(reading: Reading) -> None:
    rows = cells(helped(HelpArgs(topic="metrics"), reading))
    assert len(rows) == len(reading.model.metrics)
    assert ["客单价", "销售额除以支付人数，按支付时间"] in [row[:2] for row in rows]


def test_a_word_is_explained(reading: Reading) -> None:
    result = helped(HelpArgs(topic="term", terms=(SPEND,)), reading)
    assert text(result) == "客单价：销售额除以支付人数，按支付时间。"
    assert result.understood == Text("客单价是什么意思", "what does average spend per customer mean")
    assert {"客单价", "销售额", "支付人数"} <= {each.name.zh for each in result.definitions}


def test_two_words_are_set_against_each_other(reading: Reading) -> None:
    terms = (Term(kind="metric", name="revenue"), Term(kind="metric", name="gmv"))
    result = helped(HelpArgs(topic="term", terms=terms), reading)
    assert result.understood.zh == "销售额和GMV有什么区别"
    assert [row[0] for row in cells(result)] == ["销售额", "GMV"]


def test_what_a_metric_can_be_cut_by_is_what_it_is_tied_to(reading: Reading) -> None:
    told = text(helped(HelpArgs(topic="dimensions", terms=(Term(kind="metric", name="conversion_rate"),)), reading))
    assert "城市" in told
    assert "平台" not in told


def test_an_unclear_word_is_told_to_be_one(reading: Reading) -> None:
    told = text(helped(HelpArgs(topic="term", terms=(Term(kind="unclear", name="渠道"),)), reading))
    assert "注册渠道、流量渠道、推送渠道、广告平台、平台" in told


def test_the_days_of_a_period_are_told(reading: Reading) -> None:
    week = helped(HelpArgs(topic="times", period=Last(n=7, unit="day")), reading)
    assert [str(cell) for cell in cells(week)[0]] == ["最近7天", "2026-06-24", "2026-06-30"]
    festival = helped(HelpArgs(topic="times", period=Occasion(name="618")), reading)
    assert [str(cell) for cell in cells(festival)[0][1:]] == ["2026-06-01", "2026-06-20"]


def test_english_is_in_english(reading: Reading) -> None:
    rows = cells(helped(HelpArgs(topic="term", terms=(SPEND,)), reading, "en"))
    assert rows[0][:2] == ["average spend per customer", "metric"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"topic": "term"},
        {"topic": "metrics", "terms": [{"kind": "metric", "name": "gmv"}]},
        {"topic": "dimensions", "terms": [{"kind": "dimension", "name": "city"}]},
        {"topic": "term", "terms": [{"kind": "metric", "name": "gmv"}], "period": {"kind": "occasion", "name": "618"}},
    ],
)
def test_arguments_that_do_not_fit_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        HelpArgs.model_validate(wrong)
