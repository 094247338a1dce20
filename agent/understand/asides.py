"""What a question may be besides one of numbers or people: refused by its kind, or for another tool."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from agent.planner import Call, Finish, Refusal
from agent.understand import quotes, tool_cues, tool_words
from agent.understand.cover import Cover
from agent.understand.grammar import passes, slots
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Bucketed, Choice, Cut, Node, Shown, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, Dimension, Measure, Member, People, Unknown, Vague, Value, When, Word
from agent.understand.quantities import Quantity
from agent.understand.refusals import Refusals
from agent.understand.tool_cues import Cue
from agent.understand.tool_words import Filled, Island, Islands
from agent.understand.turns import Before
from agent.understand.words import Words
from tools.help.args import Term
from tools.registry import NAMED, tool
from tools.tool import Asked
from warehouse.errors import QueryError
from warehouse.lexicon.phrases import Place
from warehouse.query import Measure as Measured
from warehouse.warehouse import Reading

TERMS = {
    Measure: ("metric", "metric"),
    Dimension: ("dimension", "name"),
    Deed: ("behaviour", "behaviour"),
    Member: ("segment", "segment"),
}


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

    def other_tool(self, words: Words, covered: Cover, before: Before | None) -> Call | Finish | None:
        """The call of the tool that is named and carries every word, or that it is not there yet; None for none.

        Where words are asked about and none is told, the metrics of the question before are.
        """
        names = [*_names(covered), *((each.start, each.end) for each in quotes.find(words.text))]
        whole = [*names, *_wholes(words, covered)]
        cues = [each for each in tool_cues.find(words.text, names) if not _cuts(each, whole)]
        name = tool_cues.chosen(cues)
        if name is None:
            return None
        if name not in NAMED:
            return Finish(Refusal(tool_cues.not_yet(name), tuple(words.told(each.start, each.end) for each in cues)))
        return self._filled(name, words, covered, _terms_before(before))

    def _filled(self, name: str, words: Words, covered: Cover, terms: Sequence[Island]) -> Call | None:
        chosen = tool(name)
        asked: Asked = chosen.asked
        nodes = [Node(*each[0]) for each in covered.stretches]
        islands, model = self._islands(words, nodes), self._reading.model
        filled = tool_words.fill(asked, chosen.Args, words.text, islands, model)
        if not isinstance(filled, Filled) and not islands["terms"]:
            filled = tool_words.fill(asked, chosen.Args, words.text, {**islands, "terms": terms}, model)
        if not isinstance(filled, Filled) or not _carried(nodes, filled.places):
            return None
        return Call(name, filled.args.model_dump(mode="json"))

    def _islands(self, words: Words, nodes: Sequence[Node]) -> Islands:
        """What the question tells in the model's words, by the kinds of arguments."""
        model = self._reading.model
        terms = [
            Island(each.start, each.end, Term(kind=kind, name=getattr(each.part, attribute)))
            for each in nodes
            for of, (kind, attribute) in TERMS.items()
            if isinstance(each.part, of)
        ]
        terms += [
            Island(each.start, each.end, Term(kind="unclear", name=model.unclear[each.part.place].words.label.zh))
            for each in nodes
            if isinstance(each.part, Vague)
        ]
        phrase = Phrase(words, self._reading, list(nodes))
        passes.apply(phrase)
        joined = list(phrase.nodes)
        frame = _frame(phrase)
        grains = [Island(n.start, n.end, n.part.grain) for n in joined if isinstance(n.part, Bucketed) and n.part.grain]
        metrics = [Island(n.start, n.end, n.part.measure.metric) for n in joined if isinstance(n.part, Shown)]
        cuts = [Island(n.start, n.end, g.dimension) for n in joined if isinstance(n.part, Cut) for g in n.part.groups]
        cuts += [Island(n.start, n.end, n.part.name) for n in joined if isinstance(n.part, Dimension)]
        values = [
            Island(n.start, n.end, (n.part.dimension, v))
            for n in joined
            if isinstance(n.part, Choice)
            for v in n.part.values
        ]
        values += [Island(n.start, n.end, (n.part.dimension, n.part.value)) for n in nodes if isinstance(n.part, Value)]
        periods = [Island(n.start, n.end, n.part.period) for n in nodes if isinstance(n.part, When)]
        tests = [Island(n.start, n.end, n.part.condition) for n in joined if isinstance(n.part, Test)]
        taken = sorted(phrase.taken, key=lambda node: node.start)
        people = [Island(taken[0].start, taken[-1].end, each) for each in frame.where] if taken and frame.where else []
        return {
            "terms": terms, "grain": grains, "metric": metrics, "metrics": metrics, "dimension": cuts,
            "dimensions": cuts, "values": values, "period": periods, "comparison": periods[1:], "filters": tests,
            "people": people,
        }  # fmt: skip


def _terms_before(before: Before | None) -> list[Island]:
    """The metrics of the question before, at no place of this one."""
    told = before.plan["args"].get("metrics", ()) if before is not None and before.plan["tool"] == "query" else ()
    names = dict.fromkeys(Measured.model_validate(each).metric for each in told)
    return [Island(0, 0, Term(kind="metric", name=each)) for each in names]


def _frame(phrase: Phrase) -> Frame:
    try:
        return slots.read(phrase)
    except (QueryError, ValueError):
        return Frame()


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
