"""What is wrong in a model's file that only reading its words, and the values of its data, tells."""

from collections.abc import Iterator
from pathlib import Path

from agent.understand.cover import cover
from agent.understand.lattice import Lattice
from agent.understand.words import read
from warehouse.check import placed
from warehouse.checks.mistake import Mistake
from warehouse.checks.values import values
from warehouse.engines.engine import Engine
from warehouse.errors import NotEnoughData
from warehouse.load import load
from warehouse.text import LANGUAGES, Text
from warehouse.warehouse import Reading, Warehouse


def mistakes_of_words(path: Path, engine: Engine) -> tuple[Mistake, ...]:
    """Those of values and of unclear words' phrases; of data without rows nothing is known.

    The file has no other mistakes.
    """
    try:
        with Warehouse(engine, load(path)).reading() as reading:
            return placed(path, [*values(reading), *phrases(reading)])
    except NotEnoughData:
        return ()


def phrases(reading: Reading) -> Iterator[Mistake]:
    """Every word of a phrase that an unclear word may stand for is one that questions can have."""
    lattice = Lattice(reading)
    for at, unclear in enumerate(reading.model.unclear):
        for which, phrase in enumerate(unclear.readings):
            for language in LANGUAGES:
                words = read(phrase.said(language))
                unknown = [words.told(each.start, each.end) for each in cover(words, lattice.mentions(words)).unknown]
                if unknown:
                    wrong = Text(
                        "、".join(f"“{each}”" for each in unknown) + "不是任何东西的叫法",
                        ", ".join(f"“{each}”" for each in unknown) + " names nothing",
                    )
                    yield Mistake(("unclear", at, "as", which, language), wrong)
