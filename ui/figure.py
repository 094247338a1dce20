"""A chart as data into a Plotly figure: the sole home of plotly."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tools.chart import Chart, ChartType
from ui.axis import is_time
from ui.bands import has_bands
from ui.canvas import MOST_SERIES, REST_IN_TABLE, Canvas, Drawing, safe
from ui.palette import FONT, SHADES, Shades, Theme
from ui.part_marks import (
    draw_funnel,
    draw_heatmap,
    draw_number,
    draw_pie,
    draw_sankey,
    draw_scatter,
    draw_treemap,
    draw_waterfall,
)
from ui.series_marks import MOST_BARS, draw_bar, draw_line, draw_stacked
from warehouse.table import Table
from warehouse.text import Language, Text

DRAWERS: dict[ChartType, Callable[[Canvas], Drawing]] = {
    "line": draw_line,
    "bar": draw_bar,
    "stacked": draw_stacked,
    "pie": draw_pie,
    "scatter": draw_scatter,
    "heatmap": draw_heatmap,
    "funnel": draw_funnel,
    "number": draw_number,
    "sankey": draw_sankey,
    "waterfall": draw_waterfall,
    "treemap": draw_treemap,
}
HEIGHT = 340
UNFINISHED = {
    "line": Text("虚线为尚未结束的时段", "dotted: not over yet"),
    "bar": Text("斜纹为尚未结束的时段", "hatched: not over yet"),
}

FORECAST = Text("虚线为预测", "dotted: forecast")
BANDED = Text("虚线为预测，阴影为区间", "dotted: forecast; shaded: its intervals")


def figure(chart: Chart, table: Table, language: Language, theme: Theme = "light") -> dict[str, Any] | None:
    """The chart as Plotly's JSON (data, layout), or None for a table and where there is nothing to draw.

    It is drawn from the chart's own table where it has one. The layout's title and subtitle say what, which
    period and which filters.
    """
    drawn = chart.data or table
    if chart.type == "table" or not drawn.rows:
        return None
    canvas = Canvas(chart, drawn, language, SHADES[theme])
    traces, layout = DRAWERS[chart.type](canvas)
    common = _common(canvas)
    margin = common["margin"] | layout.pop("margin", {})
    return {"data": traces, "layout": common | layout | {"margin": margin}}


def drawn_as(chart: Chart, kind: ChartType) -> Chart:
    """The same chart as another type."""
    return replace(chart, type=kind)


def write_html(chart: Chart, table: Table, language: Language, path: Path) -> None:
    """Draw the chart into one HTML file that needs nothing else; a table chart is written as its sentence alone."""
    import plotly.io  # noqa: PLC0415  the one place that needs the library itself, and it is slow to load

    drawn = figure(chart, table, language) or {"data": [], "layout": _common(_empty_canvas(chart, table, language))}
    said = safe(chart.alt.said(language))
    inside = plotly.io.to_html(drawn, full_html=False, include_plotlyjs=True, config={"displaylogo": False})
    title = safe(chart.title.said(language))
    path.write_text(
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8"><title>{title}</title></head>\n'
        f'<body><figure role="img" aria-label="{said.replace(chr(34), "&quot;")}">{inside}</figure>\n'
        f"<p>{said}</p></body></html>\n",
        encoding="utf-8",
    )


def plotly_script() -> Path:
    """Where the installed plotly keeps its plotly.min.js."""
    import plotly  # noqa: PLC0415  only the page needs it

    return Path(plotly.__file__).parent / "package_data" / "plotly.min.js"


def _empty_canvas(chart: Chart, table: Table, language: Language) -> Canvas:
    return Canvas(chart, chart.data or table, language, SHADES["light"])


def _common(canvas: Canvas) -> dict[str, Any]:
    shades = canvas.shades
    return {
        "height": HEIGHT,
        "paper_bgcolor": shades.paper,
        "plot_bgcolor": shades.paper,
        "font": {"family": FONT, "size": 13, "color": shades.muted},
        "title": {
            "text": safe(canvas.chart.title.said(canvas.language)),
            "subtitle": {"text": safe(_subtitle(canvas)), "font": {"size": 13, "color": shades.muted}},
            "font": {"size": 16, "color": shades.ink},
            "x": 0,
            "xref": "paper",
            "xanchor": "left",
        },
        "margin": {"l": 56, "r": 24, "t": 84, "b": 44},
        "hoverlabel": _hover_box(shades),
        "dragmode": False,
        "barcornerradius": 3,
        "separators": ".,",
    }


def _subtitle(canvas: Canvas) -> str:
    chart, language = canvas.chart, canvas.language
    parts = [chart.subtitle.said(language)]
    if chart.unfinished is not None and not chart.bands and chart.type in {"line", "bar", "stacked"}:
        parts.append(UNFINISHED["line" if chart.type == "line" else "bar"].said(language))
    if chart.bands and chart.type == "line":
        parts.append((BANDED if has_bands(canvas) else FORECAST).said(language))
    if left_out := _drawn_of(canvas):
        parts.append(REST_IN_TABLE.said(language).format(drawn=left_out))
    return (" · ").join(part for part in parts if part)


def _drawn_of(canvas: Canvas) -> int | None:
    """How many are drawn, where the chart leaves some out."""
    if canvas.chart.type not in {"line", "bar"} or canvas.chart.x is None:
        return None
    if len(canvas.series()) > MOST_SERIES:
        return MOST_SERIES
    lying = canvas.chart.type == "bar" and not is_time(canvas) and len(canvas.keys) > MOST_BARS
    return MOST_BARS if lying else None


def _hover_box(shades: Shades) -> dict[str, Any]:
    font = {"family": FONT, "color": shades.ink, "size": 13}
    return {"bgcolor": shades.paper, "bordercolor": shades.grid, "font": font, "align": "left"}
