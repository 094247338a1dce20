"""LangChain's chat model over any OpenAI-compatible address: sole home of LangChain."""

import asyncio
import concurrent.futures
import json
import threading
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

import httpx2
import openai
from langchain_core.language_models import LanguageModelInput
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage, HumanMessage, SystemMessage
from langchain_core.runnables import Runnable
from langchain_openai import ChatOpenAI
from langsmith import tracing_context
from pydantic import SecretStr

from agent.planner import Spent
from agent.planners.llm.chat import Called, Fault, Kind, Message, Reply
from agent.planners.llm.signatures import told
from agent.planners.llm.tokens import tokens
from prompts.render import render
from warehouse.stop import Stop

MOST_BYTES: Final = 2_000_000
MOST_CHARACTERS: Final = 20_000
MOST_CALLS: Final = 16
MOST_COUNTED: Final = 10_000_000  # tokens of one request that a server may tell
MANNERS: Final = ("full", "plain", "text")  # all there is; no temperature and usage; no functions either
KEYLESS: Final = "none"  # local servers need no key, the client needs one
MESSAGES: Final = {"system": SystemMessage, "user": HumanMessage, "assistant": AIMessage}
UNTOLD: Final = "x-stainless-"  # headers of the client about this machine


class _TooMuch(Exception):
    """More than any honest reply has."""


class _Packed(Exception):
    """A reply that is packed though nobody asked for it."""


# The errors of the client by what they are, the first that fits.
KINDS: Final[tuple[tuple[type[Exception] | tuple[type[Exception], ...], Kind], ...]] = (
    ((TimeoutError, openai.APITimeoutError, httpx2.TimeoutException), "late"),
    (_TooMuch, "huge"),
    ((openai.AuthenticationError, openai.PermissionDeniedError), "denied"),
    (openai.RateLimitError, "busy"),
    (openai.InternalServerError, "down"),
    (openai.APIStatusError, "unfit"),
    (openai.APIConnectionError, "away"),
    (httpx2.TransportError, "cut"),
    (openai.APIError, "down"),
)
MIDWAY: Final = (_TooMuch, _Packed, httpx2.RemoteProtocolError, httpx2.ReadError)


class ChatModel:
    """A `Chat`; safe to share between threads, each request being a task of one loop in a thread of its own."""

    def __init__(self, name: str, address: str | None, key: SecretStr | None) -> None:
        self._name, self._address, self._key = name, address, key
        self._manner = 0
        self._loop = asyncio.new_event_loop()
        threading.Thread(target=self._loop.run_forever, name="chat-model", daemon=True).start()
        self._client = httpx2.AsyncClient(transport=_Bounded())

    def reply(
        self, messages: Sequence[Message], functions: Sequence[Mapping[str, Any]], *, seconds: float, stop: Stop
    ) -> Reply:
        """One request, one reply; raises `Fault`, and `Stopped` when the stop is pressed."""
        asked = asyncio.run_coroutine_threadsafe(self._reply(messages, functions, seconds), self._loop)

        def cancel() -> None:
            asked.cancel()

        try:
            with stop.cancelling(cancel):
                return asked.result()
        except concurrent.futures.CancelledError:
            stop.check()
            raise
        finally:
            asked.cancel()

    def simpler(self) -> bool:
        """Ask without what older servers lack; the fullest manner again where the simplest did not do either."""
        self._manner = (self._manner + 1) % len(MANNERS)
        return self._manner > 0

    async def _reply(
        self, messages: Sequence[Message], functions: Sequence[Mapping[str, Any]], seconds: float
    ) -> Reply:
        manner = MANNERS[self._manner]
        if manner == "text" and functions:
            listed = render("json", functions="\n".join(map(told, functions)))
            messages = [Message("system", f"{messages[0].text}\n\n{listed}"), *messages[1:]]
        model = self._model(seconds, manner)
        plain = manner == "text" or not functions
        asked = model if plain else model.bind_tools([dict(each) for each in functions])
        try:
            with tracing_context(enabled=False):
                async with asyncio.timeout(seconds):
                    whole = await _whole(asked, [MESSAGES[each.role](each.text) for each in messages])
        except asyncio.CancelledError:
            raise
        except Exception as error:  # the border: whatever a server makes the client raise is a fault of the exchange
            raise _fault(error) from error
        functions_told = "" if plain else json.dumps([*functions], ensure_ascii=False)
        return _read(whole, "".join(each.text for each in messages) + functions_told)

    def _model(self, seconds: float, manner: str) -> ChatOpenAI:
        full = manner == "full"
        return ChatOpenAI(
            model=self._name,
            base_url=self._address,
            api_key=self._key or SecretStr(KEYLESS),
            timeout=seconds,
            max_retries=0,
            temperature=0 if full else None,
            stream_usage=full,
            use_responses_api=False,
            stream_chunk_timeout=None,
            http_async_client=self._client,
        )


