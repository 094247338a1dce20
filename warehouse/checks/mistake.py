"""A mistake in a semantic model's file: where it stands, what is wrong, what was expected, the nearest name."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from warehouse.text import Text

Place = tuple[str | int, ...]

MOST_NAMES = 12


@dataclass(frozen=True)
class Mistake:
    """What is wrong at a place of the file, the keys and positions that lead there; an empty one is the whole file.

    `line` is told where the place is not in the file: a mistake of the YAML itself.
    """

    place: Place
    wrong: Text
    expected: Text | None = None
    line: int | None = None

    def said(self) -> Text:
        """The mistake in a sentence or two."""
        at = ".".join(str(part) for part in self.place)
        wrong = Text(*(f"{at}: {each}" if at else each for each in self.wrong))
        return (
            wrong if self.expected is None else Text(*(a + b for a, b in zip(wrong, _hint(self.expected), strict=True)))
        )

    def sentence(self) -> Text:
        """The same with its stop, where it does not end in a question."""
        zh, en = self.said()
        return Text(zh if zh.endswith("？") else f"{zh}。", en if en.endswith("?") else f"{en}.")


def unknown(place: Place, kind: Text, name: str, known: Iterable[str]) -> Mistake:
    """A name that nothing has, and the nearest that something has."""
    return Mistake(
        place, Text(f"没有名为 {name} 的{kind.zh}", f"there is no {kind.en} named {name}"), nearest(name, known)
    )


def nearest(name: str, known: Iterable[str]) -> Text:
    """The nearest of the names known; where none is near, those there are, the first twelve."""
    names = list(known)
    near = get_close_matches(name, names, n=1, cutoff=0.6)
    if near:
        return Text(f"是不是 {near[0]}？", f"is it {near[0]}?")
    names = names if len(names) <= MOST_NAMES else [*names[:MOST_NAMES], "…"]
    return Text(f"可用：{'、'.join(names) or '无'}", f"there are: {', '.join(names) or 'none'}")


def _hint(expected: Text) -> Text:
    return Text(f"；{expected.zh}", f"; {expected.en}")
