"""Charts of parts, steps and pairs: pie, treemap, funnel, waterfall, sankey, heat map, scatter, one number."""

from decimal import ROUND_FLOOR, Decimal
from typing import Any

from agent.writing import decimal, number
from ui.axis import is_time, measure_axis, tick_texts
from ui.canvas import MOST_SERIES, Canvas, Drawing, brief, plain
from ui.palette import faded
from ui.series_marks import LEGEND, OTHERS, category_axis, largest

MOST_CELL_LABELS = 60
HIDDEN = {"visible": False, "fixedrange": True}


def draw_pie(canvas: Canvas) -> Drawing:
    """A ring of at most seven parts whose percentages sum to 100.0 as shown."""
    parts = _parts(canvas)
    measure = canvas.measures[0]
    shares = shares_as_shown([value for _, value in parts])
    trace = {
        "type": "pie",
        "labels": [name for name, _ in parts],
        "values": [value for _, value in parts],
        "text": [f"{brief(name, 8)} {share}" for (name, _), share in zip(parts, shares, strict=True)],
        "textinfo": "text",
        "textposition": "outside",
        "automargin": True,
        "hole": 0.55,
        "sort": False,
        "direction": "clockwise",
        "marker": {"colors": list(canvas.shades.series), "line": {"color": canvas.shades.paper, "width": 2}},
        "hovertext": [
            f"{canvas.hover(name, canvas.label(measure.name), value, measure)} · {share}"
            for (name, value), share in zip(parts, shares, strict=True)
        ],
        "hoverinfo": "text",
    }
    return [trace], {"showlegend": False}


def draw_treemap(canvas: Canvas) -> Drawing:
    """Areas by measure, inside their parents where the chart names a column of them."""
    measure = canvas.measures[0]
    leaves = [canvas.said(cell) for cell in canvas.table.column(canvas.x)]
    values = [max(plain(cell) or 0, 0) for cell in canvas.table.column(measure.name)]
    inside = canvas.chart.series
    parents = [canvas.said(cell) for cell in canvas.table.column(inside)] if inside else [""] * len(leaves)
    roots = list(dict.fromkeys(parent for parent in parents if parent))
    trace = {
        "type": "treemap",
        "ids": [*roots, *(f"{parent}/{leaf}" for parent, leaf in zip(parents, leaves, strict=True))],
        "labels": [*roots, *leaves],
        "parents": [*[""] * len(roots), *parents],
        "values": [*(sum(v for v, p in zip(values, parents, strict=True) if p == root) for root in roots), *values],
        "branchvalues": "total",
        "textinfo": "label+text",
        "text": [*[""] * len(roots), *(canvas.short(value, measure) for value in values)],
        "hovertext": [
            *roots,
            *canvas.hovers(leaves, values, measure),
        ],
        "hoverinfo": "text",
        "marker": {"line": {"color": canvas.shades.paper, "width": 2}},
        "pathbar": {"visible": False},
    }
    return [trace], {"treemapcolorway": list(canvas.shades.series)}


def draw_funnel(canvas: Canvas) -> Drawing:
    """Steps from the top, each with its number and its share of the first; groups as bars beside each other."""
    if canvas.chart.series is not None:
        return _paired(canvas)
    measure = canvas.measures[0]
    names = [canvas.said(cell) for cell in canvas.table.column(canvas.x)]
    values = [plain(cell) or 0 for cell in canvas.table.column(measure.name)]
    first = values[0] if values else 0
    shares = [number(value / first if first else None, "ratio", canvas.language) for value in values]
    trace = {
        "type": "funnel",
        "y": names,
        "x": values,
        "text": [f"{canvas.short(value, measure)} · {share}" for value, share in zip(values, shares, strict=True)],
        "textinfo": "text",
        "textposition": "auto",
        "marker": {"color": canvas.shades.series[0]},
        "connector": {"fillcolor": canvas.shades.grid, "line": {"width": 0}},
        "hovertext": _hovers_of_all(canvas, list(range(len(names)))),
        "hoverinfo": "text",
    }
    return [trace], {"yaxis": _steps_axis(canvas), "xaxis": HIDDEN, "showlegend": False}


def _paired(canvas: Canvas) -> Drawing:
    """The steps of several groups: bars of one measure, lying beside each other."""
    series = largest(canvas.series())
    column, keys = canvas.column(canvas.chart.series or ""), canvas.keys
    rows = {
        (canvas.said(group, column.grain), key): at
        for at, (group, key) in enumerate(
            zip(canvas.table.column(column.name), canvas.table.column(canvas.x), strict=True)
        )
    }
    traces = [
        {
            "type": "bar",
            "orientation": "h",
            "name": each.name,
            "y": [canvas.said(key) for key in keys],
            "x": [each.points.get(key) for key in keys],
            "text": [canvas.short(each.points.get(key), each.measure) for key in keys],
            "textposition": "auto",
            "cliponaxis": False,
            "marker": {"color": colour},
            "hovertext": _hovers_of_all(canvas, [rows.get((each.name, key)) for key in keys], each.name),
            "hoverinfo": "text",
        }
        for each, colour in zip(series, canvas.colours(series), strict=True)
    ]
    height = max(340, 150 + 24 * len(keys) * len(series))
    return traces, {
        "barmode": "group",
        "bargap": 0.25,
        "yaxis": _steps_axis(canvas),
        "xaxis": HIDDEN,
        "showlegend": True,
        "legend": LEGEND | {"y": -24 / height, "traceorder": "normal"},
        "height": height,
        "margin": {"b": 60},
    }


