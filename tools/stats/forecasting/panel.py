"""Series that are forecast together."""

from dataclasses import dataclass, replace
from typing import Self

import numpy as np

from tools.stats.forecasting.smoothing import Flags, Floats, Integers


@dataclass(frozen=True)
class Panel:
    """Series as the rows of `values`, all ending together; `starts` tells where each begins, NaN stands before.

    `period` is the season's length in values, 1 for none, `year` that of a longer one, 0 for none. `known` has a row
    for each value and for each one ahead: what the calendar tells of it; `penalties` say how little each of its columns
    is trusted. A series that was never negative is forecast without negative values, one of shares within 0 and 1.
    """

    values: Floats
    starts: Integers
    period: int
    known: Floats
    penalties: Floats
    year: int = 0
    share: bool = False

    @property
    def length(self) -> int:
        """How many values the longest series may have."""
        return int(self.values.shape[1])

    @property
    def signed(self) -> Flags:
        """Which series have negative values."""
        lows: Flags = np.nanmin(self.values, axis=1) < 0
        return lows

    def until(self, origin: int) -> Self:
        """As it was known then."""
        return replace(self, values=self.values[:, :origin], starts=np.minimum(self.starts, origin - 1))

    def rows(self, chosen: Integers) -> Self:
        """Some of the series."""
        return replace(self, values=self.values[chosen], starts=self.starts[chosen])

    def bounded(self, forecasts: Floats) -> Floats:
        """Forecasts, or ends of intervals, within what the values can be."""
        signed = self.signed.reshape(-1, *[1] * (forecasts.ndim - 1))
        floored = np.where(signed, forecasts, np.maximum(forecasts, 0.0))
        return np.minimum(floored, 1.0) if self.share else floored


def plain(values: list[Floats], period: int) -> Panel:
    """Series of which no calendar is known, of any lengths."""
    length = max(map(len, values))
    filled = np.full((len(values), length), np.nan)
    for row, each in zip(filled, values, strict=True):
        row[length - len(each) :] = each
    starts = np.array([length - len(each) for each in values])
    return Panel(filled, starts, period, np.empty((0, 0)), np.empty(0))
