"""Rows go to the model for a comment only where the setting lets them: few, masked; and no number but theirs."""

from pathlib import Path

import pytest

from agent.analyst import Analyst
from tests.agent.llm.conftest import with_model
from tests.agent.llm.server import Act, ChatServer, call
from tests.asking import ask

UNKNOWN = "本月各平台的吸金总额"
PLAN = call("query", metrics=["revenue"], period="本月", by=["platform"], words={"吸金总额": "revenue"})
# Revenue of June: 京东 260, 天猫 140, 抖音 50, by tests/tiny.sql.


@pytest.fixture(scope="module")
def telling(tiny: Path, running: ChatServer) -> Analyst:
    """An analyst that lets rows go."""
    return with_model(tiny, running, WENSHU_LLM_ROWS=True)


def test_without_the_setting_no_row_goes(helped: Analyst, server: ChatServer) -> None:
    server.acts(PLAN)
    assert ask(helped, UNKNOWN).json()["rows"] == [["京东", 260], ["天猫", 140], ["抖音", 50]]
    assert len(server.requests) == 1


def test_with_it_the_rows_go_and_the_comment_is_a_note(telling: Analyst, server: ChatServer) -> None:
    server.acts(PLAN, Act(text="京东最高，为260元，天猫为140元。"))
    answer = ask(telling, UNKNOWN)
    assert answer.notes[0] == "大模型的解读，请自行核对：京东最高，为260元，天猫为140元。"
    assert answer.llm["calls"] == len(server.requests) == 2
    assert '["京东", 260]' in server.requests[1].last
    assert "tools" not in server.requests[1].body


FALSE = {
    "another number": "京东为261元。",
    "a number of its own": "京东占了57.8%。",
    "a number in words": "京东是天猫的两倍。",
    "a part in words": "京东占了六成。",
    "a link": "京东为260元，详见 http://evil.example",
    "too much": "京东为260元。" * 100,
    "nothing": "",
}


@pytest.mark.parametrize("text", FALSE.values(), ids=FALSE)
def test_what_the_table_does_not_bear_is_not_shown(text: str, telling: Analyst, server: ChatServer) -> None:
    server.acts(PLAN, Act(text=text))
    answer = ask(telling, UNKNOWN)
    assert answer.status == "answer"
    assert not any("解读" in each for each in answer.notes)


def test_a_fault_leaves_the_answer_without_a_comment(telling: Analyst, server: ChatServer) -> None:
    server.acts(PLAN, Act(status=401))
    answer = ask(telling, UNKNOWN)
    assert answer.status == "answer"
    assert not any("解读" in each for each in answer.notes)


def test_what_tells_customers_is_masked(telling: Analyst, server: ChatServer) -> None:
    done = {"behaviour": "order", "period": "本月"}
    server.acts(call("audience", where=[done], words={"花花": "audience"}), Act(text=""))
    assert ask(telling, "花花本月下单的用户名单").status == "answer"
    told = server.requests[1].last
    assert "晨" not in told
    assert '"***"' in told


def test_rows_of_sql_never_go(telling: Analyst, server: ChatServer) -> None:
    server.acts(call("sql", sql="SELECT city, count(*) AS n FROM orders GROUP BY city"))
    assert ask(telling, UNKNOWN).tool == "sql"
    assert len(server.requests) == 1


def test_what_the_rules_carry_goes_nowhere(telling: Analyst, server: ChatServer) -> None:
    assert ask(telling, "本月各平台GMV").status == "answer"
    assert server.requests == []


def test_at_most_fifty_rows_go(shop: Path, server: ChatServer) -> None:
    server.acts(call("query", metrics=["gmv"], period="本月", by=["city"], words={"花花": "gmv"}), Act(text=""))
    answer = ask(with_model(shop, server, WENSHU_LLM_ROWS=True), "花花本月各城市GMV")
    assert len(answer.json()["rows"]) > 50
    assert f"the first 50 of {len(answer.json()['rows'])}" in server.requests[1].last
    last = str(answer.json()["rows"][-1][0])
    assert last not in server.requests[1].last
