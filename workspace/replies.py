"""Replies of language models, so that the same request is not paid twice."""

from workspace.store import Store

MOST = 20_000  # replies kept; the oldest go first


class Replies:
    """Replies as text, by what tells one request from another."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, key: str) -> str | None:
        """The reply to a request that was sent before; None where it was not."""
        with self._store.reading() as kept:
            row = None if kept is None else kept.execute("SELECT reply FROM replies WHERE key = ?", (key,)).fetchone()
        return None if row is None else str(row["reply"])

    def keep(self, key: str, reply: str) -> None:
        """Keep a reply."""
        with self._store.writing() as kept:
            kept.execute("INSERT OR REPLACE INTO replies (key, reply) VALUES (?, ?)", (key, reply))
            kept.execute("DELETE FROM replies WHERE rowid <= (SELECT max(rowid) FROM replies) - ?", (MOST,))
