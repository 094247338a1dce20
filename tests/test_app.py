"""The commands, run as a person runs them: in processes of their own."""

import json
import os
import socket
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import duckdb

from agent.planner import Conversation
from agent.wiring import connect
from tests.asking import ask
from tests.conftest import settings
from workspace.spending import Limits, Spending
from workspace.store import Store
from workspace.verified import VerifiedAnswers

ROOT = Path(__file__).parent.parent
HEADLINE = "最近7天活跃但未下单的95后女性有哪些？"
# The glossary's headline audience, written by hand.
HEADLINE_SQL = """
SELECT user_id FROM users u
WHERE gender = '女' AND birth_date BETWEEN DATE '1995-01-01' AND DATE '1999-12-31'
  AND EXISTS (SELECT 1 FROM events e WHERE e.user_id = u.user_id
              AND e.event_at >= DATE '2026-06-24' AND e.event_at < DATE '2026-07-01')
  AND NOT EXISTS (SELECT 1 FROM orders o WHERE o.user_id = u.user_id
                  AND o.ordered_at >= DATE '2026-06-24' AND o.ordered_at < DATE '2026-07-01')
ORDER BY user_id
"""


def environment_for(shop: Path | None, **environment: str) -> dict[str, str]:
    """A clean environment for a command on a shop."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("WENSHU_", "OPENAI_"))}
    told = {
        "WENSHU_AS_OF": "2026-06-30",
        "WENSHU_WORKSPACE": os.environ["WENSHU_WORKSPACE"],
        **({"WENSHU_WAREHOUSE": str(shop)} if shop else {}),
        **environment,
    }
    return kept | told


def run(
    shop: Path | None, *arguments: str, fails: bool = False, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command against a shop, in a clean environment."""
    done = subprocess.run(
        [sys.executable, "app.py", *arguments],
        cwd=ROOT,
        env=environment_for(shop, **environment),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode != 0) == fails, done.stderr
    return done


def ids(shop: Path, sql: str) -> list[int]:
    with duckdb.connect(str(shop), read_only=True) as connection:
        return [row[0] for row in connection.execute(sql).fetchall()]


def test_the_headline_as_json(shop: Path) -> None:
    done = run(shop, "ask", "--json", HEADLINE)
    answer = json.loads(done.stdout)
    expected = ids(shop, HEADLINE_SQL)
    assert len(expected) > 3
    assert [row[0] for row in answer["rows"]] == expected
    assert (answer["status"], answer["tool"], answer["planner"]) == ("answer", "audience", "rules")
    assert (answer["row_count"], answer["truncated"], answer["as_of"]) == (len(expected), False, "2026-06-30")
    assert str(len(expected)) in answer["text"]
    assert answer["unused"] == []
    assert "2026-06-24" in answer["understood"]
    assert "1995–1999" in answer["understood"]
    assert [each["name"] for each in answer["columns"]] == [
        "user_id",
        "nickname",
        "gender",
        "age",
        "city",
        "member_level",
    ]
    assert all(sql.startswith("SELECT") for sql in answer["sql"])
    assert answer["llm"] == {"calls": 0, "input_tokens": 0, "output_tokens": 0}
    assert set(answer["elapsed_ms"]) == {"plan", "query", "total"}


def test_the_same_question_gives_the_same_bytes(shop: Path) -> None:
    def said() -> dict[str, Any]:
        answer: dict[str, Any] = json.loads(run(shop, "ask", "--json", HEADLINE).stdout)
        del answer["elapsed_ms"]
        return answer

    assert json.dumps(said()) == json.dumps(said())


