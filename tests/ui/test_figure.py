"""Figures against what the page promises of charts, checked by plotly's own schema."""

import datetime
import itertools
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.ui.scripted import PLATFORM, SALES, USERS_COUNT, answer_for
from tools.chart import Chart, ChartType
from ui.axis import round_steps
from ui.figure import figure, write_html
from ui.palette import SHADES
from ui.part_marks import shares_as_shown
from ui.series_marks import apart
from warehouse.days import Grain
from warehouse.table import Cell, Column, Role, Table, Type
from warehouse.text import Text


def column(name: str, unit: str | None = None, kind: Type = "number", role: Role = "measure") -> Column:
    return Column(name, Text(name, name), kind, role, unit)


def key(name: str, kind: Type = "text") -> Column:
    return column(name, None, kind, "time" if kind == "date" else "group")


def chart(kind: ChartType, x: str | None, *y: str, series: str | None = None, unfinished: str | None = None) -> Chart:
    title = Text("标题", "Title")
    return Chart(kind, title, Text("副标题", "Subtitle"), Text("说明", "In words"), x, y, series, unfinished=unfinished)


def table(columns: tuple[Column, ...], rows: list[tuple[Cell, ...]]) -> Table:
    return Table(columns, tuple(rows), len(rows))


STEPS: list[tuple[Cell, ...]] = [("浏览", 1000), ("加购", 300), ("支付", 120)]
CASES: dict[ChartType, tuple[Chart, Table]] = {
    "line": (
        chart("line", "d", "n"),
        table((key("d", "date"), column("n")), [(datetime.date(2026, 6, d), d) for d in (1, 2)]),
    ),
    "bar": (chart("bar", "s", "n"), table((key("s"), column("n")), STEPS)),
    "stacked": (
        chart("stacked", "s", "n", series="g"),
        table((key("s"), key("g"), column("n")), [(s, g, n) for s, n in STEPS for g in "ab"]),
    ),
    "pie": (chart("pie", "s", "n"), table((key("s"), column("n")), STEPS)),
    "scatter": (
        chart("scatter", "a", "n"),
        table((key("s"), column("a"), column("n")), [("p", 1.0, 2.0), ("q", 3, 4)]),
    ),
    "heatmap": (chart("heatmap", "s", "n", series="g"), table((key("s"), key("g"), column("n")), [("a", "b", 1)])),
    "funnel": (chart("funnel", "s", "n"), table((key("s"), column("n")), STEPS)),
    "number": (chart("number", None, "n"), table((column("n", "CNY"),), [(Decimal("12345678.90"),)])),
    "sankey": (chart("sankey", "s", "n", series="g"), table((key("s"), key("g"), column("n")), [("a", "b", 5)])),
    "waterfall": (
        chart("waterfall", "s", "n"),
        table((key("s"), column("n", "CNY")), [("销售", 100.0), ("退款", -30.0), ("毛利", 70.0)]),
    ),
    "treemap": (chart("treemap", "s", "n"), table((key("s"), column("n")), STEPS)),
}


def drawn(kind: Chart, rows: Table, theme: str = "light") -> dict[str, Any]:
    made = figure(kind, rows, "zh", "dark" if theme == "dark" else "light")
    assert made is not None
    return made


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("kind", CASES)
def test_every_type_is_a_figure_plotly_knows(kind: ChartType, theme: str) -> None:
    made = drawn(*CASES[kind], theme)
    go.Figure(made)
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    assert made["layout"]["title"]["text"] == "标题"
    assert made["layout"]["title"]["subtitle"]["text"].startswith("副标题")
    assert made["layout"]["height"] >= 280
    assert made["layout"]["paper_bgcolor"] == SHADES["dark" if theme == "dark" else "light"].paper


def test_a_table_chart_and_an_empty_one_draw_nothing() -> None:
    made, rows = CASES["bar"]
    assert figure(chart("table", None), rows, "zh") is None
    assert figure(made, table(rows.columns, []), "zh") is None


