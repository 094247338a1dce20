"""What can be asked next: of the questions that a tool suggests those that are read as they are said."""

from collections.abc import Iterator
from itertools import islice

from agent.answer import Answer
from agent.examples import said
from agent.planner import Call, Conversation, Planner, Turn
from warehouse.errors import AnalyticsError

MOST_SUGGESTIONS = 3


def suggested(answer: Answer, turn: Turn, planner: Planner) -> tuple[str, ...]:
    """The first few of an answer's suggestions that the planner, asked them next, gives the plan of."""
    return tuple(islice(_read_back(answer, turn, planner), MOST_SUGGESTIONS))


def _read_back(answer: Answer, turn: Turn, planner: Planner) -> Iterator[str]:
    conversation = Conversation((*turn.conversation.answers, answer))
    for question in answer.suggestions:
        try:
            move = planner.next(Turn(question, turn.language, conversation, turn.reading, turn.stop))
        except AnalyticsError:
            continue
        if isinstance(move, Call) and not move.doubts and said(move, turn.reading).said(turn.language) == question:
            yield question
