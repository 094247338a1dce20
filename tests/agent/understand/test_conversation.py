"""Corners of a conversation: places in the order before, the order turned round, help in between, new questions."""

import pytest

from agent.analyst import Analyst
from tests.asking import args, ask
from tools.help.args import HelpArgs, Term

PLATFORMS = "上个月各平台的销售额"
REVENUE = Term(kind="metric", name="revenue")


@pytest.mark.parametrize(
    ("nth", "question"), [(1, "第一名的销量多少"), (2, "第二名的销量多少"), (3, "units of the third one")]
)
def test_a_place_in_the_order_before_is_what_stands_there(analyst: Analyst, nth: int, question: str) -> None:
    before = ask(analyst, PLATFORMS)
    assert before.table is not None
    ranked = sorted(before.table.rows, key=lambda row: -float(str(row[1])))
    plan = args(analyst, PLATFORMS, question)
    assert plan["where"] == [{"dimension": "platform", "values": [ranked[nth - 1][0]]}]
    assert (plan["metrics"], plan.get("by")) == (["units"], None)


@pytest.mark.parametrize("question", ["第二名", "the second one"])
def test_a_place_is_asked_of_groups_only(analyst: Analyst, question: str) -> None:
    assert ask(analyst, "上个月的销售额", question).status == "refuse"


@pytest.mark.parametrize(
    ("turns", "rises"),
    [
        (["上个月各品类销售额从低到高", "倒过来排"], False),
        (["revenue by category last month, highest first", "reverse the order"], True),
    ],
)
def test_an_order_is_turned_round(analyst: Analyst, turns: list[str], *, rises: bool) -> None:
    order = args(analyst, *turns)["order"]
    assert (order["column"], order.get("descending", True)) == ("revenue", not rises)


@pytest.mark.parametrize("question", ["最低的是哪个", "最低的呢"])
def test_the_lowest_is_one(analyst: Analyst, question: str) -> None:
    plan = args(analyst, PLATFORMS, question)
    assert (plan["limit"], plan["order"]["column"]) == (1, "revenue")


@pytest.mark.parametrize("question", ["增长率呢", "growth rate?"])
def test_growth_against_nothing_told_is_asked_about(analyst: Analyst, question: str) -> None:
    answer = ask(analyst, PLATFORMS, question)
    assert answer.status == "clarify"
    compared = [args(analyst, each)["compare"] for each in answer.options]
    assert compared == [{"period": "previous"}, {"period": "year_earlier"}]


@pytest.mark.parametrize(
    ("turns", "days"),
    [
        (["最近30天加购未支付的用户有多少", "改成60天"], 60),
        (["how many users added to cart but did not pay in the last 30 days", "make it 14 days"], 14),
    ],
)
def test_a_length_of_time_takes_the_place_of_the_windows_own(analyst: Analyst, turns: list[str], days: int) -> None:
    added, unpaid = args(analyst, *turns)["where"]
    assert added["period"] == unpaid["not"]["period"] == {"kind": "last", "n": days, "unit": "day"}


@pytest.mark.parametrize("question", ["怎么算的", "how is it calculated?"])
def test_how_it_is_reckoned_is_told_of_the_metrics_before(analyst: Analyst, question: str) -> None:
    assert ask(analyst, PLATFORMS, question).tool == "help"
    assert HelpArgs.model_validate(args(analyst, PLATFORMS, question)) == HelpArgs(topic="term", terms=(REVENUE,))


@pytest.mark.parametrize("between", ["谢谢", "好的", "ok", "客单价怎么算的"])
def test_help_in_between_ends_no_conversation(analyst: Analyst, between: str) -> None:
    assert ask(analyst, PLATFORMS, between).tool == "help"
    plan = args(analyst, PLATFORMS, between, "按城市")
    assert (plan["metrics"], plan["by"]) == (["revenue"], ["city"])


@pytest.mark.parametrize("question", ["purple elephants sing loudly", "从来没退过款的老客上季度买了啥"])
def test_what_leans_on_nothing_is_not_declined_as_a_change(analyst: Analyst, question: str) -> None:
    answer = ask(analyst, PLATFORMS, question)
    assert answer.status == "refuse"
    assert answer.unused
    assert "接着上一个问题" not in answer.text
    assert "change of the question before" not in answer.text


@pytest.mark.parametrize("question", ["不看了", "不买了"])
def test_what_is_no_longer_done_is_no_condition(analyst: Analyst, question: str) -> None:
    assert ask(analyst, PLATFORMS, question).unused == (question,)
    assert ask(analyst, f"上个月{question}的用户").status == "refuse"


@pytest.mark.parametrize(
    ("question", "kept"),
    [
        ("最近30天加购未支付的沉默用户有多少人", "最近30天加购、同期未支付、属于沉默用户的用户"),
        ("上个月女性的销售额", "上个月女性的销售额"),
        ("最近30天下单至少3单的用户", "最近30天下单至少3单的用户"),
        ("revenue from women last month", "revenue, last month, 女 (female)"),
    ],
)
def test_suggestions_keep_what_was_asked(analyst: Analyst, question: str, kept: str) -> None:
    answer = ask(analyst, question)
    assert len(answer.suggestions) >= 2
    assert all(each.startswith(kept) for each in answer.suggestions)


@pytest.mark.parametrize("question", ["Active users per day over the last 14 days", "daily active users, last 14 days"])
def test_active_users_per_day_are_those_of_each_day(analyst: Analyst, question: str) -> None:
    plan = args(analyst, question, "iOS users only")
    assert (plan["metrics"], plan["grain"]) == (["active_users"], "day")
    assert plan["where"] == [{"dimension": "device", "values": ["iOS"]}]