def test_a_ranking_lies_in_the_tables_order_from_zero() -> None:
    rows = table((PLATFORM, SALES), [("天猫", 12_345_678.9), ("抖音", 8_000_000), ("京东", 9_000_000)])
    made = drawn(chart("bar", "platform", "sales"), rows)
    (bars,), layout = made["data"], made["layout"]
    assert (bars["orientation"], bars["y"]) == ("h", ["天猫", "抖音", "京东"])
    assert layout["yaxis"]["autorange"] == "reversed"
    assert layout["xaxis"]["range"][0] == 0
    assert layout["xaxis"]["title"]["text"] == "销售额（万元）"
    assert layout["xaxis"]["ticktext"][:2] == ["0", "250"]
    assert bars["text"][0] == "1,234.57万元"
    assert bars["hovertext"][0] == "<b>天猫</b><br>销售额: 12,345,678.90元"
    assert layout["showlegend"] is False


def test_a_ratio_axis_is_in_percent() -> None:
    rows = table((key("s"), column("rate", "ratio")), [("a", 0.031), ("b", 0.074)])
    axis = drawn(chart("bar", "s", "rate"), rows)["layout"]["xaxis"]
    assert axis["ticktext"] == ["0%", "2%", "4%", "6%", "8%"]


def test_an_axis_of_percentage_points_has_plain_digits_under_its_unit() -> None:
    rows = table((key("s"), column("change", "pp")), [("a", -0.015), ("b", 0.02)])
    axis = drawn(chart("bar", "s", "change"), rows)["layout"]["xaxis"]
    assert axis["ticktext"] == ["-2", "-1", "0", "1", "2"]
    assert axis["title"]["text"] == "change（个百分点）"


def test_counts_are_marked_in_whole_numbers() -> None:
    for most, marks in ((2, [0, 1, 2]), (11, [0, 5, 10, 15])):
        rows = table((key("s"), USERS_COUNT), [("a", most), ("b", 1)])
        assert drawn(chart("bar", "s", "users"), rows)["layout"]["xaxis"]["tickvals"] == marks


def test_bars_with_intervals_have_whiskers_within_the_axis() -> None:
    rows = table((key("s"), column("n"), column("low"), column("high")), [("a", 2.0, 1.5, 9.5), ("b", 0.5, 0.4, 0.7)])
    made = drawn(replace(chart("bar", "s", "n"), bands=(("low", "high"),)), rows)
    (bars,) = made["data"]
    assert bars["error_x"]["array"] == pytest.approx([7.5, 0.2])
    assert bars["error_x"]["arrayminus"] == pytest.approx([0.5, 0.1])
    assert bars["hovertext"][0].endswith("1.5 – 9.5")
    assert made["layout"]["xaxis"]["range"][1] >= 9.5
    go.Figure(made)


def test_small_bars_are_a_panel_each_on_one_scale() -> None:
    told: list[tuple[Cell, ...]] = [(name, at, n) for name, n in (("x", 1.5), ("y", -2.5), ("z", 0.5)) for at in "ab"]
    rows = table((key("g"), key("s"), column("n")), told)
    made = drawn(replace(chart("bar", "s", "n"), facet="g"), rows)
    layout = made["layout"]
    assert [each["name"] for each in made["data"]] == ["x", "y", "z"]
    assert [each["text"] for each in layout["annotations"]] == ["x", "y", "z"]
    assert layout["xaxis"]["range"] == layout["xaxis2"]["range"] == layout["xaxis3"]["range"]
    assert layout["xaxis"]["range"][0] <= -2.5
    panels = [layout[f"yaxis{at}"]["domain"] for at in ("", "2", "3")]
    assert all(0 <= bottom < top <= 1 for bottom, top in panels)
    assert all(below[1] < above[0] for above, below in itertools.pairwise(panels))
    go.Figure(made)


def test_an_unfinished_day_is_dotted_and_said() -> None:
    days = [datetime.date(2026, 6, day) for day in (28, 29, 30)]
    rows = table((key("d", "date"), column("n")), [(day, at) for at, day in enumerate(days)])
    made = drawn(chart("line", "d", "n", unfinished="2026-06-30"), rows)
    assert [(each["line"]["dash"], each["x"]) for each in made["data"]] == [
        ("solid", ["2026-06-28", "2026-06-29"]),
        ("dot", ["2026-06-29", "2026-06-30"]),
    ]
    assert "尚未结束" in made["layout"]["title"]["subtitle"]["text"]


