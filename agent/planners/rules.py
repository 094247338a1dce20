"""The rule planner: a question read by the model's own words, with no language model."""

import threading
from functools import lru_cache

from agent.planner import Ask, Call, Finish, Refusal, Turn
from agent.understand.cover import Cover, cover
from agent.understand.reader import Reader
from agent.understand.words import Words, read
from warehouse.text import Text
from warehouse.warehouse import Reading

LONGEST = 500
KEPT = 4  # readers of the newest readings: one for each role that asks


class RulePlanner:
    """Deterministic: the same question on the same data gives the same move."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._readers = lru_cache(maxsize=KEPT)(Reader)

    def next(self, turn: Turn) -> Call | Ask | Finish:
        """One call, a question back, or a refusal; after the call, its outcome is the answer."""
        if turn.moves:
            return Finish()
        words = read(turn.question)
        if not words.text.strip():
            return Finish(Refusal(Text("请输入一个问题。", "Please type a question."), final=True))
        if len(words.text) > LONGEST:
            return Finish(_too_long())
        return self._reader(turn.reading).move(words, turn.conversation.answers)

    def prepare(self, reading: Reading) -> None:
        """Read the model's words, and index the values, before a question needs them."""
        self._reader(reading).prepare()

    def covered(self, words: Words, reading: Reading) -> Cover:
        """What each stretch of a question may mean."""
        return cover(words, self._reader(reading).mentions(words))

    def _reader(self, reading: Reading) -> Reader:
        with self._lock:
            return self._readers(reading)


def _too_long() -> Refusal:
    return Refusal(
        Text(
            f"问题太长了：最多 {LONGEST} 个字。请只写要问的那一句。",
            f"The question is too long: {LONGEST:,} characters at most. Ask one thing.",
        ),
        final=True,
    )
