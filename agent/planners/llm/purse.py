"""What one question takes of a model: replies had before cost nothing, requests are counted and held to the limits."""

import datetime
import hashlib
import json
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import Any

from agent.planner import NOTHING, Spent
from agent.planners.llm.chat import Called, Message, Reply
from agent.planners.llm.tokens import tokens
from workspace.replies import Replies
from workspace.spending import Spending
from workspace.store import NotKept

LOG = logging.getLogger(__name__)
MILLION = 1_000_000
MOST_QUESTION = 200  # characters of a question that its entry shows
BILLED = frozenset({"late", "cut", "huge", "garbled"})  # faults after which a server may have counted the request


@dataclass(frozen=True)
class Prices:
    """What a million tokens cost."""

    read: float
    written: float

    def of(self, input_tokens: int, output_tokens: int) -> float:
        """What so many tokens cost."""
        return (input_tokens * self.read + output_tokens * self.written) / MILLION


@dataclass(frozen=True)
class Thrift:
    """The book of one model at one address; its prices, and the replies had before, where they are told and kept."""

    model: str
    spending: Spending
    replies: Replies | None
    prices: Prices | None
    today: Callable[[], datetime.date]

    def purse(self, person: str, question: str) -> "Purse":
        """What one question of a person is paid from."""
        return Purse(self, person, question[:MOST_QUESTION])


class Purse:
    """What one question is paid from; its entry in the book begins with its first request."""

    def __init__(self, thrift: Thrift, person: str, question: str) -> None:
        self._thrift, self._person, self._question = thrift, person, question
        self._entry: int | None = None

    def found(self, messages: Sequence[Message], functions: Sequence[Mapping[str, Any]]) -> Reply | None:
        """The reply to the same request, where there was one."""
        replies, key = self._thrift.replies, fingerprint(self._thrift.model, messages, functions)
        written = None if replies is None else replies.find(key)
        if written is None:
            return None
        try:
            return replace(reply_of(json.loads(written)), spent=Spent(kept=1))
        except (ValueError, KeyError, TypeError):  # kept by another version, or broken: it is asked for anew
            return None

    def keep(self, messages: Sequence[Message], functions: Sequence[Mapping[str, Any]], reply: Reply) -> None:
        """Keep a reply, so that its request is not sent again."""
        if self._thrift.replies is not None:
            key = fingerprint(self._thrift.model, messages, functions)
            with _telling():
                self._thrift.replies.keep(key, json.dumps(reply_json(reply), ensure_ascii=False))

    def reserve(self, messages: Sequence[Message], functions: Sequence[Mapping[str, Any]]) -> int:
        """Count a request by about how many tokens it takes, which are returned; raises `OverLimit`."""
        size = sum(tokens(each.text) for each in messages) + tokens(json.dumps([*functions], ensure_ascii=False))
        spending = self._thrift.spending
        if self._entry is None:
            self._entry = spending.open(self._thrift.today(), self._person, self._question)
        spending.reserve(self._entry, size, self._cost(size, 0))
        return size

    def settle(self, reserved: int, spent: Spent) -> Spent:
        """Count what a request took in the place of its estimate; told with its cost."""
        cost = self._cost(spent.input_tokens, spent.output_tokens)
        estimated = self._cost(reserved, 0)
        beyond = None if cost is None or estimated is None else cost - estimated
        if self._entry is not None:
            spending = self._thrift.spending
            with _telling():  # the estimate stands
                spending.correct(self._entry, 0, spent.input_tokens - reserved, spent.output_tokens, beyond)
        return replace(spent, cost=cost)

    def failed(self, reserved: int, kind: str) -> Spent:
        """What a request took that got no reply: its estimate where a server may count it, else nothing."""
        return self.settle(reserved, Spent(0, reserved) if kind in BILLED else NOTHING)

    def _cost(self, input_tokens: int, output_tokens: int) -> float | None:
        prices = self._thrift.prices
        return None if prices is None else prices.of(input_tokens, output_tokens)


@contextmanager
def _telling() -> Iterator[None]:
    """What is written after a reply came: where it cannot be, the reply is no worse."""
    try:
        yield
    except NotKept as error:
        LOG.warning("%s", error)


def fingerprint(model: str, messages: Sequence[Message], functions: Sequence[Mapping[str, Any]]) -> str:
    """What tells one request from another."""
    asked = json.dumps(
        [model, [asdict(each) for each in messages], list(functions)], ensure_ascii=False, sort_keys=True
    )
    return hashlib.sha256(asked.encode()).hexdigest()


def reply_json(reply: Reply) -> dict[str, Any]:
    """A reply as JSON has it."""
    calls = [[each.name, each.arguments] for each in reply.calls]
    return {"text": reply.text, "calls": calls, "spent": [reply.spent.input_tokens, reply.spent.output_tokens]}


def reply_of(written: Mapping[str, Any]) -> Reply:
    """The reply that JSON has."""
    return Reply(
        str(written["text"]),
        tuple(Called(str(name), str(arguments)) for name, arguments in written["calls"]),
        Spent(1, *written["spent"]),
    )
