"""Names near to what nothing explains: typed in pinyin, sounding alike, one character off, or cut short."""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Generic, Literal, TypeVar

from agent.understand.characters import HAN, has_han, readings_of, sounds
from agent.understand.words import packed

if TYPE_CHECKING:
    from agent.understand.forms import Forms

How = Literal["pinyin", "spelling", "alias"]
Meaning = TypeVar("Meaning")

MOST: Final = 5
LONGEST: Final = 80
LEAST_LETTERS: Final = 4
LEAST_SOUND: Final = 4
LEAST_SHORTENED: Final = 4
LONGEST_REPEATING: Final = 6
LETTER: Final = r"[^\W\d_]"
LONG_ENOUGH: Final = re.compile(
    rf"{HAN.pattern}.*{LETTER}|{LETTER}.*{HAN.pattern}|(?:[\W\d_]*{LETTER}){{{LEAST_LETTERS}}}", re.DOTALL
)
SPOKEN: Final = re.compile(f"{HAN.pattern}.*{HAN.pattern}", re.DOTALL)  # of one character any syllable may be meant
# Another of these is another thing, never a slip: digits too.
TELLING: Final = frozenset("零〇一二三四五六七八九十百千万亿两半不未非无没")


@dataclass(frozen=True)
class Close(Generic[Meaning]):
    """A name near to what was asked, in packed form, what it means, and how it is near."""

    name: str
    meaning: Meaning
    how: How


class Nearness(Generic[Meaning]):
    """Finds names by what is nearly theirs; made ready at the first look, or by `prepare`.

    `names` maps names in packed form (`words.packed`) to what they mean. Names of one character, of fewer than four
    Latin letters, or of digits alone are near to nothing; nor is anything across scripts, but for pinyin.
    """

    def __init__(self, names: Mapping[str, Meaning]) -> None:
        self._names = names

    def prepare(self) -> None:
        """Reckon now what the first look would: seconds for a million names."""
        _ = self._sounding, self._slipped, self._sorted

    def near(self, span: str) -> tuple[Close[Meaning], ...]:
        """The nearest few names for a stretch of text, best first; none for one that is a name itself."""
        asked = packed(span)
        if is_short(asked) or len(asked) > LONGEST or asked in self._names:
            return ()
        found: dict[str, How] = {}
        looks: Mapping[How, Callable[[str], Iterator[str]]] = {
            "pinyin": self._sounding_like,
            "spelling": self._a_slip_away,
            "alias": self._cut_to,
        }
        for how, look in looks.items():
            for name in look(asked):
                found.setdefault(name, how)
        best = sorted(found, key=lambda name: (list(looks).index(found[name]), abs(len(name) - len(asked)), name))
        return tuple(Close(name, self._names[name], found[name]) for name in best[:MOST])

    def _sounding_like(self, asked: str) -> Iterator[str]:
        typed = not has_han(asked)
        wanted = _typed(asked) if typed else sorted(sounds(asked))
        if wanted:
            for name in self._sounding.candidates(wanted):
                if typed or _sound_alike(asked, name):
                    yield name

    def _a_slip_away(self, asked: str) -> Iterator[str]:
        for name in self._slipped.candidates([asked, *_shortened(asked)]):
            if may_slip(asked, name) and is_one_slip(asked, name):
                yield name

    def _cut_to(self, asked: str) -> Iterator[str]:
        """The one name that begins so."""
        least = LEAST_SHORTENED if has_han(asked) else LEAST_SHORTENED + 2
        place = bisect_left(self._sorted, asked)
        following = [name for name in self._sorted[place : place + 2] if name.startswith(asked)]
        if len(asked) >= least and len(following) == 1 and not _parts_number(asked, following[0]):
            yield following[0]

    @cached_property
    def _sorted(self) -> Sequence[str]:
        return sorted(self._names)

    @cached_property
    def _sounding(self) -> "Forms":
        names = [name for name in self._sorted if SPOKEN.search(name)]
        return _forms(names, [(at, sound) for at, name in enumerate(names) for sound in sounds(name)])

    @cached_property
    def _slipped(self) -> "Forms":
        names = [name for name in self._sorted if len(name) <= LONGEST and not is_short(name)]
        repeating = [
            (at, _without(name, each))
            for at, name in enumerate(names)
            if len(name) <= LONGEST_REPEATING and len(set(name)) < len(name)
            for each in sorted(set(name))
            if name.count(each) > 1
        ]
        return _forms(names, [*enumerate(names), *repeating], shortened=True)


