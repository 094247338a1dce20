"""The served page over real HTTP: the published function, ten at once, sessions that never mix, downloads."""

import json
import os
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
from gradio_client import Client

from agent.analyst import About
from tests.ui.conftest import Served
from tests.ui.scripted import EXPORTED, Scripted
from ui.serve import serve
from ui.session import MOST_TABLES
from warehouse.errors import QueryFailed
from warehouse.text import Language, Text

PATIENCE = 60


class Visitor:
    """One browser's page, spoken to as the page's script does."""

    def __init__(self, address: str, name: str, *, greeting: str = "hello") -> None:
        self.address, self.name = address, name
        config = json.loads(self._get("config"))
        self.functions = {each["targets"][0][1]: each["id"] for each in config["dependencies"] if each["targets"]}
        self.hello = self.send("load", None)
        assert self.hello["state"] == greeting

    def ask(self, question: str, talk: str, turn: str) -> dict[str, Any]:
        """The last message of a question's turn."""
        return self.send("ask", {"question": question, "talk": talk, "turn": turn, "language": "zh"})

    def send(self, event: str, data: dict[str, Any] | None) -> dict[str, Any]:
        """Trigger an event and return what the page holds when it is over."""
        run = self.begin(event, data)
        return self.end(run)

    def begin(self, event: str, data: dict[str, Any] | None) -> str:
        """Trigger an event; returns its run."""
        inputs = [] if event == "load" else [None]
        body = {"data": inputs, "event_data": data, "fn_index": self.functions[event], "session_hash": self.name}
        run: str = json.loads(self._post("gradio_api/queue/join", body))["event_id"]
        return run

    def end(self, run: str) -> dict[str, Any]:
        """What the page holds when a run is over."""
        held: dict[str, Any] = {}
        for message in self._messages():
            if message.get("event_id") != run or message["msg"] not in {"process_generating", "process_completed"}:
                continue
            data = message["output"].get("data") or []
            if data and isinstance(data[-1], dict):
                held = data[-1]
            if message["msg"] == "process_completed":
                assert message["success"], message
                return held
        raise AssertionError("the server closed the stream")

    def stop(self, turn: str) -> None:
        """Press the stop of a turn."""
        body = {
            "data": [None],
            "event_data": {"turn": turn},
            "fn_index": self.functions["stop"],
            "session_hash": self.name,
        }
        self._post("gradio_api/run/predict", body)

    def _messages(self) -> Iterator[dict[str, Any]]:
        address = f"{self.address}gradio_api/queue/data?session_hash={self.name}"
        with urllib.request.urlopen(address, timeout=PATIENCE) as stream:  # noqa: S310
            for line in stream:
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])

    def _get(self, path: str) -> bytes:
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:  # noqa: S310
            read: bytes = answer.read()
            return read

    def _post(self, path: str, body: dict[str, Any]) -> bytes:
        request = urllib.request.Request(  # noqa: S310
            self.address + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310
            read: bytes = answer.read()
            return read


def test_one_function_is_published_and_answers_in_the_fixed_form(served: Served) -> None:
    client = Client(served.address, verbose=False)
    assert list(client.view_api(return_format="dict")["named_endpoints"]) == ["/ask"]
    answer = client.predict("最近7天活跃但未下单的95后女性有哪些？", "zh", api_name="/ask")
    assert (answer["status"], answer["row_count"], answer["as_of"]) == ("answer", 41, "2026-06-30")
    assert answer["rows"][0][3] == "1995-01-01"
    assert answer["chart"]["data"]["rows"][0] == ["杭州", 14]


def test_ten_people_are_answered_at_once(served: Served) -> None:
    """All ten questions are under way before any may end."""
    questions = [f"平台 wait {at}" for at in range(10)]
    events = [served.analyst.hold(question) for question in questions]
    client = Client(served.address, verbose=False)
    jobs = [client.submit(question, None, api_name="/ask") for question in questions]
    for begun, _ in events:
        assert begun.wait(PATIENCE)
    for _, released in events:
        released.set()
    assert [job.result(timeout=PATIENCE)["question"] for job in jobs] == questions


def test_ten_pages_are_answered_at_once(served: Served) -> None:
    questions = [f"平台 wait page {at}" for at in range(10)]
    events = [served.analyst.hold(question) for question in questions]
    visitors = [Visitor(served.address, f"ten{at}") for at in range(10)]
    with ThreadPoolExecutor(10) as pool:
        turns = [
            pool.submit(visitor.ask, question, "talk", "turn")
            for visitor, question in zip(visitors, questions, strict=True)
        ]
        assert all(begun.wait(PATIENCE) for begun, _ in events)
        for _, released in events:
            released.set()
        assert {turn.result(PATIENCE)["state"] for turn in turns} == {"done"}


def test_conversations_never_mix(served: Served) -> None:
    """Two visitors use the same ids, as every page does; one visitor has two conversations."""
    one, other = Visitor(served.address, "mix-one"), Visitor(served.address, "mix-other")
    one.ask("平台甲", "talk1", "turn1")
    other.ask("平台乙", "talk1", "turn1")
    one.ask("平台甲二", "talk1", "turn2")
    other.ask("平台乙二", "talk1", "turn2")
    one.ask("平台甲三", "talk2", "turn3")
    heard = served.analyst.heard
    assert ("平台甲", "平台甲二") in heard
    assert ("平台乙", "平台乙二") in heard
    assert ("平台甲三",) in heard


def test_stop_ends_the_own_question_only(served: Served) -> None:
    mine, theirs = "wait 平台 mine", "wait 平台 theirs"
    begun = [served.analyst.hold(question)[0] for question in (mine, theirs)]
    one, other = Visitor(served.address, "stop-one"), Visitor(served.address, "stop-other")
    with ThreadPoolExecutor(2) as pool:
        stopped, kept = pool.submit(one.ask, mine, "talk1", "turn1"), pool.submit(other.ask, theirs, "talk1", "turn1")
        assert all(event.wait(PATIENCE) for event in begun)
        one.stop("turn1")
        assert "已停止" in stopped.result(PATIENCE)["html"]
        assert not kept.done()
        served.analyst.hold(theirs)[1].set()
        assert "headline" in kept.result(PATIENCE)["html"]
    assert served.analyst.stopped.count(mine) == 1
    assert theirs not in served.analyst.stopped
    one.ask("平台 after", "talk1", "turn2")
    assert ("平台 after",) in served.analyst.heard, "a stopped question is no part of the conversation"


def test_a_stop_that_overtakes_its_question_still_stops_it(served: Served) -> None:
    visitor = Visitor(served.address, "early-stop")
    visitor.stop("turn1")
    assert "已停止" in visitor.ask("wait 平台 early", "talk1", "turn1")["html"]


def test_a_fault_of_ours_ends_in_words(served: Served, caplog: pytest.LogCaptureFixture) -> None:
    message = Visitor(served.address, "fault").ask("fault 平台", "talk1", "turn1")
    assert message["state"] == "done"
    assert "已记入日志" in message["html"]
    assert "a fault of ours" in caplog.text


def test_an_export_holds_every_row_and_is_its_visitors_own(served: Served) -> None:
    visitor, stranger = Visitor(served.address, "export"), Visitor(served.address, "stranger")
    visitor.ask("未下单的用户", "talk1", "turn1")
    made = visitor.send("download", {"talk": "talk1", "turn": "turn1", "request": "r1"})
    assert made["name"] == "wenshu-2026-06-30-turn1.csv"
    with urllib.request.urlopen(served.address + made["href"], timeout=PATIENCE) as answer:  # noqa: S310
        assert answer.headers["Content-Disposition"].startswith("attachment")
        lines = answer.read().decode("utf-8-sig").splitlines()
    assert len(lines) == 1 + EXPORTED
    refused = stranger.send("download", {"talk": "talk1", "turn": "turn1", "request": "r2"})
    assert "href" not in refused
    assert refused["failed"]


def test_the_file_of_an_answer_long_past_is_to_be_asked_for_again(served: Served) -> None:
    visitor = Visitor(served.address, "long-past")
    for at in range(MOST_TABLES + 1):
        visitor.ask("平台", "talk1", f"turn{at}")
    past, kept = (
        visitor.send("download", {"talk": "talk1", "turn": turn, "request": turn}) for turn in ("turn0", "turn1")
    )
    assert past["failed"] == "没能生成文件，请重新提问后再下载。"
    assert kept["href"]


@pytest.mark.parametrize("path", ["wenshu/download/x", "wenshu/static/../page.py", "wenshu/static/%2e%2e/page.py"])
def test_no_other_file_is_served(served: Served, path: str) -> None:
    with pytest.raises(HTTPError) as caught, urllib.request.urlopen(served.address + path, timeout=PATIENCE):  # noqa: S310
        pass
    assert caught.value.code == 404


def test_an_upload_is_refused(served: Served) -> None:
    body = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\nhello\r\n--x--\r\n'
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    request = urllib.request.Request(served.address + "gradio_api/upload", body, headers)  # noqa: S310
    with pytest.raises(HTTPError) as caught, urllib.request.urlopen(request, timeout=PATIENCE):  # noqa: S310
        pass
    assert caught.value.code == 403


def test_a_proxy_in_the_environment_is_not_asked_for_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody listens at the proxy's port, so that whatever goes through it fails."""
    for name in ("HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.setenv(name, "shop.example")
    told: list[str] = []
    serve(Scripted(), port=0, on_ready=told.append, block=False).close()
    assert urlsplit(told[0]).port not in {None, 0}
    assert os.environ["NO_PROXY"].split(",")[0] == "shop.example"


def test_a_shop_that_cannot_be_read_is_told_in_words() -> None:
    class Lost(Scripted):
        def about(self, language: Language) -> About:  # noqa: ARG002
            raise QueryFailed(
                Text("读不到数据。", "The data cannot be read."), Text("请检查设置。", "Check the settings.")
            )

    told: list[str] = []
    page = serve(Lost(), port=0, on_ready=told.append, block=False)
    try:
        message = Visitor(told[0], "lost", greeting="lost").hello
    finally:
        page.close()
    assert message["text"] == {"zh": "读不到数据。请检查设置。", "en": "The data cannot be read. Check the settings."}
