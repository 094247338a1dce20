"""The model's own SQL: the same guard and policies, tried before it is run, mended once, and said to be unchecked."""

from pathlib import Path

import pytest

from agent.analyst import Analyst
from tests.agent.llm.conftest import with_model
from tests.agent.llm.server import Act, ChatServer, call
from tests.asking import ask

POLICIES = Path(__file__).parents[3] / "warehouse" / "demo" / "policies.yml"
UNKNOWN = "上海的吸金王是谁"
TOTAL = "SELECT sum(pay_amount) AS total FROM orders WHERE city = '上海' AND paid_at IS NOT NULL"


def sql(text: str) -> Act:
    return call("sql", sql=text)


def test_sql_is_run_and_said_to_be_unchecked(helped: Analyst, server: ChatServer) -> None:
    server.acts(sql(TOTAL))
    answer = ask(helped, UNKNOWN)
    assert answer.status == "answer", answer.notes
    assert (answer.tool, answer.planner, answer.understood) == ("sql", "llm", "大模型自己写的 SQL")
    assert answer.json()["rows"] == [[80]]
    assert answer.text == "结果是 80。"
    assert any("没有按指标口径核对" in each for each in answer.notes)
    assert "pay_amount" in answer.sql[0]
    assert answer.doubts == ()
    assert "⟦orders: " in server.requests[0].text


def test_a_value_of_the_question_that_the_sql_lacks_is_told(helped: Analyst, server: ChatServer) -> None:
    server.acts(sql("SELECT count(*) AS n FROM orders"))
    assert ask(helped, UNKNOWN).doubts == ("SQL 里没有看到“上海”，请核对",)


WRONG = {
    "a column that is not there": ("pay_amout", "SELECT sum(pay_amout) FROM orders"),
    "a table that is not there": ("payroll", "SELECT * FROM payroll"),
    "a change": ("DROP", "DROP TABLE orders"),
    "two statements": ("not exactly one", "SELECT 1 FROM orders; DELETE FROM orders"),
    "a file": ("ReadCSV", "SELECT * FROM read_csv('/etc/passwd')"),
    "no SQL": ("complete SQL", "SELECT FROM WHERE ("),
    "the clock": ("clock", "SELECT now() FROM orders"),
    "a setting": ("SET", "SET memory_limit = '1TB'"),
}


@pytest.mark.parametrize(("told", "text"), WRONG.values(), ids=WRONG)
def test_what_does_not_pass_goes_back_once(told: str, text: str, helped: Analyst, server: ChatServer) -> None:
    server.acts(sql(text), sql(TOTAL))
    assert ask(helped, UNKNOWN).json()["rows"] == [[80]]
    assert told in server.requests[1].last
    server.requests.clear()
    server.acts(sql(text))
    assert ask(helped, UNKNOWN).status == "refuse"
    assert len(server.requests) == 2


def test_sql_stands_alone(helped: Analyst, server: ChatServer) -> None:
    server.acts(Act(calls=[("query", {"metrics": ["gmv"]}), ("sql", {"sql": TOTAL})]), sql(TOTAL))
    assert ask(helped, UNKNOWN).tool == "sql"
    assert "stands alone" in server.requests[1].last


def test_what_fails_on_the_rows_is_not_told_the_model(helped: Analyst, server: ChatServer) -> None:
    """An engine's words about a row may hold what stands in it."""
    server.acts(
        sql("SELECT sum(CAST(nickname AS INTEGER)) AS n FROM users"), sql("SELECT CAST(city AS INTEGER) FROM users")
    )
    answer = ask(helped, UNKNOWN)
    assert answer.status == "refuse"
    assert not any("Could not convert" in each.text or "杭州" in each.last for each in server.requests[1:])


def test_personal_columns_are_masked(helped: Analyst, server: ChatServer) -> None:
    server.acts(sql("SELECT user_id, phone FROM users ORDER BY 1 LIMIT 2"))
    answer = ask(helped, UNKNOWN)
    assert answer.status == "answer"
    assert answer.json()["rows"] == [[1, "***"], [2, "***"]]
    assert any("phone" in each for each in answer.notes)


def test_a_role_sees_its_rows_alone(tiny: Path, server: ChatServer) -> None:
    server.acts(sql("SELECT DISTINCT city FROM orders ORDER BY city"))
    answer = ask(with_model(tiny, server, WENSHU_POLICIES=POLICIES, WENSHU_ROLE="运营-华东"), "上海的吸金王是谁")
    assert answer.json()["rows"] == [["上海"], ["杭州"]]
    assert any("已按权限过滤" in each for each in answer.notes)


def test_all_of_it_is_exported(helped: Analyst, server: ChatServer, tmp_path: Path) -> None:
    server.acts(sql("SELECT order_id, city FROM orders ORDER BY order_id"))
    answer = ask(helped, UNKNOWN, limit=2)
    assert (len(answer.json()["rows"]), answer.json()["row_count"], answer.json()["truncated"]) == (2, 8, True)
    assert helped.export(answer, tmp_path / "rows.csv") == 8


def test_a_question_after_it_is_asked_whole(helped: Analyst, server: ChatServer) -> None:
    server.acts(sql(TOTAL))
    assert ask(helped, UNKNOWN, "那北京呢").status in {"answer", "refuse"}
    assert ask(helped, UNKNOWN, "本月GMV").json()["rows"] == [[820]]


def test_a_chart_fits_the_rows(helped: Analyst, server: ChatServer) -> None:
    server.acts(sql("SELECT city, sum(pay_amount) AS total FROM orders GROUP BY city ORDER BY total DESC"))
    answer = ask(helped, UNKNOWN)
    assert answer.chart is not None
    assert (answer.chart.type, answer.chart.x, answer.chart.y) == ("bar", "city", ("total",))
