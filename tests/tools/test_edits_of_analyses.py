"""The chips of analyses: each changed by the kind of its argument, and left out; the plans worked out by hand."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import AS_OF
from tools.edits.edit import Edit, edit, is_editable
from tools.registry import tool
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.query import plain
from warehouse.warehouse import Reading, Warehouse

LAST_30 = {"kind": "last", "n": 30, "unit": "day"}
THIS_MONTH = {"kind": "relative", "unit": "month", "offset": 0}
LAST_MONTH = {"kind": "relative", "unit": "month", "offset": -1}
NEXT_8_WEEKS = {"kind": "next", "n": 8, "unit": "week"}
WOMEN = {"dimension": "gender", "values": ["女"]}
MEN = {"dimension": "gender", "values": ["男"]}
BOUGHT = {"behaviour": "purchase", "period": LAST_30}
GRID = {"show": "grid", "period": {"kind": "last", "n": 7, "unit": "day"}}
RFM = {"where": [WOMEN], "period": LAST_30}
FUNNEL = {"steps": ["view", "cart", "purchase"], "where": [BOUGHT, WOMEN], "by": "city", "within": 7}
VERSUS = {"dimension": "gender", "first": "男", "second": "女"}
TURNED = {"dimension": "gender", "first": "女", "second": "男"}
SEVENTH_DAY = {"n": 7, "unit": "day", "cohort": "registration", "period": LAST_MONTH}
FORECAST = {"metric": "orders", "ahead": NEXT_8_WEEKS, "grain": "week", "by": "gender", "where": [MEN], "history": 90}


@pytest.fixture(scope="module")
def reading(tiny: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(tiny), load(DEMO), AS_OF).reading() as reading:
        yield reading


def edited(reading: Reading, name: str, plan: dict[str, Any], chip: str, sought: str = "") -> Edit:
    """What can be done with the chip that begins so."""
    chosen = tool(name)
    args = chosen.Args.model_validate(plan)
    pieces = chosen.pieces(args, reading)
    at = next(place for place, piece in enumerate(pieces) if piece.words.zh.startswith(chip))
    return edit(chosen, args, at, reading, sought=sought)


@pytest.mark.parametrize(
    ("name", "plan", "chip", "sought", "words", "becomes"),
    [
        ("rfm", RFM, "最近30天", "this month", "本月（2026-06-01 至 2026-06-30）", {"period": THIS_MONTH}),
        ("rfm", RFM, "女性", "", "男性", {"where": [MEN]}),
        ("rfm", GRID, "R×F", "", "各层迁移情况", {"show": "moves"}),
        ("rfm", GRID, "R×F", "迁移", "各层迁移情况", {"show": "moves"}),
        ("rfm", {"customer": "3"}, "用户3", "U_7", "用户u_7", {"customer": "u_7"}),
        ("cluster", {"clusters": 4}, "分成4类", "", "分成6类", {"clusters": 6}),
        ("cluster", {"clusters": 4}, "分成4类", "11", "分成11类", {"clusters": 11}),
        ("profile", {"where": [WOMEN]}, "女性", "", "女性以外", {"where": [{"not": WOMEN}]}),
        (
            "funnel",
            FUNNEL,
            "最近30天",
            "2026-06-01 到 2026-06-20",
            "2026-06-01 至 2026-06-20支付",
            {
                "where": [
                    {
                        "behaviour": "purchase",
                        "period": {
                            "kind": "range",
                            "first": {"kind": "day", "month": 6, "day": 1, "year": 2026},
                            "last": {"kind": "day", "month": 6, "day": 20, "year": 2026},
                        },
                    },
                    WOMEN,
                ]
            },
        ),
        ("funnel", FUNNEL, "加购", "", "收藏", {"steps": ["view", "favorite", "purchase"]}),
        ("funnel", FUNNEL, "按城市", "会员", "按会员等级", {"by": "member_level"}),
        ("funnel", FUNNEL, "7天内", "10天", "10天内完成", {"within": 10}),
        ("funnel", {"compare": VERSUS}, "男性对比", "", "女性对比男性", {"compare": TURNED}),
        ("retention", SEVENTH_DAY, "第7天", "", "第14天", {"n": 14}),
        ("retention", SEVENTH_DAY, "第7天", "月", "第7个月", {"unit": "month"}),
        ("retention", SEVENTH_DAY, "注册用户", "", "首购用户", {"cohort": "first_purchase"}),
        ("retention", {"cohort": "registration", "grain": "month"}, "按月", "", "按周", {"grain": "week"}),
        ("retention", {"cohort": "registration", "returned": ["view"]}, "浏览", "cart", "加购", {"returned": ["cart"]}),
        ("retention", {"cohort": "registration", "back": "order"}, "又下单", "", "又购买", {"back": "purchase"}),
        ("forecast", FORECAST, "订单数", "销售额", "销售额", {"metric": "revenue"}),
        (
            "forecast",
            FORECAST,
            "未来8周",
            "12周",
            "未来12周（2026-07-01 至 2026-09-22）",
            {"ahead": {"kind": "next", "n": 12, "unit": "week"}},
        ),
        ("forecast", FORECAST, "按周", "", "按月", {"grain": "month"}),
        ("forecast", FORECAST, "男性", "", "女性", {"where": [WOMEN]}),
        ("forecast", FORECAST, "按性别", "城市", "按城市", {"by": "city"}),
        ("forecast", FORECAST, "根据", "365", "根据最近365天的数据", {"history": 365}),
    ],
)  # fmt: skip
def test_a_chip_is_changed(
    reading: Reading, name: str, plan: dict[str, Any], chip: str, sought: str, words: str, becomes: dict[str, Any]
) -> None:
    found = edited(reading, name, plan, chip, sought)
    offers = {other.words.zh: plain(other.args) for each in found.sorts for other in each.plans}  # type: ignore[arg-type]
    assert offers[words] == plan | becomes


@pytest.mark.parametrize(
    ("name", "plan", "chip", "becomes"),
    [
        ("rfm", RFM, "女性", {"period": LAST_30}),
        ("rfm", RFM, "最近30天", {"where": [WOMEN]}),
        ("rfm", {"show": "grid"}, "R×F", {}),
        ("rfm", {"customer": "3"}, "用户3", {}),
        ("cluster", {"clusters": 4}, "分成4类", {}),
        ("profile", {"where": [WOMEN]}, "女性", None),  # a profile is of some, against all others
        ("profile", {"where": [BOUGHT, WOMEN]}, "女性", {"where": [BOUGHT]}),
        ("funnel", FUNNEL, "加购", FUNNEL | {"steps": ["view", "purchase"]}),
        ("funnel", {"steps": ["cart", "purchase"]}, "加购", None),  # one step is no funnel
        ("funnel", FUNNEL, "7天内", {name: told for name, told in FUNNEL.items() if name != "within"}),
        ("funnel", {"compare": VERSUS}, "男性对比女性", {}),
        ("retention", SEVENTH_DAY, "第7天", {"cohort": "registration", "period": LAST_MONTH}),
        ("retention", SEVENTH_DAY, "注册用户", None),  # of somebody it is
        ("retention", {"cohort": "registration", "returned": ["view"]}, "浏览", {"cohort": "registration"}),
        ("forecast", FORECAST, "订单数", None),
        ("forecast", {"metric": "orders"}, "未来30天", None),  # the usual days, which it is of where none are told
        ("forecast", FORECAST, "根据", {name: told for name, told in FORECAST.items() if name != "history"}),
    ],
)
def test_a_chip_is_left_out(
    reading: Reading, name: str, plan: dict[str, Any], chip: str, becomes: dict[str, Any] | None
) -> None:
    rest = edited(reading, name, plan, chip).without
    assert (None if rest is None else plain(rest)) == becomes  # type: ignore[arg-type]


def test_what_is_no_plan_of_the_tool_is_not_offered(reading: Reading) -> None:
    offered = {
        other.words.zh for each in edited(reading, "forecast", FORECAST, "未来8周").sorts for other in each.plans
    }
    assert offered
    assert all("2026-06" not in each for each in offered), "nothing of days that are over"
    kinds = edited(reading, "cluster", {"clusters": 4}, "分成4类", "13")
    assert kinds.sorts == (), "twelve clusters are the most"
    assert edited(reading, "funnel", FUNNEL, "7天内", "12周").sorts == (), "weeks are no days"
    assert edited(reading, "rfm", {"customer": "3"}, "用户3", "3 的朋友").sorts == (), "that is no number of anybody"


def test_the_name_of_an_analysis_stays(reading: Reading) -> None:
    chosen = tool("rfm")
    first = chosen.pieces(chosen.Args.model_validate(RFM), reading)[0]
    assert first.words.zh == "RFM分析"
    assert not is_editable(chosen, first)
    assert edited(reading, "rfm", RFM, "RFM分析") == Edit()
