"""Periods in questions: what is read, and what must not be."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from agent.understand.loose import Before, Edge, Loose, Same, Vague
from agent.understand.periods import Found, find, inside, loose
from tests.festivals import CALENDAR
from tests.warehouse.period.periods import days, periods
from warehouse.named import NoSuchDays, NotBegun
from warehouse.period import Part, Period, Relative, Year
from warehouse.text import LANGUAGES, Language


def normalised(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def read(text: str) -> list[tuple[str, str]]:
    """The words of each period, and its canonical name in Chinese."""
    text = normalised(text)
    return [(text[each.start : each.end], each.period.say("zh", CALENDAR)) for each in find(text, CALENDAR)]


# words | what they mean, in canonical words: the whole text is the period
READ = """
6月中旬 | 6月11日 至 6月20日
上个月上旬 | 上个月1日 至 上个月10日
上个月的下旬 | 上个月21日 至 上个月底
2026年2月下旬 | 2026-02-21 至 2026年2月底
去年年初到现在 | 自去年以来
上个月初到现在 | 自上个月以来
从今年年初一直到现在 | 今年
从5月初到5月20日 | 5月 至 5月20日
1月到4月底 | 1月 至 4月
截至5月底 | 截至5月
到去年年底 | 截至去年
到3月底为止 | 截至3月
5月底之前 | 截至5月
5月底之后 | 5月之后
年初以来 | 今年
until the end of April | 截至4月
through the end of last year | 截至去年
by the end of 2025 | 截至2025年
as of the end of May 2025 | 截至2025年5月
as of 5 May | 截至5月5日
from January to the end of April | 1月 至 4月
from the beginning of March to now | 自3月以来
3天前 | 3天前
5日前 | 5天前
5天之前 | 5天前
两天前 | 前天
3 days ago | 3天前
ten days ago | 10天前
近7天 | 最近7天
近 7 天 | 最近7天
最近七天 | 最近7天
最近的7天 | 最近7天
过去60天 | 最近60天
近30日 | 最近30天
最近365天 | 最近365天
最近7天内 | 最近7天
３０天以内 | 最近30天
3天内 | 最近3天
近一周 | 最近一周
最近两周 | 最近2周
最近一个月 | 最近一个月
最近三个月 | 最近3个月
近3月 | 最近3个月
最近两个季度 | 最近2个季度
近半年 | 最近半年
过去一年 | 最近一年
最近一年半 | 最近18个月
最近两年 | 最近2年
last 28 days | 最近28天
the last 7 days | 最近7天
past two weeks | 最近2周
the last three months | 最近3个月
the past 365 days | 最近365天
trailing 30 days | 最近30天
the past month | 最近一个月
past week | 最近一周
the past half year | 最近半年
the last twelve months | 最近12个月
未来30天 | 未来30天
接下来一周 | 未来一周
the next 12 months | 未来12个月
今天 | 今天
今日 | 今天
昨天 | 昨天
昨日 | 昨天
前天 | 前天
明天 | 明天
today | 今天
yesterday | 昨天
the day before yesterday | 前天
tomorrow | 明天
本周 | 本周
这周 | 本周
这个星期 | 本周
上周 | 上周
上个星期 | 上周
上礼拜 | 上周
上上周 | 上上周
下周 | 下周
this week | 本周
last week | 上周
the week before last | 上上周
next week | 下周
上周五 | 上周五
上个星期三 | 上周三
本周一 | 本周一
Friday of last week | 上周五
last week's Monday | 上周一
上周末 | 上周六 至 上周日
本月 | 本月
这个月 | 本月
当月 | 本月
上月 | 上个月
上个月 | 上个月
上上个月 | 上上个月
下个月 | 下个月
this month | 本月
last month | 上个月
the month before last | 上上个月
本季度 | 本季度
上季度 | 上季度
上个季度 | 上季度
last quarter | 上季度
今年 | 今年
去年 | 去年
前年 | 前年
明年 | 明年
this year | 今年
last year | 去年
the year before last | 前年
年初至今 | 今年
年初到现在 | 今年
今年以来 | 今年
今年到现在 | 今年
本月至今 | 本月
本周至今 | 本周
本周到现在 | 本周
本季至今 | 本季度
YTD | 今年
year to date | 今年
year-to-date | 今年
MTD | 本月
month to date | 本月
quarter to date | 本季度
so far this year | 今年
this month so far | 本月
2026年 | 2026年
二〇二五年 | 2025年
the year 2025 | 2025年
3月 | 3月
六月份 | 6月
十一月 | 11月
2025年5月 | 2025年5月
25年3月 | 2025年3月
2026-03 | 2026年3月
2026/3 | 2026年3月
去年3月 | 去年3月
去年的三月 | 去年3月
今年 5 月 | 今年5月
March 2026 | 2026年3月
March of last year | 去年3月
March last year | 去年3月
Sept 2025 | 2025年9月
May 2026 | 2026年5月
the month of May | 5月
Q3 | 第三季度
第三季度 | 第三季度
一季度 | 第一季度
2025Q4 | 2025年第四季度
2026年Q2 | 2026年第二季度
2025年第4季度 | 2025年第四季度
去年第四季度 | 去年第四季度
Q1 2026 | 2026年第一季度
first quarter of 2026 | 2026年第一季度
the second quarter | 第二季度
last year's Q3 | 去年第三季度
上半年 | 上半年
今年上半年 | 今年上半年
去年下半年 | 去年下半年
2025年上半年 | 2025年上半年
H1 2026 | 2026年上半年
the first half of last year | 去年上半年
2026-03-05 | 2026-03-05
2026/3/5 | 2026-03-05
2026.03.05 | 2026-03-05
20260305 | 2026-03-05
2026年3月5日 | 2026-03-05
3月5号 | 3月5日
五月一日 | 5月1日
5 March 2026 | 2026-03-05
March 5th | 3月5日
Mar 5, 2026 | 2026-03-05
3月1日到15日 | 3月1日 至 3月15日
3月1号-3月15号 | 3月1日 至 3月15日
2026年3月1日至15日 | 2026-03-01 至 2026-03-15
2026-03-01 到 2026-03-15 | 2026-03-01 至 2026-03-15
2026.3.1-2026.3.15 | 2026-03-01 至 2026-03-15
between 2026-01-01 and 2026-03-31 | 2026-01-01 至 2026-03-31
March 1-15, 2026 | 2026-03-01 至 2026-03-15
1到4月 | 1月 至 4月
1-4月 | 1月 至 4月
一月到四月 | 1月 至 4月
今年1到4月 | 今年1月 至 今年4月
2025年11月到2026年2月 | 2025年11月 至 2026年2月
2025年11月到2月 | 2025年11月 至 2026年2月
今年前三个月 | 今年1月 至 今年3月
from January to April | 1月 至 4月
January–April | 1月 至 4月
from March to May 2026 | 2026年3月 至 2026年5月
Q1到Q2 | 第一季度 至 第二季度
上周到昨天 | 上周 至 昨天
自3月以来 | 自3月以来
3月至今 | 自3月以来
5月以来 | 自5月以来
自3月1日起 | 自3月1日以来
从上个月到现在 | 自上个月以来
去年以来 | 自去年以来
since May | 自5月以来
since March 1 | 自3月1日以来
from March onwards | 自3月以来
since 2025 | 自2025年以来
截至昨天 | 截至昨天
until yesterday | 截至昨天
2026年3月之前 | 2026年3月之前
before March 5, 2026 | 2026-03-05之前
618之后 | 618期间之后
双十一 | 双11期间
双11期间 | 双11期间
去年双十一 | 去年双11期间
2025年双11 | 2025年双11期间
今年618 | 今年618期间
618期间 | 618期间
618大促期间 | 618期间
年货节 | 年货节期间
春节期间 | 春节期间
春节假期 | 春节期间
国庆 | 国庆期间
去年国庆 | 去年国庆期间
五一 | 五一期间
清明节 | 清明期间
国庆到春节 | 国庆期间 至 春节期间
National Day holiday | 国庆期间
Spring Festival | 春节期间
Chinese New Year 2025 | 2025年春节期间
Singles’ Day of last year | 去年双11期间
May Day | 五一期间
从3月起 | 自3月以来
3月份以来 | 自3月以来
5月以后 | 5月之后
5月后 | 5月之后
5月前 | 5月之前
618前 | 618期间之前
国庆后 | 国庆期间之后
双十一之后到现在 | 双11期间之后
从年初开始 | 今年
从今年年初开始 | 今年
开年以来 | 今年
今年到目前为止 | 今年
今年头四个月 | 今年1月 至 今年4月
今年前三季度 | 今年第一季度 至 今年第三季度
前三季度 | 第一季度 至 第三季度
2026上半年 | 2026年上半年
26Q2 | 2026年第二季度
25年 | 2025年
2024-2025年 | 2024年 至 2025年
最近一整年 | 最近一年
去年全年 | 去年
去年一整年 | 去年
整个5月 | 5月
5月整月 | 5月
上周一到周五 | 上周一 至 上周五
上周一至周五 | 上周一 至 上周五
上周六日 | 上周六 至 上周日
上个月15号 | 上个月15日
本月1号到15号 | 本月1日 至 本月15日
上个月1号到10号 | 上个月1日 至 上个月10日
本月1号到现在 | 自本月1日以来
本月前10天 | 本月1日 至 本月10日
3月前10天 | 3月1日 至 3月10日
2026.5.1-5.7 | 2026-05-01 至 2026-05-07
2026年5月5日到10日 | 2026-05-05 至 2026-05-10
春节那几天 | 春节期间
昨儿 | 昨天
昨天一整天 | 昨天
6月18日当天 | 6月18日
上个自然月 | 上个月
到6月15日为止 | 截至6月15日
rolling 30 days | 最近30天
last 7d | 最近7天
L30D | 最近30天
since the start of the year | 今年
since the beginning of 2026 | 自2026年以来
from the start of the year until now | 今年
from January on | 自1月以来
full year 2025 | 2025年
all of last year | 去年
the first 10 days of May | 5月1日 至 5月10日
the first four months of the year | 1月 至 4月
the first three quarters of 2025 | 2025年第一季度 至 2025年第三季度
Monday to Friday of last week | 上周一 至 上周五
the 15th of last month | 上个月15日
March 1st through 15th | 3月1日 至 3月15日
2026-03-01..2026-03-15 | 2026-03-01 至 2026-03-15
last year March | 去年3月
this March | 今年3月
Q2'26 | 2026年第二季度
before the Spring Festival | 春节期间之前
最近7天（2026-06-24 至 2026-06-30） | 最近7天
昨天（2026-06-29） | 昨天
the last 7 days (2026-06-24 to 2026-06-30) | 最近7天
"""


@pytest.mark.parametrize("line", READ.strip().splitlines())
def test_words_for_a_period(line: str) -> None:
    words, meaning = (part.strip() for part in line.split(" | "))
    assert read(words) == [(normalised(words), meaning)]


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("最近7天活跃但未下单的95后女性有哪些？", [("最近7天", "最近7天")]),
        ("近7天每天的日活和PV给我看看", [("近7天", "最近7天")]),
        ("Q1的销售额", [("q1", "第一季度")]),
        ("618卖了多少", [("618", "618期间")]),
        ("618件单价是多少", [("618", "618期间")]),
        ("2026年618大促表现如何", [("2026年618大促", "2026年618期间")]),
        ("上周日均GMV", [("上周", "上周")]),
        ("本周日活", [("本周", "本周")]),
        ("上周五个品牌", [("上周", "上周")]),
        ("上周一共卖了多少", [("上周", "上周")]),
        ("上周五的GMV", [("上周五", "上周五")]),
        ("抖音上今年卖了多少", [("今年", "今年")]),
        ("今年每个月的销售额走势", [("今年", "今年")]),
        ("今年3月和去年3月", [("今年3月", "今年3月"), ("去年3月", "去年3月")]),
        ("双11当天的销售额", [("双11", "双11期间")]),
        ("今年一天卖多少", [("今年", "今年")]),
        ("还能卖几天", []),
        ("上月和本月", [("上月", "上个月"), ("本月", "本月")]),
        ("国庆期间和春节期间谁高", [("国庆期间", "国庆期间"), ("春节期间", "春节期间")]),
        ("最近30天注册、今年没买过", [("最近30天", "最近30天"), ("今年", "今年")]),
        ("最近30天浏览5次以上却没买的30到40岁男性", [("最近30天", "最近30天")]),
        ("3天内下单3次", [("3天内", "最近3天")]),
        ("buyers in May, by gender", [("may", "5月")]),
        ("People who registered through livestream in 2026", [("2026", "2026年")]),
        ("visited in the last 30 days and have never bought", [("the last 30 days", "最近30天")]),
        ("Show me last month's revenue by brand", [("last month", "上个月")]),
        ("Break down the orders placed on 2026-03-05 by status", [("2026-03-05", "2026-03-05")]),
        ("revenue in March by brand", [("march", "3月")]),
        ("new customers MTD and their share", [("mtd", "本月")]),
        ("the last month", [("the last month", "最近一个月"), ("the last month", "上个月")]),
    ],
)
def test_periods_within_a_question(question: str, told: list[tuple[str, str]]) -> None:
    assert sorted(read(question)) == sorted(told)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("去年3月和4月", ["去年3月", "去年4月"]),
        ("2025年11月和12月", ["2025年11月", "2025年12月"]),
        ("2026年3、4月", ["2026年3月", "2026年4月"]),
        ("3、4、5月", ["3月", "4月", "5月"]),
        ("今年3月比2月", ["今年3月", "今年2月"]),
        ("今年Q1比Q4", ["今年第一季度", "第四季度"]),
        ("去年和今年618", ["去年618期间", "今年618期间"]),
        ("今年3月和去年", ["今年3月", "去年3月"]),
        ("March and April 2025", ["2025年3月", "2025年4月"]),
        ("March this year vs last year", ["今年3月", "去年3月"]),
        ("May and June", ["5月", "6月"]),
        ("May vs April", ["5月", "4月"]),
        ("2025 vs 2026", ["2025年", "2026年"]),
        ("3月和4月", ["3月", "4月"]),
        ("去年和今年", ["去年", "今年"]),
        ("Q1 2026 vs Q1 2025", ["2026年第一季度", "2025年第一季度"]),
    ],
)
def test_periods_side_by_side_share_the_year_that_one_tells(question: str, told: list[str]) -> None:
    assert [meaning for _, meaning in read(question)] == told


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("前一周", Before(1, "week")),
        ("前一天", Before(1, "day")),
        ("前30天", Before(30, "day")),
        ("再上一周", Before(1, "week")),
        ("the quarter before", Before(1, "quarter")),
        ("the week before that", Before(1, "week")),
        ("the 30 days before", Before(30, "day")),
        ("the prior 30 days", Before(30, "day")),
        ("去年同期", Same("year", 1)),
        ("去年的同期", Same("year", 1)),
        ("上周同期", Same("week", 1)),
        ("前年同期", Same("year", 2)),
        ("去年的今天", Same("year", 1)),
        ("same period last year", Same("year", 1)),
        ("a year earlier", Same("year", 1)),
        ("this time last year", Same("year", 1)),
        ("最近", Vague()),
        ("最近几天", Vague()),
        ("这几天", Vague()),
        ("这两天", Vague()),
        ("近期", Vague()),
        ("前阵子", Vague()),
        ("recently", Vague()),
        ("the last few days", Vague()),
        ("in recent weeks", Vague()),
        ("5月底", Edge("last", Part(unit="month", number=5))),
        ("去年年底", Edge("last", Relative(unit="year", offset=-1))),
        ("上个月末", Edge("last", Relative(unit="month", offset=-1))),
        ("2025年年底", Edge("last", Year(year=2025))),
        ("the end of may 2025", Edge("last", Part(unit="month", number=5, year=2025))),
        ("the end of last quarter", Edge("last", Relative(unit="quarter", offset=-1))),
        ("6月初", Edge("first", Part(unit="month", number=6))),
        ("the start of 2026", Edge("first", Year(year=2026))),
    ],
)
def test_times_that_name_no_days(text: str, meant: Loose) -> None:
    assert loose(text, CALENDAR) == [Found(0, len(text), meant)]


@pytest.mark.parametrize(
    "text", ["最近7天", "最近一周", "the week before last", "今年前三个月", "春节前一周", "最近一次购买"]
)
def test_times_that_name_their_days_are_not_loose(text: str) -> None:
    assert loose(text, CALENDAR) == []


@pytest.mark.parametrize(
    "text",
    [
        "最近怎么样",
        "最近几天",
        "最近两三天",
        "最近半个月",
        "过去24小时",
        "过去的用户",
        "前3个月",
        "7天",
        "365 days",
        "连续7天登录",
        "每7天",
        "7日留存",
        "一天",
        "每天",
        "每月",
        "每个月",
        "按周",
        "按月",
        "周末",
        "工作日",
        "日均",
        "满3个月",
        "注册后7天内下单",
        "注册当天下单",
        "去年同期",
        "上周同期",
        "大前天",
        "上上上周",
        "去年年底",
        "3月底",
        "成本月度走势",
        "线上周销量",
        "以前年度",
        "附近3天",
        "2026年2月30日",
        "2026-13-45",
        "2026-02-30",
        "3/5",
        "今年前100天",
        "the first week of May",
        "the end of May",
        "mid-May",
        "last Q4",
        "last Friday",
        "next Monday",
        "12026-03-05",
        "13月",
        "至今没下单",
        "到目前为止",
        "销售额超过618元",
        "满618减50",
        "用户1618",
        "may I see the orders",
        "how may we help",
        "users who bought and may churn",
        "the second one",
        "this one",
        "last May",
        "last week of March",
        "spent more than 2026 yuan",
        "within 30 days of registering",
        "the last of them",
        "30 days",
        "per week",
        "top 5 products",
    ],
)
def test_what_is_no_period(text: str) -> None:
    assert read(text) == []


@settings(max_examples=400, deadline=None)
@given(periods, st.sampled_from(LANGUAGES))
def test_what_a_period_says_is_read_as_that_period(period: Period, language: Language) -> None:
    text = normalised(period.say(language, CALENDAR))
    assert [(each.start, each.end, each.period) for each in find(text, CALENDAR)] == [(0, len(text), period)]


@settings(max_examples=400, deadline=None)
@given(periods, days, st.sampled_from(LANGUAGES))
def test_the_days_beside_a_name_change_nothing(period: Period, as_of: date, language: Language) -> None:
    try:
        said = period.say_days(language, as_of, CALENDAR)
    except (NotBegun, NoSuchDays):
        reject()
    text = normalised(said)
    assert [(each.start, each.end, each.period) for each in find(text, CALENDAR)] == [(0, len(text), period)]


@settings(max_examples=300, deadline=None)
@given(st.text("最近上本今去年月周日天第一二三季度半至到从自以来36182025-./ ()lastweekmonthmayofq", max_size=40))
def test_any_text_is_read_without_error(text: str) -> None:
    spans = [(each.start, each.end) for each in find(normalised(text), CALENDAR)]
    assert spans == sorted(spans)
    assert all(0 <= start < end for start, end in spans)


@pytest.mark.parametrize("other", ["最近8天", "最近7周", "上周", "2025年5月", "去年5月", "5月至今"])
def test_another_number_or_name_is_another_period(other: str) -> None:
    assert read(other)[0][1] not in {meaning for text in ("最近7天", "本周", "5月") for _, meaning in read(text)}


def test_beside_a_name_a_period_needs_no_space() -> None:
    assert [text for text, _ in read("图书本月销量")] == []
    assert [each.start for each in find("图书本月销量", CALENDAR, frozenset({(0, 2)}))] == [2]


@pytest.mark.parametrize(("text", "told"), [("最近9个月间夜数", "最近9个月"), ("查一下一季度", "一季度")])
def test_a_period_inside_a_longer_one_is_given_apart(text: str, told: str) -> None:
    assert told not in [each for each, _ in read(text)]
    assert told in [text[each.start : each.end] for each in inside(text, CALENDAR)]


@pytest.mark.parametrize("text", ["the same period last year", "since last year", "1月到3月"])
def test_no_period_stands_inside_days_that_are_loose_or_joined(text: str) -> None:
    assert inside(text, CALENDAR) == []


def test_what_a_hyphen_makes_one_word_joins_no_period() -> None:
    assert [text for text, _ in read("the read-through this month")] == ["this month"]


@pytest.mark.parametrize("words", ["上个月", "本月", "上周", "去年", "昨天"])
def test_a_period_is_read_before_a_conversion_rate(words: str) -> None:
    assert [found.end for found in find(f"{words}转化率", CALENDAR)] == [len(words)]
