"""A real server over the scripted analyst, for the whole run."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests.ui.scripted import Scripted
from ui.serve import serve


@dataclass(frozen=True)
class Served:
    """The page's address, and the analyst behind it."""

    address: str
    analyst: Scripted


@pytest.fixture(scope="session")
def served() -> Iterator[Served]:
    analyst = Scripted()
    told: list[str] = []
    page = serve(analyst, port=0, on_ready=told.append, block=False)
    yield Served(told[0], analyst)
    page.close()
