"""Replies that no honest server sends: none raises, is counted wrongly, or takes more than its bound."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.analyst import Analyst
from tests.agent.llm.conftest import with_model
from tests.agent.llm.server import Act, ChatServer, call
from tests.asking import ask

UNKNOWN = "本月的吸金总额"
WORDS = {"吸金总额": "revenue"}
RIGHT = {"metrics": ["revenue"], "period": "本月", "words": WORDS}
DEEP = '{"metrics":["revenue"],"where":[' + '{"not":' * 400 + '{"segment":"churned"}' + "}" * 400 + "]}"
HALF = "\ud800"

ODD: dict[str, Act] = {
    "questions that are a number": call("clarify", questions=5),
    "questions that are nothing": call("clarify", questions=None),
    "conditions in conditions without end": Act(calls=[("query", DEEP)]),
    "the same, packed as text": call("query", metrics=["revenue"], where="[" * 700 + "]" * 700),
    "the same, as a text": Act(text=f'{{"calls":[{{"function":"query","arguments":{DEEP}}}]}}'),
    "half a character in a name": call("query", metrics=[HALF]),
    "half a character in a period": call("query", metrics=["revenue"], period=HALF),
    "half a character packed as text": call("query", metrics=["revenue"], where='[{"segment": "\\ud800"}]'),
    "half a character for a word": call("query", **{**RIGHT, "words": {**WORDS, HALF: HALF}}),
    "half a character as it is": Act(calls=[("query", '{"metrics": ["' + HALF + '"]}')]),
    "half a character in prose": Act(text=HALF),
    "a number of five thousand digits": Act(calls=[("query", '{"metrics":["revenue"],"limit":1%s}' % ("0" * 5000))]),
    "no number": Act(calls=[("query", '{"metrics":["revenue"],"limit":NaN}')]),
}


@pytest.mark.parametrize("act", ODD.values(), ids=ODD)
def test_an_odd_reply_gives_the_rules_own_answer(
    act: Act, helped: Analyst, tiny_analyst: Analyst, server: ChatServer
) -> None:
    server.acts(act)
    answer = ask(helped, UNKNOWN)
    assert (answer.status, answer.text) == ("refuse", ask(tiny_analyst, UNKNOWN).text)
    json.dumps(answer.json(), ensure_ascii=False).encode()


def frames(delta: dict[str, Any], finish: str = "tool_calls", usage: dict[str, Any] | None = None) -> Iterator[str]:
    """A stream of one reply."""
    frame = {"id": "x", "object": "chat.completion.chunk", "created": 1, "model": "m"}
    yield json.dumps({**frame, "choices": [{"index": 0, "delta": delta, "finish_reason": None}]})
    yield json.dumps({**frame, "choices": [{"index": 0, "delta": {}, "finish_reason": finish}]})
    if usage is not None:
        yield json.dumps({**frame, "choices": [], "usage": usage})
    yield "[DONE]"


CALLED = {
    "role": "assistant",
    "tool_calls": [
        {"index": 0, "id": "1", "type": "function", "function": {"name": "query", "arguments": json.dumps(RIGHT)}}
    ],
}


@pytest.mark.parametrize("count", [-900_000, 0, None, 10**30])
def test_a_count_of_tokens_that_cannot_be_is_estimated(count: int | None, tiny: Path, server: ChatServer) -> None:
    usage = {"prompt_tokens": count, "completion_tokens": count, "total_tokens": count}
    server.acts(Act(lines=list(frames(CALLED, usage=usage))))
    answer = ask(with_model(tiny, server), UNKNOWN)
    assert answer.status == "answer"
    assert 1_000 < answer.llm["input_tokens"] < 10_000
    assert 0 < answer.llm["output_tokens"] < 100


def test_a_reply_that_its_limit_cut_is_not_asked_for_again(tiny: Path, server: ChatServer) -> None:
    server.acts(Act(lines=list(frames(CALLED, "length"))))
    answer = ask(with_model(tiny, server), UNKNOWN)
    assert answer.status == "refuse"
    assert "太长" in answer.notes[0]
    assert len(server.requests) == 1


def test_a_packed_reply_is_not_unpacked(tiny: Path, server: ChatServer) -> None:
    server.acts(Act(flood=gzip.compress(b"data: " + bytes(50_000_000)), headers={"Content-Encoding": "gzip"}))
    answer = ask(with_model(tiny, server), UNKNOWN)
    assert "无法读取" in answer.notes[0]
    assert {each.headers["accept-encoding"] for each in server.requests} == {"identity"}
