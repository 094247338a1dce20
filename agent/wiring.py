"""The parts put together."""

from agent.analyst import Analyst
from agent.planners.rules import RulePlanner
from agent.settings import Settings
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import NotAllowed
from warehouse.load import load
from warehouse.policies import read_policies
from warehouse.text import Text
from warehouse.warehouse import Warehouse


def connect(settings: Settings, role: str | None = None) -> Analyst:
    """An analyst of the warehouse that the settings name, in the role told, else theirs.

    Raises `AnalyticsError` where one of them is wrong.
    """
    if settings.planner == "llm":
        raise NotAllowed(
            Text("还没有大模型规划器。", "There is no LLM planner yet."),
            Text("请把 WENSHU_PLANNER 设为 auto 或 rules。", "Set WENSHU_PLANNER to auto or rules."),
        )
    model = load(settings.semantic_model)
    policies = read_policies(model, settings.policies)
    warehouse = Warehouse(DuckDbEngine(settings.shop), model, settings.as_of, policies)
    return Analyst(warehouse, RulePlanner(), role or settings.role)
