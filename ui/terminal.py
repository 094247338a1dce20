"""Answers, tables and progress in the terminal."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table as RichTable
from rich.text import Text as RichText

from agent.answer import Answer
from agent.steps import STEP_NAMES, Step
from agent.writing import Numeric, exact
from warehouse.table import Cell, Column, Table
from warehouse.text import Language, Text

MOST_ROWS = 20
LABELS = {
    "understood": Text("理解为", "understood"),
    "doubts": Text("不太确定", "not quite sure"),
    "unused": Text("没有用上", "not used"),
    "chart": Text("适合的图", "fitting chart"),
    "options": Text("请选一个", "choose one"),
    "suggestions": Text("还可以问", "you can also ask"),
}


def show(answer: Answer) -> None:
    """Print an answer: what was understood, the sentence, the table, which chart fits."""
    console = Console(highlight=False)
    for part in answer.parts:
        show(part)
    console.print(RichText(answer.text, style="bold" if answer.status == "answer" else "yellow"))
    if answer.understood:
        _said(console, "understood", answer.understood, answer.language)
    if answer.doubts:
        _said(console, "doubts", " · ".join(answer.doubts), answer.language)
    if answer.unused:
        _said(console, "unused", " · ".join(answer.unused), answer.language)
    if answer.table is not None and answer.table.columns:
        console.print(_table(answer.table, answer.language))
        _more(console, answer.table, answer.language)
    if answer.chart is not None:
        _said(console, "chart", answer.chart.type, answer.language)
    for note in answer.notes:
        console.print(RichText(note, style="dim"))
    for label, lines in (("options", answer.options), ("suggestions", answer.suggestions)):
        if lines:
            _said(console, label, "", answer.language)
            console.print(RichText("\n".join(f"  {line}" for line in lines)))


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print plain rows under heads."""
    drawn = RichTable(*heads)
    for row in rows:
        drawn.add_row(*(RichText(cell) for cell in row))
    Console(highlight=False).print(drawn)


@contextmanager
def progress(title: Text) -> Iterator[Callable[[float, Text], None]]:
    """A bar on standard error; what it gives takes the fraction done and the step's name."""
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(file=sys.stderr)) as bar:
        task = bar.add_task(f"{title.zh} {title.en}", total=1.0)

        def advance(fraction: float, step: Text) -> None:
            bar.update(task, completed=fraction, description=f"{title.zh} {title.en}: {step.zh} {step.en}")

        yield advance
        bar.update(task, completed=1.0)


@contextmanager
def working() -> Iterator[Callable[[Step], None]]:
    """A line on standard error, where that is a terminal, that says which step it is at."""
    with Console(stderr=True).status("") as line:

        def tell(step: Step) -> None:
            parts = [STEP_NAMES[step.kind], *([step.doing] if step.doing is not None else ())]
            line.update(escape(" · ".join(f"{each.zh} {each.en}" for each in parts)))

        yield tell


def _said(console: Console, label: str, words: str, language: Language) -> None:
    mark = "：" if language == "zh" else ": "
    console.print(RichText(f"{LABELS[label].said(language)}{mark}", style="dim") + RichText(words))


def _table(shown: Table, language: Language) -> RichTable:
    drawn = RichTable()
    for column in shown.columns:
        drawn.add_column(column.label.said(language), justify="right" if _numeric(column) else "left")
    for row in shown.rows[:MOST_ROWS]:
        drawn.add_row(*(_cell(cell, column, language) for cell, column in zip(row, shown.columns, strict=True)))
    return drawn


def _more(console: Console, shown: Table, language: Language) -> None:
    if shown.row_count > MOST_ROWS:
        more = Text(
            f"共 {shown.row_count:,} 行，这里是前 {MOST_ROWS} 行", f"the first {MOST_ROWS} of {shown.row_count:,} rows"
        )
        console.print(RichText(more.said(language), style="dim"))


def _cell(cell: Cell, column: Column, language: Language) -> RichText:
    if column.role == "measure" and (cell is None or isinstance(cell, Numeric)):
        return RichText(exact(cell, column.unit, language))
    return RichText("—" if cell is None else str(cell))


def _numeric(column: Column) -> bool:
    return column.type in {"integer", "number"}
