"""A table as the page shows it: what stands in each cell, what is exact, and by what it is sorted."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from agent.answer import Answer
from agent.writing import MISSING, PLAIN, SCALES, Numeric, Scale, decimal, exact, fixed, unit_name
from ui.words import WORDS
from warehouse.saying import bucket
from warehouse.table import Cell, Column, Table
from warehouse.text import Language


def sheet(table: Table, language: Language) -> dict[str, Any]:
    """Heads and rows for the page's script: each cell is [shown, exact or null, sort key or null].

    Numbers carry their unit in the head; keys (user numbers, order numbers) are written plainly.
    """
    scales = [_scale(column, table.column(column.name), language) for column in table.columns]
    heads = [
        {
            "label": head(column, scale, language),
            "numeric": column.type in {"integer", "number"} and column.role != "key",
        }
        for column, scale in zip(table.columns, scales, strict=True)
    ]
    rows = [
        [_cell(cell, column, scale, language) for cell, column, scale in zip(row, table.columns, scales, strict=True)]
        for row in table.rows
    ]
    return {"heads": heads, "rows": rows, "said": rows_said(table, language)}


def head(column: Column, scale: Scale, language: Language) -> str:
    """A column's name with its unit."""
    label, unit = column.label.said(language), unit_name(column.unit, scale, language)
    if not unit or not is_measure(column):
        return label
    return f"{label}（{unit}）" if language == "zh" else f"{label} ({unit})"


def is_measure(column: Column) -> bool:
    """Whether a column holds amounts, not numbers that name something or stand beside it."""
    return column.type in {"integer", "number"} and (column.role == "measure" or column.unit is not None)


def rows_said(table: Table, language: Language) -> str:
    """How many rows there are in all, and how many are here."""
    if table.truncated:
        return WORDS["rows_cut"].said(language).format(count=f"{table.row_count:,}", shown=f"{len(table.rows):,}")
    name = "rows_one" if table.row_count == 1 else "rows_all"
    return WORDS[name].said(language).format(count=f"{table.row_count:,}")


def copied(answer: Answer) -> str:
    """The answer as text for the clipboard: the sentence, then the rows at hand with tabs between."""
    if answer.table is None or not answer.table.rows:
        return answer.text
    heads = [column.label.said(answer.language) for column in answer.table.columns]
    lines = [heads, *([_copied_cell(cell) for cell in row] for row in answer.table.rows)]
    return "\n".join([answer.text, "", *("\t".join(line) for line in lines)])


def _copied_cell(cell: Cell) -> str:
    return "" if cell is None else str(cell).replace("\t", " ").replace("\n", " ")


def _scale(column: Column, cells: Iterable[Cell], language: Language) -> Scale:
    """The short form in which no number of the column falls below one: 万 only where all are that large."""
    if not is_measure(column) or column.unit not in {None, "CNY"}:
        return PLAIN
    numbers = [decimal(cell) for cell in cells if isinstance(cell, int | float | Decimal) and cell]
    sizes = [each.copy_abs() for each in numbers if each.is_finite()]
    return next((scale for scale in SCALES[language] if sizes and min(sizes) >= scale.start), PLAIN)


def _cell(cell: Cell, column: Column, scale: Scale, language: Language) -> list[Any]:
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) and is_measure(column):
        return [_shown(cell, column, scale), exact(cell, column.unit, language), float(cell)]
    match cell:
        case None:
            return [MISSING, None, None]
        case bool():
            return [WORDS["yes" if cell else "no"].said(language), None, int(cell)]
        case datetime.date() if column.grain is not None:
            return [bucket(cell, column.grain).said(language), None, cell.isoformat()]
        case datetime.date():
            shown = cell.isoformat(sep=" ", timespec="seconds") if isinstance(cell, datetime.datetime) else str(cell)
            return [shown, None, cell.isoformat()]
        case _:
            return [str(cell), None, float(cell) if isinstance(cell, Decimal) else cell]


def _shown(cell: Numeric, column: Column, scale: Scale) -> str:
    value = decimal(cell)
    if not value.is_finite():
        return MISSING
    if column.unit in {"ratio", "pp"}:
        return fixed(value * 100, 1)
    if scale.size > 1 or column.unit == "CNY":
        return fixed(value / scale.size, 2)
    return fixed(value, 0 if column.type == "integer" or value == value.to_integral_value() else 2)
