"""The lexicon's forms as they are read: one trie over their pieces, so that what several begin with is read once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, Protocol, TypeVar

from warehouse.lexicon.form import Form, Piece
from warehouse.text import Language

NUMERALS = frozenset("0123456789〇零一二两三四五六七八九十百")

T = TypeVar("T")
End = tuple[int, Any]
Filled = Mapping[str, Any]
Memo = dict[tuple[int, int], tuple[End, ...]]


class Slot(Protocol):
    """What fills a slot."""

    @property
    def firsts(self) -> frozenset[str]:
        """The characters that it may begin with."""

    def ends(self, text: str, start: int) -> tuple[End, ...]:
        """Where it may end that stands there, and what it is worth then."""


class Beside(Protocol):
    """What stands beside slots."""

    @property
    def firsts(self) -> frozenset[str]:
        """The characters that it may begin with."""

    @property
    def lasts(self) -> frozenset[str]:
        """The characters that it may end with."""

    @property
    def needed(self) -> bool:
        """Whether it may not be nothing."""

    def ends(self, text: str, start: int) -> tuple[End, ...]:
        """Where it may end that stands there."""

    def starts(self, text: str, end: int) -> tuple[int, ...]:
        """Where it may start that ends there."""


class Words:
    """One of some words, told by what each is worth; between a digit and a Chinese character a space may stand."""

    def __init__(self, worth: Mapping[str, Any]) -> None:
        self._by_first: dict[str, list[tuple[str, Any]]] = defaultdict(list)
        for word, value in worth.items():
            for written in {word, _spaced(word)}:
                self._by_first[written[0]].append((written, value))
        self.firsts = frozenset(self._by_first)
        self.lasts = frozenset(word[-1] for words in self._by_first.values() for word, _ in words)
        self.needed = True

    def ends(self, text: str, start: int) -> tuple[End, ...]:
        """Where the words end that stand there."""
        words = self._by_first.get(text[start : start + 1], ())
        return tuple((start + len(word), value) for word, value in words if text.startswith(word, start))

    def starts(self, text: str, end: int) -> tuple[int, ...]:
        """Where the words start that end there."""
        told = (word for words in self._by_first.values() for word, _ in words)
        return tuple(end - len(word) for word in told if text.endswith(word, 0, end))


class Space:
    """One space, or none where the language needs none."""

    firsts = frozenset(" ")
    lasts = frozenset(" ")

    def __init__(self, *, needed: bool) -> None:
        self.needed = needed

    def ends(self, text: str, start: int) -> tuple[End, ...]:
        """After the space."""
        if text[start : start + 1] == " ":
            return ((start + 1, None),)
        return () if self.needed else ((start, None),)

    def starts(self, text: str, end: int) -> tuple[int, ...]:
        """Before the space."""
        if end and text[end - 1] == " ":
            return (end - 1,)
        return () if self.needed else (end,)


@dataclass(frozen=True, eq=False)
class Edge:
    """A piece and what may follow it; `name` is the slot that it fills."""

    name: str | None
    piece: Slot
    node: "Node[Any]"


@dataclass(eq=False)
class Node(Generic[T]):
    """The forms that end here, and the pieces that may come next."""

    forms: list[T] = field(default_factory=list)
    edges: dict[tuple[str, ...], Edge] = field(default_factory=dict)

    def ends(self, text: str, start: int, memo: Memo, filled: Filled) -> Iterator[tuple[T, int, Filled]]:
        """Every form from here on that stands at a place, where it ends, and what fills its slots."""
        for form in self.forms:
            yield form, start, filled
        for edge in self.edges.values():
            for end, value in _ends(edge.piece, text, start, memo):
                further = filled if edge.name is None else {**filled, edge.name: value}
                yield from edge.node.ends(text, end, memo, further)


class Trie(Generic[T]):
    """Forms of both languages by their pieces."""

    def __init__(self) -> None:
        self._root: Node[T] = Node()
        self._by_first: dict[str, list[Edge]] | None = None

    def add(self, form: T, pieces: Sequence[tuple[tuple[str, ...], str | None, Slot]]) -> None:
        """Add a form by its pieces: what tells each from others, the slot that it fills, how it is read."""
        node = self._root
        for key, name, piece in pieces:
            if key not in node.edges:
                node.edges[key] = Edge(name, piece, Node())
            node = node.edges[key].node
        if form not in node.forms:
            node.forms.append(form)

    def found(self, text: str, start: int, memo: Memo) -> Iterator[tuple[T, int, Filled]]:
        """Every form that stands at a place, where it ends, and what fills its slots."""
        for edge in self._edges().get(text[start], ()):
            for end, value in _ends(edge.piece, text, start, memo):
                yield from edge.node.ends(text, end, memo, {} if edge.name is None else {edge.name: value})

    def _edges(self) -> Mapping[str, Sequence[Edge]]:
        if self._by_first is None:
            self._by_first = defaultdict(list)
            for edge in self._root.edges.values():
                for first in edge.piece.firsts:
                    self._by_first[first].append(edge)
        return self._by_first


class Spelled:
    """How the pieces of one language's forms are read."""

    def __init__(self, language: Language, classes: Mapping[str, Sequence[str]], slots: Mapping[str, Slot]) -> None:
        self._language = language
        self._gap = Space(needed=False)
        self._slots = slots
        self._classes = {name: Words(dict.fromkeys(map(str.lower, words))) for name, words in classes.items()}

    def pieces(self, form: Form) -> Iterator[list[tuple[tuple[str, ...], str | None, Any]]]:
        """The form's pieces, once for each choice of what may be left out."""
        for spelling in form.spellings:
            yield self._spaced([self._piece(piece) for piece in spelling])

    def around(self, form: Form) -> Iterator[list[list[Beside]]]:
        """The pieces before, between and after the form's slots, for each choice of what may be left out."""
        for spelling in form.spellings:
            parts: list[list[Beside]] = [[]]
            for piece in self._spaced([self._piece(each, opaque=True) for each in spelling]):
                if piece[1] is None:
                    parts[-1].append(piece[2])
                else:
                    parts.append([])
            yield parts

    def _piece(self, piece: Piece, *, opaque: bool = False) -> tuple[tuple[str, ...], str | None, Any]:
        match piece.kind:
            case "slot":
                return ("slot", self._language, piece.told), piece.told, None if opaque else self._slots[piece.told]
            case "words":
                return ("words", self._language, piece.told), None, self._classes[piece.told]
            case "gap":
                return ("gap",), None, Space(needed=True)
            case _:
                return ("text", piece.told), None, Words({piece.told.lower(): None})

    def _spaced(self, pieces: list[Any]) -> list[Any]:
        """With a space between any two pieces where the language puts none."""
        if self._language == "en":
            return pieces
        gap = (("gap?",), None, self._gap)
        return [each for piece in pieces for each in (gap, piece)][1:]


