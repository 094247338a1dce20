"""Clusters and profiles as people ask for them, and what comes of a cluster after."""

from typing import Any

import pytest

from agent.analyst import Analyst
from tests.asking import answered, args, assert_stopped, rows

LATELY: dict[str, Any] = {"kind": "last", "n": 30, "unit": "day"}
BEAUTY = {
    "behaviour": "purchase",
    "period": LATELY,
    "where": [{"dimension": "category", "values": ["美妆"]}],
}
ACTIVE = {"behaviour": "active", "period": LATELY}


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("最近30天买过美妆的用户有什么特征", {"where": [BEAUTY]}),
        ("最近30天买过美妆的用户画像", {"where": [BEAUTY]}),
        ("最近30天买过美妆的都是些什么人", {"where": [BEAUTY]}),
        ("最近30天活跃的用户长什么样", {"where": [ACTIVE]}),
        ("what are customers who bought beauty in the last 30 days like", {"where": [BEAUTY]}),
        ("what do customers who bought beauty in the last 30 days look like", {"where": [BEAUTY]}),
        ("profile of users who were active in the last 30 days", {"where": [ACTIVE]}),
        ("characteristics of users who were active in the last 30 days", {"where": [ACTIVE]}),
    ],
)
def test_a_profile_is_asked_for(analyst: Analyst, question: str, plan: dict[str, Any]) -> None:
    answer = answered(analyst, question)
    assert answer.tool == "profile"
    assert answer.plan is not None
    assert dict(answer.plan["args"]) == plan


WOMEN_AND_MEN = {"dimension": "gender", "first": "女", "second": "男"}


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("女性用户和男性用户的画像差异", {"compare": WOMEN_AND_MEN}),
        ("女性和男性的画像对比", {"compare": WOMEN_AND_MEN}),
        ("女性和男性用户的画像有什么区别", {"compare": WOMEN_AND_MEN}),
        ("profile of women versus men", {"compare": WOMEN_AND_MEN}),
        (
            "上海的女性和男性的画像差异",
            {"where": [{"dimension": "city", "values": ["上海"]}], "compare": WOMEN_AND_MEN},
        ),
    ],
)
def test_two_groups_are_profiled_one_against_the_other(analyst: Analyst, question: str, plan: dict[str, Any]) -> None:
    answer = answered(analyst, question)
    assert answer.tool == "profile"
    assert answer.plan is not None
    assert dict(answer.plan["args"]) == plan
    assert args(analyst, answer.understood) == plan


def test_only_customers_are_profiled_against_one_another(analyst: Analyst) -> None:
    assert_stopped(analyst, "天猫和京东的画像差异")
    assert answered(analyst, "女性和男性的销售额差异").tool == "query"


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("用户聚类", {}),
        ("把用户分成4类", {"clusters": 4}),
        ("把最近30天活跃的用户聚成3类", {"where": [ACTIVE], "clusters": 3}),
        ("cluster the users", {}),
        ("segment customers into 4 groups", {"clusters": 4}),
        ("cluster users who were active in the last 30 days into 3 clusters", {"where": [ACTIVE], "clusters": 3}),
    ],
)
def test_clusters_are_asked_for(analyst: Analyst, question: str, plan: dict[str, Any]) -> None:
    assert answered(analyst, question).tool == "cluster"
    assert args(analyst, question) == plan


@pytest.mark.parametrize(
    ("analysis", "question"),
    [
        ("把用户聚成3类", "2号群有多少人"),
        ("把用户聚成3类", "第2类有多少人"),
        ("把用户聚成3类", "第二个群有多少人"),
        ("users clustered into 3 clusters", "how many users are in group 2"),
        ("users clustered into 3 clusters", "how many users are in cluster 2"),
    ],
)
def test_a_cluster_is_asked_of_after(analyst: Analyst, analysis: str, question: str) -> None:
    table = answered(analyst, analysis).table
    assert table is not None
    assert answered(analyst, analysis, question).json()["rows"] == [[table.column("users")[1]]]


def test_a_cluster_that_is_not_there_is_not_answered(analyst: Analyst) -> None:
    for question in ("第9类有多少人", "第12类有多少人"):
        assert_stopped(analyst, "把用户聚成3类", question)


def test_what_cannot_be_carried_is_not_answered_nearly(analyst: Analyst) -> None:
    for question in ("把用户按销售额聚成3类", "把商品聚成3类", "天猫订单的画像"):
        assert_stopped(analyst, question)


def test_a_profile_of_a_cluster(analyst: Analyst) -> None:
    assert rows(analyst, "把用户聚成3类") != []
    answer = answered(analyst, "把用户聚成3类", "1号群的画像")
    assert answer.tool == "profile"
