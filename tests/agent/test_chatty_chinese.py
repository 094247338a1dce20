"""Chinese as operators type it: the words around a question change nothing, and words that carry meaning stay so."""

import pytest

from agent.analyst import Analyst
from tests.asking import assert_stopped, understood

PLAIN = "上个月的销售额"
CHATTY = [
    "老板问：上个月销售额多少",
    "老板问我上个月销售额",
    "老板想看上个月销售额",
    "老板催了，上个月销售额多少",
    "领导让我查一下上个月的销售额",
    "领导要看上个月的销售额",
    "我想请教一下上个月的销售额",
    "想请你查一下上个月的销售额",
    "拜托，上个月销售额多少",
    "能帮我看看上个月的销售额吗",
    "话说上个月销售额多少",
    "嗯，上个月销售额多少",
    "我们这边上个月的销售额",
    "咱家上个月销售额",
    "我们公司上个月的销售额",
    "上个月销售额给个数",
    "给个准数，上个月的销售额",
    "上个月销售额呗",
    "上个月的销售额是多少咯",
    "来一份上个月的销售额",
    "搞个上个月的销售额",
]
MEANT = [
    ("出个表，上个月各品类销售额", "上个月的销售额，按品类，表格"),
    ("上个月各品类销售额列成表", "上个月的销售额，按品类，表格"),
    ("上个月销售额按品类来算", "上个月的销售额，按品类"),
    ("把上个月各平台的销售额列给我", "上个月的销售额，按平台"),
    ("上个月的销售额，顺带看下订单数", "上个月的销售额、订单数"),
    ("上个月各品类的销售额及其环比", "上个月的销售额，按品类，环比"),
    ("上个月各品类销售额由高到低列", "上个月的销售额，按品类，按销售额从高到低"),
    ("上个月各品类销售额，从大往小排", "上个月的销售额，按品类，按销售额从高到低"),
    ("上个月各品类销售额，小的在前", "上个月的销售额，按品类，按销售额从低到高"),
    ("哪些商品卖得最好，列前10", "全部时间的销量，按商品，按销量从高到低，前10名"),
    ("上个月各子类的销售额", "上个月的销售额，按子品类"),
    ("压根没下过单的用户有多少", "全部时间未下单的用户，人数"),
    ("从来都没下过单的用户有多少", "全部时间未下单的用户，人数"),
    ("上个月完全没下单的用户有多少", "上个月未下单的用户，人数"),
    ("上个月下过单的女性用户，数一数", "上个月下单的用户，女性，人数"),
    ("上个月下过单的人给我个名单", "上个月下单的用户"),
    ("列出前天各平台的销售额", "前天的销售额，按平台"),
]
CARRIES = [  # near to the words that change nothing, and no words of that kind
    "公司上个月销售额",
    "老板用户有多少",
    "领导岗位的用户有多少",
    "上个月的小店销售额",
    "这边上个月卖了多少",
    "这块手表上个月卖了多少",
    "上个月表的销售额",
    "上个月它们的销售额",
    "销售额前列的品牌",
    "上个月销售额列第二的品类",
    "退款完全没有的品类",
    "上个月完全没用券的订单",
    "上个月天猫给个人数",
    "取前10天的销售额",
    "系列的销售额",
]


@pytest.mark.parametrize("question", CHATTY)
def test_talk_around_a_question_changes_nothing(question: str, tiny_analyst: Analyst) -> None:
    assert understood(tiny_analyst, question) == PLAIN


@pytest.mark.parametrize(("question", "meant"), MEANT)
def test_a_chatty_wording_is_read_whole(question: str, meant: str, tiny_analyst: Analyst) -> None:
    assert understood(tiny_analyst, question) == meant


@pytest.mark.parametrize("question", CARRIES)
def test_a_word_that_may_carry_meaning_is_no_filler(question: str, tiny_analyst: Analyst) -> None:
    assert_stopped(tiny_analyst, question)
