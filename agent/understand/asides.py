"""What a question may be besides one of numbers or people: refused by its kind, or for another tool."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pydantic import ValidationError

from agent.planner import Call, Finish, Refusal
from agent.understand import joined_steps, quotes, tool_cues, tool_words
from agent.understand.analyses import is_analysis
from agent.understand.cover import Cover
from agent.understand.grammar.node import Node
from agent.understand.mentions import (
    Deed,
    Dimension,
    Measure,
    Member,
    Mention,
    People,
    Unknown,
    Vague,
    Value,
    When,
    Word,
)
from agent.understand.quantities import Quantity
from agent.understand.refusals import Refusals
from agent.understand.tool_cues import Cue
from agent.understand.turns import Before
from agent.understand.words import Words
from tools.help.args import HelpArgs, Term
from tools.help.tool import HelpTool
from tools.registry import NAMED
from warehouse.lexicon.phrases import Place
from warehouse.query import Measure as Measured
from warehouse.warehouse import Reading

TERMS = {
    Measure: ("metric", "metric"),
    Dimension: ("dimension", "name"),
    Deed: ("behaviour", "behaviour"),
    Member: ("segment", "segment"),
}


class Named(NamedTuple):
    """A tool that a question names, and the phrases that do; `beside_steps` is the place of one that else does not."""

    tool: str
    cues: tuple[Cue, ...]
    beside_steps: Place | None = None


class Island(NamedTuple):
    """A word of the model, where a question names it."""

    start: int
    end: int
    term: Term


class Filled(NamedTuple):
    """What is asked about, and the places of the words that tell it."""

    args: HelpArgs
    places: tuple[Place, ...]


class Asides:
    """Finds what is refused, and which other tool is asked for, in questions about one reading of the data."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._refusals = Refusals(reading.model)

    def refused(self, words: Words, covered: Cover) -> Finish | None:
        """Why a question is refused whatever else it holds; None where it is not."""
        found = self._refusals.find(words.text, [*_names(covered), *_listed_values(covered), *_periods(covered)])
        if not found:
            return None
        told = words.told(found[0].start, found[0].end)
        return Finish(Refusal(self._refusals.why(found[0].kind, told), (told,), final=True))

    def named(self, words: Words, covered: Cover, mentions: Sequence[Mention], *, names: bool = True) -> Named | None:
        """The tool that is named, by words that are no `names` of the model unless those are to count, too."""
        known = [*(_names(covered) if names else ()), *((each.start, each.end) for each in quotes.find(words.text))]
        whole = [*known, *_wholes(words, covered)]
        cues = tuple(each for each in tool_cues.find(words.text, known) if not _cuts(each, whole))
        name = tool_cues.chosen(cues)
        if name == HelpTool.name and (other := tool_cues.chosen(each for each in cues if is_analysis(each.tool))):
            name = name if self._about_words(words, covered, ()) else other  # 画像有什么区别 is of no words
        if name is None and (joined := joined_steps.find(words.text, mentions, _names(covered))):
            return Named(joined.tool, (joined,), Place(joined.start, joined.end))
        if name is None:
            cues = tool_cues.hinted(words.text)
            name = tool_cues.chosen(cues)
        return None if name is None else Named(name, cues)

    def told(self, tool: str, words: Words, covered: Cover, named: Named | None) -> tool_words.Told:
        """What a question tells a tool in that tool's own words."""
        times = [Place(*each) for each in _periods(covered)]
        place = None if named is None else named.beside_steps
        return tool_words.told(NAMED[tool].asked, words.text, place=place, times=times)

    def other_tool(self, named: Named, words: Words, covered: Cover, before: Before | None) -> Call | Finish | None:
        """The call about words that carries every one of them, or that the tool is not there yet; None for neither.

        Where words are asked about and none is told, the metrics of the question before are.
        """
        if named.tool not in NAMED:
            told = tuple(words.told(each.start, each.end) for each in named.cues)
            return Finish(Refusal(tool_cues.not_yet(named.tool), told))
        return None if is_analysis(named.tool) else self._about_words(words, covered, _terms_before(before))

    def _about_words(self, words: Words, covered: Cover, before: Sequence[Island]) -> Call | None:
        nodes = [Node(*each[0]) for each in covered.stretches]
        islands = self._terms(nodes)
        for terms in (islands, before) if not islands else (islands,):
            filled = _filled(words, terms, nodes)
            if filled is not None and _carried(nodes, filled.places):
                return Call(HelpTool.name, filled.args.model_dump(mode="json"))
        return None

    def _terms(self, nodes: Sequence[Node]) -> list[Island]:
        """The words of the model that the question names."""
        terms = [
            Island(each.start, each.end, Term(kind=kind, name=getattr(each.part, attribute)))
            for each in nodes
            for of, (kind, attribute) in TERMS.items()
            if isinstance(each.part, of)
        ]
        unclear = self._reading.model.unclear
        return terms + [
            Island(each.start, each.end, Term(kind="unclear", name=unclear[each.part.place].words.label.zh))
            for each in nodes
            if isinstance(each.part, Vague)
        ]


