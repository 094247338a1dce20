"""The parts put together."""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from agent.analyst import Analyst
from agent.planner import Planner
from agent.planners.rules import RulePlanner
from agent.planners.verified import VerifiedPlanner
from agent.review import Review
from agent.settings import Settings
from agent.verifying import why_stale
from tools.found import found
from tools.registry import ALL
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import NotAllowed
from warehouse.load import load
from warehouse.policies import read_policies
from warehouse.text import Text
from warehouse.warehouse import Warehouse
from workspace.replies import Replies
from workspace.spending import Limit, Limits, Spending
from workspace.store import Store
from workspace.verified import Verified, VerifiedAnswers

if TYPE_CHECKING:
    from agent.planners.llm.chat import Chat
    from agent.planners.llm.purse import Thrift


def connect(settings: Settings, role: str | None = None) -> Analyst:
    """An analyst of the warehouse that the settings name, in the role told, else theirs.

    Raises `AnalyticsError` where one of them is wrong.
    """
    rules = RulePlanner()
    answers = VerifiedAnswers(Store(settings.workspace))
    planner = _planner(settings, rules, answers)
    model = load(settings.semantic_model)
    policies = read_policies(model, settings.policies)
    warehouse = Warehouse(DuckDbEngine(settings.shop), model, settings.as_of, policies, found)
    mode = "rules" if planner is rules else settings.planner
    return Analyst(
        warehouse,
        VerifiedPlanner(planner, rules, answers, warehouse),
        role or settings.role,
        mode,
        rules,
        person=settings.login,
        review=Review(rules, answers, settings.reviewer, today),
    )


def check_all(settings: Settings) -> Iterator[Verified]:
    """Every answer marked right of the model at hand, run anew: with why it holds no more where it does not."""
    model = load(settings.semantic_model)
    policies = read_policies(model, settings.policies)
    warehouse = Warehouse(DuckDbEngine(settings.shop), model, settings.as_of, policies, found)
    answers = VerifiedAnswers(Store(settings.workspace))
    for each in answers.all():
        if each.model == model.name.en:
            why = why_stale(each, warehouse)
            stale = None if why is None else f"{why.zh}\n{why.en}"
            answers.mark(each.id, stale)
            yield replace(each, stale=stale)


def _planner(settings: Settings, rules: RulePlanner, answers: VerifiedAnswers) -> Planner:
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
    from agent.planners.llm.record import Recording, Replaying  # noqa: PLC0415 - as above

    def chat() -> "Chat":
        if settings.llm_replay is not None:
            return Replaying(settings.llm_replay)
        from agent.planners.llm.chat_model import ChatModel  # noqa: PLC0415 - LangChain takes seconds to load

        model = ChatModel(name, settings.openai_base_url, settings.openai_api_key)
        return model if settings.llm_record is None else Recording(model, settings.llm_record)

    mode: Literal["llm", "auto"] = "llm" if settings.planner == "llm" else "auto"
    thrift = _thrift(settings, name)
    return LlmPlanner(rules, chat, ALL, mode, thrift, answers, seconds=settings.llm_seconds, rows=settings.llm_rows)


def _thrift(settings: Settings, name: str) -> "Thrift":
    """What the model is paid from; raises `NotAllowed` for a limit of costs without prices."""
    from agent.planners.llm.purse import Prices, Thrift  # noqa: PLC0415 - as above

    read, written = settings.llm_price_in, settings.llm_price_out
    prices = None if read is None or written is None else Prices(read, written)
    limits = Limits(
        Limit(settings.llm_tokens_question, settings.llm_cost_question),
        Limit(settings.llm_tokens_person, settings.llm_cost_person),
        Limit(settings.llm_tokens_day, settings.llm_cost_day),
    )
    if prices is None and any(each.cost is not None for each in (limits.question, limits.person, limits.day)):
        raise NotAllowed(
            Text("限制费用需要先有单价。", "A limit of costs needs prices."),
            Text(
                "请设置 WENSHU_LLM_PRICE_IN 和 WENSHU_LLM_PRICE_OUT。",
                "Set WENSHU_LLM_PRICE_IN and WENSHU_LLM_PRICE_OUT.",
            ),
        )
    store = Store(settings.workspace)
    model = f"{name} {settings.openai_base_url or ''}"
    return Thrift(model, Spending(store, limits), Replies(store) if settings.llm_keep else None, prices, today)


def today() -> datetime.date:
    """The day where the program runs."""
    return datetime.datetime.now().astimezone().date()