def _steps_axis(canvas: Canvas) -> dict[str, Any]:
    return category_axis(canvas, canvas.keys) | {"autorange": "reversed"}


def _hovers_of_all(canvas: Canvas, rows: list[int | None], group: str = "") -> list[str]:
    """What pointing at each of a row of steps tells: every column of the chart, exactly."""
    columns = [canvas.column(name) for name in canvas.chart.y]
    cells = [[plain(cell) for cell in canvas.table.column(column.name)] for column in columns]
    steps = canvas.table.column(canvas.x)
    told = []
    for at in rows:
        if at is None:
            told.append("")
            continue
        heading = " · ".join(each for each in (group, canvas.said(steps[at])) if each)
        first, *others = [
            canvas.hover(heading, canvas.label(c.name), of[at], c) for c, of in zip(columns, cells, strict=True)
        ]
        told.append("<br>".join([first, *(each.removeprefix(f"<b>{heading}</b><br>") for each in others)]))
    return told


def draw_waterfall(canvas: Canvas) -> Drawing:
    """Movements one after another; a last row that equals the sum of those before it is the total."""
    measure = canvas.measures[0]
    values = [plain(cell) or 0 for cell in canvas.table.column(measure.name)]
    names = [canvas.said(cell) for cell in canvas.table.column(canvas.x)]
    ends_in_total = len(values) > 2 and abs(values[-1] - sum(values[:-1])) <= 1e-9 * max(map(abs, values))
    kinds = ["relative"] * (len(values) - 1) + ["total" if ends_in_total else "relative"]
    levels = [sum(values[: at + 1]) for at in range(len(values) - ends_in_total)]
    shades = canvas.shades
    trace = {
        "type": "waterfall",
        "x": names,
        "y": values,
        "measure": kinds,
        "text": [canvas.short(value, measure) for value in values],
        "textposition": "outside",
        "cliponaxis": False,
        "increasing": {"marker": {"color": shades.series[0]}},
        "decreasing": {"marker": {"color": shades.series[1]}},
        "totals": {"marker": {"color": shades.compared}},
        "connector": {"line": {"color": shades.muted, "width": 1}},
        "hovertext": canvas.hovers(names, values, measure),
        "hoverinfo": "text",
    }
    layout = {"xaxis": category_axis(canvas, list(canvas.table.column(canvas.x))), "showlegend": False}
    return [trace], layout | {"yaxis": measure_axis(canvas, measure, levels)}


def draw_sankey(canvas: Canvas) -> Drawing:
    """Flows from `x` to `series`, as wide as the measure."""
    measure = canvas.measures[0]
    if canvas.chart.series is None:
        raise ValueError("a sankey chart needs a series column, where the flows end")
    sources = [canvas.said(cell) for cell in canvas.table.column(canvas.x)]
    targets = [canvas.said(cell) for cell in canvas.table.column(canvas.chart.series)]
    values = [plain(cell) or 0 for cell in canvas.table.column(measure.name)]
    names = list(dict.fromkeys([*sources, *targets]))
    colours = [canvas.shades.series[at % MOST_SERIES] for at in range(len(names))]
    hover = canvas.hovers([f"{s} → {t}" for s, t in zip(sources, targets, strict=True)], values, measure)
    trace = {
        "type": "sankey",
        "node": {"label": [brief(name) for name in names], "color": colours, "pad": 14, "line": {"width": 0}},
        "link": {
            "source": [names.index(name) for name in sources],
            "target": [names.index(name) for name in targets],
            "value": values,
            "color": [faded(colours[names.index(name)]) for name in sources],
            "customdata": hover,
            "hovertemplate": "%{customdata}<extra></extra>",
        },
    }
    return [trace], {"height": max(320, 26 * len(names))}


