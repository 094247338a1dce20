"""Several calls in one question, each using what the one before found, with no row of it sent to the model."""

import pytest

from agent.analyst import Analyst
from agent.answer import Answer
from tests.agent.llm.server import Act, ChatServer
from tests.asking import ask
from ui.turn import answered

# In June 1 ordered once, 3 three times, 2, 4 and 5 once: of them 3 ordered at least twice.
PEOPLE = ("audience", {"where": [{"behaviour": "order", "period": "本月", "times": {"at_least": 2}}]})
ACCOUNT = {"先找": "audience", "花花": "by"}
OFTEN = "先找本月下单至少2次的用户，再按花花看他们的GMV"
BEST = ("query", {"metrics": ["gmv"], "by": ["product"], "period": "本月", "words": {"花花": "by"}})


def test_the_people_of_one_step_are_those_of_the_next(helped: Analyst, server: ChatServer) -> None:
    step = {"metrics": ["gmv"], "period": "本月", "by": ["platform"], "where": [{"step": 1}], "words": ACCOUNT}
    server.acts(Act(calls=[PEOPLE, ("query", step)]))
    answer = ask(helped, OFTEN)
    assert answer.status == "answer", (answer.text, answer.notes, server.requests[-1].last)
    assert answer.llm["calls"] == len(server.requests) == 1
    assert [each.tool for each in answer.parts] == ["audience"]
    (part,) = answer.json()["parts"]
    assert [row[0] for row in part["rows"]] == [3]
    assert answer.json()["rows"] == [["抖音", 120], ["天猫", 30]]
    assert answer.understood.startswith("1. 本月")
    assert "2. " in answer.understood
    assert len(answer.sql) >= 2


def test_the_names_that_one_step_found_narrow_the_next(helped: Analyst, server: ChatServer) -> None:
    best = {"metrics": ["gmv"], "by": ["product"], "period": "本月", "limit": 1, "order": {"column": "gmv"}}
    step = {
        "metrics": ["gmv"],
        "period": {"step": 1},
        "by": ["platform"],
        "where": [{"dimension": "product", "values": {"step": 1}}],
        "words": {"花花": "platform"},
    }
    server.acts(Act(calls=[("query", best), ("query", step)]))
    answer = ask(helped, "本月GMV最高的商品，在各平台的花花GMV")
    assert answer.status == "answer", (answer.text, answer.notes, server.requests[-1].last)
    assert answer.json()["parts"][0]["rows"] == [["丝绒口红", 660]]
    assert answer.json()["rows"] == [["天猫", 400], ["京东", 260]]
    assert len(server.requests) == 1  # which was sent before anything was found
    assert answer.plan is not None
    assert answer.plan["args"]["where"] == [{"dimension": "product", "values": ["丝绒口红"]}]


def test_what_a_step_found_is_not_told_with_the_question_after(helped: Analyst, server: ChatServer) -> None:
    best = {"metrics": ["gmv"], "by": ["city"], "period": "本月", "limit": 1, "order": {"column": "gmv"}}
    where = [{"dimension": "city", "values": {"step": 1}}]
    step = {"metrics": ["orders"], "period": "本月", "where": where, "words": {"花花": "city"}}
    server.acts(Act(calls=[("query", best), ("query", step)]))
    answer = ask(helped, "本月GMV最高的城市，它的花花订单数", "那嘿嘿呢")
    assert answer.status in {"answer", "refuse"}
    assert len(server.requests) > 1
    assert "上海" not in server.requests[-1].body["messages"][1]["content"].replace("values", "")


WRONG = {
    "a step that comes later": [("query", {"metrics": ["gmv"], "where": [{"step": 2}]}), PEOPLE],
    "a step that is none": [PEOPLE, ("query", {"metrics": ["gmv"], "where": [{"step": 9}]})],
    "people of a step that has none": [BEST, ("audience", {"where": [{"step": 1}]})],
    "names that the step does not list": [PEOPLE, ("query", {"metrics": ["gmv"], "where": [
        {"dimension": "product", "values": {"step": 1}}]})],
    "a step in the place of a metric": [PEOPLE, ("query", {"metrics": [{"step": 1}]})],
    "a period of a step that has none": [PEOPLE, ("query", {"metrics": ["gmv"], "period": {"step": 1}})],
}  # fmt: skip


@pytest.mark.parametrize("calls", WRONG.values(), ids=WRONG)
def test_a_step_that_leans_on_nothing_goes_back(
    calls: list[tuple[str, dict[str, object]]], helped: Analyst, server: ChatServer
) -> None:
    server.acts(Act(calls=calls))
    assert ask(helped, OFTEN).status == "refuse"
    assert len(server.requests) == 3
    assert "step" in server.requests[1].last


def test_a_step_that_finds_too_much_gives_no_near_answer(helped: Analyst, server: ChatServer) -> None:
    """Of a table that was cut, the names are not all there."""
    step = {"metrics": ["orders"], "period": "本月", "where": [{"dimension": "product", "values": {"step": 1}}]}
    server.acts(Act(calls=[BEST, ("query", step)]))
    answer = ask(helped, "本月各商品的GMV，再看它们的花花订单数", limit=1)
    assert answer.status == "refuse"
    assert "没有给出能通过核对的计划" in answer.notes[0]


def test_the_page_shows_each_step(helped: Analyst, server: ChatServer) -> None:
    step = {"metrics": ["gmv"], "period": "本月", "by": ["platform"], "where": [{"step": 1}], "words": ACCOUNT}
    server.acts(Act(calls=[PEOPLE, ("query", step)]))
    answer = ask(helped, OFTEN)
    assert isinstance(answer, Answer)
    shown = answered(answer)
    assert shown["html"].count('class="part"') == 1
    assert answer.parts[0].text in shown["html"]
    (part,) = shown["parts"]
    assert "晨" in [cell[0] for row in part["table"]["rows"] for cell in row]