def test_an_unfinished_month_is_found_by_the_start_of_its_key() -> None:
    months = [datetime.date(2026, month, 1) for month in (4, 5, 6)]
    rows = table((key("m", "date"), column("n")), [(month, 1) for month in months])
    bars = drawn(chart("bar", "m", "n", unfinished="2026-06"), rows)["data"][0]
    assert bars["marker"]["pattern"]["shape"] == ["", "", "/"]


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        (["2026-06-01", "2026-06-02", "2026-06-04"], "2026-06-03"),
        (["2026-05-04", "2026-05-11", "2026-05-25"], "2026-05-18"),
        (["2025-11-01", "2025-12-01", "2026-02-01"], "2026-01-01"),
    ],
)
def test_a_bucket_left_out_by_the_table_is_a_gap_on_the_axis(known: list[str], missing: str) -> None:
    rows = table((key("d", "date"), column("n")), [(datetime.date.fromisoformat(day), 5) for day in known])
    (line,) = drawn(chart("line", "d", "n"), rows)["data"]
    assert sorted([*known, missing]) == line["x"]
    assert line["y"][line["x"].index(missing)] is None
    assert line["connectgaps"] is False


@pytest.mark.parametrize(
    ("grain", "starts", "between", "ticks", "told"),
    [
        (
            "week",
            ["2026-05-04", "2026-05-18"],
            "2026-05-11",
            ["5月4日起", "5月11日起", "5月18日起"],
            "2026-05-04 起的一周",
        ),
        ("month", ["2025-12-01", "2026-02-01"], "2026-01-01", ["2025年12月", "2026年1月", "2026年2月"], "2025年12月"),
        (
            "quarter",
            ["2025-10-01", "2026-04-01"],
            "2026-01-01",
            ["2025年第4季度", "2026年第1季度", "2026年第2季度"],
            "2025年第4季度",
        ),
        ("year", ["2024-01-01", "2026-01-01"], "2025-01-01", ["2024年", "2025年", "2026年"], "2024年"),
        (
            "day",
            ["2025-12-31", "2026-01-02"],
            "2026-01-01",
            ["2025年12月31日", "2026年1月1日", "2026年1月2日"],
            "2025-12-31 周三",
        ),
    ],
)
def test_buckets_are_named_and_none_is_left_out(
    grain: Grain, starts: list[str], between: str, ticks: list[str], told: str
) -> None:
    """Two buckets apart say nothing of their length: the chart tells it."""
    rows = table((key("d", "date"), column("n")), [(datetime.date.fromisoformat(day), 5) for day in starts])
    made = drawn(replace(chart("line", "d", "n"), grain=grain), rows)
    (line,), axis = made["data"], made["layout"]["xaxis"]
    assert line["x"] == axis["tickvals"] == [starts[0], between, starts[1]]
    assert line["y"] == [5, None, 5]
    assert axis["ticktext"] == ticks
    assert line["hovertext"][0].startswith(f"<b>{told}</b>")


@pytest.mark.parametrize(("grain", "said"), [("month", "2026年6月"), ("quarter", "2026年第2季度")])
def test_one_bucket_alone_is_no_day(grain: Grain, said: str) -> None:
    first = datetime.date(2026, 4 if grain == "quarter" else 6, 1)
    rows = table((replace(key("d", "date"), grain=grain), column("n")), [(first, 5)])
    for kind in ("line", "bar"):
        axis = drawn(chart(kind, "d", "n"), rows)["layout"]["xaxis"]
        assert (axis["tickvals"], axis["ticktext"]) == ([first.isoformat()], [said])


