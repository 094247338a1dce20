"""One question and its answer as the page's script receives them."""

import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from agent.answer import Answer, Status
from agent.steps import STEP_NAMES, Step
from agent.writing import exact, number
from tools.chart import Chart, ChartType
from ui.figure import drawn_as, figure
from ui.palette import SHADES
from ui.sheet import copied, sheet
from ui.words import words
from warehouse.table import Table
from warehouse.text import Language

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
OPTION_TITLES: dict[Status, str] = {
    "answer": "follow_ups",
    "clarify": "did_you_mean",
    "refuse": "ask_instead",
    "error": "ask_instead",
}


def working(steps: Sequence[Step], language: Language) -> dict[str, Any]:
    """A turn still being answered: the steps so far."""
    html = TEMPLATES.get_template("working.html").render(words=words(language), steps=_steps(steps, language))
    return {"state": "working", "language": language, "html": html}


def answered(answer: Answer, *, stopped: bool = False, reviewing: bool = False) -> dict[str, Any]:
    """A turn with its answer: escaped HTML, the table's cells, the charts in both themes, the text to copy.

    With `reviewing`, it can be marked right.
    """
    language = answer.language
    begun = time.perf_counter()
    contents = [_content(each) for each in (*answer.parts, answer)]
    drawing = [Step("draw", (time.perf_counter() - begun) * 1000)] if any(each["charts"] for each in contents) else []
    html = TEMPLATES.get_template("answer.html").render(
        answer=answer,
        parts=[{"understood": e.understood, "text": e.text, "shown": _shown(e)} for e in answer.parts],
        main=_shown(answer),
        unused=_unnamed(answer),
        words=words(language),
        sentence=_sentence(answer),
        steps=_steps([*answer.steps, *drawing], language),
        total=_milliseconds(answer.elapsed_ms.get("total"), language),
        stopped=stopped,
        reviewing=reviewing,
        choices=answer.options or answer.suggestions,
        choices_title=OPTION_TITLES[answer.status],
    )
    return {
        "state": "done",
        "language": language,
        "html": html,
        "parts": contents[:-1],
        **contents[-1],
        "copied": copied(answer),
        "as_of": None if answer.as_of is None else answer.as_of.isoformat(),
    }


def broken(language: Language, question: str) -> dict[str, Any]:
    """A turn that ended in a fault of ours."""
    html = TEMPLATES.get_template("broken.html").render(words=words(language), question=question)
    nothing: dict[str, Any] = {"parts": [], "table": None, "charts": None, "copied": "", "as_of": None}
    return {"state": "done", "language": language, "html": html} | nothing


def _charts(chart: Chart, table: Table, kinds: Iterable[ChartType], language: Language) -> dict[str, Any]:
    return {theme: {kind: figure(drawn_as(chart, kind), table, language, theme) for kind in kinds} for theme in SHADES}


def _shown(answer: Answer) -> dict[str, Any]:
    """What the HTML has to know of a table and its chart."""
    chart, table = answer.chart, answer.table or Table((), (), 0)
    return {
        "language": answer.language,
        "chart": chart if _is_drawn(answer) else None,
        "alone": chart is not None and chart.data is not None and any(e.role == "key" for e in table.columns),
        "kinds": _kinds(chart),
        "table": table if table.columns else None,
        "said_whole": chart is not None and chart.type == "number" and len(table.columns) == 1,
    }


def _content(answer: Answer) -> dict[str, Any]:
    """The cells of a table, and its charts."""
    chart, table = answer.chart, answer.table or Table((), (), 0)
    drawn = _charts(chart, table, _kinds(chart), answer.language) if chart and _is_drawn(answer) else None
    return {"table": sheet(table, answer.language) if table.columns else None, "charts": drawn}


def _is_drawn(answer: Answer) -> bool:
    chart, table = answer.chart, answer.table or Table((), (), 0)
    return chart is not None and chart.type not in {"table", "number"} and bool((chart.data or table).rows)


def _kinds(chart: Chart | None) -> tuple[ChartType, ...]:
    kinds = (chart.type, *chart.types) if chart else ()
    return tuple(each for each in dict.fromkeys(kinds) if each != "table")


def _sentence(answer: Answer) -> dict[str, str | None]:
    """The sentence around its main number."""
    headline = answer.headline
    if headline is None:
        return {"before": answer.text, "number": None, "exact": None, "after": ""}
    return {
        "before": answer.text[: headline.at],
        "number": headline.text,
        "exact": exact(headline.value, headline.unit, answer.language),
        "after": answer.text[headline.at + len(headline.text) :],
    }


def _unnamed(answer: Answer) -> tuple[str, ...]:
    """The words not used, without those that the text of a refusal or a question back names itself."""
    return answer.unused if answer.status == "answer" else tuple(e for e in answer.unused if e not in answer.text)


def _steps(steps: Iterable[Step], language: Language) -> list[dict[str, str | None]]:
    """Each step once, with its time where it ended."""
    latest: dict[str, Step] = {}
    for step in steps:
        latest[step.kind] = step
    return [
        {
            "name": STEP_NAMES[step.kind].said(language),
            "doing": step.doing and step.doing.said(language),
            "time": _milliseconds(step.ms, language),
        }
        for step in latest.values()
    ]


def _milliseconds(ms: float | None, language: Language) -> str | None:
    if ms is None:
        return None
    unit = "毫秒" if language == "zh" else " ms"
    return f"{ms:.0f}{unit}" if ms < 1000 else number(round(ms / 1000, 1), "seconds", language)
