"""After several questions in a row that a model left without an answer, it is not asked for a while."""

import threading
import time
from collections.abc import Callable

FAILURES = 3
REST_SECONDS = 60.0


class Breaker:
    """Opens after three faults in a row, for a minute; then one question tries again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures = 0
        self._until = 0.0

    @property
    def open(self) -> bool:
        """Whether the model is left alone now."""
        return self._clock() < self._until

    def failed(self) -> None:
        """Count a question that got no reply."""
        with self._lock:
            self._failures += 1
            if self._failures >= FAILURES:
                self._until = self._clock() + REST_SECONDS

    def succeeded(self) -> None:
        """Begin to count anew."""
        with self._lock:
            self._failures, self._until = 0, 0.0
