"""What a planner is: it names the next move, and the one loop makes it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from agent.answer import Answer
from tools.tool import Result
from warehouse.errors import AnalyticsError
from warehouse.stop import Stop
from warehouse.text import Language, Text
from warehouse.warehouse import Reading


@dataclass(frozen=True)
class Conversation:
    """The answers so far, oldest first."""

    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class Call:
    """Run a tool with these arguments, as JSON has them.

    `unused` are harmless words that the call does not carry, `doubts` what was taken for what and may not be meant so.
    `notes` tell what was kept of the question before.
    """

    tool: str
    args: Mapping[str, Any]
    unused: tuple[str, ...] = ()
    doubts: tuple[Text, ...] = ()
    notes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Ask:
    """Ask back: each option is a whole question that would be answered."""

    text: Text
    options: tuple[Text, ...]
    unused: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refusal:
    """Why there is no answer, naming the words that stand in its way, and what can be asked instead."""

    text: Text
    unused: tuple[str, ...] = ()
    suggestions: tuple[Text, ...] = ()


@dataclass(frozen=True)
class Finish:
    """The end of the moves: what the calls gave is the answer, or there is none for the reason told."""

    refusal: Refusal | None = None


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
    """One question under way: what was said before it, and the moves made for it."""

    question: str
    language: Language
    conversation: Conversation
    reading: Reading
    stop: Stop
    moves: tuple[Move, ...] = ()


class Planner(Protocol):
    """Names the next move of a turn."""

    def prepare(self, reading: Reading) -> None:
        """Make ready what the first question would wait for."""

    def next(self, turn: Turn) -> Call | Ask | Finish:
        """The next move; after a call's outcome, `Finish` where it is the answer."""