class _Bounded(httpx2.AsyncHTTPTransport):
    """Sends nothing about this machine, and reads no more than a bounded number of bytes."""

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        for name in [each for each in request.headers if each.startswith(UNTOLD)]:
            del request.headers[name]
        request.headers["accept-encoding"] = "identity"  # what is packed has no bound
        response = await super().handle_async_request(request)
        if response.headers.get("content-encoding", "identity") != "identity":
            await response.aclose()
            raise _Packed
        response.stream = _Counted(response.stream)
        return response


class _Counted(httpx2.AsyncByteStream):
    def __init__(self, stream: Any) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read = 0
        async for part in self._stream:
            read += len(part)
            if read > MOST_BYTES:
                raise _TooMuch
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _whole(
    model: Runnable[LanguageModelInput, AIMessage], messages: Sequence[BaseMessage]
) -> AIMessageChunk | None:
    """All chunks as one; none where there is none."""
    whole: AIMessageChunk | None = None
    size = 0
    async for chunk in model.astream(list(messages)):
        if not isinstance(chunk, AIMessageChunk):
            raise TypeError(type(chunk))
        whole = chunk if whole is None else whole + chunk
        size += len(str(chunk.content)) + sum(len(each["args"] or "") for each in chunk.tool_call_chunks)
        if size > MOST_CHARACTERS or len(whole.tool_call_chunks) > MOST_CALLS:
            raise _TooMuch
    return whole


def _read(whole: AIMessageChunk | None, sent: str) -> Reply:
    """The reply; the arguments as they were written, since LangChain completes those that break off."""
    ended = None if whole is None else whole.response_metadata.get("finish_reason")
    if whole is None or ended is None:
        raise Fault("cut")
    if ended == "length":  # which it would be again
        raise Fault("huge")
    calls = tuple(Called(_whole_text(each["name"]), _whole_text(each["args"])) for each in whole.tool_call_chunks)
    text = _whole_text(whole.text)
    written = text + "".join(each.name + each.arguments for each in calls)
    usage = whole.usage_metadata
    read, wrote = (0, 0) if usage is None else (usage["input_tokens"], usage["output_tokens"])
    return Reply(text, calls, Spent(1, _count(read, tokens(sent)), _count(wrote, tokens(written))))


def _count(told: int, estimated: int) -> int:
    """Tokens as the server tells them; where it tells none, or what cannot be, the estimate."""
    return told if 0 < told <= MOST_COUNTED else estimated


def _whole_text(text: str | None) -> str:
    """Text without halves of characters, which nothing can write."""
    return (text or "").encode("utf-8", "replace").decode()


def _fault(error: Exception) -> Fault:
    if isinstance(error, Fault):
        return error
    if isinstance(error, openai.APIConnectionError):
        error = next((each for each in _causes(error) if isinstance(each, MIDWAY)), error)
    kind: Kind = next((kind for types, kind in KINDS if isinstance(error, types)), "garbled")
    return Fault(kind, _after(error) if isinstance(error, openai.RateLimitError) else None)


def _causes(error: BaseException | None) -> Iterator[Exception]:
    """An error, and what it was made of: the client says of one in the middle of a reply that nobody is there."""
    while isinstance(error, Exception):
        yield error
        error = error.__cause__


def _after(error: openai.APIStatusError) -> float | None:
    with suppress(KeyError, ValueError):
        return float(error.response.headers["retry-after"])
    return None
