"""Groups that an analysis found are customers like any others: listed, counted, cut, asked of a metric."""

from pathlib import Path

import duckdb
import pytest

from agent.analyst import Analyst
from tests.asking import answered, rows
from tests.tools.test_rfm import glossary

BIG_SPENDERS_AT_RISK = "重要挽留客户"


@pytest.fixture(scope="module")
def women_at_risk(shop: Path) -> set[object]:
    """The women whom RFM among women puts into the segment: not those whom RFM among all does."""
    return {each[1] for each in glossary(shop, "gender = '女'") if each[0] == BIG_SPENDERS_AT_RISK}


@pytest.mark.parametrize(
    ("analysis", "question"),
    [
        ("女用户的RFM分析", "把重要挽留客户导出"),
        ("RFM analysis of women", "list the big spenders at risk"),
    ],
)
def test_a_group_is_of_the_analysis_before(
    analyst: Analyst, women_at_risk: set[object], analysis: str, question: str
) -> None:
    answer = answered(analyst, analysis, question)
    assert answer.tool == "audience"
    assert answer.table is not None
    assert set(answer.table.column("user_id")) == women_at_risk


@pytest.mark.parametrize(
    "turns",
    [
        ("女用户的RFM分析", "重要挽留客户有多少人"),
        ("RFM analysis of women", "how many big spenders at risk are there by city"),
    ],
)
def test_it_is_said_so_that_it_is_read_back(analyst: Analyst, turns: tuple[str, ...]) -> None:
    answer = answered(analyst, *turns)
    assert answered(analyst, answer.understood).plan == answer.plan


def test_it_is_asked_of_a_metric_with_days_of_its_own(analyst: Analyst, shop: Path, women_at_risk: set[object]) -> None:
    found = answered(analyst, "女用户的RFM分析", "重要挽留客户今年的销售额").json()
    with duckdb.connect(str(shop), read_only=True) as connection:
        keys = ", ".join(map(str, women_at_risk))
        paid = connection.execute(
            f"SELECT sum(pay_amount) FROM orders WHERE paid_at >= '2026-01-01' AND paid_at < '2026-07-01' "
            f"AND user_id IN ({keys})"
        ).fetchone()
    assert paid is not None
    assert found["rows"] == [[pytest.approx(float(paid[0] or 0))]]


def test_those_people_are_those_that_the_analysis_is_of(analyst: Analyst) -> None:
    assert answered(analyst, "北京用户的RFM分析", "这些人有多少").json()["rows"] == rows(analyst, "北京用户有多少人")


def test_who_is_not_in_it_is_everybody_else(analyst: Analyst, women_at_risk: set[object]) -> None:
    (everybody,) = rows(analyst, "用户数")
    (others,) = answered(analyst, "女用户的RFM分析", "不属于重要挽留客户的有多少人").json()["rows"]
    assert others[0] == everybody[0] - len(women_at_risk)
