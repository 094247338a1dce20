"""What a question for people would allow by its grammar, and may yet mean something else."""

from collections.abc import Iterable

from agent.understand.draft import Draft
from agent.understand.mentions import Born, Deed, Filler, Member, People, Value, When, Word
from warehouse.model import SemanticModel

PERSONS = frozenset({"谁", "有谁", "都有谁", "who"})


def unpeopled(draft: Draft, model: SemanticModel) -> tuple[int, ...]:
    """Values with no word that makes them people: which tier-1 cities are there asks for cities."""
    if draft.has("headcount") or any(True for kind in (People, Born, Deed, Member) for _ in draft.all(kind)):
        return ()
    if any(draft.told(place).lower() in PERSONS for place, _ in draft.all(Word)):
        return ()
    values = list(draft.all(Value))
    if any(_is_people(draft, place, value, model) for place, value in values):
        return ()
    return tuple(place for place, _ in values)


def done_to(draft: Draft) -> tuple[int, ...]:
    """Values after a verb, with nothing or a time between: what it was done to, unless 的 ends what was done."""
    return tuple(
        after for place, _ in draft.all(Deed) if isinstance(draft.meaning(after := _object(draft, place)), Value)
    )


def side_by_side(draft: Draft) -> tuple[int, ...]:
    """Things done, or a segment, right beside another with no word between: refunded what was bought first, or both."""
    pairs = [(place, draft.beside(place, 1)) for kind in (Deed, Member) for place, _ in draft.all(kind)]
    return tuple(place for pair in pairs if _run_together(draft, *pair) for place in pair)


def of_the_same(draft: Draft, model: SemanticModel) -> tuple[int, ...]:
    """What was done and, right after it, what was not, where both may be of one row: ordered and did not pay for it."""
    pairs = [(place, _undone(draft, place)) for place, _ in draft.all(Deed)]
    return tuple(place for pair in pairs if _may_be_one(draft, *pair, model) for place in pair)


def _is_people(draft: Draft, place: int, value: Value, model: SemanticModel) -> bool:
    """Whether the value is called a kind of people, or most values of its dimension can be."""
    told = [each for each in model.dimension(value.dimension).values.values() if _names_people(each.zh, model)]
    most = 2 * len(told) > len(model.dimension(value.dimension).values)
    return most or _names_people((draft.told(place),), model)


def _names_people(surfaces: Iterable[str], model: SemanticModel) -> bool:
    words = model.customer.words
    english = {each.lower() for each in words.en}
    return any(each.endswith(words.zh) or each.lower().split()[-1] in english for each in surfaces)


def _object(draft: Draft, deed: int) -> int:
    place = deed + 1
    while isinstance(draft.meaning(place), Filler | When):
        if draft.told(place).startswith("的"):
            return -1
        place += 1
    return place


def _run_together(draft: Draft, place: int, after: int) -> bool:
    first, then = draft.meaning(place), draft.meaning(after)
    if not isinstance(then, Deed | Member) or (isinstance(first, Member) and isinstance(then, Member)):
        return False
    if isinstance(then, Deed) and then.negated:
        return False
    return not (isinstance(then, Member) and "的" in draft.between(place, after))


def _undone(draft: Draft, place: int) -> int:
    """The place right after a deed, past a negation."""
    after = draft.beside(place, 1)
    return draft.beside(after, 1) if draft.meaning(after) in {Word("negation"), Word("never")} else after


def _may_be_one(draft: Draft, place: int, after: int, model: SemanticModel) -> bool:
    first, then = draft.meaning(place), draft.meaning(after)
    if not (isinstance(first, Deed) and isinstance(then, Deed) and then.negated):
        return False
    did, undone = model.behaviour(first.behaviour), model.behaviour(then.behaviour)
    once = did.customer.name == model.source(did.source).key
    return once or (did.source == undone.source and did.time != undone.time)
