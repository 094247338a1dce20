"""What a planner is: it names the next move, and the one loop makes it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from agent.answer import Answer, By, Right
from tools.tool import Result
from warehouse.errors import AnalyticsError
from warehouse.policy import LOCAL
from warehouse.stop import Stop
from warehouse.text import Language, Text
from warehouse.warehouse import Reading

COST_DIGITS = 9


@dataclass(frozen=True)
class Conversation:
    """The answers so far, oldest first."""

    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Spent:
    """What naming a move took of a language model: requests sent, tokens as its server counts them.

    `kept` counts replies that an earlier request of the same words got; `cost` is None where no prices are set;
    `seconds` is how long replies were waited for.
    """

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    kept: int = 0
    cost: float | None = None
    seconds: float = 0.0

    def __add__(self, other: "Spent") -> "Spent":
        costs = [each for each in (self.cost, other.cost) if each is not None]
        return Spent(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            self.output_tokens + other.output_tokens,
            self.kept + other.kept,
            sum(costs) if costs else None,
            self.seconds + other.seconds,
        )

    def json(self) -> dict[str, Any]:
        """Plain values; what there is none of beyond requests and tokens is left out."""
        told = {"calls": self.calls, "input_tokens": self.input_tokens, "output_tokens": self.output_tokens}
        kept = {"kept": self.kept} if self.kept else {}
        waited = {"seconds": round(self.seconds, 3)} if self.calls else {}
        return told | waited | kept | ({} if self.cost is None else {"cost": round(self.cost, COST_DIGITS)})


NOTHING = Spent()


@dataclass(frozen=True)
class Call:
    """Run a tool with these arguments, as JSON has them.

    `unused` are harmless words that the call does not carry, `doubts` what was taken for what and may not be meant so.
    `notes` tell what was kept of the question before. `memory` is what the planner that named it needs of how it came
    to it, for the move after. `told` are its arguments as they name earlier steps, where they do; `right` is who marked
    it right.
    """

    tool: str
    args: Mapping[str, Any]
    unused: tuple[str, ...] = ()
    doubts: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()
    planner: By = "rules"
    spent: Spent = NOTHING
    told: Mapping[str, Any] | None = None
    right: Right | None = None
    memory: object = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Ask:
    """Ask back: each option is a whole question that would be answered."""

    text: Text
    options: tuple[Text, ...]
    unused: tuple[str, ...] = ()
    notes: tuple[Text, ...] = ()
    planner: By = "rules"
    spent: Spent = NOTHING


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer, naming the words that stand in its way, and what can be asked instead.

    A `final` one holds whoever plans: what it declines is not to be done, or is no question.
    """

    text: Text
    unused: tuple[str, ...] = ()
    suggestions: tuple[Text, ...] = ()
    final: bool = False


@dataclass(frozen=True)
class Finish:
    """The end of the moves: what the calls gave is the answer, or there is none for the reason told."""

    refusal: Refusal | None = None
    error: AnalyticsError | None = None
    notes: tuple[Text, ...] = ()
    spent: Spent = NOTHING


@dataclass(frozen=True)
class Failed:
    """A call that a user, or a planner, can mend."""

    error: AnalyticsError


@dataclass(frozen=True)
class Move:
    """A call made, and what came of it."""

    call: Call
    outcome: Result | Failed


@dataclass(frozen=True)
class Turn:
    """One question under way: what was said before it, and the moves made for it.

    `began` is when it was asked, on the monotonic clock; `person` who asked it.
    """

    question: str
    language: Language
    conversation: Conversation
    reading: Reading
    stop: Stop
    moves: tuple[Move, ...] = ()
    began: float = field(default_factory=time.monotonic)
    person: str = LOCAL


class Planner(Protocol):
    """Names the next move of a turn."""

    def prepare(self, reading: Reading) -> None:
        """Make ready what the first question would wait for."""

    def next(self, turn: Turn) -> Call | Ask | Finish:
        """The next move; after a call's outcome, `Finish` where it is the answer."""
