"""What a model is told of one question: the question, what the rules made of it, the names it may need."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from agent.answer import Answer
from agent.planner import Turn
from agent.planners.llm.catalogue import Catalogue, Found
from agent.planners.llm.chat import Message
from agent.planners.llm.signatures import type_lines
from agent.understand.cover import Cover
from agent.understand.mentions import (
    Dating,
    Deed,
    Dimension,
    Grouping,
    Meaning,
    Measure,
    Member,
    Ranked,
    Unknown,
    Value,
    When,
)
from agent.understand.words import Words
from prompts.render import quoted, render
from tools.tool import Tool
from warehouse.errors import QueryError
from warehouse.model import Dimension as ModelDimension
from warehouse.reads import folded, places
from warehouse.table import Type
from warehouse.text import Language
from warehouse.timepart import TIME_PARTS
from warehouse.warehouse import Reading

MOST_METRICS, MOST_DIMENSIONS, MOST_BEHAVIOURS, MOST_SEGMENTS = 24, 18, 12, 6
DEFINED = 4
VALUED, MOST_VALUES = 4, 8
MOST_TABLES, MOST_COLUMNS, LONGEST_NAME = 4, 30, 40
MOST_QUESTION = 500
MOST_PLAN = 600
NONE = "—"
KINDS: Mapping[type, tuple[str, str]] = {
    Measure: ("metric", "metric"),
    Ranked: ("ranked by metric", "metric"),
    Dimension: ("dimension", "name"),
    Dating: ("dimension", "dimension"),
    Deed: ("behaviour", "behaviour"),
    Member: ("segment", "segment"),
}


@dataclass(frozen=True)
class Heard:
    """What the rules made of a question: its stretches, and the words that they have no use for."""

    words: Words
    covered: Cover
    unused: tuple[str, ...]


def opening(
    turn: Turn, heard: Heard, catalogue: Catalogue, tools: Sequence[Tool], examples: str = ""
) -> tuple[Message, ...]:
    """The first messages of a talk; `examples` are lines of questions and their calls."""
    return (
        Message("system", render("system", types=type_lines(tools))),
        Message("user", _question(turn, heard, catalogue, examples, tables=any(each.name == "sql" for each in tools))),
    )


def _question(turn: Turn, heard: Heard, catalogue: Catalogue, examples: str, *, tables: bool) -> str:
    reading, language = turn.reading, turn.language
    found = catalogue.found(_asked_about(turn), heard.covered)
    return render(
        "question",
        question=quoted(turn.question, MOST_QUESTION),
        as_of=reading.as_of.isoformat(),
        understood=", ".join(_understood(heard, reading)) or NONE,
        unused=", ".join(map(quoted, _not_understood(heard, reading))) or NONE,
        before="\n".join(filter(None, [_before(turn.conversation.answers), examples])),
        metrics="\n".join(_metrics(found, reading, language)),
        dimensions="\n".join(_dimensions(found, reading, language)),
        behaviours=", ".join(
            _named(each, reading.model.behaviours[each].words.label.said(language))
            for each in found.behaviours[:MOST_BEHAVIOURS]
        ),
        segments=", ".join(
            _named(each, reading.model.segments[each].words.label.said(language))
            for each in found.segments[:MOST_SEGMENTS]
        ),
        values="; ".join(_values(found, reading)) or NONE,
        tables="\n".join(_tables(found, reading)) if tables else NONE,
    )


def _asked_about(turn: Turn) -> str:
    """The question, and the one before that it may lean on."""
    return " ".join([*(each.question for each in turn.conversation.answers[-1:]), turn.question])


def _understood(heard: Heard, reading: Reading) -> Iterator[str]:
    """Each stretch that means something of the model or a time."""
    for stretch in heard.covered.stretches:
        meanings = list(dict.fromkeys(filter(None, (_meant(each.meaning, reading) for each in stretch))))
        if meanings:
            yield f"{quoted(heard.words.told(stretch[0].start, stretch[0].end))} {' or '.join(meanings)}"


def _not_understood(heard: Heard, reading: Reading) -> Iterator[str]:
    """The words that the rules do not know, and those that they know and have no use for."""
    stretches = heard.covered.stretches
    known = {heard.words.told(e[0].start, e[0].end) for e in stretches if any(_meant(m.meaning, reading) for m in e)}
    unknown = [heard.words.told(each.start, each.end) for each in heard.covered.unknown]
    return (each for each in dict.fromkeys((*unknown, *heard.unused)) if each not in known)


def _meant(meaning: Meaning, reading: Reading) -> str | None:
    match meaning:
        case Value(dimension=name, value=value):
            return f"value {quoted(value)} of {name}"
        case Grouping(group=group):
            return f"dimension {group.dimension}"
        case When(period=period):
            try:
                span = period.resolve(reading.as_of, reading.model.calendar)
            except QueryError:
                return "period"
            return f"period {span.start} to {span.end}"
        case Unknown():
            return None
        case _:
            kind, attribute = KINDS.get(type(meaning), ("", ""))
            return f"{kind} {getattr(meaning, attribute)}" if kind else None


def _before(answers: Sequence[Answer]) -> str:
    """The plan that the question may change."""
    if not answers or answers[-1].plan is None or answers[-1].parts:  # which may hold names that rows gave
        return ""
    last = answers[-1]
    plan = json.dumps(last.plan, ensure_ascii=False, separators=(",", ":"))
    return f"Before it was asked {quoted(last.question)}, run as {quoted(plan, MOST_PLAN)}"


def _metrics(found: Found, reading: Reading, language: Language) -> Iterator[str]:
    """The first with their definitions, the others by name."""
    metrics = [reading.model.metrics[each] for each in found.metrics[:MOST_METRICS]]
    yield from (
        f"{_named(each.name, each.words.label.said(language))}: {each.definition.said(language)}"
        for each in metrics[:DEFINED]
    )
    yield ", ".join(_named(each.name, each.words.label.said(language)) for each in metrics[DEFINED:])


def _dimensions(found: Found, reading: Reading, language: Language) -> Iterator[str]:
    yield ", ".join(
        _named(each, _dimension(each, reading).words.label.said(language))
        for each in found.dimensions[:MOST_DIMENSIONS]
    )


def _values(found: Found, reading: Reading) -> Iterator[str]:
    """The values of the first dimensions that have few."""
    for name in found.dimensions[:VALUED]:
        dimension = _dimension(name, reading)
        known = dimension.bands or tuple(dimension.values) or reading.values.get(name, ())
        if 0 < len(known) <= MOST_VALUES:
            yield f"{name} {' '.join(quoted(each) for each in known)}"


def _dimension(name: str, reading: Reading) -> ModelDimension:
    return TIME_PARTS[name] if name in TIME_PARTS else reading.model.dimensions[name]


def _named(name: str, label: str) -> str:
    return name if name.casefold() == label.casefold() else f"{name} ({label})"


def _tables(found: Found, reading: Reading) -> Iterator[str]:
    """The tables that the first names are of, with their columns."""
    for table in list(dict.fromkeys(_read(found, reading)))[:MOST_TABLES]:
        columns = [
            f"{each.name[:LONGEST_NAME]} {_short(each.type)}" for each in reading.data.columns(table)[:MOST_COLUMNS]
        ]
        yield quoted(f"{table}: {', '.join(columns)}", 1000)


def _read(found: Found, reading: Reading) -> Iterator[str]:
    model = reading.model
    sources = [route.source for name in found.metrics[:3] for route in model.metrics[name].routes[:1]]
    sources += [model.dimensions[name].source for name in found.dimensions[:4] if name in model.dimensions]
    for source in (model.sources[each] for each in (*sources, model.customer.source)):
        if source.sql is None:
            yield source.table
        else:
            yield from (
                node.name
                for node, ctes in places(source.sql)
                if node.key == "table" and node.name and folded(node.name) not in ctes
            )


def _short(kind: Type) -> str:
    return {"integer": "int", "number": "num", "datetime": "time", "boolean": "bool"}.get(kind, kind)
