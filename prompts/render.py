"""Prompts made of their text files; what comes from outside stands in them quoted and bounded."""

from functools import cache
from pathlib import Path
from string import Template

HERE = Path(__file__).parent
OPENING, CLOSING = "⟦", "⟧"
LONGEST = 120
UNSEEN = {
    ord(OPENING): "[",
    ord(CLOSING): "]",
    **dict.fromkeys((*range(32), 127, 0x85, 0x2028, 0x2029, *range(0xD800, 0xE000)), " "),
}


def render(name: str, **values: str) -> str:
    """The text of that name with the values in their places; raises `KeyError` where one of them is missing."""
    return _template(name).substitute(values)


def quoted(text: str, most: int = LONGEST) -> str:
    """Data between marks that it cannot hold itself, in one line, at most so many characters of it."""
    plain = text.translate(UNSEEN)
    cut = plain if len(plain) <= most else f"{plain[:most]}…"
    return f"{OPENING}{cut}{CLOSING}"


@cache
def _template(name: str) -> Template:
    return Template((HERE / f"{name}.txt").read_text("utf-8").strip())
