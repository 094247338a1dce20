"""Which tool a question names: by the cues that tools declare, and by those of analyses that are not there yet."""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from agent.understand.closed_class import surfaces
from agent.understand.numbers import chinese_number, english_number
from tools.registry import ANSWERING, TOOLS
from warehouse.labels import join
from warehouse.lexicon.form import any_of
from warehouse.lexicon.phrases import Found, Pattern, Place
from warehouse.lexicon.tools import later
from warehouse.text import Text

HELP = "help"
GAP = rf"(?:{any_of(surfaces('gap', 'than'))})"  # that two are compared, which the grammar reads
NUMBER = rf"(?:\d+(?:\.\d+)?[%k万]?|{chinese_number()}|{english_number()})"

SLOTS = {"n": NUMBER, "gap": GAP}


class Cue(NamedTuple):
    """A phrase that names a tool."""

    start: int
    end: int
    tool: str


class _Known(NamedTuple):
    name: str
    cues: Pattern
    but: Pattern


def find(text: str, known: Sequence[tuple[int, int]] = ()) -> tuple[Cue, ...]:
    """The cues in a normalised text, in order, none inside a longer one or inside a `known` name of the data.

    The longer one is more exact, whosever it is: 隔多久才会再买 of one tool is not 会再买 of another.
    """
    names = [Place(*each) for each in known]
    found = [(tool.name, each) for tool in _all() for each in _found(tool, text, names)]
    own = {part for _, each in found for part in each.parts}
    return tuple(sorted({Cue(*each.place, tool) for tool, each in found if not each.place.within(own - {each.place})}))


def hinted(text: str) -> tuple[Cue, ...]:
    """What gives a tool away in a normalised text that has no cue."""
    return tuple(sorted(Cue(*place, name) for name, hints in _hints() for place in _places(hints, text)))


def chosen(cues: Iterable[Cue]) -> str | None:
    """The tool that is meant where there are cues of several: help, then one that is not there yet.

    An analysis that is there is no near answer to one that is not: predicted lifetime value is no forecast.
    """
    named = {each.tool for each in cues}
    order = (*(each.name for each in TOOLS if each.name == HELP), *later(), *(each.name for each in TOOLS))
    return next((each for each in order if each in named), None)


def not_yet(tool: str) -> Text:
    """That an analysis is not there yet, by its name, and what is."""
    label = later()[tool].label.text()
    there = join([each.answers for each in ANSWERING], Text("；", "; "))
    return Text(
        f"{label.zh}（{tool}）还没有上线。现在能回答：{there.zh}。",
        f"{label.en[:1].upper()}{label.en[1:]} ({tool}) is not available yet. What can be asked now: {there.en}.",
    )


def _found(known: _Known, text: str, names: Sequence[Place]) -> Iterable[Found]:
    found = list(known.cues.find(text))
    places = {each.place for each in found}
    shields = [*names, *(each.place for each in known.but.find(text))]
    for each in found:
        if not each.place.within(shields) and not each.place.within(places - {each.place}):
            yield each


def _places(hints: Pattern, text: str) -> Iterable[Place]:
    return {each.place for each in hints.find(text)}


@cache
def _hints() -> tuple[tuple[str, Pattern], ...]:
    return tuple((each.name, Pattern(each.asked.hints.all, slots=SLOTS)) for each in TOOLS)


@cache
def _all() -> tuple[_Known, ...]:
    there = [_Known(each.name, Pattern(each.asked.cues.all, slots=SLOTS), Pattern(())) for each in TOOLS]
    coming = [
        _Known(name, Pattern(words.all, slots=SLOTS), Pattern(words.but.all, slots=SLOTS))
        for name, words in later().items()
    ]
    return (*there, *coming)
