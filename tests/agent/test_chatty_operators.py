"""Chinese as those who run a shop type it, and its near neighbours: what is carried, and what stops the answer."""

import re

import pytest

from agent.analyst import Analyst
from tests.asking import answered, assert_stopped

DAYS = re.compile(r"（\d{4}-[^）]*）")

READ = [
    # Where something was not done, between the negation and the verb.
    ("没在天猫买过的用户", "全部时间未支付（天猫）的用户"),
    ("今年在抖音买过、但没在天猫买过的用户", "今年支付（抖音）、同期未支付（天猫）的用户"),
    ("不在北京的用户有多少人", "全部用户，北京以外，人数"),
    # Names behind the verb of a dimension.
    ("发往华东各省的订单量", "全部时间收货大区：华东的订单数，按收货省份"),
    ("发往各城市的订单量", "全部时间的订单数，按收货城市"),
    # What is counted, told behind a name that asks for its number.
    ("上周卖出去多少件商品", "上周的销量"),
    ("上周卖了多少商品", "上周的销量"),
    ("上周卖了多少款商品", "上周的动销商品数"),
    ("上周 销量 商品", "上周的销量，按商品"),
    ("母婴现在的库存够卖几天（可售天数）", "全部时间母婴的库存周转天数"),
    ("面膜的库存还有多少件", "全部时间面膜的库存"),
    # Numbers of what was done.
    ("上周付款单数和支付金额各是多少？", "上周的支付订单数、销售额"),
    ("昨天有多少单付款了", "昨天的支付订单数"),
    ("最近30天至少来了5天的用户有多少", "最近30天活跃至少5天的用户，人数"),
    ("至少买了2次面膜的用户", "全部时间支付（面膜）至少2单的用户"),
    ("最多下过1单的用户", "全部时间下单至多1单的用户"),
    # Small words that change nothing in their place.
    ("没来下单的用户", "全部时间未下单的用户"),
    ("首单落在上个月的用户有多少人", "上个月首购的用户，人数"),
    ("2025年注册、2026年才首购的用户", "2025年注册、2026年首购的用户"),
    ("昨天新增的用户里有多少人下单了", "昨天注册、全部时间下单的用户，人数"),
    ("会员日活动带来了多少销售额", "全部时间会员日的销售额"),
    ("上个月各注册渠道分别拉来了多少新用户", "上个月的新增用户，按注册渠道"),
    # Each of several.
    ("周一到周日各自的销售额", "全部时间周一到周日的销售额，按星期"),
]

STOPPED = [
    "天猫各自的销售额",
    "昨天多少单没付款",
    "昨天多少单退款了",
    "点击过推送的有多少条",
    "30天才下单的用户",
    "没在北京下过单的用户",
    "上个月销售额买过面膜的",
]


@pytest.mark.parametrize(("question", "said"), READ)
def test_what_operators_type_is_read_whole(question: str, said: str, tiny_analyst: Analyst) -> None:
    assert DAYS.sub("", answered(tiny_analyst, question).understood) == said


@pytest.mark.parametrize("question", STOPPED)
def test_a_neighbour_of_it_is_stopped(question: str, tiny_analyst: Analyst) -> None:
    assert_stopped(tiny_analyst, question)
