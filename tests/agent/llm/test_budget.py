"""Tokens and cost: counted, shown, limited; the same request is not paid twice."""

from pathlib import Path
from typing import Any

import pytest

from agent.analyst import Analyst
from tests.agent.llm.conftest import with_model
from tests.agent.llm.server import INPUT_TOKENS, OUTPUT_TOKENS, Act, ChatServer, call
from tests.asking import ask
from ui.turn import answered
from warehouse.errors import NotAllowed
from workspace.spending import Entry, Limits, Spending
from workspace.store import Store

UNKNOWN = "本月的吸金总额"
RIGHT = call("query", metrics=["revenue"], period="本月", words={"吸金总额": "revenue"})
PRICED = {"WENSHU_LLM_PRICE_IN": 2.0, "WENSHU_LLM_PRICE_OUT": 8.0}
COST = (INPUT_TOKENS * 2.0 + OUTPUT_TOKENS * 8.0) / 1_000_000


def kept(tiny: Path, server: ChatServer, folder: Path, **told: Any) -> Analyst:
    """An analyst with a workspace of its own."""
    return with_model(tiny, server, WENSHU_WORKSPACE=folder / "workspace.sqlite", **told)


def entries(folder: Path) -> list[Entry]:
    return Spending(Store(folder / "workspace.sqlite"), Limits()).by_question()


def test_tokens_and_cost_are_counted_and_shown(tiny: Path, server: ChatServer, tmp_path: Path) -> None:
    server.acts(call("query", metrics=["takings"]), RIGHT)
    answer = ask(kept(tiny, server, tmp_path, WENSHU_LOGIN="an", **PRICED), UNKNOWN)
    assert answer.llm["seconds"] > 0
    assert {name: told for name, told in answer.llm.items() if name != "seconds"} == {
        "calls": 2,
        "input_tokens": 2 * INPUT_TOKENS,
        "output_tokens": 2 * OUTPUT_TOKENS,
        "cost": pytest.approx(2 * COST),
    }
    (entry,) = entries(tmp_path)
    assert (entry.person, entry.question, entry.calls) == ("an", UNKNOWN, 2)
    assert (entry.input_tokens, entry.output_tokens) == (2 * INPUT_TOKENS, 2 * OUTPUT_TOKENS)
    assert entry.cost == pytest.approx(2 * COST)


def test_what_the_rules_carry_has_no_entry(tiny: Path, server: ChatServer, tmp_path: Path) -> None:
    ask(kept(tiny, server, tmp_path), "本月GMV")
    assert entries(tmp_path) == []


def test_a_request_that_is_refused_costs_nothing(tiny: Path, server: ChatServer, tmp_path: Path) -> None:
    server.acts(Act(status=401))
    ask(kept(tiny, server, tmp_path, **PRICED), UNKNOWN)
    (entry,) = entries(tmp_path)
    assert (entry.calls, entry.input_tokens) == (1, 0)
    assert entry.cost == pytest.approx(0.0)


def test_a_reply_that_broke_off_counts_by_its_estimate(tiny: Path, server: ChatServer, tmp_path: Path) -> None:
    server.acts(Act(calls=RIGHT.calls, cut=True), RIGHT)
    ask(kept(tiny, server, tmp_path), UNKNOWN)
    (entry,) = entries(tmp_path)
    assert entry.calls == 2
    assert entry.input_tokens > INPUT_TOKENS + 500


@pytest.mark.parametrize(
    ("limit", "why"),
    [
        ({"WENSHU_LLM_TOKENS_QUESTION": 100}, "单个问题的限额"),
        ({"WENSHU_LLM_TOKENS_PERSON": 100}, "您今天用大模型已到限额"),
        ({"WENSHU_LLM_TOKENS_DAY": 100}, "总限额"),
        ({"WENSHU_LLM_COST_PERSON": 0.000001, **PRICED}, "您今天用大模型已到限额"),
    ],
)
def test_past_a_limit_nothing_is_sent_and_the_rules_answer(
    limit: dict[str, Any], why: str, tiny: Path, tiny_analyst: Analyst, server: ChatServer, tmp_path: Path
) -> None:
    answer = ask(kept(tiny, server, tmp_path, **limit), UNKNOWN)
    assert (answer.status, answer.text) == ("refuse", ask(tiny_analyst, UNKNOWN).text)
    assert why in answer.notes[0]
    assert server.requests == []


def test_one_person_s_limit_is_no_other_s(tiny: Path, server: ChatServer, tmp_path: Path) -> None:
    server.acts(RIGHT)
    told = {"WENSHU_LLM_TOKENS_PERSON": 4_500, "WENSHU_LLM_KEEP": False}
    an, bo = (kept(tiny, server, tmp_path, WENSHU_LOGIN=each, **told) for each in ("an", "bo"))
    statuses = [ask(each, UNKNOWN).status for each in (an, an, an, an, bo)]
    assert statuses[0] == statuses[-1] == "answer"
    assert statuses[3] == "refuse"


def test_a_limit_of_costs_needs_prices(tiny: Path, server: ChatServer) -> None:
    with pytest.raises(NotAllowed, match="needs prices"):
        with_model(tiny, server, WENSHU_LLM_COST_DAY=1.0)


def test_the_same_question_is_not_paid_twice(tiny: Path, server: ChatServer, tmp_path: Path) -> None:
    """Not by another person either, nor after the program was started anew."""
    server.acts(RIGHT)
    first = ask(kept(tiny, server, tmp_path, WENSHU_LLM_KEEP=True, **PRICED), UNKNOWN)
    again = ask(kept(tiny, server, tmp_path, WENSHU_LLM_KEEP=True, WENSHU_LOGIN="bo", **PRICED), UNKNOWN)
    assert len(server.requests) == 1
    assert again.llm == {"calls": 0, "input_tokens": 0, "output_tokens": 0, "kept": 1}
    left = {"elapsed_ms", "llm"}
    assert {k: v for k, v in first.json().items() if k not in left} == {
        k: v for k, v in again.json().items() if k not in left
    }
    assert len(entries(tmp_path)) == 1


def test_a_kept_reply_passes_no_limit(tiny: Path, server: ChatServer, tmp_path: Path) -> None:
    server.acts(RIGHT)
    ask(kept(tiny, server, tmp_path, WENSHU_LLM_KEEP=True), UNKNOWN)
    broke = kept(tiny, server, tmp_path, WENSHU_LLM_KEEP=True, WENSHU_LLM_TOKENS_DAY=0)
    assert ask(broke, UNKNOWN).status == "answer"


def test_another_model_is_asked_anew(tiny: Path, server: ChatServer, tmp_path: Path) -> None:
    server.acts(RIGHT)
    for name in ("one", "other"):
        ask(kept(tiny, server, tmp_path, WENSHU_LLM_KEEP=True, WENSHU_LLM=name), UNKNOWN)
    assert len(server.requests) == 2


def test_the_page_shows_what_it_took(tiny: Path, server: ChatServer, tmp_path: Path) -> None:
    server.acts(RIGHT)
    analyst = kept(tiny, server, tmp_path, WENSHU_LLM_KEEP=True, **PRICED)
    paid, again = (answered(ask(analyst, UNKNOWN))["html"] for _ in range(2))
    assert f"大模型调用 1 次，输入 {INPUT_TOKENS} 词元，输出 {OUTPUT_TOKENS} 词元，费用 {COST:.4f}" in paid
    assert "没有费用" in again
