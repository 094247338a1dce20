"""The rule planner: a question read by the model's own words, with no language model."""

import re
import threading
from collections.abc import Iterator
from weakref import WeakKeyDictionary

from agent.planner import Ask, Call, Finish, Refusal, Turn
from agent.understand import births, periods
from agent.understand.cover import cover
from agent.understand.intent import move
from agent.understand.mentions import Measure, Mention, When, Word
from agent.understand.vocabulary import Vocabulary
from agent.understand.words import Words, read
from warehouse.errors import QueryError
from warehouse.period import Period
from warehouse.text import Text
from warehouse.warehouse import Reading

LONGEST = 500
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class RulePlanner:
    """Deterministic: the same question on the same data gives the same move."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: WeakKeyDictionary[Reading, Vocabulary] = WeakKeyDictionary()

    def next(self, turn: Turn) -> Call | Ask | Finish:
        """One call, a question back, or a refusal; after the call, its outcome is the answer."""
        if turn.moves:
            return Finish()
        words = read(turn.question)
        if not words.text.strip():
            return Finish(Refusal(Text("请输入一个问题。", "Please type a question.")))
        if len(words.text) > LONGEST:
            return Finish(_too_long())
        found = _without_clauses([*self._vocabulary(turn.reading).found(words.text), *_recognised(words, turn.reading)])
        return move(words, cover(words, found), turn.reading, follows=bool(turn.conversation.answers))

    def _vocabulary(self, reading: Reading) -> Vocabulary:
        with self._lock:
            if reading not in self._known:
                self._known[reading] = Vocabulary(reading)
            return self._known[reading]


def _without_clauses(found: list[Mention]) -> list[Mention]:
    """Without the metrics whose names hold a period, or who did what: what is told is that."""
    clauses = [
        (each.start, each.end) for each in found if isinstance(each.meaning, When) or each.meaning == Word("who")
    ]
    return [
        each
        for each in found
        if not isinstance(each.meaning, Measure)
        or not any(each.start <= start and end < each.end for start, end in clauses)
    ]


def _recognised(words: Words, reading: Reading) -> Iterator[Mention]:
    yield from births.find(words.text)
    for found in periods.find(words.text, reading.model.calendar):
        if _gloss_holds(words.text[found.start : found.end], found.period, reading):
            yield Mention(found.start, found.end, When(found.period))


def _gloss_holds(text: str, period: Period, reading: Reading) -> bool:
    """Whether days in brackets behind a period are that period's: those of another day's answer are not."""
    _, bracket, days = text.partition("(")
    if not bracket:
        return True
    try:
        span = period.resolve(reading.as_of, reading.model.calendar)
    except QueryError:
        return False
    told = ISO_DAY.findall(days)
    return told == ([str(span.start)] if span.days == 1 else [str(span.start), str(span.end)])


def _too_long() -> Refusal:
    return Refusal(
        Text(
            f"问题太长了：最多 {LONGEST} 个字。请只写要问的那一句。",
            f"The question is too long: {LONGEST:,} characters at most. Ask one thing.",
        )
    )
