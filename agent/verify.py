"""What every answer is held to before anyone sees it."""

from collections.abc import Callable, Sequence

from tools.tool import Figure, Result, Understood
from warehouse.text import LANGUAGES

Pieces = Sequence[Understood]
Check = Callable[[Result, Pieces], str | None]


class Unfounded(AssertionError):
    """A tool said what its table does not bear out: a bug of ours, never shown as an answer."""


def figures_stand(result: Result, _: Pieces) -> str | None:
    """Each number said is a cell of the table, or of a witness where the table was cut, or the number of the rows."""
    tables = [*([] if result.table is None else [result.table]), *result.witnesses]
    known = {cell for each in tables for row in each.rows for cell in row} | {each.row_count for each in tables}
    figures = [part for each in result.sentences for part in each.parts if isinstance(part, Figure)]
    missing = [each.value for each in figures if each.value not in known]
    return f"said but not in the table: {missing}" if missing else None


def pieces_said(result: Result, pieces: Pieces) -> str | None:
    """Each piece of the plan stands in what is said of the whole, in both languages."""
    missing = [
        piece.words
        for piece in pieces
        for language in LANGUAGES
        if piece.words.said(language) not in result.understood.said(language)
    ]
    return f"in the plan but not said: {missing}" if missing else None


CHECKS: tuple[Check, ...] = (figures_stand, pieces_said)


def verify(result: Result, pieces: Pieces = ()) -> None:
    """Raise `Unfounded` where a check of a result, and of the pieces of its plan, fails."""
    for check in CHECKS:
        if (wrong := check(result, pieces)) is not None:
            raise Unfounded(wrong)
