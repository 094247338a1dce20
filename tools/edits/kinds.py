"""What may stand in the place of an argument, by its kind."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tools.edits import numbers, periods
from tools.edits.conditions import by_periods, others, values_of
from tools.edits.piece import INSTEAD, OPPOSITE, TYPED, Candidate, Piece, Sort, Ways, changed
from tools.tool import AN_ID, ArgumentKind
from warehouse.days import Bucket
from warehouse.labels import BY_GRAIN
from warehouse.model import Words
from warehouse.query import Against, Filter, Group, Measure, Versus
from warehouse.text import Text
from warehouse.timepart import TIME_PARTS

SHOWN_AS = Text("看法", "Shown as")
BY = Text("按", "By")
WAYS_SHOWN: tuple[dict[str, Any], ...] = (
    {"show": "value"},
    {"show": "share"},
    {"show": "share_of_parent"},
    {"show": "running"},
    {"show": "moving", "n": 7},
    {"show": "mean", "over": "day"},
    {"show": "mean", "over": "month"},
    {"show": "median", "over": "day"},
    {"show": "median", "over": "customer"},
    {"show": "highest", "over": "day"},
    {"show": "lowest", "over": "day"},
)
USUAL_NUMBERS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 20, 30, 60, 90, 180, 365)


def conditions(piece: Piece) -> Iterator[Sort]:
    """Other conditions."""
    for title, found in others(piece.value, piece.reading, piece.sought):
        yield Sort(title, (Candidate((piece.put(each.condition),), each.names) for each in found))


def period(piece: Piece) -> Iterator[Sort]:
    """Other days, past or ahead, and where none need be told all of them."""
    for title, found in by_periods(piece.reading, piece.sought):
        yield Sort(title, (Candidate((_in_period(piece, each),), each.names) for each in found))


def metric(piece: Piece) -> Iterator[Sort]:
    """Other metrics, shown the same way where they can be, and the same one shown otherwise."""
    old: Measure = piece.value

    def instead(name: str, words: Words) -> Candidate:
        ways = (changed(old, metric=name), Measure(metric=name))
        return Candidate(tuple(map(piece.put, ways)), (*words.zh, *words.en))

    metrics = piece.reading.model.metrics.items()
    yield Sort(INSTEAD, (instead(name, each.words) for name, each in metrics if name != old.metric))
    ways = (Measure.model_validate({"metric": old.metric, **way}) for way in WAYS_SHOWN)
    yield Sort(SHOWN_AS, (Candidate((piece.put(each),)) for each in ways))


def dimension(piece: Piece) -> Iterator[Sort]:
    """Other dimensions, and of days other lengths."""
    old: Group | str = piece.value
    if isinstance(old, Group) and (old.grain is not None or old.since is not None):
        way = "grain" if old.grain is not None else "since"
        lengths: list[Bucket] = [each for each in BY_GRAIN if each != "hour"]
        cut = [(each, Group.model_validate({"dimension": old.dimension, way: each})) for each in lengths]
        yield Sort(INSTEAD, [Candidate((piece.put(group),), (*BY_GRAIN[each], each)) for each, group in cut])
    known = [*piece.reading.model.groupings, *TIME_PARTS.values()]
    told = ((each.name if isinstance(old, str) else Group(dimension=each.name), each.words) for each in known)
    yield Sort(BY, (Candidate((piece.put(value),), (*words.zh, *words.en)) for value, words in told))


def grain(piece: Piece) -> Iterator[Sort]:
    """Buckets of another length."""
    yield Sort(BY, (Candidate((piece.put(each),), (*words, each)) for each, words in BY_GRAIN.items()))


def comparison(piece: Piece) -> Iterator[Sort]:
    """With the period before or a year earlier; of two groups the other way round, and with other groups."""
    compare: Against | Versus = piece.value
    if isinstance(compare, Against):
        ways = (Against(period="previous"), Against(period="year_earlier"))
        yield Sort(INSTEAD, [Candidate((piece.put(each),)) for each in ways])
        return
    swapped = changed(compare, first=compare.second, second=compare.first)
    yield Sort(OPPOSITE, [Candidate((piece.put(swapped),))])
    for side in ("second", "first"):
        yield Sort(INSTEAD, _compared(piece, compare, side))


def behaviours(piece: Piece) -> Iterator[Sort]:
    """Other things done."""
    known = piece.reading.model.behaviours.items()
    yield Sort(INSTEAD, (Candidate((piece.put(name),), (*each.words.zh, *each.words.en)) for name, each in known))


def number(piece: Piece, usual: Sequence[int] = USUAL_NUMBERS) -> Iterator[Sort]:
    """The number that was typed, or one of the usual ones."""
    told = numbers.typed(piece.sought)
    for title, found in ((TYPED, told if len(told) == 1 else ()), (INSTEAD, usual)):
        yield Sort(title, [Candidate((piece.put(each),), (str(each),), as_said=True) for each in found])


def choice(piece: Piece) -> Iterator[Sort]:
    """The other choices, by what tells them."""
    known = piece.told.choices.items() if piece.told else ()
    yield Sort(INSTEAD, [Candidate((piece.put(name),), phrases.all, as_said=True) for name, phrases in known])


def identity(piece: Piece) -> Iterator[Sort]:
    """The one that was typed."""
    typed = piece.sought.strip().lower()
    found = [piece.put(typed)] if re.fullmatch(AN_ID, typed) else []
    yield Sort(TYPED, [Candidate((each,), (piece.sought,)) for each in found])


def _in_period(piece: Piece, named: periods.Named) -> Any:
    return piece.changed(**{piece.field: None}) if named.period is None else piece.put(named.period)


def _compared(piece: Piece, compare: Versus, side: str) -> Iterator[Candidate]:
    for each in values_of(compare.dimension, piece.reading):
        if isinstance(each.condition, Filter):
            yield Candidate((piece.put(changed(compare, **{side: each.condition.values[0]})),), each.names)


WAYS: Mapping[ArgumentKind, Ways] = {
    "people": conditions,
    "filters": conditions,
    "period": period,
    "metric": metric,
    "metrics": metric,
    "dimension": dimension,
    "dimensions": dimension,
    "grain": grain,
    "comparison": comparison,
    "behaviours": behaviours,
    "number": number,
    "choice": choice,
    "id": identity,
}
