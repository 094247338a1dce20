"""Forecasts of the small demo shop: what they are of, what they learn from, what they say and what they decline."""

import datetime
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from pydantic import ValidationError

from agent.verify import verify
from tests.conftest import AS_OF
from tools.forecast.args import ForecastArgs
from tools.forecast.horizon import horizon
from tools.forecast.known_days import known_days
from tools.forecast.tool import ForecastTool
from tools.tool import Context, Figure, Result
from warehouse.calendar import Calendar, Festival
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import NoJoinPath, NotEnoughData, QueryError, Stopped, UnknownName
from warehouse.load import DEMO, load
from warehouse.period import Next, Relative
from warehouse.stop import Stop
from warehouse.table import Table
from warehouse.text import Text
from warehouse.warehouse import Reading, Warehouse

THREE_MONTHS = {"kind": "next", "n": 3, "unit": "month"}
A_WEEK = {"kind": "next", "n": 7, "unit": "day"}


@pytest.fixture(scope="module")
def reading(shop: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF).reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def small(tiny: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(tiny), load(DEMO), AS_OF).reading() as reading:
        yield reading


def asked(reading: Reading, **plan: Any) -> Result:
    """What the tool finds, its numbers held against its tables."""
    result = ForecastTool().run(ForecastArgs.model_validate(plan), Context(reading, 10_000, Stop(), "zh"))
    verify(result)
    return result


def drawn(result: Result) -> Table:
    """What the chart is drawn from."""
    assert result.chart is not None
    assert result.chart.data is not None
    return result.chart.data


def rows(shop: Path, sql: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(shop), read_only=True) as database:
        return database.execute(sql).fetchall()


def figures(result: Result) -> list[list[float]]:
    return [[float(str(each.value)) for each in s.parts if isinstance(each, Figure)] for s in result.sentences]


def words(result: Result) -> str:
    return "\n".join(each.zh for each in result.notes)


def test_thirty_days_unless_told_each_with_two_intervals(reading: Reading) -> None:
    result = asked(reading, metric="revenue")
    table = result.table
    assert table is not None
    names = [each.name for each in table.columns]
    assert names == ["day", "forecast", "low_80", "high_80", "low_95", "high_95"]
    assert [row[0] for row in table.rows] == [AS_OF + datetime.timedelta(each) for each in range(1, 31)]
    for _, forecast, low80, high80, low95, high95 in table.rows:
        assert 0 <= low95 <= low80 <= forecast <= high80 <= high95  # type: ignore[operator]
    total, low80, high80, low95, high95 = figures(result)[0]
    assert total == pytest.approx(sum(table.column("forecast")), rel=1e-12)  # type: ignore[arg-type]
    assert low95 < low80 < total < high80 < high95


def test_the_history_is_the_rows_of_the_shop(reading: Reading, shop: Path) -> None:
    told = rows(
        shop,
        "SELECT d::DATE, coalesce((SELECT sum(pay_amount) FROM orders WHERE paid_at::DATE = d::DATE), 0)::DOUBLE "
        "FROM generate_series(DATE '2026-04-02', DATE '2026-06-30', INTERVAL 1 DAY) AS t(d) ORDER BY 1",
    )
    data = drawn(asked(reading, metric="revenue"))
    past = [(day, value) for day, value, *_ in data.rows if isinstance(day, datetime.date) and day <= AS_OF]
    assert [day for day, _ in past] == [day for day, _ in told]
    assert [value for _, value in past] == pytest.approx([value for _, value in told])
    assert {row[2] for row in data.rows[: len(past)]} == {None}


def test_what_it_says_is_the_question(reading: Reading) -> None:
    tool = ForecastTool()
    plan = {"metric": "revenue", "by": "platform", "where": [{"dimension": "gender", "values": ["女"]}]}
    args = ForecastArgs.model_validate(plan)
    assert tool.say(args, reading) == Text(
        "预测未来30天女性的销售额，按天，按平台", "forecast revenue, the next 30 days, 女 (female), by day, by platform"
    )
    assert tool.say(args, reading, dated=True).zh.startswith("预测未来30天（2026-07-01 至 2026-07-30）")
    months = ForecastArgs.model_validate({"metric": "orders", "grain": "month", "ahead": THREE_MONTHS})
    assert tool.say(months, reading).zh == "预测未来3个月的订单数，按月"
    learnt = {"metric": "orders", "history": 180}
    assert (
        tool.say(ForecastArgs.model_validate(learnt), reading).zh == "预测未来30天的订单数，按天，根据最近180天的数据"
    )


def test_groups_sum_to_the_total_that_is_told(reading: Reading) -> None:
    result = asked(reading, metric="orders", by="platform", ahead=A_WEEK)
    assert result.table is not None
    assert result.table.row_count == 5 * 7
    total = sum(result.table.column("forecast"))  # type: ignore[arg-type]
    assert figures(result)[0][0] == pytest.approx(total, rel=1e-12)
    assert "各组相加等于合计" in words(result)
    assert result.chart is not None
    assert result.chart.series == "platform"


