"""Wordings written as one: 跑了(多少|几)[趟] is each of 跑了多少, 跑了多少趟, 跑了几, 跑了几趟."""

import re
from collections.abc import Iterator
from itertools import product

CHOICE = re.compile(r"\((?P<one>[^()\[\]]*\|[^()\[\]]*)\)|\[(?P<maybe>[^()\[\]]+)\]")


def spelled_out(wording: str) -> Iterator[str]:
    """Every wording that it stands for: one of `(x|y)`, `[x|y]` or nothing in its place; itself without such."""
    pieces: list[list[str]] = []
    end = 0
    for match in CHOICE.finditer(wording):
        pieces.append([wording[end : match.start()]])
        pieces.append(match["one"].split("|") if match["one"] else ["", *match["maybe"].split("|")])
        end = match.end()
    yield from dict.fromkeys("".join(each) for each in product(*pieces, [wording[end:]]))
