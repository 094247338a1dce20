"""A written comment on a result, where the setting lets rows go: few, masked, and no number that is not in them."""

import datetime
import decimal
import json
import re
from collections.abc import Iterator, Sequence

from agent.answer import cell_json
from agent.planner import Call, Turn
from agent.planners.llm.chat import Message
from agent.understand import quantities
from agent.understand.words import read
from prompts.render import quoted, render
from tools.sql import SqlTool
from tools.tool import Result
from warehouse.model import SemanticModel
from warehouse.table import Cell, Column, Table
from warehouse.text import Text

MOST_ROWS = 50
MOST_TOLD = 6_000
MOST_WRITTEN = 500
MASK = "***"
LANGUAGES = {"zh": "Chinese", "en": "English"}
LINK = re.compile(r"://|www\.|@|[\x00-\x08\x0b-\x1f⟦⟧<>]")
NUMBER = re.compile(r"(\d[\d,]*(?:\.(\d+))?)\s?(%|万|亿|[KMB]\b)?")
SCALES = {"": "1", "%": "0.01", "万": "1e4", "亿": "1e8", "K": "1e3", "M": "1e6", "B": "1e9"}


def asked(turn: Turn, call: Call, result: Result) -> tuple[Message, ...] | None:
    """What a model is told for a comment; None for a table whose columns nobody vouches for, or of one cell."""
    table = result.table
    if call.tool == SqlTool.name or table is None or len(table.rows) * len(table.columns) < 2:
        return None
    shown = table.first(MOST_ROWS)
    rows = json.dumps([list(_told(row, shown, turn.reading.model)) for row in shown.rows], ensure_ascii=False)
    said = render(
        "table",
        question=quoted(turn.question),
        understood=quoted(result.understood.said("en"), 300),
        columns=", ".join(each.label.said(turn.language) for each in shown.columns),
        shown=str(len(shown.rows)),
        all=str(shown.row_count),
        rows=quoted(rows, MOST_TOLD),
    )
    return Message("system", render("comment", language=LANGUAGES[turn.language])), Message("user", said)


def founded(text: str, call: Call, result: Result) -> Text | None:
    """What a model wrote, as a note; None where it is long, holds a link, or a number that the table does not bear."""
    written = text.strip()
    table = result.table or Table((), (), 0)
    if not written or len(written) > MOST_WRITTEN or LINK.search(written) or not _bears(table, call, written):
        return None
    return Text(f"大模型的解读，请自行核对：{written}", f"The language model's comment, to be checked: {written}")


def _told(row: tuple[Cell, ...], table: Table, model: SemanticModel) -> Iterator[object]:
    for cell, column in zip(row, table.columns, strict=True):
        yield cell_json(cell) if cell is None or _is_plain(column, model) else MASK


def _is_plain(column: Column, model: SemanticModel) -> bool:
    """Whether a column holds amounts, times, or names that people group by: never what a customer is told by."""
    if column.role == "group":
        return column.name in {each.name for each in model.groupings} or column.type in {"integer", "date"}
    return column.role in {"measure", "time"}


def _bears(table: Table, call: Call, text: str) -> bool:
    """Whether every number in the text is one of the table's, its count of rows, or told in a name or in the plan."""
    cells = [cell for row in table.rows for cell in row]
    numbers = [decimal.Decimal(str(cell)) for cell in cells if isinstance(cell, int | float | decimal.Decimal)]
    numbers.append(decimal.Decimal(table.row_count))
    names = [str(cell) for cell in cells if isinstance(cell, str | datetime.date)]
    known = set(re.findall(r"\d+", " ".join([*names, json.dumps(call.args)])))
    found = list(NUMBER.finditer(text))
    spelled = quantities.find(read(NUMBER.sub(" ", text)).text)
    return not spelled and all(each[1] in known or _stands(each, numbers) for each in found)


def _stands(found: re.Match[str], numbers: Sequence[decimal.Decimal]) -> bool:
    """Whether one of the numbers, rounded as the digits are, is they."""
    scale = decimal.Decimal(SCALES[found[3] or ""])
    value = decimal.Decimal(found[1].replace(",", "")) * scale
    step = decimal.Decimal(1).scaleb(-len(found[2] or "")) * scale
    return any(abs(abs(each) - value) * 2 <= step for each in numbers)
