"""Funnels, retention and RFM against SQL by hand for the same rows: `python -m tests.bench.cohorts [NAME …]`.

The plans and the SQL lie in the folder `cohorts`. Each pair runs on one connection of two threads over a shop of
500,000 users, 33 million events (see `compiled`), the two taking turns; the best of five runs counts, and the rows
must agree.
Target: 1.2 × the time of the SQL by hand.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import yaml

from tests.bench.compiled import AS_OF, THREADS, big_shop, least, running
from tools.funnel import query as funnels
from tools.funnel.args import FunnelArgs
from tools.retention import query as cohorts
from tools.retention.args import RetentionArgs
from tools.rfm import args as rfm
from tools.rfm.sizes import SIZES
from warehouse.compile import Compiled
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.stop import Stop
from warehouse.warehouse import Reading, Warehouse

HAND = Path(__file__).parent / "cohorts"
PLANS: dict[str, dict[str, Any]] = yaml.safe_load((HAND / "plans.yml").read_text("utf-8"))
ROUNDS = 5
TARGET = 1.2


@dataclass(frozen=True)
class Pair:
    """One analysis: its SQL's seconds and those of the SQL by hand, and whether both give the same rows."""

    name: str
    seconds: tuple[float, float]
    alike: bool

    @property
    def ratio(self) -> float:
        """Our time over the other's."""
        return self.seconds[0] / self.seconds[1]

    def __str__(self) -> str:
        ours, hand = (f"{seconds * 1e3:9.0f}" for seconds in self.seconds)
        return f"{self.name:40} {ours} {hand} ms × {self.ratio:4.2f}  {'' if self.alike else 'OTHER ROWS'}"


def compiled(plan: dict[str, Any], reading: Reading) -> Compiled:
    """The query of a plan."""
    args = plan.get("args", {})
    if plan["tool"] == "funnel":
        (query,) = funnels.compiled(funnels.bound(FunnelArgs.model_validate(args), reading), reading)
        return query
    if plan["tool"] == "rfm":
        return rfm.bound(rfm.RfmArgs.model_validate(args), reading).compiled(SIZES, ())
    return cohorts.compiled(cohorts.bound(RetentionArgs.model_validate(args), reading), reading)


def rows(connection: duckdb.DuckDBPyConnection, sql: str) -> list[str]:
    """The rows in an order that does not depend on the query, numbers to twelve digits."""
    found = connection.execute(sql).fetchall()
    return sorted(str([float(f"{e:.12g}") if isinstance(e, float | Decimal) else e for e in row]) for row in found)


def measured(name: str, reading: Reading, shop: Path) -> Pair:
    """Both queries after a run each to warm up; ours as the guard lets it through."""
    ours = reading.read(compiled(PLANS[name], reading), limit=0, stop=Stop()).sql
    hand = (HAND / f"{name}.sql").read_text("utf-8")
    with duckdb.connect(str(shop), read_only=True, config={"threads": THREADS}) as connection:
        alike = rows(connection, ours) == rows(connection, hand)
        turns = [(running(connection, ours), running(connection, hand)) for _ in range(ROUNDS)]
    return Pair(name, least(turns), alike)


def main(wanted: Sequence[str]) -> int:
    """Measure the pairs, or those named; 1 where a target was missed, 2 for a name that is not there."""
    if unknown := set(wanted) - set(PLANS):
        print(f"No plan {', '.join(sorted(unknown))}. There are: {', '.join(PLANS)}.", file=sys.stderr)
        return 2
    shop = big_shop()
    pairs = []
    with Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF).reading() as reading:
        for name in wanted or PLANS:
            pairs.append(measured(name, reading, shop))
            print(pairs[-1], flush=True)
    print(f"slowest: × {max(each.ratio for each in pairs):.2f} (target {TARGET})")
    return int(any(each.ratio > TARGET or not each.alike for each in pairs))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
