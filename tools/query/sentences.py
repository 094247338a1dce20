"""What a query's table says first: its number, how two compare, or where it is greatest and least."""

import datetime
import decimal
from collections.abc import Sequence

from tools.tool import Figure, Sentence
from warehouse.days import Bucket
from warehouse.labels import bucket, join
from warehouse.lexicon.lexicon import lexicon
from warehouse.resolved import Measurement
from warehouse.saying import Sayer
from warehouse.table import Cell, Column, Table
from warehouse.text import LANGUAGES, Text
from warehouse.timepart import HOUR, WEEKDAY

MOST_RANKED = 2_000  # rows among which the least is told


def sentences(asked: Measurement, whole: Table, top: Table, sayer: Sayer) -> tuple[Sentence, ...]:
    """The main number's sentence, and the range compared with where there is one.

    `whole` is the table as far as it was read, `top` its leading row where that is not all of it.
    """
    scope = scope_of(asked, sayer)
    if not whole.rows:
        return (Sentence((Text(f"{scope.zh}没有数据。", f"There is no data: {scope.en}."),)),)
    main = _main(asked, whole, top, scope)
    return main if asked.against is None else (*main, _beside(asked, sayer))


def scope_of(asked: Measurement, sayer: Sayer) -> Text:
    """The period and the conditions."""
    conditions = [each.words for each in sayer.pieces(asked) if each.kind in {"filter", "behaviour"}]
    said = [sayer.window(asked.window), *conditions]
    return Text(said[0].zh + "、".join(each.zh for each in said[1:]), ", ".join(each.en for each in said))


def ranked_by(asked: Measurement, table: Table) -> Column:
    """The column that tells which group is the greatest: the one ordered by, else the first metric's."""
    values = [each for each in table.columns if each.role == "measure"]
    ordered = asked.order.column if asked.order is not None else None
    return next((each for each in values if each.name == ordered), values[0])


def _main(asked: Measurement, whole: Table, top: Table, scope: Text) -> tuple[Sentence, ...]:
    keys = sum(column.role != "measure" for column in whole.columns)
    if keys == 0:
        return (_total(whole, scope),)
    compared = _versus(asked, whole, scope)
    if compared is not None:
        return (compared,)
    return ((_ranking if asked.order is not None else _extremes)(asked, whole, top, scope),)


def _total(table: Table, scope: Text) -> Sentence:
    return Sentence((*_values(scope, table.columns, table.rows[0]), Text("。", ".")))


def _values(of: Text, columns: Sequence[Column], cells: Sequence[Cell]) -> list[Text | Figure]:
    """Each value with its name."""
    parts: list[Text | Figure] = []
    for place, (column, value) in enumerate(zip(columns, cells, strict=True)):
        label = column.label
        first = Text(f"{of.zh}的{label.zh}为 ", f"{label.en}, {of.en}: ")
        parts += [first if place == 0 else Text(f"，{label.zh}为 ", f"; {label.en}: "), Figure(value, column.unit)]
    return parts


def _beside(asked: Measurement, sayer: Sayer) -> Sentence:
    """Which days the period is compared with."""
    if asked.against is None:
        return Sentence(())
    start, end = asked.against.window.span
    days = Text(f"{start} 至 {end}", f"{start} to {end}") if start != end else Text(str(start), str(start))
    mine = sayer.window(asked.window)
    return Sentence((Text(f"对比的是：{mine.zh}与 {days.zh}。", f"Compared: {mine.en} and {days.en}."),))


def _versus(asked: Measurement, whole: Table, scope: Text) -> Sentence | None:
    """Two groups side by side; None where further groups cut them."""
    if asked.versus is None or len(asked.by) > 1 or asked.grain is not None:
        return None
    rows = {row[0]: row[1:] for row in whole.rows}
    first, second = asked.versus.first, asked.versus.second
    if first not in rows or second not in rows:
        return None
    columns = whole.columns[1:]
    parts = _values(Text(f"{scope.zh}，{first}", f"{scope.en}, {first}"), columns[:1], rows[first][:1])
    parts += [Text(f"，{second}为 ", f"; {second}: "), Figure(rows[second][0], columns[0].unit)]
    for column, value in zip(columns[1:], rows[first][1:], strict=True):
        parts += [Text(f"，{column.label.zh}为 ", f"; {column.label.en}: "), Figure(value, column.unit)]
    return Sentence((*parts, Text("。", ".")))


def _ranking(asked: Measurement, whole: Table, top: Table, scope: Text) -> Sentence:
    """The first and the last of groups that were asked for in order."""
    column, rows = ranked_by(asked, whole), (top if whole.truncated else whole).rows
    cells, label = [row[_place(whole, column)] for row in rows], column.label
    first = _group(rows[0], whole, asked.grain)
    parts: list[Text | Figure] = [
        Text(f"{scope.zh}，按{label.zh}排第一的是{first.zh}，为 ", f"{label.en}, {scope.en}: first is {first.en}, "),
        Figure(cells[0], column.unit),
    ]
    if len(rows) > 1:
        last = _group(rows[-1], whole, asked.grain)
        parts += [Text(f"；末位是{last.zh}，为 ", f"; last is {last.en}, "), Figure(cells[-1], column.unit)]
    return Sentence((*parts, Text("；共 ", "; "), Figure(whole.row_count), Text(" 行。", " rows in all.")))


def _extremes(asked: Measurement, whole: Table, top: Table, scope: Text) -> Sentence:
    """Where the first metric is greatest, and where least; of equal ones the first."""
    column, rows = ranked_by(asked, whole), top.rows
    values, label = [row[_place(whole, column)] for row in rows], column.label
    order = sorted(range(len(values)), key=lambda row: (values[row] is None, -_size(values[row]), row))
    high = _group(rows[order[0]], whole, asked.grain)
    parts: list[Text | Figure] = [
        Text(f"{scope.zh}，{label.zh}最高的是{high.zh}，为 ", f"{label.en}, {scope.en}: highest for {high.en}, "),
        Figure(values[order[0]], column.unit),
    ]
    known = [row for row in order if values[row] is not None]
    if len(known) > 1 and whole.row_count <= MOST_RANKED:
        low = _group(rows[known[-1]], whole, asked.grain)
        parts += [Text(f"；最低的是{low.zh}，为 ", f"; lowest for {low.en}, "), Figure(values[known[-1]], column.unit)]
    return Sentence((*parts, Text("；共 ", "; "), Figure(whole.row_count), Text(" 行。", " rows in all.")))


def _place(table: Table, column: Column) -> int:
    return table.columns.index(column)


def _size(cell: Cell) -> float:
    return float(cell) if isinstance(cell, int | float | decimal.Decimal) else 0.0


def _group(row: Sequence[Cell], table: Table, grain: Bucket | None) -> Text:
    """A row by its keys."""
    keys = [(column, cell) for column, cell in zip(table.columns, row, strict=True) if column.role != "measure"]
    return join([_key(column, cell, grain) for column, cell in keys], Text(" · ", " · "))


def _key(column: Column, cell: Cell, grain: Bucket | None) -> Text:
    length = column.grain or (grain if column.role == "time" else None)
    if cell is None:
        return Text("—", "—")
    if length is not None and isinstance(cell, datetime.date):
        return bucket(cell, length)
    if column.name == WEEKDAY.name and isinstance(cell, int):
        days = [lexicon(each).time.weekdays[cell - 1][0] for each in LANGUAGES]
        return Text(f"周{days[0]}", days[1])
    if column.name == HOUR.name and isinstance(cell, int):
        return Text(f"{cell}点", f"{cell:02d}:00")
    return Text(str(cell), str(cell))
