"""Numbers in questions."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.understand.numbers import find, read_integer


def read(text: str) -> list[tuple[str, Decimal, bool]]:
    return [(text[each.start : each.end], each.number.value, each.number.percent) for each in find(text)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", "3"),
        ("1,234", "1234"),
        ("1,234,567.5", "1234567.5"),
        ("0.5", "0.5"),
        ("3k", "3000"),
        ("1.5k", "1500"),
        ("2w", "20000"),
        ("1.5万", "15000"),
        ("10万", "100000"),
        ("300万", "3000000"),
        ("2亿", "200000000"),
        ("3万5千", "35000"),
        ("1亿2000万", "120000000"),
        ("3百", "300"),
        ("三", "3"),
        ("两", "2"),
        ("十", "10"),
        ("十五", "15"),
        ("二十", "20"),
        ("二十五", "25"),
        ("三百", "300"),
        ("三百五", "350"),
        ("一百零五", "105"),
        ("两千五", "2500"),
        ("一万二", "12000"),
        ("一万零二百", "10200"),
        ("三万五千", "35000"),
        ("一百五十万", "1500000"),
        ("一亿三千万", "130000000"),
        ("二〇二六", "2026"),
        ("三点五万", "35000"),
        ("three", "3"),
        ("twenty", "20"),
        ("twenty-five", "25"),
        ("two hundred", "200"),
        ("a hundred", "100"),
        ("two hundred and fifty thousand", "250000"),
        ("2 million", "2000000"),
        ("a dozen", "12"),
        ("-10", "-10"),
    ],
)
def test_a_number(text: str, value: str) -> None:
    assert read(text) == [(text, Decimal(value), False)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("30%", "0.3"),
        ("-12.5%", "-0.125"),
        ("30 percent", "0.3"),
        ("百分之三十", "0.3"),
        ("百分之30", "0.3"),
        ("三成", "0.3"),
        ("三成半", "0.35"),
        ("半数", "0.5"),
        ("一半", "0.5"),
        ("half", "0.5"),
    ],
)
def test_a_share_is_its_fraction(text: str, value: str) -> None:
    assert read(text) == [(text, Decimal(value), True)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("下单3次以上", ["3"]),
        ("满300减50", ["300", "50"]),
        ("30到40岁", ["30", "40"]),
        ("18-24岁", ["18", "24"]),
        ("between five and ten orders", ["five", "ten"]),
        ("超过3k的会员", ["3k"]),
        ("top10", ["10"]),
        ("3月卖了200件", ["200"]),
        ("下单一次", ["一"]),
        ("销量3成交5", ["3", "5"]),
        ("用户id为128", ["128"]),
    ],
)
def test_numbers_within_a_question(text: str, numbers: list[str]) -> None:
    assert [words for words, _, _ in read(text)] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "2026/3/5",
        "2026年3月5日",
        "3月",
        "12:30",
        "q1",
        "3c数码",
        "一共多少",
        "一起买",
        "七八个",
        "三四线城市",
        "one of them",
        "someone",
        "often",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert read(text) == []


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_are_read_as_they_are_written(number: int) -> None:
    assert read_integer(in_chinese(number)) == number


def in_chinese(number: int) -> str:
    """The number written out in full: 10203 is 一万零二百零三."""
    high, low = divmod(number, 10_000)
    if high:
        gap = "零" if 0 < low < 1000 else ""
        return f"{in_chinese(high)}万{gap}{in_chinese(low) if low else ''}"
    said, skipped = "", False
    for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // scale % 10
        if digit:
            said += ("零" if skipped and said else "") + "零一二三四五六七八九"[digit] + name
        skipped = not digit
    return said


@given(st.text("一二三十百千万亿两点零半成%0123456789,.kw-百分之 andhundre", max_size=30))
def test_any_text_is_read_without_error(text: str) -> None:
    spans = [(each.start, each.end) for each in find(text)]
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
