"""Which of the values that share a name the bare name means."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from agent.understand.namesakes import Namesakes, needs_name
from agent.understand.value_index import ValueIndex
from tests.conftest import AS_OF
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.warehouse import Reading, Warehouse


@pytest.fixture(scope="module")
def reading(shop: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF).reading() as reading:
        yield reading


@pytest.mark.parametrize(
    ("surface", "dimensions"),
    [
        ("上海", {"city"}),  # not the province, which is the same people, nor the delivery city
        ("Beijing", {"city"}),
        ("吉林", {"city", "province"}),  # one city of several in its province
        ("浙江", {"province"}),
        ("华东", {"region"}),
        ("iOS", {"device"}),
        ("直播", {"register_channel", "source_channel"}),
        ("天猫", {"platform"}),
        ("nothing", set()),
    ],
)
def test_a_bare_value_is_of_the_plain_dimension(reading: Reading, surface: str, dimensions: set[str]) -> None:
    homes = ValueIndex(reading).homes(surface)
    assert {name for name, _ in Namesakes(reading).plain(homes)} == dimensions


@pytest.mark.parametrize(
    ("surface", "needed"), [("M", True), ("42", True), ("和", True), ("天猫", False), ("女", False)]
)
def test_words_letters_and_numbers_need_their_dimension_s_name(surface: str, *, needed: bool) -> None:
    assert needs_name(surface) is needed
