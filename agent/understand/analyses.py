"""The analysis that a question names: its own words taken out, the rest is read as any question is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from agent.planner import Call
from agent.understand.grammar import analyses, passes, slots
from agent.understand.grammar.followup import CUES
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Mention, Word
from agent.understand.tool_words import Told
from tools.audience import AudienceArgs
from tools.registry import NAMED
from tools.tool import ArgumentKind, Tool
from warehouse.query import Attribute, Condition, plain

TAKEN_OUT = Word((("filler", None),))
ASIDE: frozenset[ArgumentKind] = frozenset({"terms"})  # what is asked about words is no analysis


@dataclass(frozen=True)
class Analysis:
    """The tool, and what its own words tell."""

    tool: Tool
    told: Told

    def without(self, mentions: Iterable[Mention]) -> Iterator[Mention]:
        """The mentions with nothing where the tool's own words stand."""
        for each in mentions:
            if not any(place.start < each.end and each.start < place.end for place in self.told.places):
                yield each
        for place in self.told.places:
            yield Mention(place.start, place.end, TAKEN_OUT)

    def changes(self, plan: Mapping[str, Any], phrase: Phrase) -> bool:
        """Whether a question changes that plan: one of the same tool, that tells nothing but what is to be other."""
        if plan["tool"] != self.tool.name:
            return False
        if not self.told.named:
            return True
        return bool(self.told.values) and all(phrase.light(place) for place in range(len(phrase.nodes)))


def is_analysis(name: str) -> bool:
    """Whether a tool is asked for by name, and takes arguments of its own."""
    if name not in NAMED:
        return False
    asked = NAMED[name].asked
    return bool(asked.cues.all) and not any(each.kind in ASIDE for each in asked.arguments.values())


def call(analysis: Analysis, phrase: Phrase, before: Mapping[str, Any] | None) -> Call:
    """The tool's call with what the question tells.

    `before` is the plan that it leans on: of the same tool what is not told stays; of customers they are its people.
    Raises `QueryError` for what the tool takes none of, `ValueError` for what is no call of it.
    """
    tool = analysis.tool
    done = analyses.steps(phrase) if _takes(tool, "behaviours") is not None else ()
    passes.apply(phrase)
    frame = slots.read(phrase)
    analyses.period_left(phrase, frame)
    told: Mapping[str, object] = analysis.told.values
    if before is not None and before["tool"] == tool.name:
        told = _changed(analysis, before, frame)
        phrase.take(*phrase.places(*CUES))
    elif before is not None:
        frame.where = [*(people(before) or ()), *frame.where]
        phrase.take(*phrase.places("them"))
    args = analyses.arguments(tool, told, frame, phrase, done)
    tool.say(args, phrase.reading)  # raises what the model cannot give
    return Call(tool.name, plain(args))


def people(plan: Mapping[str, Any]) -> tuple[Condition, ...] | None:
    """The conditions on the customers that a plan is of; None where it is of none."""
    if plan["tool"] == "audience":
        return AudienceArgs.model_validate(plan["args"]).where
    field = _takes(NAMED[plan["tool"]], "people") if is_analysis(plan["tool"]) else None
    if field is None:
        return None
    told: tuple[Condition, ...] = getattr(NAMED[plan["tool"]].Args.model_validate(plan["args"]), field)
    return told


def _changed(analysis: Analysis, before: Mapping[str, Any], frame: Frame) -> dict[str, object]:
    """The arguments before; of conditions, those that none told now takes the place of."""
    field = _takes(analysis.tool, "people") or _takes(analysis.tool, "filters")
    if field is not None and frame.where:
        held: tuple[Condition, ...] = getattr(analysis.tool.Args.model_validate(before["args"]), field)
        told = {each.dimension for each in frame.where if isinstance(each, Attribute)}
        kept = [each for each in held if not (isinstance(each, Attribute) and each.dimension in told)]
        frame.where = list(dict.fromkeys([*kept, *frame.where]))
    return {**before["args"], **analysis.told.values}


def _takes(tool: Tool, kind: ArgumentKind) -> str | None:
    """The argument of that kind."""
    return next((name for name, words in tool.asked.arguments.items() if words.kind == kind), None)
