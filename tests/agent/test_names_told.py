"""Names as they are spoken mean what the glossary's own name does; a name of two things is asked about."""

import pytest

from agent.analyst import Analyst
from tests.asking import ask, assert_stopped

SAME = [
    ("上个月微信小程序的销售额", "上个月小程序的销售额"),
    ("上个月微信付款的销售额", "上个月微信支付的销售额"),
    ("上个月支付宝付款人数", "上个月支付宝支付人数"),
    ("上个月耳机的销量", "上个月蓝牙耳机的销量"),
    ("上个月苹果手机用户的客单价", "上个月苹果用户的客单价"),
    ("上个月发了多少优惠券", "上个月领券数"),
    ("上个月退了多少件", "上个月退货件数"),
    ("上个月新客户占比", "上个月新客占比"),
    ("上个月花过钱的用户", "上个月支付过的用户"),
    ("revenue from sneakers last month", "revenue from running shoes last month"),
    ("sign-ups from KOL partnerships last month", "sign-ups from influencers last month"),
    ("users who shared a product last month", "users who shared last month"),
    ("returned items by brand last month", "returned units by brand last month"),
    ("search ads spend last month", "ad spend last month, ad platform: search ads"),
    ("上个月搜索广告的花费", "上个月广告平台：搜索广告的广告花费"),
    ("上个月信息流广告点击率", "上个月广告平台：信息流广告的广告点击率"),
    ("上个月搜索广告ROI", "上个月广告平台：搜索广告的ROI"),
    ("本月待支付订单数", "本月订单状态：待付款的订单数"),
    ("How many SMS messages did we send last month and what was the open rate?", "上个月短信的发送量和打开率"),
]
DROPPED = [  # what would be answered but for one word that is not carried
    "急单有多少",
    "上个月女用户有多少，客单价多少",
    "how many female users are there and what is revenue last month",
]
UNCLEAR = [
    "上个月退款笔数",
    "refund count last month",
    "上个月差评数",
    "上个月回款多少",
    "上个月付费率",
    "上个月售后率",
    "sales volume last month",
]


@pytest.mark.parametrize(("spoken", "plain"), SAME)
def test_a_spoken_name_means_what_the_plain_one_does(spoken: str, plain: str, tiny_analyst: Analyst) -> None:
    said, meant = ask(tiny_analyst, spoken), ask(tiny_analyst, plain)
    assert meant.status == "answer", meant.text
    assert said.plan == meant.plan


@pytest.mark.parametrize("question", DROPPED)
def test_a_word_that_nothing_carries_stops_the_answer(question: str, tiny_analyst: Analyst) -> None:
    assert_stopped(tiny_analyst, question)


@pytest.mark.parametrize("question", UNCLEAR)
def test_a_name_of_several_things_is_asked_about(question: str, tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, question)
    assert answer.status == "clarify"
    assert len(answer.options) > 1
