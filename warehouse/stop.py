"""Asking a running question to end."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from warehouse.errors import Stopped
from warehouse.text import Text


class Stop:
    """One question's stop button: `press` it from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._cancels: set[Callable[[], None]] = set()
        self._pressed = False

    @property
    def pressed(self) -> bool:
        """Whether somebody asked to end."""
        return self._pressed

    def press(self) -> None:
        """End what runs now, and whatever is begun later under this stop."""
        with self._lock:
            self._pressed = True
            for cancel in self._cancels:
                cancel()

    def check(self) -> None:
        """Raise `Stopped` where the stop was pressed."""
        if self._pressed:
            raise Stopped(Text("已停止。", "Stopped."), Text("可以重新提问。", "Ask again whenever you like."))

    @contextmanager
    def cancelling(self, cancel: Callable[[], None]) -> Iterator[None]:
        """While inside, a press calls `cancel` (from the presser's thread)."""
        with self._lock:
            self.check()
            self._cancels.add(cancel)
        try:
            yield
        finally:
            with self._lock:
                self._cancels.discard(cancel)
