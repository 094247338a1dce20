"""What is said after a question back: it is about that question, and never silently about one before it."""

import pytest

from agent.analyst import Analyst
from tests.asking import answered, ask, understood

OPEN = ("今年的打开率", "按渠道")


@pytest.mark.parametrize(
    ("turns", "narrowed"),
    [
        ((*OPEN, "只看女性"), "女性"),
        (("What's the open rate of our messages this year?", "by channel", "and for women only"), "女"),
        (("今年各渠道的销售额", "上海的"), "上海"),
        (("revenue by channel this year", "only 上海"), "上海"),
        (("各渠道的销售额", "今年的"), "今年"),
    ],
)
def test_what_is_told_of_an_open_question_is_told_of_each_choice(
    analyst: Analyst, turns: tuple[str, ...], narrowed: str
) -> None:
    before, answer = ask(analyst, *turns[:-1]), ask(analyst, *turns)
    assert before.status == answer.status == "clarify"
    assert len(answer.options) == len(before.options)
    for option in answer.options:
        said = understood(analyst, option)
        assert narrowed in said
        assert "渠道" in said or "channel" in said or "平台" in said or "platform" in said


@pytest.mark.parametrize(
    ("turns", "chosen"),
    [
        ((*OPEN, "推送渠道"), "今年的打开率，按推送渠道"),
        ((*OPEN, "按注册渠道"), "今年的打开率，按注册渠道"),
        (("今年各渠道的销售额", "我是说平台"), "今年的销售额，按平台"),
        (("最近12周的留存", "首购用户"), "首购用户的留存率，最近12周"),
        (("上个月我们利润多少", "毛利"), "上个月的毛利"),
    ],
)
def test_a_choice_is_made_by_a_word_of_it(analyst: Analyst, turns: tuple[str, ...], chosen: str) -> None:
    assert understood(analyst, *turns) == chosen


def test_a_whole_question_is_a_new_one(analyst: Analyst) -> None:
    assert understood(analyst, "上个月我们利润多少", "上个月GMV是多少") == "上个月的GMV"
    assert answered(analyst, "今年各渠道的销售额", "谢谢").plan is not None
