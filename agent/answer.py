"""The answer to one question, and its fixed JSON form."""

import datetime
import decimal
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from agent.steps import Step
from tools.chart import Chart
from tools.tool import ChipKind
from warehouse.table import Cell, Column, Table
from warehouse.text import Language, Text

Status = Literal["answer", "clarify", "refuse", "error"]
By = Literal["rules", "llm", "verified"]

SIGNIFICANT_DIGITS = 12
PART = ("tool", "understood", "plan", "text", "columns", "rows", "row_count", "truncated", "sql")


@dataclass(frozen=True)
class Chip:
    """One piece of what was understood, and whether it can be changed, or left out."""

    kind: ChipKind
    text: str
    editable: bool = False
    removable: bool = False


@dataclass(frozen=True)
class Definition:
    """A word of the answer and what it means."""

    name: str
    text: str


@dataclass(frozen=True)
class Headline:
    """The number that the answer is about. `text` is the answer's own writing of it, `at` where that begins there."""

    value: float
    unit: str | None
    text: str
    at: int


@dataclass(frozen=True)
class Right:
    """That somebody marked an answer right: its number, the question that it was, who, and when."""

    number: int
    question: str
    person: str
    day: datetime.date

    def json(self) -> dict[str, Any]:
        """Plain values."""
        return {"number": self.number, "question": self.question, "by": self.person, "on": self.day.isoformat()}


@dataclass(frozen=True)
class Answer:
    """What a person gets for a question: an answer, options to choose from, a refusal or an error.

    `parts` are the answers of the steps before the last one, `recipe` the plans of all, as they name earlier ones.
    `doubts` tell what was taken for what, and may be meant for else. `version` is that of the data it was made of;
    `sql` is formatted; `table` holds at most the asked limit's rows; `text` is a paragraph in `language`.
    """

    question: str
    language: Language
    status: Status
    text: str
    as_of: datetime.date | None
    tool: str | None = None
    understood: str = ""
    unused: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    version: str = ""
    planner: By = "rules"
    plan: Mapping[str, Any] | None = None
    recipe: tuple[Mapping[str, Any], ...] = ()
    right: Right | None = None
    headline: Headline | None = None
    table: Table | None = None
    chart: Chart | None = None
    sql: tuple[str, ...] = ()
    parts: tuple["Answer", ...] = ()
    definitions: tuple[Definition, ...] = ()
    notes: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    elapsed_ms: Mapping[str, float] = field(default_factory=dict)
    llm: Mapping[str, float] = field(default_factory=lambda: {"calls": 0, "input_tokens": 0, "output_tokens": 0})

    def json(self, answer_id: str | None = None) -> dict[str, Any]:
        """The fixed JSON form: plain values only, in a fixed order of keys."""
        table = self.table or Table((), (), 0)
        return {
            "id": answer_id,
            "question": self.question,
            "language": self.language,
            "status": self.status,
            "tool": self.tool,
            "understood": self.understood,
            "unused": list(self.unused),
            "doubts": list(self.doubts),
            "chips": [_chip_json(chip) for chip in self.chips],
            "planner": self.planner,
            "plan": self.plan,
            "verified": None if self.right is None else self.right.json(),
            "text": self.text,
            **_table_json(table, self.language),
            "chart": None if self.chart is None else _chart_json(self.chart, self.language),
            "sql": list(self.sql),
            "parts": [_part_json(each) for each in self.parts],
            "definitions": [{"name": each.name, "text": each.text} for each in self.definitions],
            "notes": list(self.notes),
            "options": list(self.options),
            "suggestions": list(self.suggestions),
            "as_of": None if self.as_of is None else self.as_of.isoformat(),
            "elapsed_ms": {name: round(ms, 1) for name, ms in self.elapsed_ms.items()},
            "llm": dict(self.llm),
        }


def cell_json(cell: Cell) -> bool | int | float | str | None:
    """One cell as JSON has it: ISO dates, plain numbers, floats to 12 significant digits."""
    match cell:
        case decimal.Decimal():
            return int(cell) if cell == cell.to_integral_value() else float(f"{cell:.{SIGNIFICANT_DIGITS}g}")
        case float():
            return float(f"{cell:.{SIGNIFICANT_DIGITS}g}")
        case datetime.date():
            return cell.isoformat()
        case _:
            return cell


def _part_json(part: Answer) -> dict[str, Any]:
    """What a step before the last one gave."""
    whole = part.json()
    return {name: whole[name] for name in PART}


def _chip_json(chip: Chip) -> dict[str, Any]:
    return {"kind": chip.kind, "text": chip.text, "editable": chip.editable, "removable": chip.removable}


def _table_json(table: Table, language: Language) -> dict[str, Any]:
    return {
        "columns": [_column_json(column, language) for column in table.columns],
        "rows": [[cell_json(cell) for cell in row] for row in table.rows],
        "row_count": table.row_count,
        "truncated": table.truncated,
    }


def _column_json(column: Column, language: Language) -> dict[str, Any]:
    return {"name": column.name, "label": column.label.said(language), "type": column.type, "unit": column.unit}


def _chart_json(chart: Chart, language: Language) -> dict[str, Any]:
    def said(text: Text) -> str:
        return text.said(language)

    drawn: dict[str, Any] = {
        "type": chart.type,
        "x": chart.x,
        "y": list(chart.y),
        "series": chart.series,
        "title": said(chart.title),
        "subtitle": said(chart.subtitle),
        "alt": said(chart.alt),
        "unfinished": chart.unfinished,
        "bands": [list(each) for each in chart.bands],
        "facet": chart.facet,
    }
    return drawn if chart.data is None else drawn | {"data": _table_json(chart.data, language)}
