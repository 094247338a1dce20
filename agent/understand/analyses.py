"""The analysis that a question names: its own words taken out, the rest is read as any question is."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.planner import Call
from agent.understand import other_people, quotes
from agent.understand.grammar import analyses, conditions, passes, slots
from agent.understand.grammar.followup import CUES
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Comparing, Node
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.plan import check_dated
from agent.understand.mentions import Member, Mention
from agent.understand.tool_words import Told
from agent.understand.words import Words, normal
from tools.audience import AudienceArgs
from tools.found import groups
from tools.registry import NAMED
from tools.tool import ArgumentKind, Tool
from warehouse.errors import AnalyticsError
from warehouse.query import Condition, Part, plain
from warehouse.warehouse import Reading

ASIDE: frozenset[ArgumentKind] = frozenset({"terms"})  # what is asked about words is no analysis


@dataclass(frozen=True)
class Analysis:
    """The tool, and what its own words tell."""

    tool: Tool
    told: Told

    def without(self, mentions: Iterable[Mention]) -> list[Mention]:
        """The mentions with nothing where the tool's own words stand."""
        return in_place(mentions, [Mention(place.start, place.end, analyses.TAKEN_OUT) for place in self.told.places])

    def changes(self, plan: Mapping[str, Any], phrase: Phrase) -> bool:
        """Whether a question changes that plan: one of the same tool, that tells nothing but what is to be other."""
        if plan["tool"] != self.tool.name:
            return False
        if not self.told.named:
            return True
        return bool(self.told.values) and all(phrase.light(place) for place in range(len(phrase.nodes)))


def named_groups(words: Words, before: Mapping[str, Any] | None, reading: Reading) -> Iterator[Mention]:
    """The groups that the analysis before found, where a question names them."""
    if before is None or not is_analysis(before["tool"]):
        return
    for name, called in groups(before["tool"], before["args"], reading).items():
        for surface in dict.fromkeys(normal(each) for text in called for each in (text.zh, text.en)):
            bounds = r"(?<![a-z0-9]){}(?![a-z0-9])" if surface.isascii() else "{}"
            for found in re.finditer(bounds.format(re.escape(surface)), words.text):
                yield Mention(*found.span(), Member(name))


def names_group(nodes: Iterable[Node], reading: Reading) -> bool:
    """Whether a question asks of a group that an analysis found."""
    named = (each.part.segment for each in nodes if isinstance(each.part, Member))
    return any(reading.model.segment(each).keys is not None for each in named)


def in_quotes(words: Words, read: Callable[[str], Call | None], reading: Reading) -> Iterator[Mention]:
    """A group told whole, in quotes: the analysis as a question, and behind a colon what the group is called."""
    for quote in quotes.find(words.text):
        analysis, _, group = words.told(quote.first, quote.last).rpartition("：" if "：" in words.original else ":")
        call = read(analysis) if analysis else None
        known = {} if call is None else groups(call.tool, dict(call.args), reading)
        for name, called in known.items():
            if normal(group).strip() in {normal(called[0].zh), normal(called[0].en)}:
                yield Mention(quote.start, quote.end, Member(name))


def in_place(mentions: Iterable[Mention], instead: Sequence[Mention]) -> list[Mention]:
    """The mentions with others in the place of those that they overlap."""
    kept = (each for each in mentions if not any(e.start < each.end and each.start < e.end for e in instead))
    return [*kept, *instead]


def is_analysis(name: str) -> bool:
    """Whether a tool is asked for by name, and takes arguments of its own."""
    if name not in NAMED:
        return False
    asked = NAMED[name].asked
    return bool(asked.cues.all) and not any(each.kind in ASIDE for each in asked.arguments.values())


