"""Work that tells how far it is, to who waits for it."""

import threading
from collections.abc import Callable, Generator
from concurrent.futures import Future
from queue import SimpleQueue
from typing import TypeVar

Told = TypeVar("Told")
Made = TypeVar("Made")


def telling(work: Callable[[Callable[[Told], None]], Made], give_up: Callable[[], None]) -> Generator[Told, None, Made]:
    """What `work` tells, as it tells it, from a thread of its own; gives what it makes as the generator's value.

    Raises what the work raises. Where nobody waits any more, `give_up` is called, and the work's end waited for.
    """
    told: SimpleQueue[Told | None] = SimpleQueue()
    made: Future[Made] = Future()

    def run() -> None:
        try:
            made.set_result(work(told.put))
        except BaseException as error:
            made.set_exception(error)
        finally:
            told.put(None)

    thread = threading.Thread(target=run, name="work", daemon=True)
    thread.start()
    try:
        while (each := told.get()) is not None:
            yield each
    except BaseException:
        give_up()
        raise
    finally:
        thread.join()
    return made.result()
