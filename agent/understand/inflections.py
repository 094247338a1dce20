"""The other forms of what a model says that customers did: 付过款 of 付款, taken a class of took a class."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from agent.understand.characters import has_han
from agent.understand.closed_class import holds, surfaces
from agent.understand.words import whole
from warehouse.lexicon.verbs import verbs

HAN_ONLY = re.compile(r"[\u4e00-\u9fff]{2,6}")
OF_ONE = re.compile(r"(?P<head>[a-z' -]+?) an? (?P<noun>[a-z][a-z -]*)")
TO_PLACE = re.compile(r"(?P<head>[a-z]+) (?P<place>(?:to|in|into) (?:(?:the|their|a) )?[a-z]+)")
ANY = ("any", "some")
VOWELS = frozenset("aeiou")
SIBILANT = re.compile(r"(?:s|x|z|ch|sh)$", re.IGNORECASE)
AT_MOST_AMID = 12  # characters of Chinese between a verb and its object, twice as many of English
CLAUSE_END = re.compile(r"[,;:。?!]")


class Form(NamedTuple):
    """A form; `bare` where it is a verb only behind an auxiliary or a negation, and may be a noun else."""

    surface: str
    bare: bool


class Halves(NamedTuple):
    """A verb and its object, which other words may part: 上过…课, took a … class."""

    verb: str
    thing: str


def forms(surface: str) -> Iterator[Form]:
    """The forms of one wording that are not itself."""
    if has_han(surface):
        yield from (Form(each, bare=False) for each in _aspects(surface))
        return
    for form in _tenses(surface.lower()):
        yield form
        yield from (Form(each, form.bare) for each in _numbers(form.surface))
    yield from (Form(each, bare=False) for each in _numbers(surface.lower()))


def negated(surface: str) -> Iterator[str]:
    """What says in English that it was not done: took no class, took no classes."""
    if (told := OF_ONE.fullmatch(surface.lower())) is not None:
        yield from (f"{told['head']} no {each}" for each in (told["noun"], plural(told["noun"])))


def superlatives(surface: str) -> tuple[str, str]:
    """A word for being ranked, by itself and with the word that it may have before it: 畅销, 最畅销."""
    return surface, f"最{surface}" if has_han(surface) else f"most {surface}"


def superlative(surface: str) -> bool:
    """Whether a word for being ranked may be of one alone; without 最 Chinese tells of several: 畅销."""
    return "最" in surface or not has_han(surface)


def halves(surface: str) -> Iterator[Halves]:
    """The wordings that may be parted."""
    if has_han(surface):
        if HAN_ONLY.fullmatch(surface) and len(surface) == 2 and not holds("aspect", surface):
            yield from (Halves(f"{surface[0]}{done}", surface[1]) for done in surfaces("aspect"))
        if HAN_ONLY.fullmatch(surface) and len(surface) == 3 and surface[1] in surfaces("aspect"):
            yield Halves(surface[:2], surface[2])
        return
    if (led := TO_PLACE.fullmatch(surface.lower())) is not None:
        yield Halves(led["head"], led["place"])
    told = OF_ONE.fullmatch(surface.lower())
    if told is None:
        return
    heads = [told["head"], *(each.surface for each in _tenses(told["head"]) if not each.bare)]
    for head in dict.fromkeys(heads):
        for verb in (head, *(f"{head} {article}" for article in ("a", "an", "any"))):
            yield from (Halves(verb, each) for each in (told["noun"], plural(told["noun"])))


def places(text: str, verb: str) -> Iterator[tuple[int, int]]:
    """Where a verb stands, no Latin word cut."""
    found = (each.span() for each in re.finditer(re.escape(verb), text))
    return (each for each in found if whole(text, *each))


def thing_at(text: str, end: int, thing: str) -> int | None:
    """Where the object stands of a verb that ends at a place: in the same clause, not right behind it."""
    most = AT_MOST_AMID if has_han(thing) else 2 * AT_MOST_AMID
    amid = CLAUSE_END.split(text[end : end + most + len(thing)])[0]
    at = next((start for start, last in places(amid, thing) if start and whole(text, end + start, end + last)), None)
    return None if at is None or holds("tie", amid[:at]) else end + at


def plural(name: str) -> str:
    """An English name for several of what it names: of its head, days of stock, or else its last word."""
    head, of, rest = name.partition(" of ")
    if not head[-1:].isascii() or not head[-1:].isalpha() or (head.endswith("s") and not head.endswith("ss")):
        return name
    if head[-1] in "yY" and head[-2:-1].lower() not in VOWELS:
        return f"{head[:-1]}ies{of}{rest}"
    return f"{head}es{of}{rest}" if SIBILANT.search(head) else f"{head}s{of}{rest}"


def _aspects(surface: str) -> Iterator[str]:
    """下单: 下过单, 下单过, 下了单, 下单了."""
    if HAN_ONLY.fullmatch(surface) and not holds("aspect", surface):
        yield from (
            surface[:at] + done + surface[at:] for done in surfaces("aspect") for at in range(1, len(surface) + 1)
        )


def _tenses(surface: str) -> Iterator[Form]:
    """Took: take, taken."""
    first, space, rest = surface.partition(" ")
    for verb in verbs(first):
        told = {verb.past, verb.participle} - {first}
        yield from (Form(f"{each}{space}{rest}", bare=False) for each in sorted(told - {verb.plain}))
        yield from [Form(f"{verb.plain}{space}{rest}", bare=True)] if verb.plain != first else []


def _numbers(surface: str) -> Iterator[str]:
    """Took a class: took classes, took any class, took any classes."""
    if (told := OF_ONE.fullmatch(surface)) is None:
        return
    yield f"{told['head']} {plural(told['noun'])}"
    for lead in ANY:
        yield from (f"{told['head']} {lead} {each}" for each in (told["noun"], plural(told["noun"])))
