"""Questions near to what is answered, each with a twist that would change the answer: the twist is never dropped."""

import pytest

from agent.analyst import Analyst
from tests.asking import ask

TWISTED = """
下单的用户有哪些，最近7天
users who placed an order, in the last 7 days
昨天和今天下单的用户有哪些
users who ordered in May and June 2026
本月有多少女性用户
上海的男性用户有多少，去年
最近7天活跃的女性，以及昨天的男性
users active last month but did not order in the same period last year
最近7天下单的用户，按城市和性别
最近7天活跃的有多少人，下单的有多少人
how many were active and how many ordered
男性和女性分别有多少
上海和北京分别有多少人昨天下单
how many men and how many women
上海女性和北京男性下单的用户
昨天有没有下单的用户
最近7天有没有活跃的95后女性
users who have yet to order this month
any user but women who ordered yesterday
未活跃和下单的用户
users who did not visit and order
How much did women order last month?
昨天下单多少
本月用户下单了多少
What did women order last month?
昨天下单怎么样
最近7天下单情况
昨天活跃的用户下单了吗
users with orders last week
how many users have orders this month
who has orders today
how many users and orders this month
昨天有多少用户，GMV多少
user 618 GMV
用户618的GMV
orders of user 618
GMV of active users this month
orders of active users
who are the buyers this month
个人GMV
本月DAU和MAU
昨天的MAU
最近3天的MAU
每年6月的GMV
每年春节的GMV
yearly GMV for Double 11
GMV by platform, orders by city
GMV by platform and total
GMV/订单数
本月支付人数/活跃用户数
GMV-销售额
GMV -天猫
最近7天活跃/下单的用户
GMV to 2026-05-31
orders to 上海 this month
buyers to active users
revenue as buyers
6月15后的GMV
6月10后下单的用户
GMV大于100的平台
GMV超过1万的城市
不是上海的GMV
除了天猫的GMV
天猫以外的GMV
GMV前三的平台
top 3 platforms by GMV
average GMV per day last week
orders per user this month
本月GMV环比
first orders this month
GMV excluding Tmall
只有女性下单的平台
至少下单两次的用户
users who ordered twice
5月和6月的GMV
GMV in May and June 2026
天猫和京东的GMV
女性或上海的用户
最近9999年GMV
GMV in the last 3000 years
最近300年每天的GMV
GMV和上个月
GMV跟去年
本月GMV和女性
上海和女性的GMV
女性和各平台订单数
昨天下单的用户和女性用户有哪些
本月又下单的女性有哪些
本月GMV，女性订单数
GMV和昨天订单数
总GMV和各平台订单数
各平台GMV和总GMV
GMV by platform and total GMV this month
total DAU this month
本月GMV，女性呢
本月GMV多少？天猫呢？
本月看了但没下单的用户有哪些
昨天看了又下单的女性
用了的女性名单
GMV in the US this month
US women who ordered this month
6月中GMV
上海GMV中位是多少
昨天下单中的用户
that GMV
不都活跃的用户
不是都下单的女性
没有看的活跃女性
users that are not my active
没下过单的用户昨天活跃的有多少
下过单的用户昨天活跃的有多少
下单3天内活跃的用户有哪些
上周下单，当天活跃的用户有哪些
去年双11活跃，当年下单的用户有多少
本月（2025-06-01 至 2025-06-30）的GMV
昨天(2026-06-01)GMV
下单和没下单的用户有多少
本月多少男性和女性下单
how many men and women ordered yesterday
上海和北京的用户有多少
female order by city this month
women's order this month
users in order
users who visited 上海 last month
users born in 1985 and 1995 who ordered this month
list active users yesterday
list buyers this month
按城市列出昨天下单的女性名单
how much are orders this month
how many GMV this month
what is GMV
what are active users
最近1个月的月活
最近4周WAU
GMV !天猫
下过单的女性今天没活跃的有哪些
在用的用户有多少
没活跃下单的用户有哪些
昨天没有下单活跃的女性
有GMV的女性用户
GMV的女性用户有
上海昨天下单，女性没活跃的用户
orders over 618
""".strip().splitlines()

FOLLOWED = [
    ("上个月女性的GMV", "男性的GMV呢"),
    ("上个月GMV", "销售额呢"),
    ("GMV last month", "and orders?"),
    ("上个月天猫GMV", "京东GMV呢"),
    ("最近7天活跃的95后女性有哪些", "未下单的有多少"),
    ("本月GMV", "那上个月的GMV"),
    ("GMV this month", "what about revenue"),
    ("昨天下单的用户有哪些", "有多少人"),
    ("昨天下单的用户有哪些", "女性有多少"),
    ("昨天下单的用户有哪些", "用户按城市分布"),
    ("昨天活跃的用户有多少", "谁没下单"),
    ("users who ordered yesterday", "how many women"),
    ("昨天下单的用户有哪些", "人数"),
    ("上周GMV", "每天的GMV"),
    ("上周GMV", "哪些用户下单"),
    ("上个月天猫GMV", "销售额"),
]

ORDINARY = [
    ("从未下单的女性有哪些", "audience"),
    ("women who have never placed an order", "audience"),
    ("users who were active last week but didn’t order", "audience"),
    ("1995年出生的用户名单", "audience"),
    ("users born in 1995", "audience"),
    ("1990年到1999年出生的女性有多少", "audience"),
    ("用户性别分布", "audience"),
    ("yesterday's GMV", "query"),
    ("列出本月各平台GMV", "query"),
    ("你好，本月GMV多少", "query"),
    ("hello, GMV this month?", "query"),
    ("all women who were active yesterday", "audience"),
    ("昨天活跃的人数", "audience"),
    ("最近7天下单的男性或女性", "audience"),
    ("users from 上海 or 北京 who ordered this month", "audience"),
    ("一共有多少用户", "audience"),
    ("GMV trend over the last 30 days", "query"),
    ("总GMV是多少", "query"),
    ("本月GMV和订单数分别是多少", "query"),
    ("how many orders this month", "query"),
    ("How much revenue last week?", "query"),
    ("revenue from women this month", "query"),
    ("本月各平台的GMV情况怎么样", "query"),
    ("谁昨天下单了", "audience"),
    ("昨天下单人数是多少", "audience"),
    ("总用户数", "audience"),
    ("revenue from last month", "query"),
    ("谢谢，本月GMV", "query"),
    ("看一下本月各平台GMV", "query"),
    ("本月GMV按平台看", "query"),
    ("历史GMV", "query"),
    ("all-time GMV by platform", "query"),
    ("users born between 1990 and 1999 who were active yesterday", "audience"),
    ("who was active yesterday", "audience"),
    ("最近7天活跃，但未下单的用户", "audience"),
]


@pytest.mark.parametrize("question", TWISTED)
def test_a_twist_is_never_dropped(question: str, tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, question)
    assert answer.status in {"refuse", "clarify"}, answer.understood


@pytest.mark.parametrize(("before", "after"), FOLLOWED)
def test_a_follow_up_is_not_answered_as_if_it_stood_alone(before: str, after: str, tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, before, after)
    assert answer.status in {"refuse", "clarify"}, answer.understood


@pytest.mark.parametrize(("question", "tool"), ORDINARY)
def test_ordinary_wordings_are_answered(question: str, tool: str, tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, question)
    assert answer.status == "answer", answer.text
    assert answer.tool == tool


def test_a_follow_up_is_told_how_to_ask_whole(tiny_analyst: Analyst) -> None:
    assert "上一个问题" in ask(tiny_analyst, "本月各平台GMV", "那上个月呢").text
