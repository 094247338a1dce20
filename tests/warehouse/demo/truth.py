"""What is planted in the demo shop and stands nowhere in it: for tests alone, never for answers."""

import duckdb

from warehouse.demo.build import HERE

KINDS = ("price", "novelty", "loyalty", "season", "lapse")


def plant(connection: duckdb.DuckDBPyConnection, *, seed: int) -> None:
    """Give a connection to a demo shop, built with `seed`, temporary tables of the truth.

    `true_kinds(user_id, kind, rate, dropout)`: what drives each user (one of KINDS), the purchases a week, and the
    chance to leave for good after a repeat purchase. `roles(product_id, subcategory, role)`: `loser`, `pair`,
    `runs out`, `unmoving`, `advertised`, `withdrawn`. `pairs(product_id, companion, chance, kind)`: products bought
    together, by all or by the kind of that number (1 is the first of KINDS) alone. `categories(category, elasticity,
    refunds, …)`: what holds for each category.
    """
    connection.execute("SET VARIABLE seed = ?", [seed])
    connection.execute("SET VARIABLE folder = ?", [str(HERE / "data")])
    for script in ("draws", "catalogue"):
        connection.execute((HERE / "sql" / f"{script}.sql").read_text(encoding="utf-8"))
    connection.execute(
        "CREATE TEMP TABLE true_kinds AS SELECT user_id, (?::VARCHAR[])[kind_of(user_id)] AS kind, "
        "weekly_rate(user_id) AS rate, dropout(user_id) AS dropout FROM users",
        [list(KINDS)],
    )