def draw_heatmap(canvas: Canvas) -> Drawing:
    """Two axes of names and a shade a cell; numbers written in where they fit."""
    series = canvas.series()
    measure, keys = canvas.measures[0], canvas.keys
    names = [canvas.said(key) for key in keys]
    grid = [[each.points.get(key) for key in keys] for each in series]
    ramp = canvas.shades.ramp
    axis = measure_axis(canvas, measure, [value for row in grid for value in row])
    trace = {
        "type": "heatmap",
        "x": names,
        "y": [each.name for each in series],
        "z": grid,
        "colorscale": [[at / (len(ramp) - 1), colour] for at, colour in enumerate(ramp)],
        "colorbar": {
            "thickness": 10,
            "outlinewidth": 0,
            "title": {"text": axis["title"]["text"], "side": "right", "font": {"size": 12}},
            "tickvals": axis["tickvals"],
            "ticktext": axis["ticktext"],
        },
        "hoverongaps": False,
        "xgap": 2,
        "ygap": 2,
        "hovertext": [
            [
                canvas.hover(f"{each.name} · {name}", canvas.label(measure.name), each.points.get(key), measure)
                for key, name in zip(keys, names, strict=True)
            ]
            for each in series
        ],
        "hoverinfo": "text",
    }
    if len(keys) * len(series) <= MOST_CELL_LABELS:
        trace["text"] = [
            [
                "" if v is None else number(v, measure.unit if measure.unit == "ratio" else None, canvas.language)
                for v in row
            ]
            for row in grid
        ]
        trace["texttemplate"] = "%{text}"
    rows = {"type": "category", "autorange": "reversed", "automargin": True, "showgrid": False, "fixedrange": True}
    columns = category_axis(canvas, keys)
    if is_time(canvas):
        columns |= {"ticktext": tick_texts(canvas, keys)}
    return [trace], {"xaxis": columns, "yaxis": rows, "height": max(280, 110 + 30 * len(series))}


def draw_scatter(canvas: Canvas) -> Drawing:
    """One point a row, two measures; the row's own names told on hover."""
    across, up = canvas.column(canvas.x), canvas.measures[0]
    xs = [plain(cell) for cell in canvas.table.column(across.name)]
    ys = [plain(cell) for cell in canvas.table.column(up.name)]
    named = [column.name for column in canvas.table.columns if column.role in {"key", "group", "attribute"}][:2]
    columns = [canvas.table.column(name) for name in named]
    headings = [" · ".join(canvas.said(cells[at]) for cells in columns) for at in range(len(xs))]
    hover = [
        f"{canvas.hover(heading, canvas.label(across.name), x, across)}<br>"
        f"{canvas.hover('', canvas.label(up.name), y, up).removeprefix('<b></b><br>')}"
        for heading, x, y in zip(headings, xs, ys, strict=True)
    ]
    trace = {
        "type": "scatter",
        "mode": "markers",
        "x": xs,
        "y": ys,
        "marker": {"color": canvas.shades.series[0], "size": 8, "opacity": 0.7},
        "hovertext": hover,
        "hoverinfo": "text",
    }
    horizontal = measure_axis(canvas, across, xs, zero=False)
    return [trace], {"xaxis": horizontal, "yaxis": measure_axis(canvas, up, ys, zero=False), "showlegend": False}


def draw_number(canvas: Canvas) -> Drawing:
    """One large number, with what it is held against (the second measure) beneath."""
    measures = [canvas.column(name) for name in canvas.chart.y]
    values = [plain(canvas.table.column(column.name)[0]) if canvas.table.rows else None for column in measures]
    beneath = " · ".join(
        f"{canvas.label(column.name)} {canvas.short(value, column)}"
        for column, value in zip(measures[1:], values[1:], strict=True)
    )
    texts = [(canvas.short(values[0], measures[0]), 48, 0.62, canvas.shades.ink)]
    texts.append((beneath or canvas.label(measures[0].name), 16, 0.32, canvas.shades.muted))
    notes = [
        {
            "xref": "paper",
            "yref": "paper",
            "x": 0.5,
            "y": y,
            "text": text,
            "showarrow": False,
            "font": {"size": size, "color": colour},
        }
        for text, size, y, colour in texts
    ]
    hidden = {"visible": False, "fixedrange": True}
    return [], {"annotations": notes, "xaxis": hidden, "yaxis": hidden}


def shares_as_shown(values: list[float]) -> list[str]:
    """Percentages of one decimal that sum to 100.0: what rounding down leaves goes to the largest remainders."""
    whole = sum(map(decimal, values), Decimal())
    if whole <= 0:
        return ["0.0%" for _ in values]
    thousandths = [decimal(value) * 1000 / whole for value in values]
    floors = [each.to_integral_value(ROUND_FLOOR) for each in thousandths]
    order = sorted(range(len(values)), key=lambda at: floors[at] - thousandths[at])
    for at in order[: int(1000 - sum(floors))]:
        floors[at] += 1
    return [f"{each / 10:.1f}%" for each in floors]


def _parts(canvas: Canvas) -> list[tuple[str, float]]:
    measure = canvas.measures[0]
    cells = zip(canvas.table.column(canvas.x), canvas.table.column(measure.name), strict=True)
    parts = [(canvas.said(key), max(plain(value) or 0, 0)) for key, value in cells]
    if len(parts) <= MOST_SERIES:
        return parts
    ranked = sorted(parts, key=lambda part: part[1], reverse=True)
    kept = set(ranked[: MOST_SERIES - 1])
    rest = sum(value for _, value in ranked[MOST_SERIES - 1 :])
    return [*(part for part in parts if part in kept), (OTHERS.said(canvas.language), rest)]
