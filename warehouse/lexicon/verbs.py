"""The forms of English verbs, read from verbs.yml; those that a rule makes are made."""

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

FILE = Path(__file__).with_name("verbs.yml")
DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1ed$")


class Verb(NamedTuple):
    """A verb: take, took, taken."""

    plain: str
    past: str
    participle: str


@cache
def irregular() -> tuple[Verb, ...]:
    """The verbs whose forms no rule makes."""
    return tuple(Verb(*each) for each in yaml.load(FILE.read_text("utf-8"), yaml.CSafeLoader))


def verbs(form: str) -> tuple[Verb, ...]:
    """The verbs that a form, plain or past, may be of; of a regular past some that are none, too: visite, visited."""
    found = tuple(each for each in irregular() if form in each)
    if found or not form.endswith("ed"):
        return found
    plain = [form[:-2], form[:-1]]
    plain += [f"{form[:-3]}y"] if form.endswith("ied") else [form[:-3]] if DOUBLED.search(form) else []
    return tuple(Verb(each, form, form) for each in plain)
