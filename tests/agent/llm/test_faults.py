"""Every way in which a server fails: requests and time are bounded, then the rules answer, with a plain note."""

import itertools
import socket
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from agent.analyst import Analyst
from agent.answer import Answer
from agent.planner import Conversation
from agent.planners.llm import exchange
from agent.planners.llm.breaker import FAILURES, REST_SECONDS, Breaker
from tests.agent.llm.conftest import with_model
from tests.agent.llm.server import Act, ChatServer, call
from tests.asking import ask
from warehouse.stop import Stop

UNKNOWN = "本月的吸金总额"
SECONDS = 3.0  # what a hasty question may wait
SILENCE = 60.0  # how long the server says nothing: far longer than anybody waits, on a busy machine too
SOON = 30.0
RIGHT = call("query", metrics=["revenue"], period="本月", words={"吸金总额": "revenue"})


@pytest.fixture
def patient(helped: Analyst, server: ChatServer, monkeypatch: pytest.MonkeyPatch) -> Analyst:
    """An analyst with time for every request and short pauses, its model connected to, earlier failures forgotten."""
    monkeypatch.setattr(exchange, "PAUSES", (0.01, 0.02, 0.03))
    _connected(helped, server)
    return helped


def _connected(analyst: Analyst, server: ChatServer) -> None:
    """Ask once, so that what loads once is loaded."""
    server.acts(RIGHT)
    assert ask(analyst, UNKNOWN).status == "answer"
    server.requests.clear()


def _endless() -> Iterator[str]:
    chunk = '{"id":"x","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"%s"}}]}'  # noqa: E501
    return itertools.repeat(chunk % ("很" * 200))


FAULTS: dict[str, tuple[str, Act, int]] = {
    "401": ("不接受这个密钥", Act(status=401), 1),
    "403": ("不接受这个密钥", Act(status=403), 1),
    "404 for every manner": ("不接受这样的请求", Act(status=404), 3),
    "429": ("正忙", Act(status=429), 4),
    "429 for long": ("正忙", Act(status=429, headers={"retry-after": "60"}), 1),
    "500": ("出错", Act(status=500), 4),
    "503": ("出错", Act(status=503), 4),
    "cut in the middle": ("中断", Act(calls=RIGHT.calls, cut=True), 4),
    "an end that is none": ("中断", Act(calls=RIGHT.calls, unfinished=True), 4),
    "nothing at all": ("无法读取", Act(lines=[]), 4),
    "a reply that is no JSON": ("无法读取", Act(lines=["<html>502 Bad Gateway</html>"]), 4),
    "a reply of another kind": ("中断", Act(lines=['{"hello": "world"}']), 4),
    "an error in the stream": ("出错", Act(lines=['{"error": {"message": "overloaded", "type": "server"}}']), 4),
    "a text without end": ("太长", Act(lines=_endless()), 1),
    "a line without end": ("太长", Act(flood=b"data: " + b"x" * 65_536), 1),
}


@pytest.mark.parametrize(("why", "act", "requests"), FAULTS.values(), ids=FAULTS)
def test_a_fault_ends_in_the_rules_own_answer(
    why: str, act: Act, requests: int, patient: Analyst, tiny_analyst: Analyst, server: ChatServer
) -> None:
    own = ask(tiny_analyst, UNKNOWN)
    server.acts(act)
    answer = ask(patient, UNKNOWN)
    assert (answer.status, answer.text, answer.planner) == (own.status, own.text, "rules")
    assert why in answer.notes[0]
    assert len(server.requests) == requests
    assert answer.llm["calls"] == len(server.requests)


def test_silence_ends_when_the_time_is_up(tiny: Path, tiny_analyst: Analyst, server: ChatServer) -> None:
    analyst = with_model(tiny, server, WENSHU_LLM_SECONDS=SECONDS)
    analyst.prepare()
    server.acts(Act(wait=SILENCE))
    begun = time.monotonic()
    answer = ask(analyst, UNKNOWN)
    assert time.monotonic() - begun < SOON
    assert (answer.text, answer.planner) == (ask(tiny_analyst, UNKNOWN).text, "rules")
    assert "没有在限定的时间内" in answer.notes[0]
    assert len(server.requests) <= 1


@pytest.mark.parametrize("act", [Act(status=429), Act(status=500), Act(calls=RIGHT.calls, cut=True), Act(lines=[])])
def test_a_passing_fault_is_tried_again(act: Act, patient: Analyst, server: ChatServer) -> None:
    server.acts(act, RIGHT)
    answer = ask(patient, UNKNOWN)
    assert answer.status == "answer", answer.notes
    assert answer.llm["calls"] == 2


