"""Law 2 for every metric and time word: compiled SQL and SQL by hand agree, whole, cut and as a trend."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.conftest import AS_OF
from tests.warehouse.routes.metrics import CAMPAIGN, COUNTED, NAMES, PRODUCT, RECKONED, Number, dimensions, parts
from tests.warehouse.routes.periods import BEGINNING, EARLIER_DAY, EARLIER_WORDS, WORDS, Days
from tests.warehouse.routes.running import ByHand, compiled, difference, equal, with_edges
from warehouse.days import Grain
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import NoJoinPath
from warehouse.load import DEMO, load
from warehouse.query import Query
from warehouse.warehouse import Reading, Warehouse

GRAINS: tuple[tuple[Grain, int], ...] = (("day", 31), ("week", 100), ("month", 400), ("quarter", 800), ("year", 2400))
DIMENSIONS = tuple(dict.fromkeys(name for metric in NAMES for name in dimensions(metric)))


@pytest.fixture(scope="module")
def edges(shop: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return with_edges(shop, tmp_path_factory.mktemp("routes") / "edges.duckdb")


@pytest.fixture(scope="module")
def engine(edges: Path) -> Iterator[DuckDbEngine]:
    engine = DuckDbEngine(edges)
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def reading(engine: DuckDbEngine) -> Iterator[Reading]:
    with Warehouse(engine, load(DEMO), AS_OF).reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def earlier(engine: DuckDbEngine) -> Iterator[Reading]:
    with Warehouse(engine, load(DEMO), EARLIER_DAY).reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def by_hand(edges: Path) -> Iterator[ByHand]:
    by_hand = ByHand(edges)
    yield by_hand
    by_hand.close()


class Values(NamedTuple):
    """A metric by its groups, None being the whole: the value of each, where it is listed, and of any other."""

    of: dict[object, Number]
    listed: set[object]
    other: Number


def reckoned(
    by_hand: ByHand, metric: str, days: tuple[str, str], as_of: datetime.date, dimension: str | None
) -> Values:
    found = [_counted(by_hand, part, days, as_of, dimension) for part in parts(metric)]
    empties = [COUNTED[part][0].empty for part in parts(metric)]
    groups: set[object] = {group for each in found for group in each} if dimension else {None}
    values = {g: [each.get(g, empty) for each, empty in zip(found, empties, strict=True)] for g in groups}
    if metric not in RECKONED:
        return Values({group: each[0] for group, each in values.items()}, groups, empties[0])
    rule = RECKONED[metric]
    if rule.under is not None and dimension:
        groups = {group for group in values if rule.under(*(float(group in each) for each in found))}
    return Values({group: rule.value(*each) for group, each in values.items()}, groups, rule.value(*empties))


def _counted(
    by_hand: ByHand, part: str, days: tuple[str, str], as_of: datetime.date, dimension: str | None
) -> dict[object, Number]:
    route = next(each for each in COUNTED[part] if dimension is None or dimension in each.by)
    slots = {"first": f"DATE '{days[0]}'", "last": f"DATE '{days[1]}'", "day": f"DATE '{as_of}'", "time": route.time}
    slots |= {"campaigns": "" if dimension in CAMPAIGN else "LEFT", "products": "" if dimension in PRODUCT else "LEFT"}
    group = "NULL" if dimension is None else route.by[dimension].format(**slots)
    found: dict[object, Number] = dict(by_hand.rows(route.sql.format(group=group, **slots)))
    if dimension == "rfm_segment":
        found.pop(None, None)  # who never paid is in no segment
    return found


def check(
    reading: Reading, by_hand: ByHand, metrics: Sequence[str], days: Days, dimension: str | None = None
) -> str | None:
    """What differs where the metrics stand side by side, whole or by a dimension; None where nothing does."""
    by = () if dimension is None else (dimension,)
    _, found = compiled(reading, Query(metrics=tuple(metrics), by=by, period=days.period))
    values = [reckoned(by_hand, each, days[2:], reading.as_of, dimension) for each in metrics]
    groups = {group for each in values for group in each.listed}
    right = [
        (*([group] if dimension else []), *(each.of.get(group, each.other) for each in values)) for group in groups
    ]
    if equal(found, right, in_order=False):
        return None
    return f"{', '.join(metrics)}, {days.word} by {dimension}: {difference(found, right)}"


def held(found: Iterable[str | None]) -> None:
    """Fail, telling what differs."""
    wrong = [each for each in found if each]
    assert not wrong, "\n".join(wrong)


def check_trend(reading: Reading, by_hand: ByHand, metric: str, days: Days, grain: Grain) -> str | None:
    right = [
        (start, reckoned(by_hand, metric, (first, last), reading.as_of, None).of[None])
        for start, first, last in buckets(days.first, days.last, grain)
    ]
    _, found = compiled(reading, Query(metrics=(metric,), grain=grain, period=days.period))
    return None if equal(found, right, in_order=True) else f"{days.word} by {grain}: {difference(found, right)}"


def buckets(first: str, last: str, grain: Grain) -> list[tuple[str, str, str]]:
    """Each bucket of the days: its own first day, and its first and last day among them."""
    start, end = datetime.date.fromisoformat(first), datetime.date.fromisoformat(last)
    days = [start + datetime.timedelta(n) for n in range((end - start).days + 1)]
    found: dict[str, list[str]] = {}
    for day in days:
        found.setdefault(bucket_of(day, grain).isoformat(), []).append(day.isoformat())
    return [(name, each[0], each[-1]) for name, each in found.items()]


def bucket_of(day: datetime.date, grain: Grain) -> datetime.date:
    match grain:
        case "day":
            return day
        case "week":
            return day - datetime.timedelta(day.isoweekday() - 1)
        case "month":
            return day.replace(day=1)
        case "quarter":
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case "year":
            return day.replace(month=1, day=1)


def grains_for(days: Days) -> list[Grain]:
    """The buckets that make a readable number of points; none where the first day is not told."""
    if days.first == BEGINNING:
        return []
    length = (datetime.date.fromisoformat(days.last) - datetime.date.fromisoformat(days.first)).days + 1
    return [grain for grain, most in GRAINS if length <= most and length > most // 12]


TRENDS = [(days, grain) for days in WORDS for grain in grains_for(days)]


def dealt(names: Sequence[str], most: int) -> list[Sequence[str]]:
    """The names in hands of at most so many, neighbours apart: facts of all kinds stand side by side."""
    hands = -(-len(names) // most)
    return [names[at::hands] for at in range(hands)]


@pytest.mark.parametrize("days", WORDS, ids=[each.word for each in WORDS])
def test_every_metric_in_a_period(days: Days, reading: Reading, by_hand: ByHand) -> None:
    held(check(reading, by_hand, hand, days) for hand in dealt(NAMES, 18))


@pytest.mark.parametrize("days", EARLIER_WORDS, ids=[each.word for each in EARLIER_WORDS])
def test_what_came_after_the_as_of_day_is_not_known(days: Days, earlier: Reading, by_hand: ByHand) -> None:
    held(check(earlier, by_hand, hand, days) for hand in dealt(NAMES, 18))


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_metric_by_a_dimension(dimension: str, reading: Reading, earlier: Reading, by_hand: ByHand) -> None:
    turn = DIMENSIONS.index(dimension)
    fitting = [metric for metric in NAMES if dimension in dimensions(metric)]
    hands = dealt(fitting, 6)
    found = [check(reading, by_hand, hand, WORDS[turn * 7 % len(WORDS)], dimension) for hand in hands]
    days = EARLIER_WORDS[turn % len(EARLIER_WORDS)]
    found.append(check(earlier, by_hand, hands[turn % len(hands)], days, dimension))
    held(found)


@pytest.mark.parametrize("metric", NAMES)
def test_a_metric_alone(metric: str, reading: Reading, by_hand: ByHand) -> None:
    """By one dimension, and as a trend: the others are in the soak."""
    turn, fitting = NAMES.index(metric), dimensions(metric)
    found = [check(reading, by_hand, [metric], WORDS[turn % len(WORDS)], fitting[turn % len(fitting)])]
    days, grain = TRENDS[turn * 3 % len(TRENDS)]
    found.append(check_trend(reading, by_hand, metric, days, grain))
    held(found)


@pytest.mark.soak
@pytest.mark.parametrize("metric", NAMES)
def test_a_metric_in_every_way(metric: str, reading: Reading, earlier: Reading, by_hand: ByHand) -> None:
    found = []
    for each, words in ((reading, WORDS), (earlier, EARLIER_WORDS)):
        for days in words:
            found += [check(each, by_hand, [metric], days, way) for way in (None, *dimensions(metric))]
            found += [check_trend(each, by_hand, metric, days, grain) for grain in grains_for(days)]
    held(found)


@pytest.mark.parametrize(
    ("metric", "dimension"),
    [
        ("conversion_rate", "platform"),
        ("order_conversion_rate", "ship_city"),
        ("active_users", "platform"),
        ("page_views", "campaign"),
        ("contribution_profit", "platform"),
        ("contribution_margin", "city"),
        ("ad_spend", "gender"),
        ("roi", "source_channel"),
        ("stock", "city"),
        ("days_of_stock", "warehouse"),
        ("sell_rate", "platform"),
        ("sell_through", "member_level"),
        ("new_users", "category"),
        ("users", "page"),
        ("revenue", "ad_platform"),
        ("revenue", "message_channel"),
        ("coupons_issued", "brand"),
        ("messages_sent", "category"),
        ("refund_rate", "refund_reason"),
        ("rating", "visit_device"),
    ],
)
def test_what_has_no_tie_is_declined(metric: str, dimension: str, reading: Reading) -> None:
    with pytest.raises(NoJoinPath):
        compiled(reading, Query(metrics=(metric,), by=(dimension,)))