def test_many_months_are_marked_at_their_first_days() -> None:
    months = [datetime.date(2025 + at // 12, at % 12 + 1, 1) for at in range(18)]
    rows = table((key("m", "date"), column("n")), [(month, 1) for month in months])
    axis = drawn(replace(chart("line", "m", "n"), grain="month"), rows)["layout"]["xaxis"]
    assert axis["ticktext"] == ["2025年1月", "2025年4月", "2025年7月", "2025年10月", "2026年1月", "2026年4月"]


def test_hover_tells_the_week_day() -> None:
    rows = table((key("d", "date"), column("n", "CNY")), [(datetime.date(2026, 6, 30), Decimal("1234.5"))])
    (line,) = drawn(chart("line", "d", "n"), rows)["data"]
    assert line["hovertext"] == ["<b>2026-06-30 周二</b><br>n: 1,234.50元"]


def test_lines_are_labelled_at_their_ends_without_a_legend() -> None:
    answer = answer_for("平台走势", "zh")
    assert answer.chart is not None
    assert answer.table is not None
    layout = drawn(answer.chart, answer.table)["layout"]
    assert {label["text"] for label in layout["annotations"]} == {"天猫", "抖音", "京东", "小程序", "拼多多"}
    assert layout["showlegend"] is False
    heights = sorted(label["y"] for label in layout["annotations"])
    low, high = layout["yaxis"]["range"]
    assert min(b - a for a, b in itertools.pairwise(heights)) >= 0.07 * (high - low)


def test_more_than_seven_lines_are_never_summed() -> None:
    """Whether a measure adds up is not known: the seven largest are drawn, and it is said that the rest are not."""
    days = [datetime.date(2026, 6, day) for day in (1, 2)]
    rows = table(
        (key("d", "date"), key("g"), column("rate", "ratio")), [(d, f"g{n}", 0.01 * n) for d in days for n in range(9)]
    )
    made = drawn(chart("line", "d", "rate", series="g"), rows)
    assert [each["name"] for each in made["data"]] == [f"g{n}" for n in range(2, 9)]
    assert "前7个" in made["layout"]["title"]["subtitle"]["text"]


def test_parts_beyond_seven_become_others_and_nothing_is_lost() -> None:
    cells: list[tuple[Cell, ...]] = [(f"c{n}", 10 * (n + 1)) for n in range(10)]
    (ring,) = drawn(chart("pie", "s", "n"), table((key("s"), column("n")), cells))["data"]
    assert ring["labels"] == ["c4", "c5", "c6", "c7", "c8", "c9", "其他"]
    assert ring["values"][-1] == 10 + 20 + 30 + 40
    stacked = [("x", f"c{n}", 10 * (n + 1)) for n in range(10)]
    made = drawn(chart("stacked", "s", "n", series="g"), table((key("s"), key("g"), column("n")), [*stacked]))
    assert sum(each["y"][0] for each in made["data"]) == sum(10 * (n + 1) for n in range(10))
    assert made["data"][-1]["name"] == "其他"


def test_what_is_compared_against_is_grey() -> None:
    rows = table((key("s"), column("n"), column("n_previous")), [("a", 5, 4), ("b", 3, 2)])
    now, before = drawn(chart("bar", "s", "n", "n_previous"), rows)["data"]
    assert now["marker"]["color"] == SHADES["light"].series[0]
    assert before["marker"]["color"] == SHADES["light"].compared


def test_measures_of_another_unit_do_not_share_the_axis() -> None:
    rows = table((key("s"), column("n", "CNY"), column("rate", "ratio")), [("a", 5, 0.5)])
    assert [each["name"] for each in drawn(chart("bar", "s", "n", "rate"), rows)["data"]] == ["n"]


def test_a_waterfall_ends_in_its_total_only_where_it_is_one() -> None:
    (trace,) = drawn(*CASES["waterfall"])["data"]
    assert trace["measure"] == ["relative", "relative", "total"]
    other = table((key("s"), column("n")), [("a", 100.0), ("b", -30.0), ("c", -20.0)])
    (trace,) = drawn(chart("waterfall", "s", "n"), other)["data"]
    assert trace["measure"] == ["relative"] * 3


def test_a_missing_key_and_a_value_of_its_name_are_two() -> None:
    rows = table((key("s"), column("n")), [("未知", 5), (None, 3), ("a", 1)])
    (bars,) = drawn(chart("bar", "s", "n"), rows)["data"]
    assert bars["y"] == ["未知", "未知（无值）", "a"]
    split = table((key("s"), key("g"), column("n")), [("a", "未知", 5), ("a", None, 3)])
    made = drawn(chart("stacked", "s", "n", series="g"), split)
    assert [(each["name"], each["y"]) for each in made["data"]] == [("未知", [5]), ("未知（无值）", [3])]
    alone = table((key("s"), column("n")), [(None, 3), ("a", 1)])
    assert drawn(chart("bar", "s", "n"), alone)["data"][0]["y"] == ["未知", "a"]


def test_a_name_is_cut_between_letters_not_inside_an_escape() -> None:
    rows = table((key("s"), column("n")), [("Salt & Pepper & Vinegar", 5), ("a<b & c>d & e<f", 3)])
    axis = drawn(chart("bar", "s", "n"), rows)["layout"]["yaxis"]
    assert axis["ticktext"] == ["Salt &amp; Pepper &amp;…", "a&lt;b &amp; c&gt;d &amp; e&lt;f"]


def test_names_with_markup_stay_words() -> None:
    answer = answer_for("markup", "zh")
    assert answer.chart is not None
    assert answer.table is not None
    assert "<img" not in json.dumps(drawn(answer.chart, answer.table))


def test_the_file_needs_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "chart.html"
    write_html(chart("bar", "platform", "users"), table((PLATFORM, USERS_COUNT), [("天猫", 3)]), "zh", path)
    text = path.read_text(encoding="utf-8")
    assert "<script src=" not in text
    assert 'aria-label="说明"' in text
    assert "天猫" in text or "\\u5929\\u732b" in text


@given(st.lists(st.integers(0, 10**9), min_size=1, max_size=7).filter(any))
def test_percentages_sum_as_shown(values: list[int]) -> None:
    shares = [Decimal(share.removesuffix("%")) for share in shares_as_shown([float(each) for each in values])]
    assert sum(shares) == 100
    for share, value in zip(shares, values, strict=True):
        assert abs(share - Decimal(100 * value) / sum(values)) < Decimal("0.1")


@given(st.floats(-1e12, 1e12), st.floats(0, 1e12))
def test_steps_enclose_their_span_in_few_even_steps(low: float, size: float) -> None:
    steps = round_steps(low, low + size)
    slack = 1e-6 * max(abs(low), size, 1e-9)
    assert steps[0] <= low + slack
    assert steps[-1] >= low + size - slack
    assert 2 <= len(steps) <= 9


@given(st.lists(st.floats(0, 100), min_size=1, max_size=7).map(sorted))
def test_labels_keep_their_order_and_distance(heights: list[float]) -> None:
    placed = apart(heights, 5)
    assert all(b - a >= 5 - 1e-9 for a, b in itertools.pairwise(placed))
    if all(b - a >= 5 for a, b in itertools.pairwise(heights)):
        assert placed == pytest.approx(heights)


def grouped_funnel(kind: ChartType = "funnel") -> tuple[Chart, Table]:
    """Two groups of different sizes over three steps."""
    made = Chart(
        kind, Text("标题", "Title"), Text("", ""), x="s", y=("share", "before", "users"), series="g", types=("funnel",)
    )
    rows: list[tuple[Cell, ...]] = [
        ("a", "浏览", 1000, 1.0, None),
        ("a", "加购", 300, 0.3, 0.3),
        ("b", "浏览", 10, 1.0, None),
        ("b", "加购", 4, 0.4, 0.4),
    ]
    columns = (key("g"), key("s"), column("users"), column("share", "ratio"), column("before", "ratio"))
    return made, table(columns, rows)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_groups_of_a_funnel_are_bars_beside_each_other(theme: str) -> None:
    made = drawn(*grouped_funnel(), theme)
    go.Figure(made)
    first, second = made["data"]
    assert (first["name"], first["y"], first["x"]) == ("a", ["浏览", "加购"], [1.0, 0.3])
    assert (second["text"], second["orientation"]) == (["100.0%", "40.0%"], "h")
    assert second["hovertext"][1] == "<b>b · 加购</b><br>share: 40%<br>before: 40%<br>users: 4"
    assert made["layout"]["barmode"] == "group"
    assert made["layout"]["yaxis"]["autorange"] == "reversed"
    colours = SHADES["dark" if theme == "dark" else "light"].series
    assert [each["marker"]["color"] for each in made["data"]] == list(colours[:2])


def test_a_funnel_tells_on_hover_all_that_the_chart_names() -> None:
    made, rows = grouped_funnel()
    alone = Table(rows.columns[1:], tuple(row[1:] for row in rows.rows[:2]), 2)
    (steps,) = drawn(replace(made, series=None, y=("users", "share", "before")), alone)["data"]
    assert steps["text"] == ["1,000 · 100.0%", "300 · 30.0%"]
    assert steps["hovertext"] == [
        "<b>浏览</b><br>users: 1,000<br>share: 100%<br>before: —",
        "<b>加购</b><br>users: 300<br>share: 30%<br>before: 30%",
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_cohorts_are_named_and_what_is_not_over_stays_empty(theme: str) -> None:
    months = [datetime.date(2026, month, 1) for month in (5, 6)]
    cohort = Column("cohort", Text("批次", "cohort"), "date", "time", grain="month")
    nth = Column("n", Text("第几个月", "months after"), "integer", "group")
    rows = table(
        (cohort, nth, column("kept", "ratio")), [(months[0], 0, 1.0), (months[0], 1, 0.5), (months[1], 0, None)]
    )
    (cells,) = (made := drawn(chart("heatmap", "n", "kept", series="cohort"), rows, theme))["data"]
    go.Figure(made)
    assert (cells["x"], cells["y"]) == (["0", "1"], ["2026年5月", "2026年6月"])
    assert (cells["z"], cells["hoverongaps"]) == ([[1.0, 0.5], [None, None]], False)
    assert made["layout"]["xaxis"]["title"]["text"] == "第几个月"
    assert [each["name"] for each in drawn(chart("line", "n", "kept", series="cohort"), rows)["data"]] == cells["y"]


def banded(groups: str = "") -> tuple[Chart, Table]:
    """Two days that were and two ahead, with an interval; of groups, a line each."""
    days = [datetime.date(2026, 6, each) for each in (29, 30)] + [datetime.date(2026, 7, each) for each in (1, 2)]
    numbers: list[tuple[Cell, ...]] = [(10, None, None), (12, None, None), (11, 9, 14), (13, 8, 19.5)]
    keys = (key("d", "date"), *([key("g")] if groups else []))
    rows = [(d, *([g] if groups else []), *n) for g in groups or "-" for d, n in zip(days, numbers, strict=True)]
    made = chart("line", "d", "n", series="g" if groups else None, unfinished="2026-07-01")
    columns = (*keys, column("n", "CNY"), column("low", "CNY"), column("high", "CNY"))
    return replace(made, bands=(("low", "high"),)), table(columns, rows)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_band_is_shaded_around_what_is_forecast_and_told_where_one_points(theme: str) -> None:
    made = drawn(*banded(), theme)
    go.Figure(made)
    area, past, future = made["data"]
    assert (area["fill"], area["hoverinfo"]) == ("toself", "skip")
    assert area["x"] == ["2026-07-01", "2026-07-02", "2026-07-02", "2026-07-01"]
    assert area["y"] == [14, 19.5, 8, 9]
    assert area["fillcolor"].startswith("rgba(")
    assert (past["line"]["dash"], past["y"]) == ("solid", [10, 12])
    assert (future["line"]["dash"], future["y"]) == ("dot", [12, 11, 13])
    assert future["hovertext"][-1] == "<b>2026-07-02 周四</b><br>n: 13元<br>low: 8元<br>high: 19.50元"
    assert "low" not in past["hovertext"][0]
    assert made["layout"]["yaxis"]["range"][1] >= 19.5
    assert made["layout"]["title"]["subtitle"]["text"] == "副标题 · 虚线为预测，阴影为区间"


def test_bands_of_many_lines_would_cover_each_other() -> None:
    assert sum(each.get("fill") == "toself" for each in drawn(*banded("abc"))["data"]) == 3
    made = drawn(*banded("abcd"))
    assert not any("fill" in each for each in made["data"])
    assert made["layout"]["title"]["subtitle"]["text"].endswith("虚线为预测")