def test_in_the_mode_llm_the_rules_answer_where_the_model_fails(tiny: Path, server: ChatServer) -> None:
    analyst = with_model(tiny, server, WENSHU_PLANNER="llm")
    server.acts(Act(status=500))
    answer = ask(analyst, "本月GMV")
    assert answer.status == "answer"
    assert answer.json()["rows"] == [[820]]
    assert answer.planner == "rules"
    assert "出错" in answer.notes[0]


def test_nobody_there(tiny: Path, server: ChatServer, tiny_analyst: Analyst) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        nobody = f"http://127.0.0.1:{probe.getsockname()[1]}/v1"
    answer = ask(with_model(tiny, server, OPENAI_BASE_URL=nobody), UNKNOWN)
    assert answer.text == ask(tiny_analyst, UNKNOWN).text
    assert "连不上" in answer.notes[0]


def test_calls_without_end_are_four(tiny: Path, server: ChatServer) -> None:
    """A model that never gets it right, behind a server that fails in between."""
    wrong = call("query", metrics=["takings"], period="本月")
    server.acts(Act(status=500), wrong, Act(status=500), wrong, wrong, wrong)
    answer = ask(with_model(tiny, server), UNKNOWN)
    assert answer.status == "refuse"
    assert answer.llm["calls"] == len(server.requests) == 4


def test_a_call_that_fails_when_run_goes_back_no_more_than_twice(tiny: Path, server: ChatServer) -> None:
    """City is no thing of a campaign's budget: resolving says so."""
    wrong = call(
        "query", metrics=["campaign_budget"], by=["city"], period="本月", words={"吸金总额": "campaign_budget"}
    )
    server.acts(wrong)
    assert ask(with_model(tiny, server), UNKNOWN).status == "refuse"
    assert len(server.requests) == 3


def test_a_stop_ends_the_wait(patient: Analyst, server: ChatServer) -> None:
    server.acts(Act(wait=SILENCE))
    stop = Stop()
    threading.Timer(0.5, stop.press).start()
    begun = time.monotonic()
    (answer,) = [e for e in patient.ask(UNKNOWN, Conversation(), stop=stop) if isinstance(e, Answer)]
    assert time.monotonic() - begun < SOON
    assert answer.status == "error"
    assert "已停止" in answer.text


def test_a_stop_ends_the_pause_between_two_requests(patient: Analyst, server: ChatServer) -> None:
    server.acts(Act(status=429, headers={"retry-after": "50"}))
    stop = Stop()
    threading.Timer(0.5, stop.press).start()
    begun = time.monotonic()
    (answer,) = [e for e in patient.ask(UNKNOWN, Conversation(), stop=stop) if isinstance(e, Answer)]
    assert time.monotonic() - begun < SOON
    assert "已停止" in answer.text


def test_after_three_questions_without_a_reply_the_model_is_left_alone(tiny: Path, server: ChatServer) -> None:
    analyst = with_model(tiny, server)
    server.acts(Act(status=401))
    notes = [ask(analyst, UNKNOWN).notes[0] for _ in range(FAILURES + 1)]
    assert len(server.requests) == FAILURES
    assert "暂时不用它" in notes[-1]


def test_the_breaker_lets_one_try_after_a_rest() -> None:
    now = [0.0]
    clock: Callable[[], float] = lambda: now[0]  # noqa: E731
    breaker = Breaker(clock)
    for _ in range(FAILURES - 1):
        breaker.failed()
    assert not breaker.open
    breaker.failed()
    assert breaker.open
    now[0] = REST_SECONDS
    assert not breaker.open
    breaker.failed()
    assert breaker.open
    breaker.succeeded()
    assert not breaker.open


def test_ten_people_at_once_are_not_mixed_up(tiny: Path, server: ChatServer) -> None:
    """Each gets the reply to its own question, and the questions do not wait for one another."""
    analyst = with_model(tiny, server)
    _connected(analyst, server)
    metrics = {"吸金总额": "revenue", "吸人总数": "active_users"}

    def script(request: object) -> Act:
        word = next(each for each in metrics if each in getattr(request, "text", ""))
        reply = call("query", metrics=[metrics[word]], period="本月", words={word: metrics[word]})
        return Act(calls=reply.calls, wait=0.5)

    server.script = script
    answers: dict[int, Answer] = {}

    def one(at: int) -> None:
        answers[at] = ask(analyst, f"本月的{list(metrics)[at % 2]}")

    threads = [threading.Thread(target=one, args=(at,)) for at in range(10)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=60)
    assert {at: answer.json()["rows"] for at, answer in answers.items()} == {
        at: [[450]] if at % 2 == 0 else [[5]] for at in range(10)
    }
