"""What each role may see of the data, by table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlglot import exp

LOCAL: Final = "local"


@dataclass(frozen=True)
class Rule:
    """What a role sees of one table: the rows where `rows` holds, the columns not `denied`, a mask for the `masked`.

    Columns of the table in `rows` stand after its name. Names of columns are folded.
    """

    rows: exp.Expr | None = None
    masked: frozenset[str] = frozenset()
    denied: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Policy:
    """What one role may see: a rule for each table that it does not see whole, by the table's name.

    `said_in` names the file that says so, None where there is none.
    """

    role: str
    rules: Mapping[str, Rule]
    said_in: str | None = None
