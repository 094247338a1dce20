"""The customers of an analysis before, as a question after it changes them."""

from collections.abc import Sequence

from agent.understand.grammar import conditions
from agent.understand.grammar.followup import ASKS, CUES
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Node
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import People, When
from warehouse.query import All, Any_, Attribute, Condition, Not

AROUND = (*CUES, "whole", "everyone", "total", "at", "towards", "comma", "pause")


def everybody(phrase: Phrase) -> bool:
    """Whether all customers are meant: 所有人的, for everyone."""
    named = any(phrase.word(phrase.before(place), "everyone") for place, _ in phrase.of(People))
    return named or phrase.has("whole")


def leans(phrase: Phrase, frame: Frame, nodes: Sequence[Node]) -> bool:
    """Whether a question tells nothing but all customers, or those of the analysis before who are left out of it."""
    told = [each for each in nodes if not each.word("filler") and not each.word("at")]
    if told and told[0].word("except") and not phrase.has(*ASKS, "list") and not frame.measures:
        return True
    alone = all(
        phrase.light(place) or isinstance(phrase.part(place), People | When) or _around(phrase, place)
        for place in range(len(phrase.nodes))
    )
    return alone and everybody(phrase)


def unmeant(phrase: Phrase) -> tuple[int, ...]:
    """Words for all of something that does not say that all customers are meant: it may be another whole."""
    return tuple(at for at in range(len(phrase.nodes)) if phrase.word(at, "total") or phrase.word(at, "everyone"))


def of_all(held: Sequence[Condition], phrase: Phrase) -> tuple[Condition, ...]:
    """The conditions of all customers: those that are not about them."""
    return tuple(each for each in held if not _about_people(each, phrase))


def changed(held: tuple[Condition, ...], frame: Frame, phrase: Phrase, *, drops: bool) -> list[Condition]:
    """Those before without those taken away, or beside those added; else what is told takes the place of its like."""
    if drops:
        others = (
            frame.period,
            frame.by,
            frame.grain,
            frame.compare,
            frame.measures,
            phrase.has("only", "also", "instead"),
        )
        if any(others):  # which of them is taken away is not told
            raise ValueError("one thing is taken away")
        phrase.take(*phrase.places("drop"))
        found = conditions.without(held, list(map(conditions.positive, frame.where)), lifts=True)
    elif phrase.has("also") and not phrase.has("only") and all(map(conditions.is_filter, frame.where)):
        found = conditions.united(held, frame.where)
    else:
        out = [each for each in frame.where if conditions.positive(each) != each]
        told = {each.dimension for each in frame.where if isinstance(each, Attribute)}
        left = [each for each in held if not (isinstance(each, Attribute) and each.dimension in told)]
        kept = conditions.without(left, list(map(conditions.positive, out)), lifts=False)
        found = None if kept is None else (*kept, *(each for each in frame.where if each not in out))
    if found is None:
        raise ValueError("the people cannot be changed so")
    return list(dict.fromkeys(found))


def _around(phrase: Phrase, place: int) -> bool:
    return any(phrase.word(place, kind) for kind in AROUND)


def _about_people(condition: Condition, phrase: Phrase) -> bool:
    match condition:
        case Not():
            return _about_people(condition.not_, phrase)
        case All(all=parts) | Any_(any=parts):
            return all(_about_people(each, phrase) for each in parts)
        case _:
            return not isinstance(condition, Attribute) or phrase.about_people(condition.dimension)
