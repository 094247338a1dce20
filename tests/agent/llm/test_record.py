"""Requests and replies as a record: written, played again with nobody there, compared by what they scored."""

import gzip
import json
from pathlib import Path

import pytest

from tests.agent.llm.conftest import with_model
from tests.agent.llm.server import INPUT_TOKENS, OUTPUT_TOKENS, Act, ChatServer, call
from tests.asking import ask
from tests.eval.asked import SCRIPTED

UNKNOWN = "本月的吸金总额"
RIGHT = call("query", metrics=["revenue"], period="本月", words={"吸金总额": "revenue"})
WRONG = call("query", metrics=["takings"])
NOBODY = "http://127.0.0.1:9/v1"


@pytest.mark.parametrize("name", ["record.jsonl", "record.jsonl.gz"])
def test_a_record_is_played_with_nobody_there(name: str, tiny: Path, server: ChatServer, tmp_path: Path) -> None:
    path = tmp_path / "deep" / name
    server.acts(Act(status=500), WRONG, RIGHT)
    first = ask(with_model(tiny, server, WENSHU_LLM_RECORD=path), UNKNOWN)
    played = ask(with_model(tiny, server, WENSHU_LLM_REPLAY=path, OPENAI_BASE_URL=NOBODY, WENSHU_LLM="other"), UNKNOWN)
    assert played.json()["rows"] == first.json()["rows"]
    assert played.doubts == first.doubts
    assert (first.llm["calls"], played.llm["calls"]) == (3, 2)  # what was asked again is played as it ended
    assert (played.llm["input_tokens"], played.llm["output_tokens"]) == (2 * INPUT_TOKENS, 2 * OUTPUT_TOKENS)
    assert len(server.requests) == 3


def test_a_record_holds_what_was_sent_and_no_key(tiny: Path, server: ChatServer, tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    server.acts(RIGHT)
    ask(with_model(tiny, server, WENSHU_LLM_RECORD=path), UNKNOWN)
    (line,) = path.read_text("utf-8").splitlines()
    told = json.loads(line)
    assert [each["text"] for each in told["messages"]] == [
        each["content"] for each in server.requests[0].body["messages"]
    ]
    assert told["reply"]["calls"][0][0] == "query"
    assert "secret-key" not in line


def test_where_prompts_changed_the_reply_is_that_to_the_same_question(
    tiny: Path, server: ChatServer, tmp_path: Path
) -> None:
    path = tmp_path / "record.jsonl"
    server.acts(RIGHT)
    ask(with_model(tiny, server, WENSHU_LLM_RECORD=path), UNKNOWN)
    path.write_text(path.read_text("utf-8").replace("The data end on", "The data finish on"), "utf-8")
    played = with_model(tiny, server, WENSHU_LLM_REPLAY=path)
    assert ask(played, UNKNOWN).planner == "llm"
    unrecorded = ask(played, "本月的吸人总数")
    assert unrecorded.status == "refuse"
    assert "记录里没有" in unrecorded.notes[0]
    assert len(server.requests) == 1


def test_a_fault_is_played_as_a_fault(tiny: Path, server: ChatServer, tmp_path: Path) -> None:
    path = tmp_path / "record.jsonl"
    server.acts(Act(status=401))
    ask(with_model(tiny, server, WENSHU_LLM_RECORD=path), UNKNOWN)
    assert "不接受这个密钥" in ask(with_model(tiny, server, WENSHU_LLM_REPLAY=path), UNKNOWN).notes[0]


def test_the_record_that_ships_is_whole_and_holds_nothing_personal() -> None:
    with gzip.open(SCRIPTED, "rt", encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    assert len(lines) > 50
    assert all("reply" in each for each in lines)
    assert "Bearer" not in json.dumps(lines)


def test_a_record_is_its_owner_s_alone(tiny: Path, tmp_path: Path, server: ChatServer) -> None:
    server.acts(RIGHT)
    ask(with_model(tiny, server, WENSHU_LLM_RECORD=tmp_path / "record.jsonl"), UNKNOWN)
    assert (tmp_path / "record.jsonl").stat().st_mode & 0o077 == 0


def test_a_record_that_cannot_be_written_stops_no_question(tiny: Path, tmp_path: Path, server: ChatServer) -> None:
    server.acts(RIGHT)
    assert ask(with_model(tiny, server, WENSHU_LLM_RECORD=tmp_path), UNKNOWN).status == "answer"


@pytest.mark.parametrize("held", [None, b"no JSON", b"{}", b'{"messages": []}'])
def test_a_record_that_cannot_be_read_is_told(
    held: bytes | None, tiny: Path, tmp_path: Path, server: ChatServer
) -> None:
    path = tmp_path / "record.jsonl"
    if held is not None:
        path.write_bytes(held)
    analyst = with_model(tiny, server, WENSHU_LLM_REPLAY=path)
    analyst.prepare()
    answer = ask(analyst, UNKNOWN)
    assert answer.status == "refuse"
    assert "WENSHU_LLM_REPLAY" in answer.text
    assert server.requests == []
