"""The parts put together."""

from typing import TYPE_CHECKING, Literal

from agent.analyst import Analyst
from agent.planner import Planner
from agent.planners.rules import RulePlanner
from agent.settings import Settings
from tools.registry import ALL
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import NotAllowed
from warehouse.load import load
from warehouse.policies import read_policies
from warehouse.text import Text
from warehouse.warehouse import Warehouse

if TYPE_CHECKING:
    from agent.planners.llm.chat import Chat


def connect(settings: Settings, role: str | None = None) -> Analyst:
    """An analyst of the warehouse that the settings name, in the role told, else theirs.

    Raises `AnalyticsError` where one of them is wrong.
    """
    rules = RulePlanner()
    planner = _planner(settings, rules)
    model = load(settings.semantic_model)
    policies = read_policies(model, settings.policies)
    warehouse = Warehouse(DuckDbEngine(settings.shop), model, settings.as_of, policies)
    mode = "rules" if planner is rules else settings.planner
    return Analyst(warehouse, planner, role or settings.role, mode, rules)


def _planner(settings: Settings, rules: RulePlanner) -> Planner:
    """The rules alone, or with the language model that is set: none is without its name."""
    name = settings.llm
    if settings.planner == "rules" or (settings.planner == "auto" and name is None):
        return rules
    if name is None:
        raise NotAllowed(
            Text("没有设置大模型。", "No language model is set."),
            Text("请设置 WENSHU_LLM，或把 WENSHU_PLANNER 设为 auto。", "Set WENSHU_LLM, or WENSHU_PLANNER to auto."),
        )
    from agent.planners.llm.planner import LlmPlanner  # noqa: PLC0415 - only where a model is set

    def chat() -> "Chat":
        from agent.planners.llm.chat_model import ChatModel  # noqa: PLC0415 - LangChain takes seconds to load

        return ChatModel(name, settings.openai_base_url, settings.openai_api_key)

    mode: Literal["llm", "auto"] = "llm" if settings.planner == "llm" else "auto"
    return LlmPlanner(rules, chat, ALL, mode, seconds=settings.llm_seconds, rows=settings.llm_rows)
