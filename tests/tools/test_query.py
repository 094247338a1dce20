"""What a query's answer says and draws, on the shop whose numbers are worked out by hand (tests/tiny.sql)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.verify import verify
from tests.conftest import AS_OF
from tools.query.tool import QueryArgs, QueryTool
from tools.tool import Context, Figure, Result
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.stop import Stop
from warehouse.warehouse import Reading, Warehouse

A_WEEK = {"kind": "last", "n": 7, "unit": "day"}
THIS_MONTH = {"kind": "relative", "unit": "month", "offset": 0}


@pytest.fixture(scope="module")
def reading(tiny: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(tiny), load(DEMO), AS_OF).reading() as reading:
        yield reading


def asked(reading: Reading, **plan: Any) -> Result:
    """What the tool finds, its numbers held against its table."""
    result = QueryTool().run(QueryArgs.model_validate(plan), Context(reading, 1000, Stop(), "zh"))
    verify(result)
    return result


def figures(result: Result) -> list[tuple[float | None, str | None]]:
    """The numbers of the first sentence, with their units."""
    parts = (part for part in result.sentences[0].parts if isinstance(part, Figure))
    return [(None if each.value is None else float(each.value), each.unit) for each in parts]  # type: ignore[arg-type]


def words(result: Result) -> str:
    return "".join(part.zh for sentence in result.sentences for part in sentence.parts if not isinstance(part, Figure))


def test_a_comparison_tells_both_values_their_difference_the_rate_and_both_ranges(reading: Reading) -> None:
    result = asked(reading, metrics=["gmv"], period=A_WEEK, compare={"period": "previous"})
    assert figures(result) == [(190, "CNY"), (30, "CNY"), (160, "CNY"), (pytest.approx(160 / 30), "ratio")]
    assert "2026-06-24 至 2026-06-30" in words(result)
    assert "2026-06-17 至 2026-06-23" in words(result)


def test_two_ratios_differ_by_points(reading: Reading) -> None:
    # Of June's seven orders five are paid, of May's one one.
    result = asked(reading, metrics=["payment_rate"], period=THIS_MONTH, compare={"period": "previous"})
    assert figures(result)[:2] == [(pytest.approx(5 / 7), "ratio"), (1, "ratio")]
    value, unit = figures(result)[2]
    assert value == pytest.approx(-2 / 7)
    assert unit == "pp"


def test_two_groups_side_by_side(reading: Reading) -> None:
    versus = {"dimension": "platform", "first": "京东", "second": "天猫"}
    result = asked(reading, metrics=["gmv"], by=["platform"], period=THIS_MONTH, compare=versus)
    assert [value for value, _ in figures(result)] == [260, 440, -180, pytest.approx(-180 / 440)]
    assert "京东" in words(result)
    assert "天猫" in words(result)


def test_a_ranking_begins_with_the_first(reading: Reading) -> None:
    least = {"column": "gmv", "descending": False}
    result = asked(reading, metrics=["gmv"], by=["platform"], period=THIS_MONTH, order=least, limit=2)
    assert figures(result)[0] == (120, "CNY")
    assert "排第一的是抖音" in words(result)
    assert result.chart is not None
    assert (result.chart.type, "pie" in result.chart.types) == ("bar", False)


@pytest.mark.parametrize(
    ("plan", "chart"),
    [
        ({"metrics": ["gmv"]}, "number"),
        ({"metrics": ["gmv"], "grain": "day"}, "line"),
        ({"metrics": ["gmv"], "by": ["platform"]}, "bar"),
        ({"metrics": [{"metric": "gmv", "show": "share"}], "by": ["platform"]}, "pie"),
        ({"metrics": ["gmv"], "by": ["platform"], "chart": "pie"}, "pie"),
        ({"metrics": ["average_spend"], "by": ["platform"], "chart": "pie"}, "bar"),
        ({"metrics": ["orders"], "by": ["weekday", "city"]}, "heatmap"),
        ({"metrics": ["orders"], "by": ["city", "hour"]}, "heatmap"),
        ({"metrics": ["orders"], "by": ["city", "gender", "platform"]}, "table"),
    ],
)
def test_the_chart_fits_the_rows(reading: Reading, plan: dict[str, Any], chart: str) -> None:
    result = asked(reading, period=THIS_MONTH, **plan)
    assert result.chart is not None
    assert result.chart.type == chart


@pytest.mark.parametrize(
    ("plan", "title"),
    [
        (
            {"metrics": ["new_customers", "revenue"], "grain": "month"},
            "新客数，按月",
        ),  # money has no room beside people
        ({"metrics": ["gmv", "revenue"], "grain": "month"}, "GMV、销售额，按月"),
    ],
)
def test_a_title_names_what_is_drawn(reading: Reading, plan: dict[str, Any], title: str) -> None:
    chart = asked(reading, period=THIS_MONTH, **plan).chart
    assert chart is not None
    assert chart.title.zh == title


def test_a_chart_that_does_not_fit_is_told(reading: Reading) -> None:
    result = asked(reading, metrics=["average_spend"], by=["platform"], period=THIS_MONTH, chart="pie")
    assert any("饼图" in note.zh for note in result.notes)


@pytest.mark.parametrize(
    ("plan", "lacked"),
    [
        ({"metrics": ["page_views"], "by": ["category"]}, ["品类"]),
        ({"metrics": ["cart_rate"], "by": ["gender", "brand", "rfm_segment"]}, ["品牌或RFM分群"]),
        ({"metrics": ["gmv"], "by": ["category"]}, []),  # every line is of a product
        ({"metrics": ["gmv"], "by": ["pay_method", "weekday"]}, []),
        ({"metrics": ["page_views"], "by": ["brand"], "where": [{"dimension": "category", "values": ["美妆"]}]}, []),
        ({"metrics": ["page_views"], "by": ["brand"], "where": [{"dimension": "category", "op": "missing"}]}, ["品牌"]),
        ({"metrics": ["page_views"]}, []),
    ],
)
def test_rows_that_may_be_in_no_group_are_told(reading: Reading, plan: dict[str, Any], lacked: list[str]) -> None:
    result = asked(reading, **plan)
    assert [each.zh for each in result.notes] == [f"没有{each}的记录不在任何一组里。" for each in lacked]


def test_every_word_used_is_defined_parts_and_conditions_too(reading: Reading) -> None:
    churned = {"not": {"segment": "churned"}}
    result = asked(reading, metrics=["average_spend"], period=THIS_MONTH, where=[churned])
    assert [each.name.zh for each in result.definitions] == ["客单价", "销售额", "支付人数", "流失用户", "支付"]


def test_days_and_hours_are_said_as_people_say_them(reading: Reading) -> None:
    first = {"column": "gmv"}
    assert "周三" in words(asked(reading, metrics=["gmv"], by=["weekday"], period=THIS_MONTH, order=first))
    assert "11点" in words(asked(reading, metrics=["gmv"], by=["hour"], period=THIS_MONTH, order=first))
