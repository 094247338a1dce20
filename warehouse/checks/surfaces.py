"""Whether a word names one thing: of two metrics, or two values of a dimension, nobody could tell which is meant."""

import unicodedata
from collections.abc import Iterable, Iterator

from warehouse.checks.mistake import Mistake, Place
from warehouse.checks.scope import Scope
from warehouse.spec import ValueSpec, WordsSpec
from warehouse.text import Text

Surface = tuple[Place, str, str]  # where the thing stands, its name, a word for it


def surfaces(scope: Scope) -> Iterator[Mistake]:
    """No two things of a kind have a word in common, nothing has the word of its own negation, no name is unclear."""
    spec = scope.spec
    for section in ("metrics", "dimensions", "segments"):
        yield from _clashes(_of_section(section, getattr(spec, section).items()))
    for name, metric in spec.metrics.items():
        for grain, words in metric.per.items():
            told = _of_section("metrics", ((each, one) for each, one in spec.metrics.items() if each != name))
            yield from _clashes([*told, *_listed(("metrics", name, "per", grain), name, words)])
    yield from _clashes(_of_behaviours(scope))
    for name, dimension in spec.dimensions.items():
        values = ((value, each) for value, each in dimension.values.items())
        yield from _clashes(_of_values(("dimensions", name, "values"), values))
    yield from _unclear(scope)


def _of_section(section: str, things: Iterable[tuple[str, WordsSpec]]) -> Iterator[Surface]:
    for name, words in things:
        yield from _of_words((section, name), name, words)


def _of_behaviours(scope: Scope) -> Iterator[Surface]:
    for name, each in scope.spec.behaviours.items():
        place = ("behaviours", name)
        yield from _of_words(place, name, each)
        yield from _listed((*place, "bare"), name, each.bare)
        if each.negated is not None:
            yield from _of_words((*place, "negated"), f"not {name}", each.negated)


def _of_values(place: Place, values: Iterable[tuple[str, ValueSpec]]) -> Iterator[Surface]:
    for value, words in values:
        yield (*place, value), value, value
        yield from _of_words((*place, value), value, words)


def _unclear(scope: Scope) -> Iterator[Mistake]:
    """An unclear word may be a value, which is known by what stands beside it, but no name of anything else."""
    spec = scope.spec
    named = {
        _normal(word): name
        for section in ("metrics", "dimensions", "behaviours", "segments")
        for name, words in getattr(spec, section).items()
        for word in (*words.zh, *words.en)
    }
    told = [each for at, words in enumerate(spec.unclear) for each in _of_words(("unclear", at), words.zh[0], words)]
    for place, _, word in told:
        if _normal(word) in named:
            yield _also(place, word, named[_normal(word)])
    yield from _clashes(told)


def _of_words(place: Place, name: str, words: WordsSpec | ValueSpec) -> Iterator[Surface]:
    yield from _listed((*place, "zh"), name, words.zh)
    yield from _listed((*place, "en"), name, words.en)


def _listed(place: Place, name: str, words: Iterable[str]) -> Iterator[Surface]:
    yield from (((*place, at), name, word) for at, word in enumerate(words))


def _clashes(told: Iterable[Surface]) -> Iterator[Mistake]:
    names: dict[str, str] = {}
    for place, name, word in told:
        first = names.setdefault(_normal(word), name)
        if first != name:
            yield _also(place, word, first)


def _also(place: Place, word: str, name: str) -> Mistake:
    return Mistake(
        place,
        Text(f"“{word}”也是 {name} 的叫法", f"“{word}” names {name}, too"),
        Text("一个叫法只给一个", "give it to one of them"),
    )


def _normal(word: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", word).casefold().split())
