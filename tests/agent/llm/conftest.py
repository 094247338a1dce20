"""A scripted model beside the tiny shop."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from agent.analyst import Analyst
from agent.settings import Settings
from agent.wiring import connect
from tests.agent.llm.server import Act, ChatServer
from tests.conftest import AS_OF


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