def test_a_ratio_is_forecast_directly(reading: Reading) -> None:
    result = asked(reading, metric="conversion_rate", by="gender", ahead=A_WEEK)
    assert result.table is not None
    assert all(0 <= value <= 1 for row in result.table.rows for value in row[2:])  # type: ignore[operator]
    assert "各组不能相加" in words(result)
    assert "平均每天" in "".join(part.zh for part in result.sentences[0].parts if isinstance(part, Text))
    assert figures(result)[0][0] == pytest.approx(
        max(
            sum(row[2] for row in result.table.rows if row[1] == group) / 7  # type: ignore[misc]
            for group in set(result.table.column("gender"))
        ),
        abs=1e-6,
    )


def test_what_is_not_additive_has_no_total(reading: Reading) -> None:
    assert "各组不能相加" in words(asked(reading, metric="active_users", by="gender", ahead=A_WEEK))
    assert "各组相加等于合计" in words(asked(reading, metric="net_revenue", by="gender", ahead=A_WEEK))


def test_it_says_method_data_error_and_assumptions(reading: Reading) -> None:
    result = asked(reading, metric="orders")
    said = words(result)
    assert "方法：" in said
    assert "6 个 30 天窗口的滚动回测" in said
    assert "数据：2024-05-01 至 2026-06-30，791 天，1 条序列，791 行。" in said
    assert "假设：" in said
    mase, naive, smape, naive_smape = figures(result)[1]
    assert 0 < mase < naive
    assert 0 < smape < naive_smape
    windows, held80, held95 = figures(result)[2]
    assert windows == 6
    assert held80 == pytest.approx(0.8, abs=0.08)
    assert held95 == pytest.approx(0.95, abs=0.05)


def test_the_festival_ahead_is_known_from_those_before(reading: Reading, shop: Path) -> None:
    # The shop's sales peak on June 18 (planted: × 2.6 on a plain day); the history ends in May.
    may = reading.at(datetime.date(2026, 5, 31))
    table = asked(may, metric="revenue").table
    assert table is not None
    values = dict(zip(table.column("day"), table.column("forecast"), strict=True))
    peak = values[datetime.date(2026, 6, 18)]
    after = sorted(float(str(values[datetime.date(2026, 6, day)])) for day in range(22, 31))[4]
    assert isinstance(peak, float)
    assert peak > 1.6 * after
    came = rows(
        shop, "SELECT sum(pay_amount)::DOUBLE FROM orders WHERE paid_at::DATE BETWEEN '2026-06-01' AND '2026-06-30'"
    )
    assert sum(float(str(each)) for each in values.values()) == pytest.approx(came[0][0], rel=0.2)


def test_an_unfinished_bucket_is_no_history(reading: Reading) -> None:
    # 2026-06-30 is a Tuesday: its week ends on July 5.
    result = asked(reading, metric="orders", grain="week", ahead={"kind": "next", "n": 4, "unit": "week"})
    assert result.table is not None
    assert [str(row[0]) for row in result.table.rows] == ["2026-07-06", "2026-07-13", "2026-07-20", "2026-07-27"]
    assert "2026-06-29 起的一周还没有结束，不算历史。" in words(result)
    assert "数据：2024-05-06 至 2026-06-28，112 周" in words(result)


@pytest.mark.parametrize(
    ("ahead", "grain", "as_of", "asked_for", "skip"),
    [
        (Next(n=2, unit="day"), "day", "2026-06-30", ["2026-07-01", "2026-07-02"], 0),
        (Next(n=2, unit="month"), "month", "2026-06-30", ["2026-07-01", "2026-08-01"], 0),
        (Next(n=2, unit="month"), "month", "2026-06-15", ["2026-07-01", "2026-08-01"], 1),
        (Next(n=10, unit="day"), "week", "2026-06-30", ["2026-06-29", "2026-07-06"], 0),
        (Next(n=1, unit="quarter"), "month", "2026-06-30", ["2026-07-01", "2026-08-01", "2026-09-01"], 0),
        (Relative(unit="month", offset=1), "month", "2026-06-15", ["2026-07-01"], 1),
        (Relative(unit="day", offset=2), "day", "2026-06-30", ["2026-07-02"], 1),
        (Relative(unit="week", offset=1), "week", "2026-06-30", ["2026-07-06"], 1),
    ],
)
def test_which_buckets_a_forecast_is_of(ahead: Any, grain: Any, as_of: str, asked_for: list[str], skip: int) -> None:
    found = horizon(ahead, grain, datetime.date.fromisoformat(as_of), Calendar("CN"))
    assert [str(each) for each in found.asked] == asked_for
    assert found.skip == skip


