"""What one visitor's page keeps on the server: conversations, the running question, files to download."""

import contextlib
import secrets
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from agent.answer import Answer
from agent.planner import Conversation
from warehouse.stop import Stop


@dataclass
class Session:
    """One visitor's page. Ids of conversations and turns are the page's own and mean nothing outside it."""

    talks: dict[str, dict[str, Answer]] = field(default_factory=dict)
    running: dict[str, Stop] = field(default_factory=dict)
    folder: Path | None = None

    def conversation(self, talk: str) -> Conversation:
        """The answers of one conversation so far."""
        return Conversation(tuple(self.talks.get(talk, {}).values()))

    def begin(self, turn: str) -> Stop:
        """The stop of a question that begins; one that was pressed on the way is pressed already."""
        return self.running.setdefault(turn, Stop())

    def end(self, turn: str) -> None:
        """Forget a question's stop."""
        self.running.pop(turn, None)

    def keep(self, talk: str, turn: str, answer: Answer) -> None:
        """Add an answer to its conversation."""
        self.talks.setdefault(talk, {})[turn] = answer

    def stop(self, turn: str) -> None:
        """Press the stop of one question, even before it begins."""
        self.begin(turn).press()

    def new_file(self) -> Path:
        """A path for one download, in a folder that `close` takes away."""
        if self.folder is None:
            self.folder = Path(tempfile.mkdtemp(prefix="wenshu-"))
        return self.folder / f"{secrets.token_hex(8)}.csv"

    def close(self) -> None:
        """Stop what runs and remove the files."""
        for turn in list(self.running):
            self.stop(turn)
        if self.folder is not None:
            with contextlib.suppress(OSError):
                shutil.rmtree(self.folder)