def _forms(names: Sequence[str], forms: Sequence[tuple[int, str]], *, shortened: bool = False) -> "Forms":
    """They need numpy, which takes a tenth of a second to load: most questions have no word that nothing explains."""
    from agent.understand.forms import Forms  # noqa: PLC0415

    return Forms(names, forms, shortened=shortened)


def is_short(name: str) -> bool:
    """Whether a packed name is too short to be mistaken for another: near to one are too many."""
    return LONG_ENOUGH.search(name) is None


def may_slip(asked: str, name: str) -> bool:
    """Whether one may be the other with a slip: of one script, with the same digits, long enough.

    Of a short Latin word the first letter is right, and of one with four letters none is another.
    """
    if _scripts(asked) != _scripts(name) or _digits(asked) != _digits(name):
        return False
    shorter = min(len(asked), len(name))
    if has_han(name):
        return len(name) > 2 and shorter > 1
    if len(name) > LEAST_LETTERS + 1:
        return True
    alike = shorter > LEAST_LETTERS or len(asked) != len(name) or sorted(asked) == sorted(name)
    return alike and asked[0] == name[0]


def is_one_slip(asked: str, name: str) -> bool:
    """Whether one character is wrong (wherever it stands again), missing or too many, or two neighbours changed places.

    Digits, numerals and negations are no slips.
    """
    before = _shared(asked, name)
    after = _shared(asked[before:][::-1], name[before:][::-1])
    wrong, right = asked[before : len(asked) - after], name[before : len(name) - after]
    if any(each in TELLING or each.isdigit() for each in wrong + right):
        return False
    if max(len(wrong), len(right)) <= 1 or (len(wrong) == 2 and wrong[::-1] == right):
        return True
    pairs = {(one, other) for one, other in zip(asked, name, strict=False) if one != other}
    ((one, other),) = pairs if len(pairs) == 1 else (("", ""),)
    return len(asked) == len(name) <= LONGEST_REPEATING and one != "" and asked.replace(one, other) == name


def _shortened(asked: str) -> Iterator[str]:
    yield from (asked[:at] + asked[at + 1 :] for at in range(len(asked)))
    yield from (_without(asked, each) for each in sorted(set(asked)) if asked.count(each) > 1)


def _without(name: str, character: str) -> str:
    return name.replace(character, "")


def _typed(asked: str) -> list[str]:
    """What was typed for pinyin, as `sounds` writes it; none where it is none."""
    letters = asked.replace("'", "").replace("ü", "u").replace("v", "u")
    return [letters] if letters.isalpha() and letters.isascii() and len(letters) >= LEAST_SOUND else []


def _sound_alike(asked: str, name: str) -> bool:
    """Whether character for character they may be read the same, and Latin letters and digits are the same."""
    return len(asked) == len(name) and all(
        one == other or (has_han(one) and has_han(other) and not {*readings_of(one)}.isdisjoint(readings_of(other)))
        for one, other in zip(asked, name, strict=True)
    )


def _shared(one: str, other: str) -> int:
    """How many characters both begin with."""
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))


def _scripts(name: str) -> frozenset[bool]:
    return frozenset(has_han(each) for each in name if each.isalpha())


def _digits(name: str) -> str:
    return "".join(each for each in name if each.isdigit())


def _parts_number(asked: str, name: str) -> bool:
    """Whether a number would be cut."""
    return asked[-1].isdigit() and name[len(asked)].isdigit()
