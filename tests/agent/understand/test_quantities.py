"""Quantities in questions: comparing words, numbers, units."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.understand.quantities import Quantity, find
from agent.understand.words import read
from warehouse.amounts import within
from warehouse.query import Bounds
from warehouse.text import LANGUAGES, Language


def told(text: str) -> list[tuple[str, str]]:
    """The words of each quantity, and what it is: `>= 3 times`, `30 things` where it is bare."""
    text = read(text).text
    return [(text[each.start : each.end], meaning(each.quantity)) for each in find(text)]


def meaning(quantity: Quantity) -> str:
    signs = {"at_least": ">=", "more_than": ">", "at_most": "<=", "less_than": "<"}
    bounds = quantity.bounds.model_dump(exclude_none=True)
    if bounds.keys() == {"at_least", "at_most"} and bounds["at_least"] == bounds["at_most"]:
        said = f"{'' if quantity.bare else '= '}{bounds['at_least']:g}"
    else:
        said = " ".join(f"{signs[end]} {value:g}" for end, value in bounds.items())
    return f"{said} {quantity.unit}" if quantity.unit else said


# words | what they mean: the whole text is the quantity
READ = """
3次以上 | >= 3 times
至少3单 | >= 3 orders
不少于5天 | >= 5 days
不低于200元 | >= 200 CNY
超过3k | > 3000
大于100元 | > 100 CNY
200元以上 | >= 200 CNY
200元及以上 | >= 200 CNY
200元以下 | <= 200 CNY
500块以内 | <= 500 CNY
不超过200元 | <= 200 CNY
没超过3次 | <= 3 times
至多3次 | <= 3 times
最多3次 | <= 3 times
不足500块 | < 500 CNY
不到3次 | < 3 times
低于80% | < 0.8 ratio
未满18岁 | < 18 years
不满18岁 | < 18 years
不到一半 | < 0.5 ratio
正好3次 | = 3 times
恰好三次 | = 3 times
满1000元 | >= 1000 CNY
千元以上 | >= 1000 CNY
超过一百万元 | > 1e+06 CNY
超过1.5万 | > 15000
30到40岁 | >= 30 <= 40 years
18-24岁 | >= 18 <= 24 years
18岁到24岁 | >= 18 <= 24 years
200到500元之间 | >= 200 <= 500 CNY
介于3和5次之间 | >= 3 <= 5 times
3到5万 | >= 30000 <= 50000
10-20% | >= 0.1 <= 0.2 ratio
10%到20% | >= 0.1 <= 0.2 ratio
三到五千元 | >= 3000 <= 5000 CNY
18岁以上、25岁以下 | >= 18 <= 25 years
20岁以上30岁以下 | >= 20 <= 30 years
超过200元且至多1,000.5元 | > 200 <= 1000.5 CNY
4星以上 | >= 4 star
超过5分钟 | > 300 seconds
3个百分点 | 0.03 pp
三成以上 | >= 0.3 ratio
三分之一 | 0.333333 ratio
5个 | 5 things
10 | 10
3k | 3000
1.5万 | 15000
两千五 | 2500
三百 | 300
一百二 | 120
2亿 | 2e+08
10w | 100000
半数 | 0.5 ratio
3位 | 3 people
5件 | 5 pieces
超过2年 | > 2 years_long
more than 800 yuan | > 800 CNY
over ¥800 | > 800 CNY
at least 3 times | >= 3 times
3 times or more | >= 3 times
5 or more times | >= 5 times
5+ times | >= 5 times
at least 5 different days | >= 5 days
no more than 200 yuan | <= 200 CNY
under 30 | < 30
less than 10% | < 0.1 ratio
at most 3 orders | <= 3 orders
between 18 and 24 years | >= 18 <= 24 years
between $200 and $500 | >= 200 <= 500 USD
from 3 to 5 times | >= 3 <= 5 times
¥200-500 | >= 200 <= 500 CNY
exactly ¥300 | = 300 CNY
at least 3 times and at most 5 times | >= 3 <= 5 times
aged 18 to 24 | >= 18 <= 24 years
aged over 30 | > 30 years
under the age of 30 | < 30 years
older than 30 | > 30 years
30 and older | >= 30 years
at least once | >= 1 times
more than twice | > 2 times
>200 | > 200
≥ 3 | >= 3
<= 5 | <= 5
fifteen | 15
a dozen | 12
half | 0.5 ratio
-¥300 | -300 CNY
晚上8点 | 20 hour
20点 | 20 hour
8pm | 20 hour
12am | 0 hour
18点到20点 | >= 18 <= 20 hour
晚上8点到10点 | >= 20 <= 22 hour
早上8点到晚上10点 | >= 8 <= 22 hour
18:00–20:59 | >= 18 <= 20 hour
8pm to 10pm | >= 20 <= 22 hour
8-10pm | >= 20 <= 22 hour
10am-2pm | >= 10 <= 14 hour
晚上8点以后 | >= 20 <= 23 hour
before 10am | >= 0 <= 9 hour
周一 | 1 weekday
星期天 | 7 weekday
每周五 | = 5 weekday
周一到周五 | >= 1 <= 5 weekday
周一至五 | >= 1 <= 5 weekday
Mondays | = 1 weekday
every Friday | = 5 weekday
Monday to Friday | >= 1 <= 5 weekday
mon-fri | >= 1 <= 5 weekday
"""


@pytest.mark.parametrize("line", READ.strip().splitlines())
def test_words_for_a_quantity(line: str) -> None:
    words, meant = line.split(" | ")
    assert told(words) == [(read(words).text, meant)]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (
            "最近30天浏览5次以上却没买的30到40岁男性",
            [("30天", "30 days"), ("5次以上", ">= 5 times"), ("30到40岁", ">= 30 <= 40 years")],
        ),
        ("累计消费超过3k的钻石会员", [("超过3k", "> 3000")]),
        ("销售额最高的5个品牌", [("5个", "5 things")]),
        ("下单最多5个城市", [("5个", "5 things")]),
        ("top 10 users by spend", [("10", "10")]),
        ("倒数3名", [("3名", "3 things")]),
        ("前5", [("5", "5")]),
        ("满300减50的券", [("300", "300"), ("50", "50")]),
        ("下单2次、退款1次", [("2次", "2 times"), ("1次", "1 times")]),
        ("20点的订单超过5单的", [("20点", "20 hour"), ("超过5单", "> 5 orders")]),
        ("8点和10点", [("8点", "8 hour"), ("10点", "10 hour")]),
        ("between 6pm and 8pm", [("between 6pm and 8pm", ">= 18 <= 20 hour")]),
        ("Monday and Friday", [("monday", "1 weekday"), ("friday", "5 weekday")]),
        ("orders from 8pm", [("from 8pm", ">= 20 <= 23 hour")]),
        ("周六、周日", [("周六", "6 weekday"), ("周日", "7 weekday")]),
        ("orders over 30 days", [("30 days", "30 days")]),
        ("upper 1-2-3", [("1", "1"), ("2", "2"), ("3", "3")]),
        ("500到200元", [("500", "500"), ("200元", "200 CNY")]),
        (
            "visits at least 230, age at least 14 years",
            [("at least 230", ">= 230"), ("age at least 14 years", ">= 14 years")],
        ),
        ("spent over 300, aged under 30", [("over 300", "> 300"), ("aged under 30", "< 30 years")]),
        ("aged over 18 and under 30", [("aged over 18 and under 30", "> 18 < 30 years")]),
        ("超过3次、超过5次", [("超过3次", "> 3 times"), ("超过5次", "> 5 times")]),
    ],
)  # fmt: skip
def test_quantities_within_a_question(question: str, found: list[tuple[str, str]]) -> None:
    assert told(question) == found


@pytest.mark.parametrize(
    "text",
    [
        "几百块",
        "十几个",
        "3000多元",
        "二十来岁",
        "七八个",
        "七八百块",
        "三五个",
        "数十单",
        "不等于3",
        "not equal to 3",
        "20:30",
        "22点到2点",
        "2026年3月",
        "2026-03-05",
        "每周一次",
        "上周一共",
        "本周三",
        "一共多少",
        "a few orders",
        "dozens of orders",
        "not exactly 3",
    ],
)
def test_what_is_no_quantity(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("至少3条推送", [("至少3条推送", ">= 3 messages")]),
        ("3 messages or more", [("3 messages or more", ">= 3 messages")]),
        ("超过2 kg", [("超过2 kg", "> 2 kg")]),
        ("3 messages", [("3", "3")]),
    ],
)
def test_the_nouns_of_a_model_count_where_they_are_compared(question: str, found: list[tuple[str, str]]) -> None:
    nouns = frozenset({("messages", "messages"), ("推送", "messages"), ("kg", "kg")})
    assert [(question[each.start : each.end], meaning(each.quantity)) for each in find(question, nouns)] == found


numbers = st.integers(-(10**6), 10**9) | st.integers(-(10**7), 10**7).map(lambda number: number / 100)
SAID_UNITS = (None, "CNY", "ratio", "pp", "days", "seconds", "years")


@st.composite
def ranges(draw: st.DrawFn) -> Bounds:
    low, high = sorted((draw(numbers), draw(numbers)))
    lower, upper = draw(st.sampled_from(("at_least", "more_than"))), draw(st.sampled_from(("at_most", "less_than")))
    ends = draw(st.sampled_from(("low", "high", "both", "exactly")))
    if ends == "exactly":
        return Bounds(at_least=low, at_most=low)
    told_ends = {lower: low} if ends == "low" else {upper: high} if ends == "high" else {lower: low, upper: high + 1}
    return Bounds.model_validate(told_ends)


@settings(max_examples=1500, deadline=None)
@given(ranges(), st.sampled_from(SAID_UNITS), st.sampled_from(LANGUAGES))
def test_a_range_that_is_said_is_read_as_that_range(bounds: Bounds, unit: str | None, language: Language) -> None:
    said = read(within(bounds, unit).said(language)).text
    assert [(each.start, each.end, each.quantity) for each in find(said)] == [
        (0, len(said), Quantity(bounds, unit, bare=False))
    ]


@settings(max_examples=400, deadline=None)
@given(st.text("一二三十百千万至少超过不到以上下次元岁点周0123456789,.%>=<-¥~ atleasmor:间多几", max_size=40))
def test_any_text_is_read_without_error(text: str) -> None:
    spans = [(each.start, each.end) for each in find(read(text).text)]
    assert spans == sorted(spans)
    assert all(0 <= start < end for start, end in spans)


@given(st.sets(st.integers(1, 10**9), min_size=2, max_size=2), st.sampled_from(("超过{}元", "{}次以上", "at least {}")))
def test_another_number_is_another_quantity(values: set[int], words: str) -> None:
    one, other = (find(words.format(value)) for value in values)
    assert one[0].quantity != other[0].quantity


def test_what_counts_things_does_so_before_a_name() -> None:
    assert [each.end for each in find("2个性别")] == [1]
    assert [each.end for each in find("2个性别", begun=frozenset({2}))] == [2]
