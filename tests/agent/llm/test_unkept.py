"""Where the workspace file cannot be used, questions are answered all the same, with a note; a model is not asked."""

from pathlib import Path

import pytest

from agent.analyst import Analyst
from agent.planner import Conversation
from agent.settings import Settings
from agent.wiring import connect
from tests.agent.llm.conftest import with_model
from tests.agent.llm.server import ChatServer, call
from tests.asking import ask
from tests.conftest import AS_OF
from workspace.store import NotKept

UNKNOWN = "本月的吸金总额"
RIGHT = call("query", metrics=["revenue"], period="本月", words={"吸金总额": "revenue"})
BROKEN = "no database at all " * 100


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    path = tmp_path / "workspace.sqlite"
    path.write_text(BROKEN)
    return path


@pytest.fixture
def alone(tiny: Path, broken: Path) -> Analyst:
    """An analyst without a model whose workspace is broken."""
    told = {"WENSHU_WAREHOUSE": tiny, "WENSHU_AS_OF": AS_OF, "WENSHU_PLANNER": "rules", "WENSHU_WORKSPACE": broken}
    return connect(Settings.model_validate(told))


def test_the_rules_answer_with_a_note(alone: Analyst, broken: Path) -> None:
    alone.prepare()
    answer = ask(alone, "本月GMV")
    assert answer.json()["rows"] == [[820]]
    assert ["工作区文件不能用" in each for each in answer.notes] == [True, False]
    assert not any(str(broken.parent) in each for each in answer.notes)
    assert broken.read_text() == BROKEN


def test_a_question_back_and_a_refusal_have_the_note_too(alone: Analyst) -> None:
    for question, status in (("最近GMV怎么样", "clarify"), (UNKNOWN, "refuse")):
        answer = ask(alone, question)
        assert answer.status == status
        assert "工作区文件不能用" in answer.notes[0]


def test_a_model_that_cannot_be_counted_is_not_asked(tiny: Path, broken: Path, server: ChatServer) -> None:
    server.acts(RIGHT)
    answer = ask(with_model(tiny, server, WENSHU_WORKSPACE=broken, WENSHU_LLM_KEEP=True), UNKNOWN)
    assert answer.status == "refuse"
    assert any("无法计数" in each for each in answer.notes)
    assert server.requests == []


def test_a_mark_that_cannot_be_kept_is_told(alone: Analyst) -> None:
    answer = ask(alone, "本月GMV")
    with pytest.raises(NotKept, match="cannot be used"):
        alone.mark(answer, Conversation())


def test_a_reply_that_cannot_be_kept_is_used(
    tiny: Path, tmp_path: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise NotKept(tmp_path, OSError("disk full"))

    monkeypatch.setattr("workspace.replies.Replies.keep", fails)
    monkeypatch.setattr("workspace.spending.Spending.correct", fails)
    server.acts(RIGHT)
    analyst = with_model(tiny, server, WENSHU_WORKSPACE=tmp_path / "workspace.sqlite", WENSHU_LLM_KEEP=True)
    assert ask(analyst, UNKNOWN).json()["rows"] == [[450]]


def test_a_kept_reply_that_is_broken_is_asked_for_anew(
    tiny: Path, tmp_path: Path, server: ChatServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workspace.replies.Replies.find", lambda *_: '{"text": ')
    server.acts(RIGHT)
    analyst = with_model(tiny, server, WENSHU_WORKSPACE=tmp_path / "workspace.sqlite", WENSHU_LLM_KEEP=True)
    assert ask(analyst, UNKNOWN).json()["rows"] == [[450]]
