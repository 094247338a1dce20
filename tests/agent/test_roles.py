"""Asking in a role: the answers of a shop that holds its rows, and words that say so."""

from pathlib import Path

import duckdb
import pytest

from agent.analyst import Analyst
from agent.settings import Settings
from agent.wiring import connect
from tests.asking import ask
from warehouse.errors import NotAllowed

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "warehouse" / "demo" / "policies.yml"
EAST_CHINA = ROOT / "tests" / "warehouse" / "policies" / "east_china.sql"
QUESTIONS = (
    "最近30天GMV多少？",
    "最近30天各平台的GMV",
    "最近7天每天的订单数",
    "最近30天各城市的销售额",
    "最近7天下单的用户有哪些？",
    "What was revenue last month?",
)


def settings(shop: Path, **told: str | Path) -> Settings:
    return Settings.model_validate(
        {"WENSHU_WAREHOUSE": shop, "WENSHU_AS_OF": "2026-06-30", "WENSHU_POLICIES": EXAMPLE, **told}
    )


@pytest.fixture(scope="module")
def east(tiny: Path) -> Analyst:
    return connect(settings(tiny), "运营-华东")


@pytest.fixture(scope="module")
def permitted(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Analyst:
    """An analyst of a shop that holds the orders sent to East China, and no others."""
    path = tmp_path_factory.mktemp("east") / "shop.duckdb"
    with duckdb.connect(str(path)) as database:
        database.execute(f"ATTACH '{tiny}' AS whole (READ_ONLY)")
        database.execute(EAST_CHINA.read_text("utf-8"))
    return connect(settings(path))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_role_s_answer_is_that_of_a_shop_of_its_rows(question: str, east: Analyst, permitted: Analyst) -> None:
    found, wanted = ask(east, question), ask(permitted, question)
    assert found.status == "answer", found.text
    assert found.text == wanted.text
    assert found.json()["rows"] == wanted.json()["rows"]


def test_the_whole_shop_s_answer_is_another(tiny_analyst: Analyst, east: Analyst) -> None:
    assert ask(east, QUESTIONS[1]).json()["rows"] != ask(tiny_analyst, QUESTIONS[1]).json()["rows"]


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_filtered_answer_says_so(question: str, east: Analyst, tiny_analyst: Analyst) -> None:
    said = " ".join(ask(east, question).notes)
    assert "运营-华东" in said
    assert "orders" in said
    assert ("没有结果不等于零" in said) or ("No result does not mean zero" in said)
    assert "运营-华东" not in " ".join(ask(tiny_analyst, question).notes)


def test_what_is_not_filtered_does_not_say_so(east: Analyst) -> None:
    answer = ask(east, "最近7天活跃用户数")
    assert answer.status == "answer"
    assert not any("运营-华东" in note for note in answer.notes)


def test_a_download_holds_the_role_s_rows(east: Analyst, permitted: Analyst, tmp_path: Path) -> None:
    texts = []
    for name, analyst in (("east", east), ("permitted", permitted)):
        path = tmp_path / f"{name}.csv"
        analyst.export(ask(analyst, QUESTIONS[4]), path)
        texts.append(path.read_text("utf-8"))
    assert texts[0] == texts[1]


def test_a_denied_column_is_told_by_name(tiny: Path, tmp_path: Path) -> None:
    path = tmp_path / "policies.yml"
    path.write_text("roles: {intern: {denied: {orders: [pay_amount]}}}", "utf-8")
    analyst = connect(settings(tiny, WENSHU_POLICIES=path), "intern")
    answer = ask(analyst, "最近30天GMV多少？")
    assert answer.status == "refuse"
    assert "orders.pay_amount" in answer.text
    assert ask(analyst, "最近30天订单数多少？").status == "answer"


def test_every_role_of_the_example_can_begin(tiny: Path) -> None:
    for role in ("local", "运营-华东", "客服", "财务外包"):
        assert connect(settings(tiny), role).about("zh").examples


def test_the_setting_tells_the_role(tiny: Path, east: Analyst) -> None:
    served = connect(settings(tiny, WENSHU_ROLE="运营-华东"))
    assert ask(served, QUESTIONS[0]).text == ask(east, QUESTIONS[0]).text
    assert any("运营-华东" in note for note in ask(served, QUESTIONS[0]).notes)


def test_an_unknown_role_is_told_at_once(tiny: Path) -> None:
    with pytest.raises(NotAllowed) as unknown:
        connect(settings(tiny), "运营-华南")
    assert "运营-华东" in unknown.value.hint.zh
    with pytest.raises(NotAllowed):
        connect(settings(tiny, WENSHU_ROLE="nobody"))
