"""The parts put together."""

from agent.analyst import Analyst
from agent.planners.rules import RulePlanner
from agent.settings import Settings
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import NotAllowed
from warehouse.load import load
from warehouse.text import Text
from warehouse.warehouse import Warehouse


def connect(settings: Settings) -> Analyst:
    """An analyst of the warehouse that the settings name; raises `AnalyticsError` where one of them is wrong."""
    if settings.planner == "llm":
        raise NotAllowed(
            Text("还没有大模型规划器。", "There is no LLM planner yet."),
            Text("请把 WENSHU_PLANNER 设为 auto 或 rules。", "Set WENSHU_PLANNER to auto or rules."),
        )
    warehouse = Warehouse(DuckDbEngine(settings.shop), load(settings.semantic_model), settings.as_of)
    return Analyst(warehouse, RulePlanner())
