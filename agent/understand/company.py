"""Words that count as read only in certain company: what must stand beside them, in either kind of question."""

from collections.abc import Callable, Mapping

from agent.understand.draft import Draft
from agent.understand.mentions import (
    Born,
    Bucket,
    Deed,
    Drawn,
    Filler,
    Group,
    Measure,
    Member,
    People,
    Value,
    When,
    Word,
)

Rule = Callable[[Draft, int], bool]
ASKING = (Word("request"), Word("greeting"))


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
    if draft.follows or place < len(draft.mentions) - 1:
        return False
    asked = [at for at in range(place) if _is(draft, at, (Measure, Deed, "list", "count", "headcount"))]
    return any(draft.clause(at) == draft.clause(place) and "?" not in draft.between(at, place) for at in asked)


def uncut(draft: Draft, place: int) -> bool:  # noqa: ARG001
    """Nothing is cut: a total is what is given anyway."""
    implied = any(measure.per for _, measure in draft.all(Measure))
    return not (implied or draft.has("trend") or any(True for kind in (Group, Bucket) for _ in draft.all(kind)))


def grouped(draft: Draft, place: int) -> bool:
    """Something is cut: a list of rows is what is given."""
    return not uncut(draft, place)


def in_time(draft: Draft, place: int) -> bool:
    """Before a period; "over 618" may be over a number."""
    after = draft.beside(place, 1)
    return before(When)(draft, place) and not draft.told(after).isdigit()


def joining(draft: Draft, place: int) -> bool:
    """The word joins two of a kind, or what was done to what else was, or was not, done."""
    left, right = draft.meaning(draft.beside(place, -1)), draft.meaning(draft.beside(place, 1))
    if isinstance(left, Value) and isinstance(right, Value):
        return left.dimension == right.dimension
    if isinstance(left, Group | Bucket) and isinstance(right, Group | Bucket):
        return True
    if any(at < place and draft.clause(at) == draft.clause(place) for at, _ in draft.all(Deed)):
        words = {"negation", "never", "same_days", "all_time", "aux"}
        return isinstance(right, Deed | When) or (isinstance(right, Word) and right.kind in words)
    return isinstance(left, Measure) and isinstance(right, Measure)


def requesting(draft: Draft, place: int) -> bool:
    """A word of asking, not of doing: it begins the question, or stands beside what is to be shown."""
    end = draft.mentions[place].end
    if draft.words.text[end : end + 1] in {"了", "过", "的"}:
        return False
    leading = all(isinstance(each.meaning, Filler) or each.meaning in ASKING for each in draft.mentions[:place])
    return leading or either(before(Drawn, "request"), after(Measure, Group, Bucket, Drawn, "request", "trend"))(
        draft, place
    )


def told_of_a_time(draft: Draft, place: int) -> bool:
    """With a time the question is for the number; alone, "what is" may ask what the word means."""
    return not draft.told(place).isascii() or any(True for _ in draft.all(When)) or draft.has("all_time")


def several_told(draft: Draft, place: int) -> bool:  # noqa: ARG001
    """Several metrics are told, or groups, and no two values: each gets its own number."""
    values = {value for _, value in draft.all(Value)}
    return len(values) < 2 and (len(list(draft.all(Measure))) > 1 or any(True for _ in draft.all(Group)))


def of_people(draft: Draft, place: int) -> bool:
    """A count of people: beside them, after 的 that ends what they did, or before it in English."""
    if either(before(People, Value, Born, Member), after(People, Value, Born, Member))(draft, place):
        return True
    neighbour = draft.beside(place, -1)
    if isinstance(draft.meaning(neighbour), Deed) and "的" in draft.between(neighbour, place):
        return True
    return before(Deed)(draft, place) and draft.told(place).isascii()


def qualified(draft: Draft, place: int) -> bool:
    """The people are told by a value right before them."""
    return after(Value, Born)(draft, place)


SHARED: dict[str, Rule] = {
    "aux": before(Deed, "negation", "never"),
    "but": before(Deed, When, "negation", "never", "same_days", "all_time"),
    "during": in_time,
    "from": before(Value, People, When),
    "join": joining,
    "request": requesting,
    "using": before(Drawn, "request"),
    "every": before(Value, People, Member),
    "greeting": first,
    "follow_up": closing,
}
OF_METRICS: dict[str, Rule] = SHARED | {
    "about": told_of_a_time,
    "amount": either(before(Measure), after(Measure)),
    "count": either(before(Measure), after(Measure, "respectively")),
    "respectively": several_told,
    "show": grouped,
    "total": uncut,
}
OF_PEOPLE: dict[str, Rule] = SHARED | {
    "belonging": before(Member),
    "list": anywhere,
    "show": anywhere,
    "who": anywhere,
    "total": before("count", "headcount"),
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
