"""How a question is read: one form for all ways to type it, and the way back to what was typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.understand.characters import simplified
from agent.understand.words import all_packed, normal, packed, read, whole

TRADITIONAL = {plain: chr(code) for code, plain in simplified().items()}
FULL_WIDTH = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
TYPED = "上個月的銷售額按城市Tmall 京东ＪＤ１２３，。！!?\u200b\u3000\t'’-‑ﾊﾞe\u0301㎡🙂"


def traditional(text: str) -> str:
    return "".join(TRADITIONAL.get(each, each) for each in text)


def full_width(text: str) -> str:
    return "".join(FULL_WIDTH.get(each, each) for each in text)


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("上個月的銷售額", "上个月的销售额"),
        ("ＴＭＡＬＬ　的 GMV", "tmall的gmv"),
        ("天\u200b猫\ufeff", "天猫"),
        ("天\n\t 猫", "天猫"),
        ("top\n\t 10", "top 10"),
        ("Xi’an ‘s", "xi'an 's"),
        ("Cafe\u0301", "café"),
        ("ﾊﾞﾅﾅ", "バナナ"),
        ("18‑24岁", "18-24岁"),
        ("多少钱！！ ", "多少钱"),
        ("how many!! ", "how many "),
        ("价格!=3", "价格!=3"),
        ("萬、億、兩週", "万、亿、两周"),
        ("❤\ufe0f", "❤"),
        ("", ""),
    ],
)
def test_what_is_typed_is_read_as_one_form(typed: str, text: str) -> None:
    assert read(typed).text == text


def test_a_stretch_is_told_as_it_was_typed() -> None:
    words = read("　上個月  ＴＭＡＬＬ的㎡數")
    start = words.text.index("tmall")
    assert words.told(start, start + 5) == "ＴＭＡＬＬ"
    assert words.told(0, 3) == "上個月"
    assert words.told(words.text.index("m2"), words.text.index("m2") + 1) == "㎡"
    assert words.told(2, 2) == ""


@given(st.text(TYPED) | st.text())
def test_each_character_is_tied_to_where_it_stood(typed: str) -> None:
    words = read(typed)
    assert len(words.places) == len(words.text) + 1
    assert list(words.places) == sorted(words.places)
    assert words.places[-1] == len(typed)
    for place, character in zip(words.places, words.text, strict=False):
        stretch = typed[place : next(each for each in words.places if each > place)]
        assert character in normal(stretch) or character == " "


@given(st.text(TYPED) | st.text())
def test_nothing_unseen_is_left(typed: str) -> None:
    text = read(typed).text
    assert "  " not in text
    assert not text.startswith(" ")
    assert not {unicodedata.category(each) for each in text} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@given(st.text("上个月的销售额按城市天猫万Tmall 7天"))
def test_script_width_and_case_make_no_difference(typed: str) -> None:
    plain = read(typed).text
    assert read(traditional(typed)).text == plain
    assert read(full_width(typed)).text == plain
    assert read(typed.upper()).text == plain


@given(st.text(TYPED))
def test_what_was_read_is_read_the_same_again(typed: str) -> None:
    text = normal(typed.rstrip("!！"))
    assert normal(text.rstrip("! ")) == text.rstrip("! ")


@given(st.text(TYPED) | st.text("天猫Ab 1"))
def test_a_name_s_normal_form_is_what_a_question_has(surface: str) -> None:
    assert normal(surface) == read(surface).text.strip()


@given(st.lists(st.text(TYPED) | st.text("天猫Ab 1\n")))
def test_many_are_packed_as_one_is(surfaces: list[str]) -> None:
    assert list(all_packed(surfaces)) == list(map(packed, surfaces))


@pytest.mark.parametrize(
    ("text", "stretch", "is_whole"),
    [
        ("male users", "male", True),
        ("female users", "male", False),
        ("males", "male", False),
        ("2025年", "25", False),
        ("25岁", "25", True),
        ("t恤", "t", True),
        ("天猫tmall", "tmall", True),
        ("tmall2", "tmall", True),
        ("москва", "мос", False),
        ("上海市", "上海", True),
    ],
)
def test_words_and_numbers_are_not_cut(text: str, stretch: str, *, is_whole: bool) -> None:
    start = text.index(stretch)
    assert whole(text, start, start + len(stretch)) is is_whole
