"""Numbers for people: worked by hand, and laws over many."""

import math
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.writing import MISSING, Numeric, exact, number
from warehouse.text import Language

SIZES = {"亿": 10**8, "万": 10**4, "B": 10**9, "M": 10**6, "K": 10**3, "": 1}


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (12345678.9, "CNY", "1,234.57万元", "¥12.35M"),
        (Decimal("12345678.90"), "CNY", "1,234.57万元", "¥12.35M"),
        (9999.99, "CNY", "9,999.99元", "¥9,999.99"),
        (9999.999, "CNY", "1.00万元", "¥10.00K"),
        (99_999_999.99, "CNY", "1.00亿元", "¥100.00M"),
        (-12345.6, "CNY", "-1.23万元", "-¥12.35K"),
        (8000, "CNY", "8,000元", "¥8,000"),
        (9999, None, "9,999", "9,999"),
        (10000, None, "1.00万", "10.00K"),
        (123456789012, None, "1,234.57亿", "123.46B"),
        (0, None, "0", "0"),
        (2.5, None, "2.5", "2.5"),
        (0.00345, None, "0.0035", "0.0035"),
        (0.1225, "ratio", "12.3%", "12.3%"),
        (-0.00001, "ratio", "0.0%", "0.0%"),
        (0.012, "pp", "1.2个百分点", "1.2 pp"),
        (45, "seconds", "45秒", "45 s"),
        (75, "seconds", "1分15秒", "1m 15s"),
        (7500, "seconds", "2小时5分", "2h 5m"),
        (1, "days", "1天", "1 day"),
        (3.5, "days", "3.5天", "3.5 days"),
        (3, "boxes", "3 boxes", "3 boxes"),
        (math.inf, None, MISSING, MISSING),
        (None, "CNY", MISSING, MISSING),
    ],
)
def test_written_as_people_write(value: Numeric | None, unit: str | None, zh: str, en: str) -> None:
    assert number(value, unit, "zh") == zh
    assert number(value, unit, "en") == en


@pytest.mark.parametrize(
    ("value", "unit", "zh", "en"),
    [
        (Decimal("12345678.90"), "CNY", "12,345,678.90元", "¥12,345,678.90"),
        (41, None, "41", "41"),
        (1 / 3, "ratio", "33.3333333333%", "33.3333333333%"),
        (0.1 + 0.2, None, "0.3", "0.3"),
    ],
)
def test_exact(value: Numeric, unit: str | None, zh: str, en: str) -> None:
    assert exact(value, unit, "zh") == zh
    assert exact(value, unit, "en") == en


@given(st.integers(-(10**13), 10**13), st.sampled_from(["zh", "en"]))
def test_a_count_reads_back_as_close_as_it_was_written(value: int, language: Language) -> None:
    """Two decimals of the short form, and every digit of a count under 10,000."""
    written = number(value, None, language)
    digits, word = re.fullmatch(r"(-?[\d,.]+)([万亿KMB]?)", written).groups()  # type: ignore[union-attr]
    read = Decimal(digits.replace(",", "")) * SIZES[word]
    assert abs(read - value) <= Decimal("0.005") * SIZES[word]
    assert word or read == value
    assert word == "" or abs(value) >= 10_000
