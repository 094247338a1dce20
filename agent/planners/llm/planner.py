"""The LLM planner: the rules first; what they cannot carry, a language model names calls for, each of them checked."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol
from weakref import WeakKeyDictionary

from agent.planner import NOTHING, Ask, Call, Conversation, Failed, Finish, Spent, Turn
from agent.planners.llm.breaker import Breaker
from agent.planners.llm.briefing import Heard, opening
from agent.planners.llm.catalogue import Catalogue
from agent.planners.llm.chat import Chat, Fault, Message
from agent.planners.llm.checked import MOST_MENDED, TELLABLE, Wrong, checked, next_call
from agent.planners.llm.comment import asked, founded
from agent.planners.llm.examples import nearest
from agent.planners.llm.exchange import Exchange, Exhausted
from agent.planners.llm.purse import Purse, Thrift
from agent.planners.llm.replies import TALK, Clarify, Decline, Step, Unusable, moves
from agent.planners.llm.signatures import function
from agent.planners.llm.words import (
    NOTHING_FOUND,
    OVER,
    RESTING,
    UNCHECKED,
    UNKEPT,
    WHICH,
    WHY,
    left_out,
    without_model,
)
from agent.understand.cover import Cover
from agent.understand.words import Words, read
from prompts.render import quoted, render
from tools.registry import tool
from tools.tool import Result, Tool
from warehouse.errors import AnalyticsError
from warehouse.text import Text
from warehouse.warehouse import Reading
from workspace.spending import OverLimit
from workspace.store import NotKept
from workspace.verified import VerifiedAnswers

Mode = Literal["auto", "llm"]
Own = Call | Ask | Finish

MOST_OPTIONS = 5
MOST_SAID = 2_000  # characters of its own reply that a model is shown again
MOST_WHY = 600


class Rules(Protocol):
    """The rule planner, which decides first and last."""

    def prepare(self, reading: Reading) -> None:
        """Make ready what the first question would wait for."""

    def next(self, turn: Turn) -> Own:
        """Its own move."""

    def covered(self, words: Words, reading: Reading) -> Cover:
        """What each stretch of a question may mean."""


@dataclass(frozen=True)
class Talk:
    """What was said with the model so far about one question, and what is still to be done of its plan."""

    own: Own
    heard: Heard
    tools: tuple[Tool, ...]
    messages: tuple[Message, ...]
    purse: Purse
    calls: int = 0
    mended: int = 0
    pending: tuple[Step, ...] = ()


class LlmPlanner:
    """Asks a language model where the rules leave words over; in the mode llm, wherever they do not decline for good.

    `connect` gives the chat model, when first needed; `thrift` is what it is paid from, `answers` those marked right;
    `seconds` is how long one question may wait for it. With `rows`, few and masked rows of what it planned go to it for
    a comment.
    """

    def __init__(
        self,
        rules: Rules,
        connect: Callable[[], Chat],
        tools: tuple[Tool, ...],
        mode: Mode,
        thrift: Thrift,
        answers: VerifiedAnswers,
        *,
        seconds: float,
        rows: bool,
    ) -> None:
        self._rules, self._connect, self._tools, self._mode = rules, connect, tools, mode
        self._thrift, self._answers = thrift, answers
        self._seconds, self._rows = seconds, rows
        self._breaker = Breaker()
        self._lock = threading.Lock()
        self._chat: Chat | None = None
        self._catalogues: WeakKeyDictionary[Reading, Catalogue] = WeakKeyDictionary()

    def prepare(self, reading: Reading) -> None:
        """Make the rules ready, and load what talks to the model."""
        self._rules.prepare(reading)
        self._catalogue(reading)
        self._ready()

    def next(self, turn: Turn) -> Call | Ask | Finish:
        """The rules' move where it carries every word, else the model's; after its last call, the end."""
        if turn.moves:
            return self._after(turn)
        own = self._own(turn)
        if not self._is_open(own):
            return own
        if self._breaker.open:
            return _noted(own, without_model(RESTING), NOTHING)
        words = read(turn.question)
        heard = Heard(words, self._rules.covered(words, turn.reading), _unused(own))
        catalogue = self._catalogue(turn.reading)
        tools = catalogue.tools(turn.question, self._tools)
        try:
            examples = nearest(turn.question, self._answers.all(), turn.reading)
        except NotKept:
            return _noted(own, without_model(UNKEPT), NOTHING)
        purse = self._thrift.purse(turn.person, turn.question)
        return self._talked(turn, Talk(own, heard, tools, opening(turn, heard, catalogue, tools, examples), purse))

    def _after(self, turn: Turn) -> Call | Ask | Finish:
        """What comes after a call of the rules, or of the model."""
        last = turn.moves[-1]
        talk = last.call.memory
        if not isinstance(talk, Talk):
            return Finish()
        if isinstance(last.outcome, Failed):
            later = any(isinstance(each.outcome, Result) for each in turn.moves)
            if later or talk.mended >= MOST_MENDED or not isinstance(last.outcome.error, TELLABLE):
                return _noted(talk.own, without_model(UNCHECKED), NOTHING)
            return self._talked(turn, _mended(talk, last.outcome.error.said("en"), last.call))
        if talk.pending:
            return _next_step(turn, talk)
        return self._commented(turn, talk, last.call, last.outcome) if self._rows else Finish()

    def _commented(self, turn: Turn, talk: Talk, call: Call, result: Result) -> Finish:
        """The end, with a comment where the model writes one that the table bears."""
        messages = asked(turn, call, result)
        if messages is None:
            return Finish()
        exchange = self._exchange(turn, talk)
        try:
            note = founded(exchange.reply(messages, ()).text, call, result)
        except (Fault, Exhausted, OverLimit, NotKept):
            note = None
        return Finish(notes=() if note is None else (note,), spent=exchange.spent)

    def _exchange(self, turn: Turn, talk: Talk) -> Exchange:
        return Exchange(self._ready(), talk.purse, self._breaker, turn.began + self._seconds, turn.stop, talk.calls)

    def _own(self, turn: Turn) -> Own:
        try:
            return self._rules.next(turn)
        except AnalyticsError as error:
            return Finish(error=error)

    def _is_open(self, own: Own) -> bool:
        """Whether the model may be asked: never where the rules decline for good, or know what to ask back."""
        match own:
            case Finish(refusal=refusal) if refusal is not None:
                return not refusal.final
            case Ask():
                return False
            case _:
                return self._mode == "llm"

    def _talked(self, turn: Turn, talk: Talk) -> Call | Ask | Finish:
        """The model's next move, checked; the rules' own where there is none."""
        exchange = self._exchange(turn, talk)
        try:
            move = self._agreed(turn, talk, exchange)
        except Fault as fault:
            return _noted(talk.own, without_model(WHY[fault.kind]), exchange.spent)
        except Exhausted:
            return _noted(talk.own, without_model(UNCHECKED), exchange.spent)
        except OverLimit as over:
            return _noted(talk.own, without_model(OVER[over.whose]), exchange.spent)
        except NotKept:
            return _noted(talk.own, without_model(UNKEPT), exchange.spent)
        return replace(move, spent=exchange.spent)

    def _agreed(self, turn: Turn, talk: Talk, exchange: Exchange) -> Call | Ask | Finish:
        functions = (*map(function, talk.tools), *TALK)
        while True:
            reply = exchange.reply(talk.messages, functions)
            talk = replace(talk, calls=exchange.calls)
            try:
                named = moves(reply, talk.tools)
                match named:
                    case Decline():
                        return _noted(talk.own, without_model(NOTHING_FOUND), NOTHING)
                    case Clarify(questions=questions):
                        return self._asked_back(turn, talk, questions)
                    case _:
                        return self._planned(turn, talk, named)
            except (Unusable, Wrong) as wrong:
                if talk.mended >= (wrong.most if isinstance(wrong, Wrong) else MOST_MENDED):
                    return _noted(talk.own, without_model(UNCHECKED), NOTHING)
                said = reply.text or _written([(each.name, each.arguments) for each in reply.calls])
                talk = _mended(talk, str(wrong), said)

    def _planned(self, turn: Turn, talk: Talk, steps: tuple[Step, ...]) -> Call | Ask:
        """The first of the calls; a question back where words would be left out."""
        before = turn.conversation.answers[-1].plan if turn.conversation.answers else None
        own = talk.own if isinstance(talk.own, Call) else None
        plan = checked(steps, talk.heard, own, before, turn.reading)
        if plan.idle:
            options = () if plan.later else (_said(plan.first, turn.reading),)
            return Ask(left_out(plan.idle), options, unused=plan.idle, planner="llm")
        return replace(plan.first, memory=replace(talk, pending=plan.later))

    def _asked_back(self, turn: Turn, talk: Talk, questions: tuple[str, ...]) -> Ask | Finish | Call:
        """Of the questions that the model would choose from, those that the rules answer, in their words."""
        options: dict[Text, None] = {}
        for each in questions[:MOST_OPTIONS]:
            own = self._own(replace(turn, question=each, conversation=Conversation()))
            if isinstance(own, Call):
                options |= {_said(own, turn.reading): None}
        if not options:
            return _noted(talk.own, without_model(NOTHING_FOUND), NOTHING)
        return Ask(WHICH, tuple(options), unused=talk.heard.unused, planner="llm")

    def _catalogue(self, reading: Reading) -> Catalogue:
        with self._lock:
            if reading not in self._catalogues:
                self._catalogues[reading] = Catalogue(reading.model)
            return self._catalogues[reading]

    def _ready(self) -> Chat:
        with self._lock:
            self._chat = self._chat or self._connect()
            return self._chat


def _unused(own: Own) -> tuple[str, ...]:
    match own:
        case Finish(refusal=refusal) if refusal is not None:
            return refusal.unused
        case _:
            return ()


def _noted(own: Own, note: Text, spent: Spent) -> Own:
    """The rules' own move, with why it stands."""
    return replace(own, notes=(note, *own.notes), spent=spent)


def _next_step(turn: Turn, talk: Talk) -> Call | Ask | Finish:
    """The next of the steps, with what those before it found; the rules' own move where it cannot be taken."""
    step, *rest = talk.pending
    try:
        call = next_call(step, [each for each in turn.moves if isinstance(each.outcome, Result)], turn.reading)
    except Wrong:
        return _noted(talk.own, without_model(UNCHECKED), NOTHING)
    return replace(call, memory=replace(talk, pending=tuple(rest)))


def _mended(talk: Talk, why: str, said: str | Call) -> Talk:
    """The talk with the reply that cannot be run, and why."""
    told = said if isinstance(said, str) else _written([(said.tool, dict(said.args))])
    asked = Message("user", render("mend", why=quoted(why, MOST_WHY)))
    messages = (*talk.messages, Message("assistant", told[:MOST_SAID]), asked)
    return replace(talk, messages=messages, mended=talk.mended + 1, pending=())


def _written(calls: list[tuple[str, Any]]) -> str:
    return json.dumps([{"function": name, "arguments": args} for name, args in calls], ensure_ascii=False)


def _said(call: Call, reading: Reading) -> Text:
    chosen = tool(call.tool)
    said: Text = chosen.say(chosen.Args.model_validate(call.args), reading)
    return said
