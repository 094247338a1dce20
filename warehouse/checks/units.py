"""Whether a unit is one that is known, or a word of its own; one that nearly is the first was meant for it."""

from collections.abc import Iterator
from difflib import get_close_matches

from warehouse.checks.mistake import Mistake, Place
from warehouse.checks.scope import Scope
from warehouse.text import Text

KNOWN = ("CNY", "ratio", "days", "seconds", "minutes", "hours", "years")
SHORTEST = 3  # letters that a unit is cut to
ALIKE = 0.85


def units(scope: Scope) -> Iterator[Mistake]:
    """No unit is nearly a known one: secs, cny. Any other word may be one."""
    for place, unit in _told(scope):
        meant = None if unit in KNOWN else _nearly(unit)
        if meant is not None:
            yield Mistake(place, Text(f"没有单位 {unit}", f"there is no unit {unit}"), _is_it(meant))


def _told(scope: Scope) -> Iterator[tuple[Place, str]]:
    for section in ("dimensions", "metrics"):
        for name, each in getattr(scope.spec, section).items():
            if each.unit is not None:
                yield (section, name, "unit"), each.unit


def _nearly(unit: str) -> str | None:
    """The known unit that a word is in other letters, for one of, cut short, or misspelt."""
    plain = {each.casefold(): each for each in KNOWN}
    word = unit.casefold()
    stem = word.removesuffix("s")
    begun = [each for each in plain if len(stem) >= SHORTEST and each.startswith(stem)]
    near = [word] if word in plain else begun or get_close_matches(word, plain, n=1, cutoff=ALIKE)
    return plain[near[0]] if near else None


def _is_it(unit: str) -> Text:
    return Text(f"是不是 {unit}？", f"is it {unit}?")
