"""What language models took, by question, person and day; and what they may take."""

import datetime
import sqlite3
from dataclasses import dataclass
from typing import Literal

from workspace.store import Store

Whose = Literal["question", "person", "day"]

BY_PERSON = """
SELECT day, person, count(*) AS questions, sum(calls) AS calls, sum(input_tokens) AS input_tokens,
       sum(output_tokens) AS output_tokens, sum(cost) AS cost
FROM spending GROUP BY day, person ORDER BY day DESC, person
"""
BY_QUESTION = "SELECT * FROM spending ORDER BY day DESC, input_tokens + output_tokens DESC, id"


@dataclass(frozen=True)
class Amount:
    """Tokens, and what they cost; None where no prices are set."""

    tokens: int = 0
    cost: float | None = None

    def __add__(self, other: "Amount") -> "Amount":
        costs = [each for each in (self.cost, other.cost) if each is not None]
        return Amount(self.tokens + other.tokens, sum(costs) if costs else None)

    def passes(self, limit: "Limit") -> bool:
        """Whether it is more than the limit allows."""
        over = limit.tokens is not None and self.tokens > limit.tokens
        return over or (limit.cost is not None and (self.cost or 0.0) > limit.cost)


@dataclass(frozen=True)
class Limit:
    """The most tokens, and the most that they may cost; None for any."""

    tokens: int | None = None
    cost: float | None = None


@dataclass(frozen=True)
class Limits:
    """What one question may take, one person on one day, and all of them on one day."""

    question: Limit = Limit()
    person: Limit = Limit()
    day: Limit = Limit()


@dataclass(frozen=True)
class Entry:
    """What one question, or all of one person's on a day, took."""

    day: str
    person: str
    questions: int
    question: str | None
    calls: int
    input_tokens: int
    output_tokens: int
    cost: float | None


class OverLimit(Exception):
    """A request that would pass a limit; whose it is."""

    def __init__(self, whose: Whose) -> None:
        super().__init__(whose)
        self.whose = whose


class Spending:
    """The book of what was spent."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store, self._limits = store, limits

    def open(self, day: datetime.date, person: str, question: str) -> int:
        """Begin a question's entry."""
        with self._store.writing() as book:
            made = book.execute(
                "INSERT INTO spending (day, person, question, calls, input_tokens, output_tokens) "
                "VALUES (?, ?, ?, 0, 0, 0)",
                (day.isoformat(), person, question),
            )
            return int(made.lastrowid or 0)

    def reserve(self, entry: int, tokens: int, cost: float | None) -> None:
        """Count a request before it is sent, by an estimate; raises `OverLimit` where it may not be sent."""
        with self._store.writing() as book:
            row = book.execute("SELECT day, person FROM spending WHERE id = ?", (entry,)).fetchone()
            asked = Amount(tokens, cost)
            spent: tuple[tuple[Whose, Limit, Amount], ...] = (
                ("question", self._limits.question, _sum(book, "id = ?", entry)),
                ("person", self._limits.person, _sum(book, "day = ? AND person = ?", row["day"], row["person"])),
                ("day", self._limits.day, _sum(book, "day = ?", row["day"])),
            )
            for whose, limit, amount in spent:
                if (amount + asked).passes(limit):
                    raise OverLimit(whose)
            _add(book, entry, 1, tokens, 0, cost)

    def correct(self, entry: int, calls: int, input_tokens: int, output_tokens: int, cost: float | None) -> None:
        """Add what a request took beyond its estimate, which may be less than nothing."""
        with self._store.writing() as book:
            _add(book, entry, calls, input_tokens, output_tokens, cost)

    def by_person(self) -> list[Entry]:
        """What each person's questions took on each day, the newest first."""
        return [_entry(row) for row in self._rows(BY_PERSON)]

    def by_question(self) -> list[Entry]:
        """What each question took, of each day the dearest first."""
        return [_entry(row) for row in self._rows(BY_QUESTION)]

    def _rows(self, sql: str) -> list[sqlite3.Row]:
        with self._store.reading() as book:
            return [] if book is None else list(book.execute(sql))


def _add(
    book: sqlite3.Connection, entry: int, calls: int, input_tokens: int, output_tokens: int, cost: float | None
) -> None:
    book.execute(
        "UPDATE spending SET calls = calls + ?, input_tokens = input_tokens + ?, output_tokens = output_tokens + ?, "
        "cost = CASE WHEN ? IS NULL THEN cost ELSE coalesce(cost, 0) + ? END WHERE id = ?",
        (calls, input_tokens, output_tokens, cost, cost, entry),
    )


def _sum(book: sqlite3.Connection, where: str, *values: object) -> Amount:
    sql = f"SELECT coalesce(sum(input_tokens + output_tokens), 0), sum(cost) FROM spending WHERE {where}"
    return Amount(*book.execute(sql, values).fetchone())


def _entry(row: sqlite3.Row) -> Entry:
    single = "question" in row.keys()  # noqa: SIM118 - a row is no mapping
    return Entry(
        day=row["day"],
        person=row["person"],
        questions=1 if single else row["questions"],
        question=row["question"] if single else None,
        calls=row["calls"],
        input_tokens=row["input_tokens"],
        output_tokens=row["output_tokens"],
        cost=row["cost"],
    )
