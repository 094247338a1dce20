"""Which names are near to what nothing explains."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.understand.nearness import Nearness
from agent.understand.words import packed

CHINESE = """
    天猫 京东 拼多多 抖音 小程序 美妆 上海 重庆 六安 女装 吕梁 零食礼包 销售额 新客数 用券 未用券 新一线 三线城市 男 T恤
    华东 华南 2024年618大促 云栎九分锥形牛仔裤 云栎双面可穿羽绒服
"""
ENGLISH = "Shanghai, beauty, Tmall, Pinduoduo, revenue, conversion rate, gold, JD, iPhone 15, home goods"
NAMES = [*CHINESE.split(), *ENGLISH.split(", ")]
NEARNESS = Nearness({packed(name): name for name in NAMES})


def near(span: str) -> list[tuple[str, str]]:
    return [(close.meaning, close.how) for close in NEARNESS.near(span)]


@pytest.mark.parametrize(
    ("span", "name", "how"),
    [
        ("douyin", "抖音", "pinyin"),
        ("meizhuang", "美妆", "pinyin"),
        ("Chong Qing", "重庆", "pinyin"),
        ("lu'an", "六安", "pinyin"),
        ("nvzhuang", "女装", "pinyin"),
        ("nüzhuang", "女装", "pinyin"),
        ("lvliang", "吕梁", "pinyin"),
        ("yunlijiufenzhuixingniuzaiku", "云栎九分锥形牛仔裤", "pinyin"),
        ("抖因", "抖音", "pinyin"),
        ("上嗨", "上海", "pinyin"),
        ("銷售鵝", "销售额", "pinyin"),
        ("拼夕夕", "拼多多", "spelling"),
        ("零食礼盒", "零食礼包", "spelling"),
        ("拼多", "拼多多", "spelling"),
        ("小程程序", "小程序", "spelling"),
        ("小序程", "小程序", "spelling"),
        ("Shangai", "Shanghai", "spelling"),
        ("Tmal", "Tmall", "spelling"),
        ("beautty", "beauty", "spelling"),
        ("reveneu", "revenue", "spelling"),
        ("ＲＥＶＥＮＵ", "revenue", "spelling"),
        ("convertion rate", "conversion rate", "spelling"),
        ("home good", "home goods", "spelling"),
        ("云栎双面", "云栎双面可穿羽绒服", "alias"),
        ("convers", "conversion rate", "alias"),
    ],
)
def test_a_near_name_is_found(span: str, name: str, how: str) -> None:
    assert near(span)[0] == (name, how)


@pytest.mark.parametrize(
    "span",
    [
        *("", " ", "猫", "女", "j", "JDD", "go", "gld", "618", "2025", "!!!"),
        *("天狗", "天", "恤"),  # of two characters another one makes another word
        *("2025年618大促", "2024年619大促", "iPhone 16", "iPhone 5"),  # digits are no slips
        *("新二线", "四线城市", "不用券", "非用券"),  # nor are numerals and negations
        *("t恤s", "恤", "tianmaoo", "天mao"),  # nothing across scripts
        *("云栎", "bold", "mold"),  # begins two; another first letter
        *("上海", "shanghai", "拼多多", "HOME GOODS"),  # themselves
        "上" * 10_000,
    ],
)
def test_nothing_is_near(span: str) -> None:
    assert near(span) == []


LETTERS = st.sampled_from("abcdefghij")
HAN = st.sampled_from("云栎双面可穿羽绒服锥形牛仔裤")
WORDS = st.text(LETTERS, min_size=6, max_size=12) | st.text(HAN, min_size=3, max_size=12)


def slips(word: str, alphabet: str) -> set[str]:
    """Everything one slip away, by making every slip."""
    cuts = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    return {
        *(one + other[1:] for one, other in cuts if other),
        *(one + each + other[1:] for one, other in cuts if other for each in alphabet),
        *(one + each + other for one, other in cuts for each in alphabet),
        *(one + other[1] + other[0] + other[2:] for one, other in cuts if len(other) > 1),
    } - {word}


@given(WORDS, st.sets(WORDS, max_size=4), st.data())
def test_every_slip_is_near(word: str, others: set[str], data: st.DataObject) -> None:
    slip = data.draw(st.sampled_from(sorted(slips(word, "xyz" if word.isascii() else "天地"))))
    found = Nearness({each: each for each in {*others, word} - {slip}}).near(slip)
    assert word in {each.meaning for each in found}


@given(WORDS, st.sets(WORDS, min_size=1, max_size=20))
def test_only_a_slip_away_is_a_slip(asked: str, names: set[str]) -> None:
    for close in Nearness({each: each for each in names}).near(asked):
        if close.how == "spelling":
            kinds = {each for each in asked if each not in close.name}
            repeated = len(kinds) == 1 and len(asked) == len(close.name)
            assert asked in slips(close.name, asked) or repeated


@given(st.permutations(NAMES), st.sampled_from(["上嗨", "拼夕夕", "Shangai", "yunli", "云栎双面", "小程", "零食里包"]))
def test_the_order_of_the_names_makes_no_difference(names: list[str], span: str) -> None:
    assert [each.meaning for each in Nearness({packed(name): name for name in names}).near(span)] == [
        name for name, _ in near(span)
    ]


def test_the_nearest_of_many_are_told() -> None:
    names = {f"云栎双面{chr(code)}": code for code in range(0x4E00, 0x9000, 8)}
    found = Nearness(names).near("云栎双面")
    assert 0 < len(found) <= 5
    assert {each.how for each in found} == {"spelling"}


def test_no_names_are_near_to_nothing() -> None:
    assert Nearness[str]({}).near("拼夕夕") == ()
