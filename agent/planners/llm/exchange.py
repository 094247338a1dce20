"""Requests of one question: bounded in number and in time, sent again where that may help, stopped at once."""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from agent.planner import Spent
from agent.planners.llm.breaker import Breaker
from agent.planners.llm.chat import Chat, Fault, Message, Reply
from agent.planners.llm.purse import Purse
from warehouse.stop import Stop

MOST_CALLS = 4
PAUSES = (0.3, 0.9, 2.7)  # seconds before a request is sent again
LEAST_SECONDS = 0.2  # too short a wait to be worth a request


class Exhausted(Exception):
    """As many requests as one question may take were sent."""


@dataclass
class Exchange:
    """The requests of one question; `until` is when, on the monotonic clock, the last of them must have ended."""

    chat: Chat
    purse: Purse
    breaker: Breaker
    until: float
    stop: Stop
    calls: int = 0
    spent: Spent = field(default_factory=Spent)

    def reply(self, messages: Sequence[Message], functions: Sequence[Mapping[str, Any]]) -> Reply:
        """The model's reply; raises `Fault` where none is to be had, `Exhausted`, `OverLimit` and `Stopped`."""
        if (kept := self.purse.found(messages, functions)) is not None:
            self.spent += kept.spent
            return kept
        for attempt in range(MOST_CALLS + 1):
            try:
                reply = self._sent(messages, functions)
            except Fault as fault:
                if not self._may_do_again(fault, attempt):
                    self.breaker.failed()
                    raise
            else:
                self.breaker.succeeded()
                self.purse.keep(messages, functions, reply)
                return reply
        raise Exhausted

    def _sent(self, messages: Sequence[Message], functions: Sequence[Mapping[str, Any]]) -> Reply:
        if self.calls >= MOST_CALLS:
            raise Exhausted
        if self._left() < LEAST_SECONDS:
            raise Fault("late")
        self.stop.check()
        reserved = self.purse.reserve(messages, functions)
        self.calls += 1
        self.spent += Spent(1)
        begun = time.monotonic()
        try:
            reply = self.chat.reply(messages, functions, seconds=self._left(), stop=self.stop)
        except Fault as fault:
            self.spent += replace(self.purse.failed(reserved, fault.kind), seconds=time.monotonic() - begun)
            raise
        waited = reply.spent.seconds or time.monotonic() - begun
        self.spent += self.purse.settle(reserved, replace(reply.spent, calls=0, seconds=waited))
        return reply

    def _may_do_again(self, fault: Fault, attempt: int) -> bool:
        """Whether another request may do; if so, after the pause that it takes."""
        if self.calls >= MOST_CALLS:
            return False
        if fault.kind == "unfit":
            return self.chat.simpler()
        pause = max(PAUSES[min(attempt, len(PAUSES) - 1)], fault.after or 0.0)
        if not fault.passing or pause + LEAST_SECONDS > self._left():
            return False
        pressed = threading.Event()
        with self.stop.cancelling(pressed.set):
            pressed.wait(pause)
        self.stop.check()
        return True

    def _left(self) -> float:
        return self.until - time.monotonic()
