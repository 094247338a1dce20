"""The first request about a question, without sending it: for what it holds and how long it is."""

import json
from dataclasses import dataclass

from agent.analyst import language_of
from agent.planner import Conversation, Turn
from agent.planners.llm.briefing import Heard, opening
from agent.planners.llm.catalogue import Catalogue
from agent.planners.llm.replies import TALK
from agent.planners.llm.signatures import function
from agent.planners.llm.tokens import tokens
from agent.planners.rules import RulePlanner
from agent.understand.words import read
from tools.registry import ALL
from warehouse.stop import Stop
from warehouse.warehouse import Reading


@dataclass(frozen=True)
class Prompt:
    """What is told of the question, and about how many tokens all of the request takes, its functions too."""

    asked: str
    tokens: int


class Prompts:
    """Prompts about one reading of the data."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._rules, self._catalogue = RulePlanner(), Catalogue(reading.model)

    def of(self, question: str) -> Prompt:
        """The prompt of a question that nothing was said before."""
        words = read(question)
        turn = Turn(question, language_of(question, "zh"), Conversation(), self._reading, Stop())
        tools = self._catalogue.tools(question, ALL)
        heard = Heard(words, self._rules.covered(words, self._reading), ())
        system, asked = opening(turn, heard, self._catalogue, tools)
        functions = json.dumps([*map(function, tools), *TALK], ensure_ascii=False)
        return Prompt(asked.text, sum(map(tokens, (system.text, asked.text, functions))))