def test_thin_data_is_refused_with_what_there_is_and_what_is_needed(reading: Reading, small: Reading) -> None:
    with pytest.raises(NotEnoughData) as thin:
        asked(reading, metric="revenue", history=40)
    assert "只有 40 天" in thin.value.message.zh
    assert "至少要 58 天" in thin.value.message.zh
    assert "最多可以预测到 12 天" in thin.value.hint.zh
    asked(reading, metric="revenue", history=40, ahead=A_WEEK)
    with pytest.raises(NotEnoughData, match="months"):
        asked(small, metric="revenue", grain="month", ahead=THREE_MONTHS)


def test_what_cannot_be_forecast_is_declined(reading: Reading) -> None:
    with pytest.raises(UnknownName):
        asked(reading, metric="nothing")
    with pytest.raises(NoJoinPath):
        asked(reading, metric="conversion_rate", by="platform")
    with pytest.raises(QueryError, match="weekday"):
        asked(reading, metric="orders", by="weekday")
    with pytest.raises(QueryError, match="at most 400"):
        asked(reading, metric="orders", ahead={"kind": "next", "n": 2, "unit": "year"})
    with pytest.raises(QueryError, match="at most 300"):
        asked(reading, metric="revenue", by={"dimension": "registered_at", "grain": "day"})
    for past in ({"kind": "last", "n": 7, "unit": "day"}, {"kind": "part", "unit": "month", "number": 8}):
        with pytest.raises(QueryError, match="Not all of it comes after"):
            asked(reading, metric="orders", ahead=past)
    for wrong in (
        {"metric": {"metric": "orders", "show": "share"}},
        {"metric": "orders", "grain": "year"},
        {"metric": "orders", "history": 0},
    ):
        with pytest.raises(ValidationError):
            ForecastArgs.model_validate(wrong)


def test_a_named_time_ahead_is_forecast_whole_and_alone(reading: Reading) -> None:
    result = asked(reading, metric="orders", ahead={"kind": "occasion", "name": "双11", "year": 2026})
    assert result.table is not None
    assert [str(day) for day in result.table.column("day")[::11]] == ["2026-10-31", "2026-11-11"]
    assert result.understood.zh == "预测2026年双11期间（2026-10-31 至 2026-11-11）的订单数，按天"
    forecasts = [float(str(each)) for each in result.table.column("forecast")]
    assert forecasts.index(max(forecasts)) == 11  # the day that gives the name has the peak (planted: × 3.2)


def test_weeks_that_touch_the_days_ahead_are_said_by_their_own_days(reading: Reading) -> None:
    result = asked(reading, metric="orders", grain="week", ahead={"kind": "next", "n": 1, "unit": "month"})
    assert "（2026-07-01 至 2026-07-30）" in result.understood.zh
    first = result.sentences[0].parts[0]
    assert isinstance(first, Text)
    assert "（2026-06-29 至 2026-08-02）" in first.zh


def test_a_press_of_the_stop_ends_it(shop: Path) -> None:
    stop = Stop()
    stop.press()
    with Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF).reading() as reading, pytest.raises(Stopped):
        ForecastTool().run(ForecastArgs.model_validate({"metric": "orders"}), Context(reading, 100, stop, "zh"))


def test_a_group_that_sells_now_and_then_is_never_negative(reading: Reading) -> None:
    result = asked(reading, metric="orders", by="city", ahead=A_WEEK)
    assert result.table is not None
    assert min(value for row in result.table.rows for value in row[2:]) >= 0  # type: ignore[type-var, operator]
    assert "没有试：MSTL 分解" in words(result)


def days(first: str, last: str) -> list[datetime.date]:
    start, end = map(datetime.date.fromisoformat, (first, last))
    return [start + datetime.timedelta(each) for each in range((end - start).days + 1)]


def test_a_festival_that_the_history_never_had_is_named() -> None:
    calendar = Calendar("CN", (Festival(Text("店庆", "anniversary"), (7, 1), (7, 3)),))
    known = known_days(days("2026-03-01", "2026-06-20"), days("2026-06-21", "2026-07-10"), "day", calendar)
    assert known.unseen == (Text("店庆", "anniversary"),)
    again = known_days(days("2025-06-01", "2026-06-20"), days("2026-06-21", "2026-07-10"), "day", calendar)
    assert again.unseen == ()


def test_a_weeks_calendar_is_the_mean_of_its_days() -> None:
    calendar = Calendar("CN", (Festival(Text("店庆", "anniversary"), (6, 3), (6, 4)),))
    weeks = [datetime.date(2026, 5, 25), datetime.date(2026, 6, 1)]
    known = known_days(weeks, [datetime.date(2026, 6, 8)], "week", calendar)
    assert known.rows.shape[0] == 3
    assert known.rows[:, 39].tolist() == [
        0,
        pytest.approx(2 / 7),
        0,
    ]  # 7 weekdays, 31 days of the month, 1 for holidays
