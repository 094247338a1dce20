"""Every reference, equation and order of times that the schema promises, over the whole shop."""

import re
from pathlib import Path

import duckdb
import pytest

# Each law's name is the comment above its query.
LAWS = dict(
    re.findall(
        r"^-- (.+)\n((?:(?!--).+\n)+)", (Path(__file__).parent / "laws.sql").read_text(encoding="utf-8"), re.MULTILINE
    )
)


def test_all_laws_are_read() -> None:
    assert len(LAWS) > 70


@pytest.fixture(scope="session")
def gapped(shop: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """The shop, and the hours of the planted gap: the longest time without an event."""
    shop.execute(
        """
        CREATE TEMP TABLE gap AS
        SELECT lag(event_at) OVER (ORDER BY event_id) AS since, event_at AS until FROM events
        QUALIFY true ORDER BY until - since DESC NULLS LAST LIMIT 1
        """
    )
    shop.execute("CREATE TEMP MACRO gap_from() AS (SELECT since + INTERVAL 1 SECOND FROM gap)")
    shop.execute("CREATE TEMP MACRO gap_to() AS (SELECT until FROM gap)")
    return shop


@pytest.mark.parametrize("law", LAWS)
def test_no_row_breaks(law: str, gapped: duckdb.DuckDBPyConnection) -> None:
    assert gapped.sql(LAWS[law].rstrip().rstrip(";")).limit(5).fetchall() == []
