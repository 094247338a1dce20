"""What a plan does beyond its names and numbers, and the kinds of words that say so: order, comparison, choice."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from agent.understand.mentions import Grouping, Meaning, Measure, Mention, Ranked, Whens, Word
from agent.understand.quantities import Quantity
from warehouse.query import STATISTICS, WINDOWED

Args = Mapping[str, Any]

CHANGES = ("than", "growth", "rising", "falling", "growth_rate", "difference", "comparing", "comparing_first", "gap")
COMPARING = frozenset({"against", "the_last", "compared_period", "same", "changing", "trend", "of_change", *CHANGES})
CHOOSING = frozenset({"most", "top", "champion", "fastest", "nth", "end_of_time", "tall", "sort", "rank"})
EITHER = frozenset({"or", "stroke", "pause", "any", "it", "anything", "neither"})
BUCKETS = ("grains", "unit_of_time", "which_bucket", "over", "mean")
TRENDS = frozenset({"trend", "changing", "running", "moving", "sofar", "growth"})  # whose buckets nobody has to say
DIRECTIONS = ("most", "top", "champion", "sort", "tall")
TURNING = frozenset({"judged", "falling", "reverse", "gap", "fastest"})  # which may turn highest into lowest
PARTS = frozenset({"share", "in_percent", "part_of", "how_much_of", "whole_period", "of_each", "to"})
OVERALL = frozenset({"mean", "statistic", "percentile", "over", "each"})
SAYING: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(WINDOWED, PARTS | {"running", "moving", "sofar", "mean"}),
    **dict.fromkeys(STATISTICS, OVERALL | CHOOSING),
    "compare": COMPARING,
    "any": EITHER,
    "limit 1": CHOOSING,
    "first": frozenset({"first", "ordinal", "top"}),
    "last": frozenset({"last", "ordinal", "top"}),
    "in_a_row": frozenset({"in_a_row"}),
    "starts": frozenset({"edge", "ends_around"}),
    "ends": frozenset({"edge", "ends_around"}),
}


CONDITIONS = frozenset({"behaviour", "segment", "values", "bounds"})


@dataclass(frozen=True)
class Shape:
    """What plans do; `lowest` where they put the least first, `ordered` where they put anything first.

    `names` are those of the model that they choose, each with its argument; `filters` dimensions with a value each,
    `ranged` those with bounds; `buckets` those of time. With `either` it is one thing or another; where it is
    `tangled`, no check tells whether each time, negation and order stands where it belongs.
    """

    does: frozenset[str]
    against: frozenset[str]
    lowest: bool
    ordered: bool
    names: frozenset[tuple[str, str]]
    filters: frozenset[tuple[str, str]]
    ranged: frozenset[str]
    buckets: frozenset[str]
    either: bool
    tangled: bool


def shape(plans: Sequence[Args]) -> Shape:
    """What the plans do."""
    parts = [each for plan in plans for each in _parts(plan)]
    orders = [(each["order"], each) for each in parts if isinstance(each.get("order"), Mapping)]
    against = [each["compare"].get("period") for each in parts if isinstance(each.get("compare"), Mapping)]
    return Shape(
        does=frozenset(does for each in parts for does in _does(each)),
        against=frozenset(each for each in against if isinstance(each, str)),
        lowest=any(order.get("descending") is False and not _is_a_group(order, plan) for order, plan in orders),
        ordered=bool(orders),
        buckets=frozenset(str(each[key]) for each in parts for key in ("grain", "over") if each.get(key)),
        either=any(each.get("any") or len(each.get("values") or ()) > 1 for each in parts),
        tangled=_is_tangled(parts),
        names=frozenset(name for each in parts for name in _names(each)),
        ranged=frozenset(str(each["dimension"]) for each in parts if "dimension" in each and "bounds" in each),
        filters=frozenset(
            (each["dimension"], value) for each in parts if "op" not in each for value in each.get("values") or ()
        ),
    )


def unsaid(found: Shape, stretches: Sequence[tuple[Mention, ...]]) -> Iterator[str]:
    """What the plans do though no word says so."""
    kinds = {kind for each in stretches for mention in each for kind in _kinds(mention)}
    yield from (does for does in sorted(found.does) if kinds.isdisjoint(SAYING[does]))
    told = {bucket for each in stretches for mention in each for bucket in _buckets(mention.meaning)}
    if told or kinds.isdisjoint(TRENDS):
        yield from sorted(found.buckets - told - {"row", "customer"})
    directions = _directions(stretches)
    if found.lowest and "asc" not in directions and kinds.isdisjoint(TURNING):
        yield "lowest first"


def done(found: Shape, stretch: tuple[Mention, ...], stretches: Sequence[tuple[Mention, ...]]) -> bool | None:
    """Whether the plans do what a stretch says; None where that is not for sure."""
    words = [each.meaning for each in stretch if isinstance(each.meaning, Word)]
    if len(words) < len(stretch):
        return None
    kinds = {kind for each in stretches for mention in each for kind in _kinds(mention)}
    roles = {role for each in words for role in each.roles}
    if all(kind in {"grains", "over"} for kind, _ in roles):
        return not found.buckets.isdisjoint(map(str, (bucket for _, bucket in roles)))
    if all(kind == "against" for kind, _ in roles):
        return not found.against.isdisjoint(map(str, (which for _, which in roles)))
    if roles == {("or", None)}:
        return found.either
    if any(all(kind in SAYING[does] for kind, _ in roles) for does in found.does):
        return True
    lowest = any((kind, "asc") in roles for kind in ("most", "top", "sort"))
    unsure = not lowest or not kinds.isdisjoint(TURNING) or not (found.ordered or "sort" in kinds)
    return None if unsure else found.lowest


def _buckets(meaning: Meaning) -> Iterator[str | None]:
    match meaning:
        case Word(roles=roles):
            yield from (bucket for kind, bucket in roles if kind in BUCKETS)
        case Measure(per=per):
            yield per
        case Quantity(unit=str(unit)):
            yield unit.removesuffix("s")
        case Grouping(group=group):
            yield group.grain


def _is_tangled(parts: Sequence[Args]) -> bool:
    periods = {str(each["period"]) for each in parts if each.get("period")}
    conditions = sum(not CONDITIONS.isdisjoint(each) for each in parts)
    several = conditions > 1 and any("not" in each or "any" in each for each in parts)
    ordered = any(
        each.get("order") and (len(_listed(each, "metrics")) > 1 or len(_listed(each, "by")) > 1) for each in parts
    )
    return len(periods) > 1 or several or ordered


def _directions(stretches: Sequence[tuple[Mention, ...]]) -> set[str | None]:
    meanings = [mention.meaning for each in stretches for mention in each]
    told = {each.get(kind) for each in meanings if isinstance(each, Word) for kind in DIRECTIONS}
    return told | {"asc" for each in meanings if isinstance(each, Ranked) and not each.descending}


def _kinds(mention: Mention) -> Iterator[str]:
    match mention.meaning:
        case Word(roles=roles):
            yield from (kind for kind, _ in roles)
        case Ranked():
            yield from CHOOSING
        case Whens():
            yield from ("or", "in_a_row")


def _parts(value: Any) -> Iterator[Args]:
    match value:
        case Mapping():
            yield value
            for each in value.values():
                yield from _parts(each)
        case list() | tuple():
            for each in value:
                yield from _parts(each)


def _does(part: Args) -> Iterator[str]:
    yield from (name for name in ("compare", "any", "in_a_row") if part.get(name))
    yield from (str(part[key]) for key in ("show", "which", "op") if part.get(key) in SAYING)
    if part.get("limit") == 1:
        yield "limit 1"


def _listed(part: Args, key: str) -> Sequence[Any]:
    told = part.get(key) or ()
    return [told] if isinstance(told, str) else told


def _names(part: Args) -> Iterator[tuple[str, str]]:
    for key in ("metrics", "by"):
        yield from ((key, each) for each in _listed(part, key) if isinstance(each, str))
    yield from ((key, str(part[key])) for key in ("metric", "behaviour", "segment") if key in part)
    if "dimension" in part and not part.get("values") and "bounds" not in part:
        yield "dimension", str(part["dimension"])


def _is_a_group(order: Args, plan: Args) -> bool:
    """Whether the order is that of the groups' own names or times, which is no choice among them."""
    by = _listed(plan, "by")
    groups = [each if isinstance(each, str) else f"{each['dimension']}_{each.get('grain')}" for each in by]
    groups += [each["dimension"] for each in by if isinstance(each, Mapping)]
    return order.get("column") in {*groups, plan.get("grain")}
