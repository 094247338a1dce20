"""Ordinary wordings, each with what it means, checked by hand against the glossary."""

import pytest

from agent.analyst import Analyst
from tests.asking import ask, assert_stopped, understood

MEANT = [
    ("上个月推送了多少条，打开率多少", "上个月的发送量、打开率"),
    ("发往杭州的订单上个月有多少", "上个月收货城市：杭州的订单数"),
    ("上个月消费满50元的用户，看下会员等级分布", "上个月销售额至少50元的用户，按会员等级"),
    ("上个月消费超过50元的女性，按城市", "上个月销售额超过50元的用户，女性，按城市"),
    (
        "customers who spent at least 50 yuan last month by city",
        "users who had revenue at least ¥50 last month, by city",
    ),
    ("本月和上月的支付人数对比一下", "本月的支付人数，环比"),
    ("对比本月和上月的销售额", "本月的销售额，环比"),
    ("compare May and April revenue", "revenue, the month of May, versus April"),
    ("Compare this month's revenue with the same period last year", "revenue, this month, versus a year earlier"),
    ("Rank cities by number of buyers this year", "buyers, this year, by city, highest buyers first"),
    ("brands ranked by gross profit this year", "gross profit, this year, by brand, highest gross profit first"),
    ("refund rate of Tmall orders this year", "refund rate, this year, 天猫"),
    ("How much stock do we have right now?", "stock, all time"),
    ("How much did we sell last month?", "revenue, last month"),
    ("今年每个月的客单价变化", "今年的客单价，按月"),
    ("最近30天星期几×小时的订单热力图", "最近30天的订单数，按星期，按小时，热力图"),
    ("最近30天下单的用户里有多少是女性", "最近30天下单的用户，女性，人数"),
    ("不同等级会员的客单价", "全部时间的客单价，按会员等级"),
    ("现有会员多少", "全部用户，人数"),
    ("昨天的GMV多少来着", "昨天的GMV"),
    ("退款率最差的平台", "全部时间的退款率，按平台，按退款率从高到低，前1名"),
    ("哪个平台退款率差", "全部时间的退款率，按平台，按退款率从高到低"),
    ("refund rate by brand, worst first", "refund rate, all time, by brand, highest refund rate first"),
    ("the 2 worst brands by return rate", "return rate, all time, by brand, highest return rate first, first 2"),
    ("上个月哪些平台GMV环比下降了", "上个月的GMV，按平台，环比，只看GMV增长率不足0%的"),
    ("上个月销售额环比下降超过10%的品类", "上个月的销售额，按品类，环比，只看销售额增长率不足-10%的"),
    ("上个月销售额环比增长的品牌有哪些", "上个月的销售额，按品牌，环比，只看销售额增长率超过0%的"),
    ("女性用户占比", "全部时间的总用户数占比，按性别，只看女性"),
    ("最近30天下单用户中女性占比", "最近30天的总用户数占比，仅限最近30天下单的用户，按性别，只看女性"),
    ("90天没下单的用户有多少", "最近90天未下单的用户，人数"),
    ("users who haven't ordered for 90 days", "users who placed no order in the last 90 days"),
    ("最近30天活跃3天没下单的用户", "最近30天活跃正好3天、同期未下单的用户"),
    ("average revenue per day last month", "average daily revenue, last month"),
    ("女性用户上个月买了多少钱", "上个月女性的销售额"),
    ("上个月销售额环比下降最快的2个品类", "上个月的销售额，按品类，环比，按销售额增长率从低到高，前2名"),
    ("上个月卖了几支", "上个月的销量"),
    ("本月和上月比哪个销售额高", "本月的销售额，环比"),
    ("毛利率最差的品类", "全部时间的毛利率，按品类，按毛利率从低到高，前1名"),
    ("上个月销售额环比下降最多的品类", "上个月的销售额，按品类，环比，按销售额增长率从低到高，前1名"),
    ("上个月销售额环比增长最多的品类", "上个月的销售额，按品类，环比，按销售额增长率从高到低，前1名"),
    ("新客和老客今年每个月的销售额", "今年新老客：新客或老客的销售额，按月，按新老客"),
    ("天猫和京东分别各品类的销售额", "全部时间天猫或京东的销售额，按品类，按平台"),
    ("今年每个月天猫的销售额占比", "今年的销售额占比，按月，按平台，只看天猫"),
    # The share of one value over time is its part of each length of time, wherever that is told; its part of all of
    # them is told in other words.
    ("天猫今年的销售额占比，按月", "今年的销售额占比，按月，按平台，只看天猫"),
    ("抖音占今年销售额的比例，按月", "今年的销售额占比，按月，按平台，只看抖音"),
    ("今年抖音的销售额占比，按月占全期合计", "今年抖音的销售额占比，按月占全期合计"),
    (
        "what share of revenue came from Douyin this year, by month",
        "share of total revenue, this year, by month, by platform, keeping 抖音",
    ),
    (
        "share of total revenue, this year, 抖音, by month out of the whole period",
        "share of total revenue, this year, 抖音, by month out of the whole period",
    ),
    # By other groups it is the value's part of each of them.
    ("抖音占销售额的比例，按城市", "全部时间的销售额组内占比，按城市，按平台，只看抖音"),
    ("抖音占各城市销售额的比例", "全部时间的销售额组内占比，按城市，按平台，只看抖音"),
    (
        "women's share of orders by platform",
        "share of orders within its group, all time, by platform, by gender, keeping 女",
    ),
    # What a part is of is told by more than its name: the rest narrows the whole.
    ("女性占天猫上个月销售额的多少", "上个月天猫的销售额占比，按性别，只看女性"),
    (
        "what percentage of sales did Tmall account for last month",
        "share of total revenue, last month, by platform, keeping 天猫",
    ),
    ("抖音上个月贡献了百分之多少的销售额", "上个月的销售额占比，按平台，只看抖音"),
    ("上月抖音占了多少销售额", "上个月的销售额占比，按平台，只看抖音"),
    ("抖音贡献了今年销售额的多少", "今年的销售额、销售额占比，按平台，只看抖音"),
    ("how much of our revenue is Douyin", "revenue and share of total revenue, all time, by platform, keeping 抖音"),
    ("天猫的订单数占总订单数的比例", "全部时间的订单数占比，按平台，只看天猫"),
    ("江浙沪销售额占全国的比例", "全部时间的销售额占比，按是否江浙沪，只看江浙沪"),
    (
        "how much of last month's revenue was from women",
        "revenue and share of total revenue, last month, by gender, keeping 女",
    ),
    ("Tmall revenue as a percentage of total revenue", "share of total revenue, all time, by platform, keeping 天猫"),
    (
        "contribution of new customers to revenue this month",
        "share of total revenue, this month, by customer type, keeping customer type: 新客",
    ),
    ("新客对销售额的贡献，本月", "本月的销售额占比，按新老客，只看新老客：新客"),
    ("用券订单占多少", "全部时间的订单数占比，按是否用券，只看是否用券：用券"),
    ("各平台订单占总订单的比例", "全部时间的订单数占比，按平台"),
    ("会员等级销售额占比", "全部时间的销售额占比，按会员等级"),
    ("前三品类占销售额的多少", "全部时间的销售额占比，按品类，按销售额占比从高到低，前3名"),
    ("天猫和京东上个月的销售额占比对比", "上个月的销售额占比，按平台，只看天猫或京东"),
    # What is set side by side: metrics, more than two groups, the unit just before, the months of a range.
    ("销售额和毛利对比，按月", "全部时间的销售额、毛利，按月"),
    ("revenue vs gross profit by month", "revenue and gross profit, all time, by month"),
    ("天猫、京东、抖音上个月销售额做个对比", "上个月天猫或京东或抖音的销售额，按平台"),
    ("天猫和京东对比上个月销售额", "上个月的销售额，按平台，天猫对比京东"),
    ("revenue this quarter vs last", "revenue, this quarter, versus the period before"),
    ("revenue split between May and June", "revenue, the month of May to June, by month"),
    # Of a year the period before and a year earlier are one.
    ("今年销售额增长率", "今年的销售额，环比"),
    ("revenue growth in 2025", "revenue, the year 2025, versus the period before"),
    # One metric over another is the one that the model names so.
    ("新客贡献了多少比例的买家？按月看", "全部时间的新客占比，按月"),
    ("复购用户占买家多少", "全部时间的复购率"),
    ("毛利占销售额的比例", "全部时间的毛利率"),
    ("本月新客占多少", "本月的新客占比"),
    ("最近一年各平台老客占比多少", "最近一年的老客占比，按平台"),
    ("過去一年複購率有幾成", "最近一年的复购率"),
    ("老客占买家的比例", "全部时间的老客占比"),
    ("refunds as a percentage of revenue by platform", "refund rate, all time, by platform"),
    ("what fraction of buyers were repeat buyers", "repurchase rate, all time"),
    ("上个月销售额环比增长最快的品类", "上个月的销售额，按品类，环比，按销售额增长率从高到低，前1名"),
    ("上个月销售额环比下降最多的品牌", "上个月的销售额，按品牌，环比，按销售额增长率从低到高，前1名"),
    ("上个月销售额最高的品类环比增长多少", "上个月的销售额，按品类，环比，按销售额从高到低，前1名"),
    ("到现在为止的销售额", "全部时间的销售额"),
    ("到现在为止没下过单的用户有多少", "全部时间未下单的用户，人数"),
    ("最近7天下单的用户，按城市和性别", "最近7天的下单人数，按城市，按性别"),
    ("上个月花钱最多的10个用户", "上个月的销售额，按用户ID，按销售额从高到低，前10名"),
    ("用户最多的城市", "全部时间的总用户数，按城市，按总用户数从高到低，前1名"),
    ("各省女性用户数前2", "全部时间女性的总用户数，按省份，按总用户数从高到低，前2名"),
    ("男性和女性用户数对比", "全部时间的总用户数，按性别，男性对比女性"),
    ("number of users by age group and gender", "total users, all time, by age band, by gender"),
    ("用户年龄分布", "全部用户，按年龄段"),
    ("上个月下单用户的年龄分布", "上个月下单的用户，按年龄段"),
    ("revenue by day of week", "revenue, all time, by weekday"),
    (
        "top 5 categories by revenue last month, with growth vs the month before",
        "revenue, last month, by category, versus the period before, highest revenue first, first 5",
    ),
    (
        "which category's revenue grew fastest last month compared with the month before",
        "revenue, last month, by category, versus the period before, highest revenue growth rate first, first 1",
    ),
]
UNCLEAR = [
    "天猫和京东每个月的销售额",
    "天猫和京东各品类的销售额",
    "上个月赚了多少",
    "上个月销售额变化",
    "上个月销售额增长最快的品类",
    "上个月退款最多的商品",
    "昨天各平台卖得怎么样",
    "各等级会员数",
    "What did we make last month?",
    "从搜索广告来的访客上个月有多少",
]
DECLINED = [
    "上个月复购的有多少",
    "评价最高的商品",
    "哪个品牌评价最好",
    "注册30天没下单的用户",
    "下单3天没付款的用户",
    "users who ordered in 3 days",
    "女性下单用户占比",
    "上海女性用户占比",
]


@pytest.mark.parametrize(("question", "meant"), MEANT)
def test_an_ordinary_wording_is_read_whole(question: str, meant: str, tiny_analyst: Analyst) -> None:
    assert understood(tiny_analyst, question) == meant


@pytest.mark.parametrize("question", UNCLEAR)
def test_what_people_mean_several_things_by_is_asked(question: str, tiny_analyst: Analyst) -> None:
    answer = ask(tiny_analyst, question)
    assert answer.status == "clarify"
    assert len(answer.options) > 1


@pytest.mark.parametrize("question", DECLINED)
def test_what_may_mean_another_number_is_not_answered(question: str, tiny_analyst: Analyst) -> None:
    assert_stopped(tiny_analyst, question)
