"""Values of the data in questions, by all that they are called."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from agent.understand.value_index import ValueIndex, surfaces_of
from agent.understand.words import packed, read
from tests.agent.understand.test_nearness import slips
from tests.agent.understand.test_words import full_width, traditional
from tests.conftest import AS_OF
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.warehouse import Reading, Warehouse


@pytest.fixture(scope="module")
def reading(shop: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF).reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def index(reading: Reading) -> ValueIndex:
    return ValueIndex(reading)


@pytest.fixture(scope="module")
def called(reading: Reading) -> list[tuple[str, str, str]]:
    """Every name of every value that people group by: dimension, value, name."""
    return [
        (dimension.name, value, surface)
        for dimension in reading.model.groupings
        for surface, value in surfaces_of(dimension, reading.values[dimension.name])
    ]


def found(index: ValueIndex, question: str) -> set[tuple[str, str, str]]:
    """What is found in a question: the stretch as typed, the dimension, the value."""
    words = read(question)
    return {(words.told(each.start, each.end), each.dimension, each.value) for each in index.found(words.text)}


def test_the_data_s_own_values_are_called_so(called: list[tuple[str, str, str]], reading: Reading) -> None:
    told = {(dimension, surface) for dimension, _, surface in called}
    assert {(name, value) for name, values in reading.values.items() for value in values} <= told
    assert {("platform", "Tmall"), ("city", "上海市"), ("category", "beauty")} <= told


def test_every_name_is_found_however_typed(index: ValueIndex, called: list[tuple[str, str, str]]) -> None:
    for dimension, value, surface in called:
        for typed in (surface, traditional(surface), full_width(surface), surface.upper(), f" {surface} "):
            assert (dimension, value) in {told[1:] for told in found(index, f"看，{typed}的销售额")}, typed


def test_chinese_names_are_found_with_spaces_in_them(index: ValueIndex, called: list[tuple[str, str, str]]) -> None:
    for dimension, value, surface in called:
        if not any(each.isascii() for each in surface):
            assert (dimension, value) in {told[1:] for told in found(index, " ".join(surface))}, surface


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("上個月天貓的銷售額", {("天貓", "platform", "天猫")}),
        (
            "ｔｍａｌｌ and JD.com",
            {("ｔｍａｌｌ", "platform", "天猫"), ("JD.com", "platform", "京东"), ("JD", "platform", "京东")},
        ),
        ("females", {("females", "gender", "女")}),
        ("tmallish", set()),
        ("t恤", {("t恤", "subcategory", "T恤")}),
        (
            "live  streaming",
            {("live  streaming", "register_channel", "直播"), ("live  streaming", "source_channel", "直播")},
        ),
        ("", set()),
        ("!!！ ", set()),
    ],
)
def test_names_are_found_whole(index: ValueIndex, question: str, told: set[tuple[str, str, str]]) -> None:
    assert found(index, question) >= told
    assert bool(found(index, question)) is bool(told)


def test_overlapping_names_are_all_found(index: ValueIndex) -> None:
    assert {("女", "gender", "女"), ("女性", "gender", "女")} <= found(index, "女性")
    homes = {dimension for told, dimension, _ in found(index, "上海") if told == "上海"}
    assert homes == {"city", "province", "ship_city", "ship_province"} == {name for name, _ in index.homes("上 海")}


@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_slip_of_a_longer_name_is_near(
    index: ValueIndex, called: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    telling = set("零〇一二三四五六七八九十百千万亿两半不未非无没")
    longer = [each for each in called if len(each[2]) > (5 if each[2].isascii() else 2) and each[2].isalpha()]
    dimension, value, surface = data.draw(st.sampled_from([each for each in longer if not telling & set(each[2])]))
    slip = data.draw(st.sampled_from(sorted(slips(surface, "qx" if surface.isascii() else "鑫"))))
    assume(len(packed(slip)) > 1 and not index.homes(slip))
    assume(any(each.isascii() for each in slip) == any(each.isascii() for each in surface))
    near = index.near(slip)
    crowd = {packed(each.surface) for each in near}  # of five names as near as this one
    assert (dimension, value) in {(each.dimension, each.value) for each in near} or len(crowd) == 5


@pytest.mark.parametrize(
    ("span", "dimension", "value", "surface", "how"),
    [
        ("拼夕夕", "platform", "拼多多", "拼多多", "spelling"),
        ("抖因", "platform", "抖音", "抖音", "pinyin"),
        ("Tmal", "platform", "天猫", "Tmall", "spelling"),
        ("beautty", "category", "美妆", "beauty", "spelling"),
        ("meizhuang", "category", "美妆", "美妆", "pinyin"),
        ("Shangai", "city", "上海", "Shanghai", "spelling"),
    ],
)
def test_near_values_are_offered(
    index: ValueIndex, span: str, dimension: str, value: str, surface: str, how: str
) -> None:
    assert (dimension, value, surface, how) in index.near(span)


def test_short_names_are_near_to_nothing(index: ValueIndex, called: list[tuple[str, str, str]]) -> None:
    for _, _, surface in called:
        for short in (surface[:1], f"{surface[:1]}1"):
            assert index.near(short) == ()
    assert index.near("mal") == index.near("JDD") == ()


def test_a_number_is_no_slip_of_another(index: ValueIndex, reading: Reading) -> None:
    campaigns = [each for each in reading.values["campaign"] if each[:4] == "2026"]
    assert campaigns
    for campaign in campaigns:
        assert [each.value for each in index.near(campaign.replace("2026", "2021"))] == []
