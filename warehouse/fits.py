"""Fitted models, kept while the data that they were fitted on stand."""

import datetime
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from warehouse.veil import Covered

MOST_KEPT = 16


@dataclass(frozen=True)
class Fit:
    """What was made, what a policy kept back from it, and the SQL of the tables that it read."""

    made: Any
    kept_back: tuple[Covered, ...]
    asked: tuple[str, ...]


@dataclass
class Fits:
    """The fits used last, by as-of day and key; any thread may ask. Two that fit the same at once both fit."""

    _lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: OrderedDict[tuple[datetime.date, Hashable], Fit] = field(default_factory=OrderedDict)

    def get(self, day: datetime.date, key: Hashable) -> Fit | None:
        """The one kept; None where there is none."""
        with self._lock:
            if (day, key) in self._kept:
                self._kept.move_to_end((day, key))
            return self._kept.get((day, key))

    def put(self, day: datetime.date, key: Hashable, fit: Fit) -> Fit:
        """Keep it, and let go of the one that was not used longest."""
        with self._lock:
            self._kept[day, key] = fit
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
            return fit
