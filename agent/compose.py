"""Answers made of what a planner and its calls gave, in the asker's language."""

import decimal
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from agent.answer import Answer, Chip, Definition, Headline, Status
from agent.planner import Ask, Call, Refusal, Turn
from agent.verify import verify
from agent.writing import Numeric, number
from tools.edits.edit import is_editable, without
from tools.registry import tool
from tools.tool import Figure, Result, Sentence, Tool, Understood
from warehouse.errors import AnalyticsError, NotAllowed, NotEnoughData, QueryError
from warehouse.table import Cell
from warehouse.text import Language, Text
from warehouse.warehouse import Reading

DECLINED = (QueryError, NotAllowed, NotEnoughData)


def answered(turn: Turn, call: Call, result: Result) -> Answer:
    """The answer that a result bears out."""
    chosen, language = tool(call.tool), turn.language
    args = chosen.Args.model_validate(call.args)
    pieces = chosen.pieces(args, turn.reading)
    verify(result, pieces)
    notes = (*call.notes, *result.notes, *_as_of(turn.reading))
    chart = None
    if result.chart is not None:
        chart = replace(result.chart, alt=Text(_paragraph(result, "zh"), _paragraph(result, "en")))
    return Answer(
        question=turn.question,
        language=language,
        status="answer",
        text=_paragraph(result, language),
        as_of=turn.reading.as_of,
        tool=call.tool,
        understood=result.understood.said(language),
        unused=call.unused,
        doubts=tuple(each.said(language) for each in call.doubts),
        chips=tuple(_chip(chosen, args, each, turn) for each in pieces),
        version=turn.reading.data.version(),
        planner=call.planner,
        plan={"tool": call.tool, "args": dict(call.args)},
        recipe=({"tool": call.tool, "args": dict(call.told or call.args)},),
        right=call.right,
        headline=_headline(result, language),
        table=result.table,
        chart=chart,
        sql=result.sql,
        definitions=tuple(
            Definition(each.name.said(language), each.words.said(language)) for each in result.definitions
        ),
        notes=tuple(each.said(language) for each in notes),
        suggestions=tuple(each.said(language) for each in result.suggestions),
    )


def combined(last: Answer, before: Sequence[Answer]) -> Answer:
    """The answer of the last step, with those of the steps before it: what each says, and all that they rest on."""
    steps = (*before, last)
    numbered = [f"{at}. {each.understood}" for at, each in enumerate(steps, 1)]
    return replace(
        last,
        understood=("；" if last.language == "zh" else "; ").join(numbered),
        doubts=_once(steps, "doubts"),
        chips=(),
        parts=tuple(before),
        recipe=tuple(each for answer in steps for each in answer.recipe),
        sql=_once(steps, "sql"),
        definitions=_once(steps, "definitions"),
        notes=_once(steps, "notes"),
    )


def _once(answers: Sequence[Answer], field: str) -> tuple[Any, ...]:
    """What the answers have in a field, each once."""
    return tuple(dict.fromkeys(each for answer in answers for each in getattr(answer, field)))


def _chip(chosen: Tool, args: BaseModel, piece: Understood, turn: Turn) -> Chip:
    """A piece of the plan, and whether it can be changed, or left out."""
    editable = is_editable(chosen, piece)
    removable = editable and without(chosen, args, piece, turn.reading) is not None
    return Chip(piece.kind, piece.words.said(turn.language), editable, removable)


def _as_of(reading: Reading) -> list[Text]:
    notes = [Text(f"数据截至 {reading.as_of}", f"data through {reading.as_of}")]
    if reading.last < reading.as_of:
        notes.append(Text(f"{reading.last} 之后没有数据", f"there are no data after {reading.last}"))
    return notes


def asked_back(turn: Turn, ask: Ask) -> Answer:
    """A question back, with its options."""
    return Answer(
        question=turn.question,
        language=turn.language,
        status="clarify",
        text=ask.text.said(turn.language),
        as_of=turn.reading.as_of,
        unused=ask.unused,
        planner=ask.planner,
        notes=tuple(each.said(turn.language) for each in ask.notes),
        options=tuple(each.said(turn.language) for each in ask.options),
    )


def refused(turn: Turn, refusal: Refusal) -> Answer:
    """Why there is no answer, and what can be asked instead."""
    return Answer(
        question=turn.question,
        language=turn.language,
        status="refuse",
        text=refusal.text.said(turn.language),
        as_of=turn.reading.as_of,
        unused=refusal.unused,
        suggestions=tuple(each.said(turn.language) for each in refusal.suggestions),
    )


def failed(question: str, language: Language, error: AnalyticsError, turn: Turn | None) -> Answer:
    """What went wrong and what to do; what the data cannot give is a refusal, all else an error."""
    status: Status = "refuse" if isinstance(error, DECLINED) else "error"
    as_of = None if turn is None else turn.reading.as_of
    return Answer(question=question, language=language, status=status, text=error.said(language), as_of=as_of)


def _paragraph(result: Result, language: Language) -> str:
    return ("" if language == "zh" else " ").join(_written(each, language) for each in result.sentences)


def _written(sentence: Sentence, language: Language) -> str:
    said = "".join(
        _figure(part, language) if isinstance(part, Figure) else part.said(language) for part in sentence.parts
    )
    return said[:1].upper() + said[1:] if language == "en" else said


def _figure(figure: Figure, language: Language) -> str:
    return number(_numeric(figure.value), figure.unit, language)


def _headline(result: Result, language: Language) -> Headline | None:
    before = ""
    for part in result.sentences[0].parts:
        if isinstance(part, Figure):
            value = _numeric(part.value)
            said = _figure(part, language)
            return None if value is None else Headline(float(value), part.unit, said, len(before))
        before += part.said(language)
    return None


def _numeric(cell: Cell) -> Numeric | None:
    return cell if isinstance(cell, int | float | decimal.Decimal) else None
