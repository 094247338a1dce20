"""Years of birth in questions."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.understand.births import find
from agent.understand.words import read
from warehouse.query import Bounds


def told(text: str) -> list[tuple[str, dict[str, int]]]:
    text = read(text).text
    return [(text[each.start : each.end], each.bounds.model_dump(exclude_none=True)) for each in find(text)]


def years(first: int, last: int) -> dict[str, int]:
    return {"at_least": first, "at_most": last}


@pytest.mark.parametrize(
    ("words", "bounds"),
    [
        ("95后", years(1995, 1999)),
        ("90后", years(1990, 1999)),
        ("85后", years(1985, 1989)),
        ("80后", years(1980, 1989)),
        ("00后", years(2000, 2009)),
        ("05后", years(2005, 2009)),
        ("九五后", years(1995, 1999)),
        ("零零后", years(2000, 2009)),
        ("95后（1995–1999年出生）", years(1995, 1999)),
        ("Z世代", years(1995, 2009)),
        ("Gen Z", years(1995, 2009)),
        ("post-90s", years(1990, 1999)),
        ("post-95s", years(1995, 1999)),
        ("post-90s (90后)", years(1990, 1999)),
        ("born in the 90s", years(1990, 1999)),
        ("born in the 1980s", years(1980, 1989)),
        ("90年代出生", years(1990, 1999)),
        ("1995年出生", years(1995, 1995)),
        ("出生于1995年", years(1995, 1995)),
        ("95年出生", years(1995, 1995)),
        ("1995–1999年出生", years(1995, 1999)),
        ("1995年到1999年出生", years(1995, 1999)),
        ("born 1995–1999", years(1995, 1999)),
        ("born between 1990 and 1994", years(1990, 1994)),
        ("born in 1988", years(1988, 1988)),
        ("1995年及以后出生", {"at_least": 1995}),
        ("1995年以后出生", {"more_than": 1995}),
        ("1995年之后出生", {"more_than": 1995}),
        ("95年以后出生", {"more_than": 1995}),
        ("1990年前出生", {"less_than": 1990}),
        ("1990年及以前出生", {"at_most": 1990}),
        ("born in 1995 or later", {"at_least": 1995}),
        ("born in 1995 or earlier", {"at_most": 1995}),
        ("born after 1995", {"more_than": 1995}),
        ("born before 1990", {"less_than": 1990}),
    ],
)
def test_words_for_years_of_birth(words: str, bounds: dict[str, int]) -> None:
    assert told(words) == [(read(words).text, bounds)]


def test_several_generations() -> None:
    assert told("85后和90后女性") == [("85后", years(1985, 1989)), ("90后", years(1990, 1999))]
    assert told("80、90后") == [("80", years(1980, 1989)), ("90后", years(1990, 1999))]


@pytest.mark.parametrize(
    "text",
    [
        "6月15后",
        "2025年后的订单",
        "1995年生产的",
        "top10后10",
        "10天后下单",
        "5后",
        "最近30天",
        "1995年的订单",
        "reborn 1990",
    ],
)
def test_what_is_no_year_of_birth(text: str) -> None:
    assert told(text) == []


@settings(max_examples=300, deadline=None)
@given(st.integers(1900, 2099), st.integers(1900, 2099), st.sampled_from(("both", "from", "to", "after", "before")))
def test_years_that_are_said_are_read_as_those_years(one: int, other: int, side: str) -> None:
    first, last = sorted((one, other))
    bounds, said = {
        "both": (Bounds(at_least=first, at_most=last), (f"{first}–{last}年出生", f"born {first}–{last}")),
        "from": (Bounds(at_least=first), (f"{first}年及以后出生", f"born in {first} or later")),
        "to": (Bounds(at_most=first), (f"{first}年及以前出生", f"born in {first} or earlier")),
        "after": (Bounds(more_than=first), (f"{first}年之后出生", f"born after {first}")),
        "before": (Bounds(less_than=first), (f"{first}年之前出生", f"born before {first}")),
    }[side]
    for words in said:
        assert [(each.start, each.end, each.bounds) for each in find(words)] == [(0, len(words), bounds)]


@given(st.text("0123456789 后年生出以前到-–()born in the zs", max_size=30))
def test_any_text_is_read_without_error(text: str) -> None:
    assert all(0 <= each.start < each.end <= len(text) for each in find(text))