def test_a_file_of_conversations(shop: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    lines = [
        {"id": "a", "turns": ["昨天GMV多少"]},
        {"id": "b", "turns": ["GMV by platform this month", "that makes no sense zzz"]},
        {"id": "c", "turns": ["最近的GMV"]},
    ]
    asked.write_text("\n".join(json.dumps(each, ensure_ascii=False) for each in lines), "utf-8")
    answers = [json.loads(line) for line in run(shop, "ask", "--jsonl", str(asked)).stdout.splitlines()]
    assert [(each["id"], each["status"], each["language"]) for each in answers] == [
        ("a", "answer", "zh"),
        ("b", "refuse", "en"),
        ("c", "clarify", "zh"),
    ]
    assert 2 <= len(answers[2]["options"]) <= 5


def test_a_wrong_line_in_the_file_is_named(shop: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text('{"id": "a", "turns": ["昨天GMV"]}\n{"id": 2}\n', "utf-8")
    assert "line 2" in run(shop, "ask", "--jsonl", str(asked), fails=True).stderr


def test_rows_past_the_limit_are_counted_not_given(shop: Path) -> None:
    few = json.loads(run(shop, "ask", "--json", "--max-rows", "2", "下过单的用户有哪些").stdout)
    everyone = json.loads(run(shop, "ask", "--json", "--max-rows", "0", "下过单的用户有哪些").stdout)
    bought = ids(shop, "SELECT DISTINCT user_id FROM orders ORDER BY 1")
    assert (len(few["rows"]), few["row_count"], few["truncated"]) == (2, len(bought), True)
    assert [row[0] for row in everyone["rows"]] == bought


def test_in_the_terminal(shop: Path) -> None:
    printed = run(shop, "ask", "本月各平台GMV").stdout
    assert "天猫" in printed
    assert "理解为：本月（2026-06-01 至 2026-06-30）的GMV，按平台" in printed
    assert "适合的图：bar" in printed


def test_a_chart_as_html(shop: Path, tmp_path: Path) -> None:
    drawn = tmp_path / "chart.html"
    run(shop, "ask", "--json", "--chart", str(drawn), "本月各平台GMV")
    assert "天猫" in drawn.read_text("utf-8")


def test_tools_and_settings_tell_themselves(shop: Path) -> None:
    tools = json.loads(run(shop, "tools", "--json").stdout)
    assert {"query", "audience", "rfm", "help", "sql"} <= {each["name"] for each in tools}
    assert "metrics" in tools[0]["arguments"]["properties"]
    assert "audience" in run(shop, "tools").stdout
    shown = run(shop, "settings", OPENAI_API_KEY="sk-secret-123").stdout
    for name in ("WENSHU_WAREHOUSE", "WENSHU_MODEL", "WENSHU_AS_OF", "WENSHU_PLANNER", "OPENAI_BASE_URL", "WENSHU_LLM"):
        assert name in shown
    assert "sk-secret-123" not in shown


def test_a_demo_shop_of_ones_own(tmp_path: Path) -> None:
    made = tmp_path / "own" / "shop.duckdb"
    run(None, "demo", "--out", str(made), "--as-of", "2026-03-01", "--users", "600", "--seed", "3")
    assert ids(made, "SELECT count(*) FROM users") == [600]
    assert json.loads(run(made, "ask", "--json", "今天GMV", WENSHU_AS_OF="").stdout)["as_of"] == "2026-03-01"


def test_mistakes_are_told_with_the_mend(shop: Path, tmp_path: Path) -> None:
    missing = run(tmp_path / "none.duckdb", "ask", "GMV", fails=True)
    assert "WENSHU_WAREHOUSE" in missing.stderr
    assert "Traceback" not in missing.stderr
    assert "Traceback" not in run(shop, "ask", "GMV", fails=True, WENSHU_PLANNER="llm").stderr
    unknown = run(shop, "ask", "GMV", fails=True, WENSHU_PLANNER="magic").stderr
    assert "WENSHU_PLANNER" in unknown
    assert "Traceback" not in unknown
    assert "2026-13-01" in run(None, "demo", "--as-of", "2026-13-01", fails=True).stderr
    assert "roles" in run(shop, "ask", "--as", "boss", "GMV", fails=True).stderr
    assert run(shop, "ask", fails=True).stdout == ""


def test_asking_in_a_role(shop: Path) -> None:
    policies = str(ROOT / "warehouse" / "demo" / "policies.yml")
    asked = ("ask", "--json", "最近30天各平台的订单数")
    local = json.loads(run(shop, *asked, WENSHU_POLICIES=policies).stdout)
    east = json.loads(run(shop, *asked, "--as", "运营-华东", WENSHU_POLICIES=policies).stdout)
    assert sum(row[1] for row in east["rows"]) < sum(row[1] for row in local["rows"])
    assert any("运营-华东" in note and "orders" in note for note in east["notes"])
    assert not any("运营-华东" in note for note in local["notes"])
    unknown = run(shop, *asked, "--as", "运营-华南", fails=True, WENSHU_POLICIES=policies).stderr
    assert "运营-华东" in unknown
    assert "Traceback" not in unknown


def test_a_port_that_is_taken_is_told(shop: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = run(shop, "serve", "--port", str(taken.getsockname()[1]), fails=True).stderr
    assert "--port" in said
    assert "Traceback" not in said


def test_a_port_may_be_told_without_a_command_but_not_before_another(shop: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = run(shop, "--port", port, fails=True).stderr
    assert f"127.0.0.1:{port}" in said
    assert "serve --port 8000" in run(shop, "--port", "8000", "settings", fails=True).stderr


def test_lines_that_cannot_be_asked_are_named(shop: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    for line in ('{"id": "a", "turns": []}', '{"id": "a", "turns": "GMV"}', '{"id": "a", "turns": [1]}'):
        asked.write_text(line, "utf-8")
        assert "line 1" in run(shop, "ask", "--jsonl", str(asked), fails=True).stderr
    assert "exist" in run(shop, "ask", "--jsonl", str(tmp_path / "nowhere.jsonl"), fails=True).stderr


def test_a_line_may_hold_odd_characters(shop: Path, tmp_path: Path) -> None:
    asked = tmp_path / "asked.jsonl"
    asked.write_text('{"id": "a", "turns": ["昨天\u2028GMV"]}\n{"id": "b", "turns": ["\\ud800 GMV"]}\n', "utf-8")
    answers = [json.loads(line) for line in run(shop, "ask", "--jsonl", str(asked)).stdout.splitlines()]
    assert [each["status"] for each in answers] == ["answer", "refuse"]


def test_a_chart_that_is_not_there_is_told(shop: Path, tmp_path: Path) -> None:
    done = run(shop, "ask", "--json", "--chart", str(tmp_path / "deep" / "chart.html"), "利润")
    assert "no chart" in done.stderr
    run(shop, "ask", "--json", "--chart", str(tmp_path / "deep" / "chart.html"), "本月各平台GMV")
    assert (tmp_path / "deep" / "chart.html").exists()


def test_the_page_prints_its_address_at_once_and_answers_there(shop: Path) -> None:
    command = [sys.executable, "app.py", "serve", "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment_for(shop), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as server:
        assert server.stdout is not None
        try:
            address = server.stdout.readline().split(": ", 1)[1].strip()
            assert address.startswith("http://127.0.0.1:")
            with urlopen(address, timeout=30) as page:  # noqa: S310 - our own address
                assert page.status == 200
        finally:
            server.terminate()


def test_what_the_language_model_took(shop: Path, tmp_path: Path) -> None:
    kept = tmp_path / "workspace.sqlite"
    book = Spending(Store(kept), Limits())
    book.reserve(book.open(date(2026, 6, 30), "an", "吸金总额"), 1234, 0.5)
    told = run(shop, "spent", "--questions", WENSHU_WORKSPACE=str(kept)).stdout
    assert all(each in told for each in ("2026-06-30", "an", "1,234", "0.5000", "吸金总额"))


def test_answers_marked_right_are_run_again(shop: Path, tmp_path: Path) -> None:
    kept = tmp_path / "workspace.sqlite"
    told = settings(shop).model_copy(update={"workspace": kept})
    for question in ("本月GMV", "本月各平台订单数"):
        analyst = connect(told)
        analyst.mark(ask(analyst, question), Conversation())
    done = run(shop, "verified", "check", WENSHU_WORKSPACE=str(kept))
    assert all(each in done.stdout for each in ("本月GMV", "本月各平台订单数", "local", "✓"))
    answers = VerifiedAnswers(Store(kept))
    newest = answers.all()[0]
    answers.keep(replace(newest, asked=("SELECT 1",)))
    stale = run(shop, "verified", "check", fails=True, WENSHU_WORKSPACE=str(kept))
    assert "模型或数据变了" in stale.stdout
    run(shop, "verified", "remove", str(answers.all()[0].id), WENSHU_WORKSPACE=str(kept))
    run(shop, "verified", "check", WENSHU_WORKSPACE=str(kept))
    assert "no answer has" in run(shop, "verified", "remove", "99", fails=True, WENSHU_WORKSPACE=str(kept)).stderr
