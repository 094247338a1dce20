"""What a profile finds: what was planted, nothing in groups by chance, nothing that a group's own conditions tell."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.verify import verify
from tests.tools.profile.club import DRAWS, LOTS, club
from tools.profile.tool import ProfileArgs, ProfileTool
from tools.tool import Context, Result
from warehouse.errors import NotEnoughData
from warehouse.stop import Stop
from warehouse.text import LANGUAGES, Language
from warehouse.warehouse import Reading

RED = {"dimension": "colour", "values": ["red"]}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("club")


@pytest.fixture(scope="module")
def reading(folder: Path) -> Iterator[Reading]:
    with club(folder).reading() as reading:
        yield reading


def profile(reading: Reading, *where: dict[str, Any], language: Language = "en") -> Result:
    result = ProfileTool().run(ProfileArgs.model_validate({"where": where}), Context(reading, 1_000, Stop(), language))
    verify(result)
    return result


def traits(result: Result) -> dict[tuple[str, str], dict[str, Any]]:
    assert result.table is not None
    names = [each.name for each in result.table.columns]
    rows = [dict(zip(names, row, strict=True)) for row in result.table.rows]
    return {(str(row["what"]), str(row["value"])): row for row in rows}


def test_what_was_planted_is_found_and_nothing_else(reading: Reading) -> None:
    found = traits(profile(reading, RED))
    assert set(found) == {
        ("tier", "gold"), ("tier", "plain"), ("behaviour", "took a lesson"), ("mean", "amount per purchase"),
    }  # fmt: skip
    planted = {("tier", "gold"): 3, ("behaviour", "took a lesson"): 1.5, ("mean", "amount per purchase"): 1.5}
    for trait, lift in planted.items():
        assert found[trait]["low"] < lift < found[trait]["high"]
        assert found[trait]["low"] > 1
    assert found["tier", "plain"]["high"] < 1


def test_counts_and_shares_are_those_of_sql(reading: Reading, folder: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{folder / 'club.duckdb'}' AS club (READ_ONLY)")
        [(gold, group, other_gold, others)] = connection.execute(
            "SELECT count(*) FILTER (WHERE colour = 'red' AND tier = 'gold'), count(*) FILTER (WHERE colour = 'red'), "
            "count(*) FILTER (WHERE colour <> 'red' AND tier = 'gold'), count(*) FILTER (WHERE colour <> 'red') "
            "FROM club.members"
        ).fetchall()
        means = dict(
            connection.execute(
                "SELECT red, avg(mean) FROM (SELECT colour = 'red' AS red, avg(amount) AS mean FROM club.sales "
                "JOIN club.members USING (member) GROUP BY member, red) GROUP BY red"
            ).fetchall()
        )
    found = traits(profile(reading, RED))
    row = found["tier", "gold"]
    assert (row["users"], row["share"], row["others_share"]) == (gold, gold / group, other_gold / others)
    assert row["lift"] == pytest.approx(gold / group / (other_gold / others))
    row = found["mean", "amount per purchase"]
    assert (row["mean"], row["others_mean"]) == pytest.approx((means[True], means[False]))


def test_two_groups_are_held_against_each_other_alone(reading: Reading, folder: Path) -> None:
    """Red against blue is of these two; blue against green, drawn by lot, differ in nothing."""
    with duckdb.connect(str(folder / "club.duckdb"), read_only=True) as connection:
        told = {
            colour: (people, gold / people)
            for colour, people, gold in connection.execute(
                "SELECT colour, count(*), count(*) FILTER (WHERE tier = 'gold') FROM members GROUP BY colour"
            ).fetchall()
        }
    result = compared(reading, "red", "blue")
    assert [each.rows[0][:2] for each in result.witnesses[:1]] == [(told["red"][0], told["blue"][0])]
    row = traits(result)["tier", "gold"]
    assert (row["share"], row["others_share"]) == (told["red"][1], told["blue"][1])
    assert not any(what == "colour" for what, _ in traits(result))
    assert traits(compared(reading, "blue", "green")) == {}


def compared(reading: Reading, first: str, second: str) -> Result:
    args = ProfileArgs.model_validate({"compare": {"dimension": "colour", "first": first, "second": second}})
    result = ProfileTool().run(args, Context(reading, 1_000, Stop(), "en"))
    verify(result)
    return result


def test_in_groups_by_chance_hardly_ever_anything_is_found(reading: Reading) -> None:
    """Of 200 groups that lots drew; the lots know nothing of colour, tier or one another."""
    groups = [{"dimension": f"lot_{at}", "values": [str(value)]} for at in range(LOTS) for value in range(DRAWS)]
    assert len(groups) == 200
    found = [group for group in groups if traits(profile(reading, group))]
    assert len(found) <= 10


def test_what_tells_the_group_is_no_trait_of_it_and_said_to_be_left_out(reading: Reading) -> None:
    result = profile(reading, {"behaviour": "lesson"})
    assert ("behaviour", "took a lesson") not in traits(result)
    assert ("behaviour", "changed shoes") not in traits(result)
    assert ("colour", "red") in traits(result)
    assert any("took a lesson" in note.en and "changed shoes" in note.en for note in result.notes)
    result = profile(reading, RED)
    assert not any(what == "colour" for what, _ in traits(result))
    assert any("colour" in note.en and "Left out" in note.en for note in result.notes)


def test_how_often_is_no_trait_of_those_who_bought(reading: Reading) -> None:
    result = profile(reading, {"behaviour": "buy"})
    assert not any(what == "mean" for what, _ in traits(result))
    assert any("purchases of a buyer" in note.en for note in result.notes)


def test_too_few_on_either_side_are_refused(reading: Reading) -> None:
    few = [{"dimension": f"lot_{at}", "values": ["3"]} for at in range(3)]
    with pytest.raises(NotEnoughData, match="needs 30 people"):
        profile(reading, *few)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_says_the_three_surest_its_method_and_draws_intervals(reading: Reading, language: Language) -> None:
    result = profile(reading, RED, language=language)
    assert len(result.sentences) == 2
    assert result.chart is not None
    assert result.chart.data is not None
    assert result.chart.bands == (("low", "high"),)
    assert len(result.chart.data.rows) == 4
    assert "Holm" in result.notes[0].said(language)


def test_the_same_again_is_the_same(reading: Reading) -> None:
    assert profile(reading, RED) == profile(reading, RED)
