"""Requests and replies as a file: written while a model is asked, and played again with no model there."""

import gzip
import json
import logging
import threading
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import IO, Any, cast

from agent.planners.llm.chat import Chat, Fault, Kind, Message, Reply
from agent.planners.llm.purse import fingerprint, reply_json, reply_of
from warehouse.errors import NotAllowed
from warehouse.stop import Stop
from warehouse.text import Text

LOG = logging.getLogger(__name__)
OWNER_ONLY = 0o600  # it holds what people asked
ANY_MODEL = ""  # a record is played whatever the model is called


class Recording:
    """A chat model each of whose requests and replies, or faults, goes into a file, a line each."""

    def __init__(self, chat: Chat, path: Path) -> None:
        self._chat, self._path = chat, path
        self._lock = threading.Lock()

    def reply(
        self, messages: Sequence[Message], functions: Sequence[Mapping[str, Any]], *, seconds: float, stop: Stop
    ) -> Reply:
        """The chat model's reply, written down."""
        begun = time.monotonic()
        try:
            reply = self._chat.reply(messages, functions, seconds=seconds, stop=stop)
        except Fault as fault:
            self._write(messages, functions, {"fault": fault.kind})
            raise
        waited = round(time.monotonic() - begun, 3)
        self._write(messages, functions, {"reply": reply_json(reply), "seconds": waited})
        return reply

    def simpler(self) -> bool:
        """As the chat model has it."""
        return self._chat.simpler()

    def _write(
        self, messages: Sequence[Message], functions: Sequence[Mapping[str, Any]], came: Mapping[str, Any]
    ) -> None:
        asked = {"messages": [asdict(each) for each in messages], "functions": list(functions)}
        try:
            with self._lock:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                self._path.touch(OWNER_ONLY)
                with _opened(self._path, "at") as file:
                    file.write(json.dumps({**asked, **came}, ensure_ascii=False) + "\n")
        except OSError as error:  # the reply is no worse for it
            LOG.warning("Not recorded: %s", error)


class Replaying:
    """A record in the place of a chat model: the reply that the same request got.

    Where prompts have changed since, that to the same question, after as many messages.
    """

    def __init__(self, path: Path) -> None:
        try:
            lines = list(_lines(path))
            self._exact = {_key(each): each for each in lines}
            self._near = {_near_key(each): each for each in lines}
        except (OSError, EOFError, ValueError, KeyError, TypeError, IndexError, zlib.error) as error:
            raise NotAllowed(
                Text(f"大模型的记录 {path} 不能用：{error}。", f"The record {path} cannot be used: {error}."),
                Text("请检查 WENSHU_LLM_REPLAY。", "Check WENSHU_LLM_REPLAY."),
            ) from error
        self._told = False

    def reply(
        self,
        messages: Sequence[Message],
        functions: Sequence[Mapping[str, Any]],
        *,
        seconds: float,  # noqa: ARG002 - nothing is waited for
        stop: Stop,  # noqa: ARG002
    ) -> Reply:
        """The reply recorded; raises the `Fault` recorded, and one where nothing is."""
        asked = {"messages": [asdict(each) for each in messages], "functions": list(functions)}
        line = self._exact.get(_key(asked))
        if line is None and (line := self._near.get(_near_key(asked))) is not None and not self._told:
            self._told = True
            LOG.warning("Prompts are not those of the record: replies are those to the same questions.")
        if line is None:
            raise Fault("unrecorded")
        if "fault" in line:
            raise Fault(cast("Kind", line["fault"]))
        reply = reply_of(line["reply"])
        return replace(reply, spent=replace(reply.spent, seconds=line["seconds"]))

    def simpler(self) -> bool:
        """There is but one manner."""
        return False


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    """The lines, replies after faults: what was asked again after a fault is played as it ended."""
    with _opened(path, "rt") as file:
        lines = [json.loads(line) for line in file if line.strip()]
    yield from sorted(lines, key=lambda line: "reply" in line)


def _opened(path: Path, mode: str) -> IO[str]:
    if path.suffix == ".gz":
        return cast("IO[str]", gzip.open(path, mode, encoding="utf-8"))
    return path.open(mode.replace("t", ""), encoding="utf-8")


def _key(asked: Mapping[str, Any]) -> str:
    messages = [Message(**each) for each in asked["messages"]]
    return fingerprint(ANY_MODEL, messages, asked["functions"])


def _near_key(asked: Mapping[str, Any]) -> tuple[str, int]:
    """The line that tells the question, and how many messages there are."""
    return asked["messages"][1]["text"].split("\n", 1)[0], len(asked["messages"])
