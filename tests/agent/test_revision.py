"""An answer revised by its chips: run as any other, its question read as typed, the earlier one as it was."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from agent.analyst import Analyst
from agent.answer import Answer
from agent.planner import Call, Conversation, Finish, Turn
from agent.revision import Change
from tests.conftest import AS_OF
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.text import Text
from warehouse.warehouse import Reading, Warehouse

THIS_MONTH = {"kind": "relative", "unit": "month", "offset": 0}
GMV = {"metrics": ["gmv"], "period": THIS_MONTH, "by": ["platform"]}


class Planned:
    """A planner of one plan, whatever is asked; it remembers what was."""

    def __init__(self, tool: str, args: Mapping[str, Any], doubts: tuple[Text, ...] = ()) -> None:
        self.call = Call(tool, args, doubts=doubts)
        self.asked: list[str] = []

    def prepare(self, reading: Reading) -> None:
        """Nothing: the plan stands."""

    def next(self, turn: Turn) -> Call | Finish:
        """The plan, then its end."""
        self.asked.append(turn.question)
        return Finish() if turn.moves else self.call


@pytest.fixture
def planner() -> Planned:
    return Planned("query", GMV, (Text("把“GMW”理解为“GMV”", "“GMW” taken for “GMV”"),))


@pytest.fixture
def analyst(tiny: Path, planner: Planned) -> Analyst:
    return Analyst(Warehouse(DuckDbEngine(tiny), load(DEMO), AS_OF), planner)


def last(events: Any) -> Answer:
    answer = list(events)[-1]
    assert isinstance(answer, Answer)
    return answer


def chosen(analyst: Analyst, answer: Answer, chip: str, sought: str = "") -> Change:
    """The first change of a chip that is called so."""
    at = [each.text for each in answer.chips].index(chip)
    return next(each for sort in analyst.changes(answer, at, sought).sorts for each in sort.changes)


@pytest.mark.parametrize(
    ("question", "chip", "sought", "becomes"),
    [
        ("GMV", "GMV", "订单数", "本月的订单数，按平台"),
        ("gmv by platform", "GMV", "orders", "orders, this month, by platform"),
    ],
)
def test_a_change_is_answered_as_a_turn_of_its_own(
    analyst: Analyst, planner: Planned, question: str, chip: str, sought: str, becomes: str
) -> None:
    first = last(analyst.ask(question, Conversation()))
    change = chosen(analyst, first, chip, sought)
    assert change.question == becomes
    second = last(analyst.revise(first, change.args, Conversation((first,))))
    assert becomes not in planner.asked, "the plan stands: nobody is asked to make one"
    assert (second.status, second.question, second.language) == ("answer", becomes, first.language)
    assert second.plan == {"tool": "query", "args": {**GMV, "metrics": ["orders"]}}
    assert first.plan == {"tool": "query", "args": GMV}
    assert [each["name"] for each in second.json()["columns"]] == ["platform", "orders"]
    # June's seven orders, by hand in tests/tiny.sql.
    assert sum(row[1] for row in second.json()["rows"]) == 7
    assert (first.doubts, second.doubts) == ((planner.call.doubts[0].said(first.language),), ())


def test_a_chip_left_out_gives_the_total(analyst: Analyst) -> None:
    first = last(analyst.ask("GMV", Conversation()))
    assert [(each.text, each.editable, each.removable) for each in first.chips] == [
        ("GMV", True, False),
        ("本月（2026-06-01 至 2026-06-30）", True, True),
        ("按平台", True, True),
    ]
    assert analyst.changes(first, 0).removal is None
    removal = analyst.changes(first, 2).removal
    assert removal is not None
    assert removal.question == "本月的GMV"
    second = last(analyst.revise(first, removal.args, Conversation((first,))))
    assert second.json()["rows"] == [[820]]


def test_the_json_form_tells_what_each_chip_can(analyst: Analyst) -> None:
    json = last(analyst.ask("GMV", Conversation())).json()
    assert json["chips"][0] == {"kind": "metric", "text": "GMV", "editable": True, "removable": False}
    assert json["doubts"] == ["把“GMW”理解为“GMV”"]


def test_arguments_that_are_none_end_in_words(analyst: Analyst) -> None:
    first = last(analyst.ask("GMV", Conversation()))
    wrong: list[dict[str, Any]] = [{"metrics": ["gmw"]}, {"metrics": []}, {"nothing": 1}]
    for args in wrong:
        answer = last(analyst.revise(first, args, Conversation()))
        assert answer.status in {"refuse", "error"}
        assert answer.text
        assert answer.question == "GMV"


def test_a_chip_that_is_not_there_has_no_changes(analyst: Analyst) -> None:
    first = last(analyst.ask("GMV", Conversation()))
    for at in (-1, 3, 99):
        assert analyst.changes(first, at).sorts == ()


def test_an_analysis_is_changed_and_left_without_a_condition(tiny: Path) -> None:
    """All five registered by January 5: of the women 1, 2 and 4 all but 2 paid in June, and so did the others."""
    january = {"kind": "part", "unit": "month", "number": 1, "year": 2026}
    june_after = {"n": 5, "unit": "month", "cohort": "registration", "back": "purchase", "period": january}
    plan = {"where": [{"dimension": "gender", "values": ["女"]}], **june_after}
    analyst = Analyst(Warehouse(DuckDbEngine(tiny), load(DEMO), AS_OF), Planned("retention", plan))
    first = last(analyst.ask("留存", Conversation()))
    assert [(each.text, each.editable, each.removable) for each in first.chips] == [
        ("留存率", False, False),
        ("女性", True, True),
        ("注册用户", True, False),
        ("2026年1月（2026-01-01 至 2026-01-31）", True, True),
        ("第5个月", True, True),
        ("又购买", True, True),
    ]
    assert came_back(first) == (3, 2)
    change = chosen(analyst, first, "2026年1月（2026-01-01 至 2026-01-31）", "2026-01-01 到 2026-01-02")
    assert change.question == "注册用户的留存率，全部用户，女性，2026-01-01 至 2026-01-02，第5个月，又购买"
    assert came_back(last(analyst.revise(first, change.args, Conversation((first,))))) == (2, 1)
    removal = analyst.changes(first, 1).removal
    assert removal is not None
    whole = last(analyst.revise(first, removal.args, Conversation((first,))))
    assert whole.question == "注册用户的留存率，2026年1月，第5个月，又购买"
    assert whole.plan == {"tool": "retention", "args": june_after}
    assert came_back(whole) == (5, 4)


def came_back(answer: Answer) -> tuple[int, int]:
    """The users of the one cohort, and how many of them came back."""
    (row,) = answer.json()["rows"]
    told = dict(zip((each["name"] for each in answer.json()["columns"]), row, strict=True))
    return told["users"], told["returned"]
