"""Phrases are found where their words stand, with gaps, choices and slots, and nowhere else."""

import pytest

from agent.understand.tool_cues import SLOTS
from tools.registry import TOOLS
from warehouse.lexicon.phrases import Pattern
from warehouse.lexicon.refusals import refusals
from warehouse.lexicon.tools import later

CLASSES = {"polite": ("请", "please"), "thing": ("订单", "orders")}


def found(phrase: str, text: str) -> list[str]:
    places = (each.place for each in Pattern([phrase], CLASSES, {"n": r"\d+"}).find(text))
    return [text[each.start : each.end] for each in places]


@pytest.mark.parametrize(
    ("phrase", "text", "told"),
    [
        ("漏斗", "看漏 斗图", ["漏 斗"]),
        ("path", "the path of pathology", ["path"]),
        ("what does … mean", "what does aov mean", ["what does aov mean"]),
        ("the … test", "the test", ["the test"]),
        ("把…删", "把订单。删", []),
        ("(降|涨)价[了]{n}", "降价10，涨价了5，变价5", ["降价10", "涨价了5"]),
        ("^删…<thing>", "请删旧订单", ["删旧订单"]),
        ("^删…<thing>", "刚删的订单", []),
        ("campaign did", "大促campaign did", ["campaign did"]),
        ("[the ]meaning of", "meaning of gmv", ["meaning of"]),
    ],
)
def test_a_phrase_is_found(phrase: str, text: str, told: list[str]) -> None:
    assert found(phrase, text) == told


def test_gaps_and_slots_are_no_part_of_its_words() -> None:
    (each,) = Pattern(["给…发{n}张券"], slots={"n": r"\d+"}).find("给老客发2张券")
    assert [tuple(part) for part in each.parts] == [(0, 1), (3, 4), (5, 7)]
    assert each.slots == {"n": (4, 5)}


def test_every_phrase_of_the_lexicon_is_one_and_none_is_found_in_nothing() -> None:
    classes = dict.fromkeys((*refusals().classes, "rows", "private"), ("x",))
    words = [*later().values(), *refusals().kinds.values(), *(each.asked.cues for each in TOOLS)]
    told = [phrase for each in words for phrase in each.all]
    assert len(told) > 500
    for phrase in told:
        pattern = Pattern([phrase], classes, SLOTS)
        assert list(pattern._phrases[0].expression.finditer("")) == [], phrase


def test_a_mark_that_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="mark"):
        list(Pattern(["<b"]).find("b"))
