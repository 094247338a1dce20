"""Words that count as read only in certain company: what must stand beside them, in either kind of question."""

from collections.abc import Callable, Mapping

from agent.understand.draft import Draft
from agent.understand.mentions import Born, Bucket, Deed, Group, Measure, People, Value, When, Word

Rule = Callable[[Draft, int], bool]


def before(*kinds: type | str) -> Rule:
    """The word stands right before one of these."""
    return lambda draft, place: _is(draft, draft.beside(place, 1), kinds)


def after(*kinds: type | str) -> Rule:
    """The word stands right after one of these."""
    return lambda draft, place: _is(draft, draft.beside(place, -1), kinds)


def either(*rules: Rule) -> Rule:
    """One of the rules holds."""
    return lambda draft, place: any(rule(draft, place) for rule in rules)


def anywhere(draft: Draft, place: int) -> bool:  # noqa: ARG001
    """The word changes nothing wherever it stands."""
    return True


def first(draft: Draft, place: int) -> bool:  # noqa: ARG001
    """The question begins with the word."""
    return place == 0


def closing(draft: Draft, place: int) -> bool:
    """The question, which follows no other, ends with the word."""
    return not draft.follows and place == len(draft.mentions) - 1


def uncut(draft: Draft, place: int) -> bool:  # noqa: ARG001
    """Nothing is cut: a total is what is given anyway."""
    return not any(True for _ in draft.all(Group)) and not any(True for _ in draft.all(Bucket))


def several_told(draft: Draft, place: int) -> bool:  # noqa: ARG001
    """Several metrics are told, or groups, and no two values: each gets its own number."""
    values = {value for _, value in draft.all(Value)}
    return len(values) < 2 and (len(list(draft.all(Measure))) > 1 or any(True for _ in draft.all(Group)))


def of_people(draft: Draft, place: int) -> bool:
    """A count of people: beside them, after 的 that ends what they did, or before it in English."""
    if either(before(People, Value, Born), after(People, Value, Born))(draft, place):
        return True
    neighbour = draft.beside(place, -1)
    if isinstance(draft.meaning(neighbour), Deed) and "的" in draft.between(neighbour, place):
        return True
    return before(Deed)(draft, place) and draft.told(place).isascii()


def qualified(draft: Draft, place: int) -> bool:
    """The people are told by a value before them: 女性用户."""
    return after(Value, Born)(draft, place)


SHARED: dict[str, Rule] = {
    "aux": before(Deed, "negation", "never"),
    "but": before(Deed, When, "negation", "never", "same_days", "all_time"),
    "during": before(When),
    "from": before(Value, People),
    "every": before(Value, People),
    "greeting": first,
    "follow_up": closing,
}
OF_METRICS: dict[str, Rule] = SHARED | {
    "about": anywhere,
    "amount": either(before(Measure), after(Measure)),
    "count": either(before(Measure), after(Measure, "respectively")),
    "respectively": several_told,
    "show": anywhere,
    "total": either(before(Measure), uncut),
}
OF_PEOPLE: dict[str, Rule] = SHARED | {
    "list": anywhere,
    "show": anywhere,
    "who": anywhere,
    "total": before("count"),
}


def take_small_words(draft: Draft, rules: Mapping[str, Rule]) -> None:
    """Take each closed-class word whose rule holds where it stands."""
    for kind, rule in rules.items():
        draft.take(*(place for place in list(draft.words_left(kind)) if rule(draft, place)))


def take_people(draft: Draft, rule: Rule) -> None:
    """Take the words for people where the rule holds."""
    draft.take(*(place for place, _ in list(draft.left(People)) if rule(draft, place)))


def _is(draft: Draft, place: int, kinds: tuple[type | str, ...]) -> bool:
    meaning = draft.meaning(place)
    name = meaning.kind if isinstance(meaning, Word) else None
    return any(name == kind if isinstance(kind, str) else isinstance(meaning, kind) for kind in kinds)
