"""A scripted model beside the tiny shop."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.analyst import Analyst
from agent.settings import Settings
from agent.wiring import connect
from tests.agent.llm.server import Act, ChatServer
from tests.conftest import AS_OF


@pytest.fixture(scope="session", autouse=True)
def nothing_personal_was_sent(shop: Path, tiny: Path) -> Iterator[None]:
    """Of all requests that the whole suite caused, none holds a phone number, a nickname or a review of its shops."""
    yield
    sent = "\n".join(each.text for each in ChatServer.ever)
    assert not re.search(r"secret-key|\bsk-", sent)
    for path in (shop, tiny):
        with duckdb.connect(str(path), read_only=True) as connection:
            personal = connection.execute(
                "SELECT phone FROM users UNION SELECT nickname FROM users WHERE length(nickname) > 2 "
                "UNION SELECT content FROM reviews WHERE length(content) > 4"
            ).fetchall()
        assert [told for (told,) in personal if told in sent] == []


@pytest.fixture(scope="module")
def running() -> Iterator[ChatServer]:
    with ChatServer().running() as server:
        yield server


@pytest.fixture
def server(running: ChatServer) -> ChatServer:
    """The server, nothing sent to it yet."""
    running.requests.clear()
    running.acts(Act(status=500))
    return running


def with_model(shop: Path, server: ChatServer, **told: Any) -> Analyst:
    """An analyst of a shop that may ask the scripted model."""
    return connect(
        Settings.model_validate(
            {
                "WENSHU_WAREHOUSE": shop,
                "WENSHU_AS_OF": AS_OF,
                "WENSHU_PLANNER": "auto",
                "WENSHU_LLM": "scripted",
                "OPENAI_BASE_URL": server.address,
                "OPENAI_API_KEY": "secret-key",
                "WENSHU_LLM_TOKENS_PERSON": 10**9,  # all tests of a process count as one person on one day
                "WENSHU_LLM_TOKENS_DAY": 10**9,
                "WENSHU_LLM_KEEP": False,  # a test scripts what its own questions get
                "WENSHU_LLM_SECONDS": 60,  # the first question loads what talks to the model, on a busy machine slowly
                **told,
            }
        )
    )


@pytest.fixture(scope="module")
def helped(tiny: Path, running: ChatServer) -> Analyst:
    """An analyst of the tiny shop: rules first, then the scripted model."""
    return with_model(tiny, running)


@pytest.fixture(scope="module")
def led(tiny: Path, running: ChatServer) -> Analyst:
    """An analyst of the tiny shop whose questions the scripted model plans."""
    return with_model(tiny, running, WENSHU_PLANNER="llm")
