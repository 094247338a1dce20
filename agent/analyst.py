"""Asking a question: the one loop from words to an answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from agent.answer import Answer
from agent.steps import Step
from warehouse.stop import Stop
from warehouse.text import Language


@dataclass(frozen=True)
class Conversation:
    """The answers so far, oldest first."""

    answers: tuple[Answer, ...] = ()


@dataclass(frozen=True)
class About:
    """What the page says of the shop at hand, in one language."""

    data_name: str
    as_of: str
    planner: str
    examples: tuple[str, ...]


class Analyst:
    """Answers questions about one warehouse. Safe to share between threads; conversations are the callers'."""

    def about(self, language: Language) -> About:
        """The shop's name, its as-of day (ISO), the planner, and six example questions that will be answered."""
        raise NotImplementedError

    def ask(
        self,
        question: str,
        conversation: Conversation,
        *,
        language: Language | None = None,
        limit: int | None = 1000,
        stop: Stop | None = None,
    ) -> Iterator[Step | Answer]:
        """Steps as they begin and end, then one `Answer`. Never raises for what a user can mend.

        The answer is in the question's language; `language` decides where the question does not show one.
        """
        raise NotImplementedError

    def export(self, answer: Answer, path: Path, *, stop: Stop | None = None) -> int:
        """Write every row of the answer's table to a CSV file at `path` (UTF-8 with a mark); returns how many."""
        raise NotImplementedError
