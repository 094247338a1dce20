"""What is said to a chat model and what comes back; what can go wrong between."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from agent.planner import Spent
from warehouse.stop import Stop

Role = Literal["system", "user", "assistant"]
Kind = Literal["late", "denied", "busy", "down", "away", "unfit", "cut", "huge", "garbled", "unrecorded"]
PASSING: frozenset[Kind] = frozenset({"late", "busy", "down", "away", "cut", "garbled"})


@dataclass(frozen=True)
class Message:
    """One message of a talk with a model."""

    role: Role
    text: str


@dataclass(frozen=True)
class Called:
    """A function that the model called; its arguments as it wrote them."""

    name: str
    arguments: str


@dataclass(frozen=True)
class Reply:
    """What the model said: functions called, or text; and what it took."""

    text: str
    calls: tuple[Called, ...]
    spent: Spent


class Fault(Exception):
    """No reply, or none that is whole.

    late: no answer in time · denied: the key is not accepted · busy: too many requests (`after` seconds it is to be
    asked again) · down: an error of the server · away: nobody there · unfit: the server does not take such a request ·
    cut: the reply breaks off · huge: it does not end · garbled: it is no reply of a chat model ·
    unrecorded: a record that is played again has none.
    """

    def __init__(self, kind: Kind, after: float | None = None) -> None:
        super().__init__(kind)
        self.kind = kind
        self.after = after

    @property
    def passing(self) -> bool:
        """Whether the same request may do the next time."""
        return self.kind in PASSING


class Chat(Protocol):
    """A chat model behind an address."""

    def reply(
        self, messages: Sequence[Message], functions: Sequence[Mapping[str, Any]], *, seconds: float, stop: Stop
    ) -> Reply:
        """One request, one reply; raises `Fault`, and `Stopped` when the stop is pressed."""

    def simpler(self) -> bool:
        """Ask in a simpler manner from now on, as older servers need; False where there is none."""
