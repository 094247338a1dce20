"""Where a word that counts only in company has the company that it needs."""

from agent.understand.grammar.node import Shown
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import People, When, Word

WITH = frozenset({"with", "that"})


def asks_shown(phrase: Phrase, place: int) -> bool:
    """Whether an English how much stands right before what has no plural, which it asks for: how much stock."""
    at = phrase.after(place)
    return phrase.english(place) and isinstance(phrase.part(at), Shown) and not phrase.told(at).endswith("s")


def asks_whether(phrase: Phrase, place: int) -> bool:
    """Whether it only makes a question: a word that negates, too, does so at the end alone: 涨了没."""
    return not phrase.word(place, "negation") or phrase.after(place) >= len(phrase.nodes)


def of_amount(phrase: Phrase, place: int) -> bool:
    """Whether an English how many asks for a metric that is no number of things: how many refunds, of the amount."""
    shown = phrase.part(phrase.after(place))
    if not isinstance(shown, Shown) or not phrase.english(place):
        return False
    unit = phrase.model.metric(shown.measure.metric).unit
    return unit is not None and (unit == "ratio" or unit.isupper())


def during(phrase: Phrase, place: int) -> bool:
    """Whether "over" only leads to the period asked about: over the last 8 weeks."""
    return phrase.told(place) == "over" and isinstance(phrase.part(phrase.after(place)), When)


def came_to(phrase: Phrase) -> list[int]:
    """Verbs that say of a number that there was so much, where no clause on people may own them."""
    if phrase.has("who") or any(
        phrase.told(place) not in WITH for place, _ in phrase.of(Word) if phrase.word(place, "whose")
    ):
        return []
    return [place for place in phrase.places("came_to") if not isinstance(phrase.part(phrase.before(place)), People)]
