"""What customers did, in the forms that the model does not list, and with other words amid verb and object."""

from collections.abc import Iterator, Sequence

from agent.understand import inflections
from agent.understand.characters import has_han
from agent.understand.mentions import Deed, Mention, Value, Word
from agent.understand.quantities import Quantity
from agent.understand.words import normal
from warehouse.model import SemanticModel

ARTICLES = (" a", " an", " any")
THING = Word((("thing_done", None),))
MOST_AMID = 7  # characters between one thing and the verb that is denied


def inflected(model: SemanticModel) -> Iterator[tuple[str, Deed]]:
    """The other forms of every wording of a behaviour."""
    for behaviour in model.behaviours.values():
        for surface in (*behaviour.words.zh, *behaviour.words.en):
            yield from ((form, Deed(behaviour.name, bare=bare)) for form, bare in inflections.forms(surface))
            yield from ((form, Deed(behaviour.name, negated=True)) for form in inflections.negated(surface))
        if behaviour.source == model.customer.source:  # who became one is new
            yield from ((f"新{surface}", Deed(behaviour.name)) for surface in behaviour.words.zh)


class Parted:
    """Finds verbs that stand apart from their objects: 上过瑜伽课, took a yoga class, added a book to the cart.

    The object may be left out before what was done to it (修过空调), where the model has both forms of the wording:
    修车 and 修过车. Of a verb that is no word by itself (收藏) no part is ever left out.
    """

    def __init__(self, model: SemanticModel) -> None:
        self._things: dict[str, dict[str, dict[Deed, None]]] = {}
        self._alone: dict[str, dict[Deed, None]] = {}
        for behaviour in model.behaviours.values():
            told = set(behaviour.words.zh)
            for surface in (*behaviour.words.zh, *behaviour.words.en):
                for verb, thing in inflections.halves(surface):
                    deed = {Deed(behaviour.name): None}
                    self._things.setdefault(normal(verb), {}).setdefault(normal(thing), {}).update(deed)
                    if f"{verb}{thing}" in told:
                        self._alone.setdefault(verb[:1], {}).update(deed)

    def found(self, text: str, known: Sequence[Mention]) -> Iterator[Mention]:
        """Verbs with their objects behind them, and what the objects are; verbs alone before a value."""
        yield from self._fronted(text, known)
        values = {each.start for each in known if isinstance(each.meaning, Value)}
        numbers = [each for each in known if isinstance(each.meaning, Quantity)]
        for verb, things in self._things.items():
            if verb not in text:
                continue
            for start, end in inflections.places(text, verb):
                for thing, deeds in things.items():
                    at = inflections.thing_at(text, end, thing)
                    counted = any(end < each.start and each.start < (at or 0) for each in numbers)
                    what = any(end < each < (at or 0) for each in values) and " " in thing
                    if at is not None and (counted or what or has_han(verb) or verb.endswith(ARTICLES)):
                        yield from (Mention(start, end, each) for each in deeds)
                        yield from (Mention(*each, THING) for each in inflections.places(text, thing) if each[0] >= at)
                if end in values:
                    yield from (Mention(start, end, each) for each in self._alone.get(verb[:1], ()))

    def _fronted(self, text: str, known: Sequence[Mention]) -> Iterator[Mention]:
        """Verbs denied behind the one object that stands before them: 一单没下, 一张券都没领过."""
        denied = {each.end for each in known if isinstance(each.meaning, Word) and _denies(each.meaning)}
        ones = {each.end: each.start for each in known if isinstance(each.meaning, Quantity) and _one(each.meaning)}
        for verb, things in self._things.items():
            for thing, deeds in things.items():
                for end, start in ones.items() if has_han(verb) else ():
                    behind = text.startswith(thing, end)
                    if not (behind or text.endswith(thing, start, end)):
                        continue
                    last = end + len(thing) if behind else end
                    places = [at for at in range(last + 1, last + MOST_AMID) if at in denied]
                    for at in [each for each in places if text.startswith(verb[0], each)]:
                        whole_verb = at + (len(verb) if text.startswith(verb, at) else 1)
                        yield from (Mention(at, whole_verb, each) for each in deeds)
                        yield from [Mention(end, last, THING)] if behind else []


def _denies(word: Word) -> bool:
    return word.get("negation") is not None or word.get("never") is not None


def _one(number: Quantity) -> bool:
    return number.bare and number.bounds.at_least == 1