def _terms_before(before: Before | None) -> list[Island]:
    """The metrics of the question before, at no place of this one."""
    told = before.plan["args"].get("metrics", ()) if before is not None and before.plan["tool"] == "query" else ()
    names = dict.fromkeys(Measured.model_validate(each).metric for each in told)
    return [Island(0, 0, Term(kind="metric", name=each)) for each in names]


def _filled(words: Words, terms: Sequence[Island], nodes: Sequence[Node]) -> Filled | None:
    """What is asked about words, or about a period."""
    own = tool_words.told(HelpTool.asked, words.text)
    dated = next((each for each in nodes if isinstance(each.part, When)), None)
    values: dict[str, object] = dict(own.values)
    places = list(own.places)
    if terms:
        values["terms"] = tuple(each.term for each in terms)
        places += (Place(each.start, each.end) for each in terms)
    if dated is not None and isinstance(dated.part, When):
        values["period"] = dated.part.period
        places.append(Place(dated.start, dated.end))
    try:
        return Filled(HelpArgs.model_validate(values), tuple(places))
    except ValidationError:
        return None


def _cuts(cue: Cue, names: Sequence[tuple[int, int]]) -> bool:
    """Whether a cue begins or ends inside a name: 原因是 in 退款原因是哪些."""
    return Place(cue.start, cue.end).cuts([Place(*each) for each in names])


def _periods(covered: Cover) -> list[tuple[int, int]]:
    return [(each[0].start, each[0].end) for each in covered.stretches if isinstance(each[0].meaning, When)]


def _names(covered: Cover) -> list[tuple[int, int]]:
    """Where names of the model and of the data stand."""
    kinds = (Measure, Dimension, Deed, Member, Value)
    return [(each[0].start, each[0].end) for each in covered.stretches if isinstance(each[0].meaning, kinds)]


def _listed_values(covered: Cover) -> Iterator[tuple[int, int]]:
    """Values told as such, behind a colon or in a list, with the mark before them."""
    for first, second in pairwise(each[0] for each in covered.stretches):
        mark = first.meaning
        if isinstance(second.meaning, Value) and isinstance(mark, Word) and (mark.get("colon") or mark.get("or")):
            yield first.start, second.end


def _wholes(words: Words, covered: Cover) -> list[tuple[int, int]]:
    """Where customers stand, and numbers that begin with a comparing word: a cue with such a number alone is none."""
    stretches = [(each[0].start, each[0].end, each[0].meaning) for each in covered.stretches]
    people = [(start, end) for start, end, meaning in stretches if isinstance(meaning, People)]
    numbers = [(start, end) for start, end, meaning in stretches if isinstance(meaning, Quantity)]
    return [*people, *((start, end + 1) for start, end in numbers if not words.text[start].isdigit())]


def _carried(nodes: Sequence[Node], places: Sequence[Place]) -> bool:
    """Whether every word that could matter stands at one of the places."""
    small = {"filler", "comma", "pause", "and", "at", "aux", "how_many"}
    return all(
        (isinstance(each.part, Word) and any(each.word(kind) for kind in small))
        or any(place.start <= each.start and each.end <= place.end for place in places)
        or (isinstance(each.part, Unknown) and _covered(each, places))
        for each in nodes
    )


def _covered(node: Node, places: Sequence[Place]) -> bool:
    """Whether the places leave no character of a node out."""
    return all(any(place.start <= at < place.end for place in places) for at in range(node.start, node.end))
