"""What holds for every period on every day."""

from datetime import date, timedelta

from hypothesis import assume, given, reject
from hypothesis import strategies as st

from tests.festivals import CALENDAR
from tests.warehouse.period.periods import PERIOD, days, last, periods, relative
from warehouse.days import Span, unit_of
from warehouse.named import NoSuchDays, NotBegun
from warehouse.period import Last, Period, Relative


def resolved(period: Period, as_of: date) -> Span:
    try:
        return period.resolve(as_of, CALENDAR)
    except (NotBegun, NoSuchDays):
        reject()


@given(periods, days)
def test_no_day_is_past_the_as_of_day(period: Period, as_of: date) -> None:
    span = resolved(period, as_of)
    assert span.start <= span.end <= as_of


@given(periods, days)
def test_what_has_begun_is_never_declined_twice(period: Period, as_of: date) -> None:
    try:
        period.resolve(as_of, CALENDAR)
    except NotBegun as told:
        latest = told.latest
    except NoSuchDays:
        reject()
    else:
        return
    assert latest.resolve(as_of, CALENDAR).end <= as_of


@given(last, days, st.integers(1, 30))
def test_a_longer_window_loses_no_day(period: Last, as_of: date, more: int) -> None:
    assume(period.unit != "half")
    longer = Last(n=period.n + more, unit=period.unit)
    assert longer.resolve(as_of, CALENDAR).start < period.resolve(as_of, CALENDAR).start


@given(last, days)
def test_the_window_before_is_as_long_and_ends_the_day_before(period: Last, as_of: date) -> None:
    span, before = period.resolve(as_of, CALENDAR), period.previous(as_of, CALENDAR)
    assert before.days == span.days
    assert before.end == span.start - timedelta(1)


@given(relative, days)
def test_a_unit_is_compared_with_the_unit_before(period: Relative, as_of: date) -> None:
    assume(period.offset <= 0)
    span, before = period.resolve(as_of, CALENDAR), period.previous(as_of, CALENDAR)
    unit = unit_of(span.start - timedelta(1), period.unit)
    whole = unit_of(span.start, period.unit) == span
    assert before == (unit if whole else Span(unit.start, min(unit.end, unit.start + timedelta(span.days - 1))))


@given(periods, days)
def test_a_year_earlier_is_a_year_earlier(period: Period, as_of: date) -> None:
    span = resolved(period, as_of)
    earlier = period.year_earlier(as_of, CALENDAR)
    for now, then in zip(span, earlier, strict=True):
        assert then.year == now.year - 1
        assert (then.month, then.day) == (now.month, now.day) or {(2, 28), (2, 29)} == {
            (then.month, then.day),
            (now.month, now.day),
        }


@given(periods)
def test_json_reads_back_as_the_same_period(period: Period) -> None:
    assert PERIOD.validate_json(PERIOD.dump_json(period)) == period
    assert hash(PERIOD.validate_json(PERIOD.dump_json(period))) == hash(period)
