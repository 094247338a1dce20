"""What one visitor's page keeps on the server: conversations, the running question, the secrets of its downloads."""

from collections import deque
from dataclasses import dataclass, field, replace
from secrets import token_urlsafe

from agent.answer import Answer
from agent.planner import Conversation
from ui.downloads import Downloads
from warehouse.stop import Stop

MOST_TALKS = 50
MOST_TABLES = 10
MOST_ENDED = 100


@dataclass
class Session:
    """One visitor's page. Ids of conversations and turns are the page's own and mean nothing outside it."""

    talks: dict[str, dict[str, Answer]] = field(default_factory=dict)
    running: dict[str, Stop] = field(default_factory=dict)
    ended: deque[str] = field(default_factory=lambda: deque(maxlen=MOST_ENDED))
    whole: deque[tuple[str, str]] = field(default_factory=deque)
    secrets: dict[tuple[str, str], str] = field(default_factory=dict)
    closed: bool = False

    def conversation(self, talk: str) -> Conversation:
        """The answers of one conversation so far."""
        return Conversation(tuple(self.talks.get(talk, {}).values()))

    def before(self, talk: str, turn: str) -> Conversation:
        """The answers of one conversation that came before a turn of it."""
        turns = self.talks.get(talk, {})
        return Conversation(tuple(turns[each] for each in list(turns)[: list(turns).index(turn)]))

    def begin(self, turn: str) -> Stop:
        """The stop of a question that begins; one that was pressed on the way is pressed already."""
        return self.running.setdefault(turn, Stop())

    def end(self, turn: str) -> None:
        """Forget a question's stop."""
        self.ended.append(turn)
        self.running.pop(turn, None)

    def stop(self, turn: str) -> None:
        """Press the stop of one question, even before it begins; after its end it does nothing."""
        self.running.setdefault(turn, Stop()).press()
        if turn in self.ended:  # looked up last, for it may end in another thread meanwhile
            self.running.pop(turn, None)

    def keep(self, talk: str, turn: str, answer: Answer) -> None:
        """Add an answer to its conversation.

        Of the last ten answers the tables and charts are kept, of earlier ones the words and the plan only. The
        conversation begun first goes where there are more than fifty.
        """
        self.talks.setdefault(talk, {})[turn] = answer
        self.whole.append((talk, turn))
        if len(self.talks) > MOST_TALKS:
            del self.talks[next(iter(self.talks))]
        if len(self.whole) > MOST_TABLES:
            talk, turn = self.whole.popleft()
            if turn in self.talks.get(talk, {}):
                kept = self.talks[talk][turn]
                parts = tuple(replace(each, table=None, chart=None) for each in kept.parts)
                self.talks[talk][turn] = replace(kept, table=None, chart=None, parts=parts)

    def secret(self, talk: str, turn: str) -> str:
        """The word under which one answer's file is offered."""
        return self.secrets.setdefault((talk, turn), token_urlsafe(24))

    def close(self, downloads: Downloads) -> None:
        """Stop what runs and remove the files; nothing is offered to this page any more."""
        self.closed = True
        for turn in list(self.running):
            self.stop(turn)
        downloads.withdraw(list(self.secrets.values()))
