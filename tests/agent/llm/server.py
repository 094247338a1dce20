"""An OpenAI-compatible chat server on loopback whose replies are scripted: real HTTP, every request kept."""

import json
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

INPUT_TOKENS, OUTPUT_TOKENS = 1_000, 50


@dataclass(frozen=True)
class Request:
    """What a client sent."""

    path: str
    headers: Mapping[str, str]
    body: Mapping[str, Any]

    @property
    def text(self) -> str:
        """All that the messages say, and the functions told beside."""
        told = json.dumps(self.body.get("tools", []), ensure_ascii=False)
        return "\n".join([*(str(each["content"]) for each in self.body["messages"]), told])

    @property
    def last(self) -> str:
        """What the last message says."""
        return str(self.body["messages"][-1]["content"])


@dataclass(frozen=True)
class Act:
    """What the server does with one request: a reply, and how it goes wrong.

    `calls` are functions with their arguments, as JSON or as written; `wait` seconds pass before it; `cut` ends the
    connection in the middle, `unfinished` the stream without saying so; `lines` are sent in place of any reply, `flood`
    again and again with no end of the line.
    """

    calls: Sequence[tuple[str, Mapping[str, Any] | str]] = ()
    text: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    cut: bool = False
    unfinished: bool = False
    counted: bool = True
    lines: Iterator[str] | Sequence[str] | None = None
    flood: bytes = b""


def call(name: str, **arguments: Any) -> Act:
    """The reply that calls one function."""
    return Act(calls=[(name, arguments)])


Script = Callable[[Request], Act]


class ChatServer:
    """The server; `script` says what it does, `requests` what it was sent, `visits` what else was asked of it.

    `ever` holds all that any of them was sent.
    """

    ever: ClassVar[list[Request]] = []

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.visits: list[str] = []
        self.script: Script = lambda _: Act(status=500)
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True

    @property
    def address(self) -> str:
        """The address that clients are given."""
        return f"http://127.0.0.1:{self._server.server_port}/v1"

    def acts(self, *acts: Act) -> None:
        """One act after the other, then the last again."""
        left = list(acts)
        self.script = lambda _: left.pop(0) if len(left) > 1 else left[0]

    @contextmanager
    def running(self) -> Iterator["ChatServer"]:
        """Listening, until the end."""
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        try:
            yield self
        finally:
            self.closing.set()
            self._server.shutdown()
            self._server.server_close()


def _handler(server: ChatServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the library
            """Nothing."""

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            request = Request(self.path, dict(self.headers), body)
            server.requests.append(request)
            server.ever.append(request)
            act = server.script(request)
            server.closing.wait(act.wait)
            try:
                _play(self, act)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def do_GET(self) -> None:
            server.visits.append(self.path)
            _send_error(self, Act(status=404))

        do_HEAD = do_GET  # noqa: N815 - its name in the library

    return Handler


def _play(handler: BaseHTTPRequestHandler, act: Act) -> None:
    if act.status != 200:
        _send_error(handler, act)
        return
    handler.send_response(200)
    for name, value in {**act.headers, "Content-Type": "text/event-stream"}.items():
        handler.send_header(name, value)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    while act.flood:
        _send(handler, act.flood)
    for place, event in enumerate(act.lines if act.lines is not None else _events(act)):
        if act.cut and place == 1:
            handler.connection.shutdown(socket.SHUT_RDWR)
            handler.close_connection = True
            return
        _send(handler, f"data: {event}\n\n".encode())
    handler.wfile.write(b"0\r\n\r\n")


def _send(handler: BaseHTTPRequestHandler, data: bytes) -> None:
    handler.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))


def _send_error(handler: BaseHTTPRequestHandler, act: Act) -> None:
    data = json.dumps({"error": {"message": "scripted", "type": "scripted"}}).encode()
    handler.send_response(act.status)
    for name, value in {**act.headers, "Content-Type": "application/json"}.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(data)))
    handler.end_headers()
    handler.wfile.write(data)


def _events(act: Act) -> Iterator[str]:
    for at, (name, arguments) in enumerate(act.calls):
        written = arguments if isinstance(arguments, str) else json.dumps(arguments, ensure_ascii=False)
        begun = {"index": at, "id": f"call-{at}", "type": "function", "function": {"name": name, "arguments": ""}}
        yield _chunk({"role": "assistant", "tool_calls": [begun]})
        for start in range(0, len(written), 40):
            part = {"index": at, "function": {"arguments": written[start : start + 40]}}
            yield _chunk({"tool_calls": [part]})
    for start in range(0, len(act.text), 40):
        yield _chunk({"role": "assistant", "content": act.text[start : start + 40]})
    if act.unfinished:
        return
    yield _chunk({}, finish="tool_calls" if act.calls else "stop")
    if act.counted:
        usage = {"prompt_tokens": INPUT_TOKENS, "completion_tokens": OUTPUT_TOKENS, "total_tokens": 0}
        yield json.dumps({**_frame(), "choices": [], "usage": usage})
    yield "[DONE]"


def _chunk(delta: Mapping[str, Any], finish: str | None = None) -> str:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return json.dumps({**_frame(), "choices": [choice]}, ensure_ascii=False)


def _frame() -> dict[str, Any]:
    return {"id": "scripted", "object": "chat.completion.chunk", "created": 1, "model": "scripted"}
