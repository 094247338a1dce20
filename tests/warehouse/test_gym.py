"""Another trade: a gym of days without times, without products or orders, worked out by hand (tests/models/gym.sql)."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.warehouse.results import asked, people, same, value
from tests.warehouse.shops import gym
from warehouse.errors import NoJoinPath, QueryError
from warehouse.warehouse import Reading


def month(number: int) -> dict[str, Any]:
    return {"kind": "part", "unit": "month", "number": number, "year": 2024}


FEBRUARY, MARCH, APRIL = month(2), month(3), month(4)


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    with gym(tmp_path_factory.mktemp("gym")).reading() as reading:
        yield reading


def test_the_data_end_on_the_last_visit(reading: Reading) -> None:
    assert reading.as_of.isoformat() == "2024-04-10"


# Of each metric its value in February, in March and in April, which ends on the 10th.
VALUES: dict[str, tuple[float | None, float | None, float | None]] = {
    "income": (100 + 120 + 100, 100 + 900, 110 + 20),
    "payments": (3, 2, 2),
    "payers": (3, 2, 2),
    "average_payment": (320 / 3, 500, 65),
    "refunded": (0, 100, 300),  # by the day of the refund, not of the payment
    "net_income": (320, 900, -170),
    "refund_rate": (0, 0.1, 300 / 130),
    "kept_payments": (2, 1, 2),
    "kept_rate": (2 / 3, 1 / 2, 1),
    "visits": (4, 3, 7),
    "visitors": (3, 2, 3),  # guests are no members
    "minutes": (215, 150, 300),
    "minutes_per_visit": (215 / 4, 50, 300 / 7),
    "regulars": (1, 1, 1),  # 3, who came twice on one day; then 1; the two guests of April are nobody
    "regular_share": (1 / 3, 1 / 2, 1 / 3),
    "first_timers": (1, 1, 1),  # 4, 5, 6
    "known_visitors": (2, 1, 2),
    "joiners": (1, 1, 1),
    "members": (4, 5, 6),
    "lapsed": (1, 3, 3),  # by February 29 member 2; by March 31, and by April 10, 2, 3 and 4
    "recent_visits": (4, 2, 8),  # from February 2, from March 4, from March 14
    "lockers_free": (None, 18, 16),
    "class_count": (4, 4, 4),
}


def test_every_metric_is_worked_out(reading: Reading) -> None:
    assert set(reading.model.metrics) == set(VALUES)


@pytest.mark.parametrize("metric", VALUES)
def test_a_metric_by_the_month(metric: str, reading: Reading) -> None:
    expected = VALUES[metric]
    found = [value(reading, metrics=[metric], period=each) for each in (FEBRUARY, MARCH, APRIL)]
    assert same(found, list(expected))


GROUPED: list[tuple[str, str, dict[str, Any] | None, dict[Any, float | None]]] = [
    # Three joins away; without a class, or with one that has no trainer, in no group. Two visits are of no member.
    ("visits", "trainer", None, {"Gil": 6, "Hua": 8}),
    ("visits", "trainer_level", None, {"senior": 6, "junior": 8}),
    ("visits", "style", APRIL, {"spin": 3, "yoga": 2}),
    ("visits", "gender", None, {"F": 14, "M": 2}),
    ("visitors", "branch", MARCH, {"North": 2}),
    ("members", "age_band", None, {"20-29": 2, "30 and over": 3, "not told": 1}),
    ("members", "age", None, {34: 1, 33: 1, 20: 1, 38: 1, 24: 1, None: 1}),
    ("income", "plan", None, {"month": 730, "year": 1800, "day": 20}),
    ("average_payment", "plan", None, {"month": 730 / 7, "year": 900, "day": 20}),
    ("first_timers", "branch", None, {"North": 3, "South": 3}),
    ("lockers_free", "locker_room", APRIL, {"North": 7, "South": 9}),
    ("visits", "weekday", APRIL, {1: 2, 2: 2, 3: 3}),
    ("visitors", "day_type", MARCH, {"周末": 1, "工作日": 2}),
]


@pytest.mark.parametrize(("metric", "by", "period", "expected"), GROUPED)
def test_a_metric_by_a_dimension(
    metric: str, by: str, period: dict[str, Any] | None, expected: dict[Any, float | None], reading: Reading
) -> None:
    found = dict(asked(reading, metrics=[metric], by=[by], period=period))
    assert set(found) == set(expected)
    assert all(same(found[key], each) for key, each in expected.items()), found


def test_a_dimension_of_the_period_asked(reading: Reading) -> None:
    found = asked(reading, metrics=["visitors"], by=["standing"], period=APRIL, where=[{"behaviour": "visit"}])
    assert sorted(found) == [["known", 2], ["new", 1]]


def test_a_comparison_with_the_same_days_of_the_month_before(reading: Reading) -> None:
    compared = {"period": "previous"}
    assert same(asked(reading, metrics=["income"], period=MARCH, compare=compared), [[1000, 320, 680, 2.125]])
    assert same(asked(reading, metrics=["income"], period=APRIL, compare=compared), [[130, 1000, -870, -0.87]])


def test_weeks_begin_on_monday_and_hold_the_days_asked(reading: Reading) -> None:
    found = asked(reading, metrics=["visits"], grain="week", period={"kind": "last", "n": 14, "unit": "day"})
    assert found == [["2024-03-25", 1], ["2024-04-01", 2], ["2024-04-08", 5]]


def test_cohorts_of_first_visits(reading: Reading) -> None:
    by = [{"dimension": "first_visited_on", "grain": "month"}, {"dimension": "first_visited_on", "since": "month"}]
    known = {"not": {"dimension": "first_visited_on", "op": "missing"}}
    found = asked(reading, metrics=["visitors"], by=by, where=[known])
    assert sorted(map(tuple, found)) == [
        ("2024-01-01", 0, 3),
        ("2024-01-01", 1, 2),
        ("2024-01-01", 2, 1),
        ("2024-01-01", 3, 1),
        ("2024-02-01", 0, 1),
        ("2024-03-01", 0, 1),
        ("2024-03-01", 1, 1),
        ("2024-04-01", 0, 1),
    ]


# April has ten days: 1, 1, 1, 1 and 3 visits on five of them; stays of 20, 60, 50, 45, 45, 35 and 45 minutes.
STATISTICS: list[tuple[dict[str, Any], float]] = [
    ({"metric": "visits", "show": "mean", "over": "day"}, 0.7),
    ({"metric": "visits", "show": "median", "over": "day"}, 0.5),
    ({"metric": "visits", "show": "highest", "over": "day"}, 3),
    ({"metric": "minutes", "show": "median", "over": "row"}, 45),
    ({"metric": "minutes", "show": "highest", "over": "row"}, 60),
    ({"metric": "visits", "show": "mean", "over": "customer"}, 5 / 3),
]


@pytest.mark.parametrize(("measure", "expected"), STATISTICS, ids=lambda each: str(each)[:60])
def test_a_statistic_of_april(measure: dict[str, Any], expected: float, reading: Reading) -> None:
    assert same(value(reading, metrics=[measure], period=APRIL), expected)


PEOPLE: list[tuple[list[dict[str, Any]], list[int]]] = [
    ([], [1, 2, 3, 4, 5, 6]),
    ([{"behaviour": "visit", "period": APRIL}], [1, 5, 6]),
    ([{"behaviour": "visit"}, {"not": {"behaviour": "pay"}}], [6]),
    ([{"behaviour": "visit", "times": {"at_least": 3}}], [1, 3]),
    ([{"behaviour": "visit", "days": {"at_least": 3}}], [1]),
    ([{"behaviour": "visit", "in_a_row": 2}], [1]),
    ([{"behaviour": "visit", "in_a_row": 3}], []),
    ([{"behaviour": "train", "times": {"at_least": 2}}], [1]),  # classes are counted: 3 came to one of them twice
    ([{"behaviour": "train", "where": [{"dimension": "trainer", "values": ["Gil"]}]}], [1, 3]),
    ([{"not": {"behaviour": "train", "where": [{"dimension": "trainer_level", "values": ["senior"]}]}}], [2, 4, 5, 6]),
    ([{"behaviour": "visit", "period": FEBRUARY, "which": "last"}], [3, 4]),
    ([{"behaviour": "visit", "period": MARCH, "which": "first"}], [5]),
    ([{"behaviour": "get_refund"}], [3, 5]),
    ([{"behaviour": "get_refund", "period": MARCH}], [3]),
    ([{"metric": "income", "bounds": {"more_than": 300}}], [1, 2, 5]),
    ([{"metric": "net_income", "bounds": {"more_than": 500}}], [2, 5]),
    ([{"metric": "net_income", "bounds": {"at_most": 100}}], [3]),
    ([{"segment": "newcomers", "period": APRIL}], [6]),
    ([{"segment": "lapsed"}], [2, 3, 4]),
    ([{"segment": "lapsed", "period": FEBRUARY}], [2]),
    ([{"dimension": "age", "bounds": {"at_least": 34}}], [1, 5]),
    ([{"dimension": "birth_year", "op": "missing"}], [4]),
    ([{"dimension": "age_band", "values": ["not told"]}], [4]),
    ([{"dimension": "visits_ever", "bounds": {"at_least": 3}}], [1, 3]),
    ([{"dimension": "joined_on", "period": {"kind": "day", "year": 2024, "month": 2, "day": 29}}], [4]),
]


@pytest.mark.parametrize(("where", "expected"), PEOPLE, ids=lambda each: str(each)[:80])
def test_who_they_are(where: list[dict[str, Any]], expected: list[int], reading: Reading) -> None:
    assert people(reading, *where) == expected


def test_a_guest_did_nothing(reading: Reading) -> None:
    # Of the 18 visits one is by member 6, who never paid, and two by guests.
    assert value(reading, metrics=["visits"], where=[{"not": {"behaviour": "pay"}}]) == 3
    assert value(reading, metrics=["visits"], where=[{"behaviour": "pay"}]) == 15


def test_what_has_no_tie_is_declined(reading: Reading) -> None:
    for told in (
        {"metrics": ["income"], "by": ["class"]},
        {"metrics": ["income"], "where": [{"dimension": "trainer", "values": ["Gil"]}]},
        {"metrics": ["lockers_free"], "by": ["gender"]},
        {"metrics": ["lockers_free"], "where": [{"behaviour": "visit"}]},
    ):
        with pytest.raises(NoJoinPath):
            asked(reading, **told)


def test_days_have_no_hours(reading: Reading) -> None:
    for told in ({"metrics": ["visits"], "by": ["hour"]}, {"metrics": ["income"], "grain": "hour", "period": APRIL}):
        with pytest.raises(QueryError):
            asked(reading, **told)
