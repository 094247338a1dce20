"""Answers that somebody marked right: the question, the plan that answered it, who said so and when."""

import datetime
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from workspace.store import Store

Plan = Mapping[str, Any]


@dataclass(frozen=True)
class Verified:
    """One answer marked right.

    `plans` are its steps, tool and arguments, which may name earlier ones; `ran` the same with what those found.
    `asked` is the SQL that they asked for on the day `as_of`, before any policy, in the role that marked it. `before`
    is the plan that the question went on from; None where it stands alone. `stale` tells why it holds no more.
    """

    model: str
    question: str
    language: str
    before: str | None
    plans: tuple[Plan, ...]
    ran: tuple[Plan, ...]
    asked: tuple[str, ...]
    as_of: datetime.date
    role: str
    person: str
    day: datetime.date
    stale: str | None = None
    id: int = 0


class VerifiedAnswers:
    """The answers marked right."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Verified]:
        """Every one, the newest first."""
        with self._store.reading() as kept:
            rows = () if kept is None else kept.execute("SELECT * FROM verified ORDER BY id DESC")
            return [_verified(row) for row in rows]

    def keep(self, verified: Verified) -> int:
        """Keep one, in the place of what was marked right for the same words; returns its number."""
        written = {**vars(verified), "as_of": verified.as_of.isoformat(), "day": verified.day.isoformat()}
        written |= {name: json.dumps(written[name], ensure_ascii=False) for name in ("plans", "ran", "asked")}
        del written["id"]
        with self._store.writing() as kept:
            kept.execute(
                "DELETE FROM verified WHERE model = ? AND question = ? AND before IS ?",
                (verified.model, verified.question, verified.before),
            )
            names, places = ", ".join(written), ", ".join(f":{name}" for name in written)
            return int(kept.execute(f"INSERT INTO verified ({names}) VALUES ({places})", written).lastrowid or 0)

    def remove(self, number: int) -> bool:
        """Take one back; False where there is none of that number."""
        with self._store.writing() as kept:
            return kept.execute("DELETE FROM verified WHERE id = ?", (number,)).rowcount > 0

    def mark(self, number: int, stale: str | None) -> None:
        """Tell why one holds no more, or with None that it does."""
        with self._store.writing() as kept:
            kept.execute("UPDATE verified SET stale = ? WHERE id = ?", (stale, number))


def _verified(row: sqlite3.Row) -> Verified:
    told = dict(row)
    told |= {name: tuple(json.loads(told[name])) for name in ("plans", "ran", "asked")}
    told |= {name: datetime.date.fromisoformat(told[name]) for name in ("as_of", "day")}
    return Verified(**told)
