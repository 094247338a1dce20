"""What a chip can be changed to: the plans expected, and that each one offered is a plan that runs, for any model."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from agent.verify import pieces_said, verify
from tests.conftest import AS_OF
from tests.warehouse import drawn
from tests.warehouse.shops import gym
from tools.audience import AudienceArgs, AudienceTool
from tools.edits import edit as edits
from tools.edits.edit import Edit
from tools.query.tool import QueryArgs, QueryTool
from tools.tool import Context
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.query import Query, plain
from warehouse.stop import Stop
from warehouse.warehouse import Reading, Warehouse

EXAMPLES = int(os.environ.get("LAW_EXAMPLES", "60")) // 6
LAW = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
        HealthCheck.data_too_large,
    ],
)
QUERY, PEOPLE = QueryTool(), AudienceTool()
A_WEEK = {"kind": "last", "n": 7, "unit": "day"}
LAST_MONTH = {"kind": "relative", "unit": "month", "offset": -1}
RANKED = {
    "metrics": ["revenue", "paid_orders"],
    "by": ["platform"],
    "period": LAST_MONTH,
    "where": [{"behaviour": "active", "period": A_WEEK}, {"dimension": "gender", "values": ["女"]}],
    "compare": {"period": "previous"},
    "having": [{"column": "revenue", "bounds": {"more_than": 100}}],
    "order": {"column": "revenue_growth"},
    "limit": 3,
}
# Chips stand as the plan is said: conditions on rows before those on customers.
CHIPS = ["销售额", "支付订单数", "上个月", "女", "最近7天", "按平台", "环比", "只看", "按销售额增长率", "前3名"]


@pytest.fixture(scope="module")
def demo(shop: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF).reading() as reading:
        yield reading


@pytest.fixture(scope="module", params=["demo", "gym"])
def reading(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    if request.param == "demo":
        yield request.getfixturevalue("demo")
        return
    with gym(tmp_path_factory.mktemp("gym")).reading() as reading:
        yield reading


def edit(reading: Reading, chip: str, sought: str = "", **plan: Any) -> Edit:
    """What can be done with the chip that begins so."""
    args = QueryArgs.model_validate(RANKED | plan)
    return edits.edit(QUERY, args, at(reading, args, chip), reading, sought=sought)


def at(reading: Reading, args: QueryArgs, chip: str) -> int:
    pieces = QUERY.pieces(args, reading)
    return next(place for place, piece in enumerate(pieces) if piece.words.zh.startswith(chip))


def left(found: Edit) -> dict[str, Any] | None:
    """The plan without the piece, as JSON has it."""
    return None if found.without is None else plain(found.without)  # type: ignore[arg-type]


def offers(found: Edit) -> dict[str, dict[str, Any]]:
    """The plans offered, by their words."""
    return {other.words.zh: plain(other.args) for each in found.sorts for other in each.plans}  # type: ignore[arg-type]


def test_chips_stand_in_the_order_said_and_tell_which_can_be_left_out(demo: Reading) -> None:
    args = QueryArgs.model_validate(RANKED)
    pieces = QUERY.pieces(args, demo)
    assert len(pieces) == len(CHIPS)
    for piece, words in zip(pieces, CHIPS, strict=True):
        assert piece.words.zh.startswith(words)
        # Without its period there is nothing to compare with.
        assert (edits.without(QUERY, args, piece, demo) is not None) == (words != "上个月"), words


@pytest.mark.parametrize(
    ("chip", "gone", "becomes"),
    [
        (
            "销售额",
            ["having"],
            {"metrics": ["paid_orders"], "order": {"column": "paid_orders"}},
        ),
        ("支付订单数", [], {"metrics": ["revenue"]}),
        ("女", [], {"where": [{"behaviour": "active", "period": A_WEEK}]}),
        ("最近7天", [], {"where": [{"dimension": "gender", "values": ["女"]}]}),
        ("按平台", ["by", "order", "limit", "having"], {}),  # one row leaves nothing to choose among
        ("环比", ["compare"], {"order": {"column": "revenue"}}),
        ("只看", ["having"], {}),
        ("按销售额增长率", [], {"order": {"column": "revenue"}}),  # the first so many stand in some order
        ("前3名", ["limit"], {}),
    ],
)
def test_a_piece_left_out_takes_with_it_what_hangs_on_it(
    demo: Reading, chip: str, gone: list[str], becomes: dict[str, Any]
) -> None:
    expected = {name: told for name, told in (RANKED | becomes).items() if name not in gone}
    assert left(edit(demo, chip)) == expected


def test_what_the_plan_cannot_be_without_stays(demo: Reading) -> None:
    assert left(edit(demo, "上个月")) is None
    assert left(edit(demo, "销售额", metrics=["revenue"])) is None
    assert left(edit(demo, "全部时间", period=None, compare=None, order=None)) is None


@pytest.mark.parametrize(
    ("plan", "kinds"),
    [
        ({}, ["饼图", "表格"]),
        ({"by": [], "grain": "month", "order": None, "limit": None}, ["折线图", "表格"]),
        ({"by": ["platform", "city"]}, ["堆叠图", "热力图", "表格"]),
        ({"by": [], "order": None, "limit": None, "having": []}, ["表格"]),
    ],
)
def test_a_chart_is_changed_to_another_of_the_same_groups(
    demo: Reading, plan: dict[str, Any], kinds: list[str]
) -> None:
    assert list(offers(edit(demo, "柱状图", **plan, chart="bar"))) == kinds


@pytest.mark.parametrize(
    ("chip", "sought", "words", "becomes"),
    [
        ("销售额", "GMV", "GMV", {"metrics": ["gmv", "paid_orders"], "order": {"column": "gmv_growth"}}),
        ("上个月", "", "最近7天（2026-06-24 至 2026-06-30）", {"period": A_WEEK}),
        ("上个月", "yesterday", "昨天（2026-06-29）", {"period": {"kind": "relative", "unit": "day", "offset": -1}}),
        (
            "上个月",
            "从 2026/3/5 到 2026-3-15",
            "2026-03-05 至 2026-03-15",
            {
                "period": {
                    "kind": "range",
                    "first": {"kind": "day", "month": 3, "day": 5, "year": 2026},
                    "last": {"kind": "day", "month": 3, "day": 15, "year": 2026},
                }
            },
        ),
        ("环比", "", "同比（2025-05-01 至 2025-05-31）", {"compare": {"period": "year_earlier"}}),
        ("按销售额增长率", "", "按销售额增长率从低到高", {"order": {"column": "revenue_growth", "descending": False}}),
        ("前3名", "", "前10名", {"limit": 10}),
        ("前3名", "7", "前7名", {"limit": 7}),
    ],
)
def test_a_piece_changed_leaves_the_rest_as_it_was(
    demo: Reading, chip: str, sought: str, words: str, becomes: dict[str, Any]
) -> None:
    found = offers(edit(demo, chip, sought))
    having = [{"column": "gmv", "bounds": {"more_than": 100}}] if chip == "销售额" else RANKED["having"]
    assert found[words] == RANKED | {"having": having} | becomes


@pytest.mark.parametrize(
    ("chip", "sought", "words", "condition"),
    [
        ("女", "", "女性以外", {"not": {"dimension": "gender", "values": ["女"]}}),
        ("女", "", "男性", {"dimension": "gender", "values": ["男"]}),
        ("女", "men", "女性或男性", {"dimension": "gender", "values": ["女", "男"]}),
        ("最近7天", "", "未活跃", {"not": {"behaviour": "active", "period": A_WEEK}}),
        ("最近7天", "加购", "加购", {"behaviour": "cart", "period": A_WEEK}),
        ("最近7天", "", "活跃至少3次", {"behaviour": "active", "period": A_WEEK, "times": {"at_least": 3}}),
        (
            "最近7天",
            "上周",
            "活跃",
            {"behaviour": "active", "period": {"kind": "relative", "unit": "week", "offset": -1}},
        ),
    ],
)
def test_a_condition_is_turned_round_replaced_and_widened(
    demo: Reading, chip: str, sought: str, words: str, condition: dict[str, Any]
) -> None:
    found = [plan for said, plan in offers(edit(demo, chip, sought)).items() if said.endswith(words)]
    conditions = [each for plan in found for each in plan["where"]]
    assert condition in conditions


@pytest.mark.parametrize(
    ("typed", "bounds"),
    [("500", {"more_than": 500}), ("1.5万", {"more_than": 15000}), ("200-300", {"at_least": 200, "at_most": 300})],
)
def test_numbers_are_typed(demo: Reading, typed: str, bounds: dict[str, Any]) -> None:
    plans = offers(edit(demo, "只看", typed)).values()
    assert [each["having"] for each in plans] == [[{"column": "revenue", "bounds": bounds}]]


def test_a_metric_that_has_no_tie_to_the_plan_is_not_offered(demo: Reading) -> None:
    offered = [plan["metrics"][0] for plan in offers(edit(demo, "销售额", "用户数")).values()]
    assert "active_users" not in offered, "active users have no platform"
    without = edit(demo, "销售额", "活跃用户数", by=[], order=None, limit=None, having=[])
    assert "active_users" in [plan["metrics"][0] for plan in offers(without).values()]


def test_people_are_edited_too(demo: Reading) -> None:
    where = [{"behaviour": "active", "period": A_WEEK}, {"dimension": "gender", "values": ["女"]}]
    args = AudienceArgs.model_validate({"where": where, "show": "breakdown", "by": "city"})
    assert [each.kind for each in PEOPLE.pieces(args, demo)] == ["behaviour", "filter", "dimension"]
    assert left(edits.edit(PEOPLE, args, 0, demo)) == {"where": where[1:], "show": "breakdown", "by": "city"}
    assert left(edits.edit(PEOPLE, args, 1, demo)) == {"where": where[:1], "show": "breakdown", "by": "city"}
    assert left(edits.edit(PEOPLE, args, 2, demo)) == {"where": where}
    assert offers(edits.edit(PEOPLE, args, 2, demo))["按会员等级"] == {
        "where": where,
        "show": "breakdown",
        "by": "member_level",
    }
    counted = AudienceArgs.model_validate({"where": where, "show": "count"})
    assert PEOPLE.pieces(counted, demo)[2].words.zh == "人数"
    assert left(edits.edit(PEOPLE, counted, 2, demo)) == {"where": where}
    assert offers(edits.edit(PEOPLE, counted, 2, demo))["按城市"] == {"where": where, "show": "breakdown", "by": "city"}


@LAW
@given(data=st.data())
def test_every_query_offered_is_a_plan_that_runs(data: st.DataObject, reading: Reading) -> None:
    """Each is resolved and said, is written and read the same, and says something else in the piece's place."""
    query: Query = data.draw(drawn.queries(reading))
    args, context = QueryArgs(**dict(query)), Context(reading, 5, Stop(), "zh")
    pieces = QUERY.pieces(args, reading)
    assume(pieces_said(QUERY.run(args, context), pieces) is None)
    place = data.draw(st.integers(0, len(pieces) - 1))
    found = edits.edit(QUERY, args, place, reading)
    plans = [] if found.without is None else [found.without]
    for sort in found.sorts:
        assert sort.title.zh
        for other in sort.plans:
            assert other.words != pieces[place].words, other.words
            assert other.words.zh in QUERY.say(other.args, reading, dated=True).zh  # type: ignore[arg-type]
            plans.append(other.args)
    for plan in plans:
        assert plan != args
        assert QueryArgs.model_validate(plan.model_dump(mode="json")) == plan
    if plans:
        chosen = data.draw(st.sampled_from(plans))
        verify(QUERY.run(chosen, context), QUERY.pieces(chosen, reading))  # type: ignore[arg-type]


@LAW
@given(data=st.data())
def test_all_people_offered_are_a_plan_that_runs(data: st.DataObject, reading: Reading) -> None:
    people = data.draw(drawn.people(reading).filter(lambda each: bool(each.where)))
    args, context = AudienceArgs(where=people.where), Context(reading, 5, Stop(), "zh")
    found = edits.edit(PEOPLE, args, data.draw(st.integers(0, len(args.where) - 1)), reading)
    assert found.without is not None, "all customers are a plan, too"
    plans = [found.without, *(other.args for sort in found.sorts for other in sort.plans)]
    assert len(set(plans)) == len(plans)
    for plan in plans:
        assert AudienceArgs.model_validate(plan.model_dump(mode="json")) == plan
    chosen = data.draw(st.sampled_from(plans))
    verify(PEOPLE.run(chosen, context), PEOPLE.pieces(chosen, reading))  # type: ignore[arg-type]
