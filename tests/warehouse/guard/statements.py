"""The statements of accepted.sql and refused.sql: blocks that begin with a comment and end at an empty line."""

from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent


class Statement(NamedTuple):
    """A statement and what the comment above it says."""

    said: str
    sql: str


def statements(name: str) -> list[Statement]:
    """All of a file's statements, in order."""
    blocks = HERE.joinpath(name).read_text(encoding="utf-8").strip().split("\n\n")
    parts = [block.split("\n", 1) for block in blocks]
    assert all(said.startswith("-- ") and sql for said, sql in parts)
    return [Statement(said.removeprefix("-- "), sql) for said, sql in parts]