def starts(pieces: Sequence[Beside], text: str, end: int) -> Iterator[int]:
    """Where the pieces start that end there."""
    if not pieces:
        yield end
        return
    for start in pieces[-1].starts(text, end):
        yield from starts(pieces[:-1], text, start)


def ends(pieces: Sequence[Beside], text: str, start: int) -> Iterator[int]:
    """Where the pieces end that stand there."""
    if not pieces:
        yield start
        return
    for end, _ in pieces[0].ends(text, start):
        yield from ends(pieces[1:], text, end)


def first_characters(pieces: Sequence[Beside]) -> frozenset[str]:
    """The characters that pieces may begin with."""
    if not pieces:
        return frozenset()
    return pieces[0].firsts if pieces[0].needed else pieces[0].firsts | first_characters(pieces[1:])


def last_characters(pieces: Sequence[Beside]) -> frozenset[str]:
    """The characters that pieces may end with."""
    if not pieces:
        return frozenset()
    return pieces[-1].lasts if pieces[-1].needed else pieces[-1].lasts | last_characters(pieces[:-1])


def one_word(left: str, right: str) -> bool:
    """Whether two characters side by side belong to one number or one English word."""
    if left in NUMERALS and right in NUMERALS:
        return True
    return left.isascii() and right.isascii() and left.isalnum() and right.isalnum()


def _ends(piece: Slot, text: str, start: int, memo: Memo) -> tuple[End, ...]:
    key = id(piece), start
    if key not in memo:
        memo[key] = piece.ends(text, start)
    return memo[key]


def _spaced(word: str) -> str:
    """The word with a space between a digit and what is no letter of English."""
    return "".join(
        f"{each} " if each.isdigit() and after and not after.isascii() else each
        for each, after in zip(word, (*word[1:], ""), strict=True)
    )
