"""The time limit and the stop button of one step of a query."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Final

from warehouse.stop import Stop

AGAIN_SECONDS: Final = 0.02


class Watch:
    """Whether a step's time ran out."""

    def __init__(self) -> None:
        self.timed_out = False


@contextmanager
def watched(interrupt: Callable[[], None], seconds: float, stop: Stop | None) -> Iterator[Watch]:
    """While inside, `interrupt` is called once the time is up or the stop is pressed; never after.

    It is called again and again until the step ends: an engine forgets an interrupt that comes between two statements.
    Raises `Stopped` at once where the stop was pressed before.
    """
    watch, due, over = Watch(), threading.Event(), threading.Event()

    def wait() -> None:
        watch.timed_out = not due.wait(seconds)
        while not over.wait(AGAIN_SECONDS):
            interrupt()

    with nullcontext() if stop is None else stop.cancelling(due.set):
        waiter = threading.Thread(target=wait, name="query-watch", daemon=True)
        waiter.start()
        try:
            yield watch
        finally:
            over.set()
            due.set()
            waiter.join()
