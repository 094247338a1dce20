"""What the calendar tells of days beforehand, as numbers: weekdays, days of the month, seasons, festivals, holidays."""

import datetime
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from tools.forecast.args import Length
from tools.stats.forecasting.smoothing import Floats
from warehouse.calendar import Calendar, Festival, Holiday, listed_days
from warehouse.days import Span, unit_of
from warehouse.text import Text

YEAR = 365.25
WAVES = 6  # sines and cosines of the year
ENOUGH_OF_A_YEAR = 400  # days of history from which on the year's seasons are told from a trend
AROUND = 3  # days before and after an occasion that may differ, too
ONE_DAY = datetime.timedelta(1)

# How little each kind of effect is trusted: the more, the more is needed to move it from 0.
WEEKDAY, MONTH_DAY, SEASON, OCCASION, DAY_OF_OCCASION, NEAR_OCCASION, LENGTH = 1.0, 10.0, 1.0, 0.3, 3.0, 10.0, 1.0


class Known(NamedTuple):
    """A row for each bucket, a penalty for each column; `unseen` are occasions ahead that the history never had."""

    rows: Floats
    penalties: Floats
    unseen: tuple[Text, ...]


def known_days(history: Sequence[datetime.date], ahead: Sequence[datetime.date], grain: Length, of: Calendar) -> Known:
    """Of buckets by their first days; a week's or month's row is the mean of its days'."""
    starts = [*history, *ahead]
    last = unit_of(starts[-1], grain).end
    days = [starts[0] + ONE_DAY * each for each in range((last - starts[0]).days + 1)]
    begun = (ahead[0] - starts[0]).days
    columns, penalties, unseen = [], [], []
    plain = [*_plain(days, begun, of)]
    for column, penalty in plain:
        columns.append(column)
        penalties.append(penalty)
    for occasion in of.occasions:
        spans = list(_spans(occasion, days))
        on = _on(spans, days)
        if on[begun:].any() and not on[:begun].any():
            unseen.append(occasion.name)
        for column, penalty in _occasion(spans, on, days):
            columns.append(column)
            penalties.append(penalty)
    rows = np.column_stack(columns)
    if grain != "day":
        lengths = np.array([unit_of(each, grain).days for each in starts])
        rows = np.add.reduceat(rows, np.concatenate(([0], lengths.cumsum()[:-1]))) / lengths[:, None]
        rows = np.column_stack([rows, lengths / lengths.mean() - 1])
        penalties.append(LENGTH)
    return Known(rows, np.array(penalties), tuple(unseen))


def _plain(days: Sequence[datetime.date], begun: int, of: Calendar) -> Iterator[tuple[Floats, float]]:
    weekdays, numbers = np.array([each.weekday() for each in days]), np.array([each.day for each in days])
    for each in range(7):
        yield (weekdays == each).astype(float), WEEKDAY
    for each in range(1, 32):
        yield (numbers == each).astype(float), MONTH_DAY
    if begun >= ENOUGH_OF_A_YEAR:
        angle = np.array([each.timetuple().tm_yday for each in days]) * 2 * np.pi / YEAR
        for wave in range(1, WAVES + 1):
            yield np.sin(wave * angle), SEASON
            yield np.cos(wave * angle), SEASON
    off = frozenset().union(*(listed_days(of.country, year) for year in _years(days)))
    yield np.array([float(each in off) for each in days]), OCCASION


def _occasion(spans: Sequence[Span], on: Floats, days: Sequence[datetime.date]) -> Iterator[tuple[Floats, float]]:
    """The occasion, each of its days by its place in it, and the days around it."""
    yield on, OCCASION
    for place in range(max((each.days for each in spans), default=0)):
        yield _at([each.start + ONE_DAY * place for each in spans if place < each.days], days), DAY_OF_OCCASION
    for away in range(1, AROUND + 1):
        yield _at([each.start - ONE_DAY * away for each in spans], days), NEAR_OCCASION
        yield _at([each.end + ONE_DAY * away for each in spans], days), NEAR_OCCASION


def _spans(occasion: Festival | Holiday, days: Sequence[datetime.date]) -> Iterator[Span]:
    for year in _years(days):
        if (span := occasion.days(year)) is not None:
            yield span


def _years(days: Sequence[datetime.date]) -> range:
    return range(days[0].year - 1, days[-1].year + 2)


def _on(spans: Sequence[Span], days: Sequence[datetime.date]) -> Floats:
    return np.array([float(any(span.start <= each <= span.end for span in spans)) for each in days])


def _at(chosen: Sequence[datetime.date], days: Sequence[datetime.date]) -> Floats:
    return np.array([float(each in chosen) for each in days])
