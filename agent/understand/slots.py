"""What the slots of the lexicon's forms for time are filled with: how each is written, and what it is worth."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from agent.understand.numbers import chinese_number, english_number, read_integer
from agent.understand.spelled import NUMERALS, Slot, Words
from warehouse.calendar import Calendar
from warehouse.days import YEAR_OFFSETS
from warehouse.lexicon.time import TimeWords
from warehouse.text import Language

CENTURY = 2000
FIRST_LETTERS = {"zh": "", "en": "abcdefghijklmnopqrstuvwxyz"}  # of numbers in words


class Written:
    """A slot filled with what a regular expression fits, and what that is worth, None if nothing."""

    def __init__(self, pattern: str, firsts: str, read: Callable[[str], Any]) -> None:
        self._pattern = re.compile(pattern)
        self._read = read
        self.firsts = frozenset(firsts)

    def ends(self, text: str, start: int) -> tuple[tuple[int, Any], ...]:
        """Where it ends that stands there, and what it is worth."""
        match = self._pattern.match(text, start)
        return ((match.end(), self._read(match[0])),) if match else ()


def time_slots(words: TimeWords, language: Language, calendar: Calendar) -> dict[str, Slot]:
    """The slots by name; `month2` and the like, for the end of a range, are as `month`."""
    slots = _written(language) | _named(words) | _occasions(calendar)
    return slots | {f"{name}2": slots[name] for name in ("month", "d", "weekday", "y", "mm", "dd")}


def normalised(word: str) -> str:
    """A word as questions have it after normalisation: half width, lower case, one space."""
    return " ".join(unicodedata.normalize("NFKC", word).replace("’", "'").lower().split())


def _written(language: Language) -> dict[str, Slot]:
    """Slots filled with numbers."""
    numerals, digits = "〇零一二两三四五六七八九十", "0123456789"
    numeral, firsts = f"[{numerals}]", digits + numerals
    number = chinese_number() if language == "zh" else english_number()
    nth = numeral + "{1,3}" if language == "zh" else r"[0-3]?\d(?:st|nd|rd|th)"
    return {
        "n": Written(rf"\d{{1,4}}|{number}", firsts + FIRST_LETTERS[language], read_integer),
        "y": Written(rf"(?:19|20|21)\d\d|{numeral}{{4}}", firsts, read_integer),
        "short_year": Written(r"1[5-9]|2\d|3[0-5]", digits, lambda text: CENTURY + int(text)),
        "yy": Written(r"\d\d", digits, lambda text: CENTURY + int(text)),
        "m": Written(rf"1[0-2]|0?[1-9]|{numeral}{{1,2}}", firsts, read_integer),
        "d": Written(rf"{nth}|[0-3]?\d", firsts, lambda text: read_integer(re.sub("[a-z]", "", text))),
        "mm": Written(r"1[0-2]|0?[1-9]", digits, int),
        "dd": Written(r"3[01]|[12]\d|0?[1-9]", digits, int),
        "mm2d": Written(r"0[1-9]|1[0-2]", digits, int),
        "dd2d": Written(r"0[1-9]|[12]\d|3[01]", digits, int),
    }


def _named(words: TimeWords) -> dict[str, Slot]:
    """Slots filled with words of the lexicon."""
    relative = {(unit, at): each for unit, offsets in words.relative.items() for at, each in offsets.items()}
    years = {year: words.relative["year"][at] for year, at in YEAR_OFFSETS.items()}
    return {
        "units": _words(words.counted),
        "single": _words(words.single),
        "starts": _words(words.starts),
        "ends": _words(words.ends),
        "third": _words(_numbered(words.thirds)),
        "to_date": _words(words.to_date),
        "current": _words(words.current),
        "previous": _words(words.previous),
        "earlier": _words(words.earlier),
        "relative": _words(relative),
        "year": _words(years),
        "week": _words(words.relative["week"]),
        "near_month": _words(words.relative["month"]),
        "this": _words({"this": words.this}),
        "weekday": _words(_numbered(words.weekdays)),
        "month": _words(_numbered(words.months)),
        "quarter": _words(_numbered(words.quarters)),
        "coded_quarter": _words(_coded(words.quarters)),
        "half": _words(_numbered(words.halves)),
    }


def _occasions(calendar: Calendar) -> dict[str, Slot]:
    """The calendar's names; `coded` are those of numerals alone, which may be numbers, `spelled` the others."""
    names = {each.name.zh: (each.name.zh, each.name.en, *each.also) for each in calendar.occasions}
    coded = {name: tuple(word for word in words if _is_number(word)) for name, words in names.items()}
    spelled = {name: tuple(word for word in words if not _is_number(word)) for name, words in names.items()}
    return {"occasion": _words(names), "coded": _words(coded), "spelled": _words(spelled)}


def _is_number(word: str) -> bool:
    return all(character in NUMERALS for character in word)


def _numbered(names: Sequence[Sequence[str]]) -> dict[int, Sequence[str]]:
    return dict(enumerate(names, 1))


def _coded(names: Sequence[Sequence[str]]) -> dict[int, Sequence[str]]:
    """The names of quarters that are a letter and a digit: q1."""
    return {number: [word for word in words if len(word) == len("q1")] for number, words in _numbered(names).items()}


def _words(worth: Mapping[Any, Sequence[str]]) -> Words:
    return Words({normalised(word): value for value, words in worth.items() for word in words})
