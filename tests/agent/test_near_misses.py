"""Words that change an answer and were once lost on the way to it: each is carried now, or stops the answer."""

import pytest

from agent.analyst import Analyst
from tests.asking import ask, assert_stopped, understood

STOPPED = [
    # What was done, told of a metric that counts something else.
    "支付GMV",
    "上周各品类有支付订单数",
    "前天的付款取消率",
    # Pieces beside what counts none.
    "how many units of refund amount last month",
    # Who, each day: a number of people is no answer.
    "上周每天都有哪些用户下单",
    # An order within each length of time.
    "每个月销售额最高的3天",
    "每天销售额最高的3个品类",
    "monthly revenue of the top 3 categories",
    "销售额最高的用户的城市",
    # Nothing else, every time: no condition on some of what was done.
    "每个月都下单的用户",
    "users who were active every day last week",
    # People told by what they have against another time.
    "users who spent more this month than last month",
    "本月比上个月消费多的用户",
    # The last days of a time are not the worst ones.
    "上个月后10天的销售额",
    "去年最后一个季度的销售额",
    # Bounds beside an order: which comes first is not told.
    "销售额最高的5个城市中订单数超过100的",
    "退款率最高的销售额前10商品",
    "最近7天每天订单数都超过10的城市",
    # Whose share, among what; several together; of those who are new in each month, or in the whole time.
    "下单用户占活跃用户的比例",
    "退款占GMV的比例",
    "天猫和京东一共占多少销售额",
    "天猫占京东的多少",
    "买过口红的用户销售额占比，按月",
    "新客销售额占比",
    "今年新客销售额占比，按月",
    "本月抖音女性销售额占比，按月",
    "share of revenue from Tmall by category",
    "各城市下单用户占总用户数的比例",
    "天猫和京东的销售额占比差多少",
    "revenue as a share of buyers",
    # Compared with, or split by, what is not told; a comparing word is not the name of a thing.
    "which brands compare with JD on revenue",
    "各平台销售额 vs 京东",
    "各品牌和天猫对比销售额",
    "revenue split last month",
    "拆一下上个月销售额",
    "销售额超过天猫的平台",
    # A number that is no month.
    "3销售额",
    # Two kinds of people, or those who are both.
    "女性和95后的用户有多少",
    "女性和上海用户的销售额",
]
READ = [
    ("上个月买过东西3次的用户", "上个月支付正好3单的用户"),
    ("没买过任何一件东西的用户", "全部时间未支付的用户"),
    ("最近30天浏览5次以上却没买((的30到40岁男性", "最近30天浏览至少5次、同期未支付的用户，年龄30到40岁，男性"),
    ("下单最多的2个用户", "全部时间的订单数，按用户ID，按订单数从高到低，前2名"),
    ("who visited the most", "visits, all time, by user ID, highest visits first"),
    (
        "各省销售额最高的2个用户",
        "全部时间的销售额，按省份，按用户ID，按销售额从高到低，每个省份前2名",
    ),
    (
        "revenue last month from users who ordered this month",
        "revenue, last month, only users who placed an order this month",
    ),
    ("去年6月的销售额比5月", "去年6月的销售额，对比去年5月"),
    ("销售额后2天", "全部时间的销售额，按天，按销售额从低到高，前2名"),
    ("today's orders", "orders, today"),
    ("哪个城市下单最多", "全部时间的订单数，按城市，按订单数从高到低，前1名"),
    ("天猫和京东销售额之和", "全部时间天猫或京东的销售额"),
    ("来过但没买口红的用户", "全部时间活跃、同期未支付的用户"),
    ("只下过一单的用户", "全部时间下单正好1单的用户"),
    ("只看最近7天下单的用户", "最近7天下单的用户"),
    ("每天有多少人下单", "全部时间的下单人数，按天"),
    ("在天猫和京东都下过单的用户", "全部时间下单、同期下单的用户"),
    ("哪个省下单的用户最多", "全部时间的下单人数，按省份，按下单人数从高到低，前1名"),
]


@pytest.mark.parametrize("question", STOPPED)
def test_a_word_that_cannot_be_carried_stops_the_answer(question: str, tiny_analyst: Analyst) -> None:
    assert_stopped(tiny_analyst, question)


@pytest.mark.parametrize(("question", "said"), READ)
def test_a_word_that_can_be_carried_is(question: str, said: str, tiny_analyst: Analyst) -> None:
    assert understood(tiny_analyst, question) == said


@pytest.mark.parametrize(
    "question", ["which customers bought the most?", "买过口红和香水的用户", "天猫和京东下单的用户", "哪个城市购买最多"]
)
def test_what_has_two_readings_is_asked_about(question: str, tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, question)
    assert answer.status == "clarify"
    assert len(answer.options) == 2


def test_looking_and_not_buying_are_about_the_same(tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, "浏览但没买口红的用户")
    lipstick = [{"dimension": "subcategory", "values": ["口红"]}]
    assert answer.plan is not None
    assert answer.plan["args"]["where"] == [
        {"behaviour": "view", "where": lipstick},
        {"not": {"behaviour": "purchase", "where": lipstick}},
    ]