def calls(analysis: Analysis, phrase: Phrase, before: Mapping[str, Any] | None) -> tuple[Call, ...]:
    """The tool's call with what the question tells; one for each choice, where it tells none that is needed.

    `before` is the plan that it leans on: of the same tool what is not told stays; of customers they are its people.
    Raises `QueryError` for what the tool takes none of, `ValueError` for what is no call of it.
    """
    tool = analysis.tool
    done = _done(tool, phrase)
    drops, phrase.follows = phrase.has("drop"), before is not None and before["tool"] == tool.name
    passes.apply(phrase)
    own = analyses.period_beside(phrase, analysis.told.places) if _takes(tool, "period") else None
    frame = slots.read(phrase)
    frame.period = own or frame.period
    changes = before is not None and before["tool"] == tool.name
    new = any(conditions.of_those_days(each, frame.window, phrase.model) for each in frame.where)
    analyses.period_left(phrase, frame, shared=_shares_period(tool) and (new or not changes))
    told: Mapping[str, object] = analysis.told.values
    if before is not None and changes:
        told = _changed(analysis, before, frame, phrase, drops=drops)
        phrase.take(*(place for each in CUES if each != "drop" for place in phrase.places(each)))
    elif before is not None:
        frame.where = [*(people(before) or ()), *frame.where]
        phrase.take(*phrase.places("them"))
    check_dated(frame, frame.where, phrase)
    args = analyses.arguments(tool, told, frame, phrase, done)
    made: list[Call] = []
    amiss: list[AnalyticsError] = []
    for each in _chosen(tool, args):
        try:
            tool.say(each, phrase.reading)  # raises what the model cannot give
            made.append(Call(tool.name, plain(each)))
        except AnalyticsError as error:
            amiss.append(error)
    if amiss and not made:
        raise amiss[0]
    return tuple(made)


def _chosen(tool: Tool, args: Part) -> Iterator[Part]:
    """The arguments, with each of the choices in turn where one that is needed is not told."""
    for name, words in tool.asked.arguments.items():
        if words.needed is not None and getattr(args, name) is None:
            yield from (type(args).model_validate({**plain(args), name: each}) for each in words.choices)
            return
    yield args


def people(plan: Mapping[str, Any]) -> tuple[Condition, ...] | None:
    """The conditions on the customers that a plan is of; None where it is of none."""
    if plan["tool"] == "audience":
        return AudienceArgs.model_validate(plan["args"]).where
    field = _takes(NAMED[plan["tool"]], "people") if is_analysis(plan["tool"]) else None
    if field is None:
        return None
    told: tuple[Condition, ...] = getattr(NAMED[plan["tool"]].Args.model_validate(plan["args"]), field)
    return told


def _changed(
    analysis: Analysis, before: Mapping[str, Any], frame: Frame, phrase: Phrase, *, drops: bool
) -> dict[str, object]:
    """The arguments before, with the conditions changed; raises `ValueError` where they cannot be changed so."""
    field = _takes(analysis.tool, "people") or _takes(analysis.tool, "filters")
    kept = dict(before["args"])
    compared = _takes(analysis.tool, "comparison") or ""
    if drops and isinstance(frame.compare, Comparing) and plain(frame.compare.against) == kept.get(compared):
        kept.pop(compared)
        frame.compare = None
        phrase.take(*phrase.places("drop"))
    if field is None:
        return {**kept, **analysis.told.values}
    args = analysis.tool.Args.model_validate(before["args"])
    days = getattr(args, _takes(analysis.tool, "period") or "", None)
    held: tuple[Condition, ...] = getattr(args, field)
    if frame.period is None and frame.compare is not None:
        frame.period = days
    if frame.period is not None:
        held = conditions.along(held, days, frame.period, phrase.model)
    if frame.where:
        asked = frame.period or days
        if asked is not None and not conditions.windows(frame.where):
            frame.where = conditions.within(frame.where, asked, phrase.model)
        frame.where = other_people.changed(held, frame, phrase, drops=drops)
        kept.pop(field, None)
    elif other_people.everybody(phrase):
        frame.where = list(other_people.of_all(held, phrase))
        kept.pop(field, None)
        if len(frame.where) == len(held):
            raise ValueError("it is of all customers")
    else:
        phrase.drop(*other_people.unmeant(phrase))
        kept |= {field: held} if held else {}
    return {**kept, **analysis.told.values}


def _done(tool: Tool, phrase: Phrase) -> tuple[str, ...]:
    """The behaviours that a question tells, where the tool takes any."""
    field = _takes(tool, "behaviours")
    if field is None:
        return ()
    limits = (getattr(each, "max_length", None) for each in tool.Args.model_fields[field].metadata)
    return analyses.steps(phrase, one=1 in limits)


def _shares_period(tool: Tool) -> bool:
    """Whether the days of the customers' clause are those of the tool, too."""
    return any(each.shared for each in tool.asked.arguments.values())


def _takes(tool: Tool, kind: ArgumentKind) -> str | None:
    """The argument of that kind."""
    return next((name for name, words in tool.asked.arguments.items() if words.kind == kind), None)
