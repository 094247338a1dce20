"""What a ranking is of, where a dimension's name only says what a condition is on."""

import pytest

from agent.analyst import Analyst
from tests.asking import ask

LAUNCHED = {"dimension": "launched_on", "period": {"kind": "relative", "unit": "year", "offset": 0}}


@pytest.mark.parametrize(
    ("question", "by", "per"),
    [
        ("本月今年上新的商品按品牌的销售额前五", ["brand"], None),
        ("今年上新的商品本月销售额前5的品牌", ["brand"], None),
        ("top 5 brands by gross margin this year for products launched this year", ["brand"], None),
        ("今年上新的商品本月销售额前五", ["product"], None),
        ("本月销售额最高的5个今年上新的商品", ["product"], None),
        ("本月每个品类今年上新的商品销售额前5", ["category", "product"], "category"),
        (
            "top 5 products launched this year in each category by revenue last month",
            ["category", "product"],
            "category",
        ),
    ],
)
def test_what_a_condition_is_on_is_no_group_beside_the_one_ranked(
    analyst: Analyst, question: str, by: list[str], per: str | None
) -> None:
    plan = ask(analyst, question).plan
    assert plan is not None
    args = plan["args"]
    assert (args["by"], args["where"], args["limit"], args.get("limit_per")) == (by, [LAUNCHED], 5, per)
