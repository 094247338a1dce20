"""Clusters and profiles of 500,000 users: `python -m tests.bench.segments`.

Each runs in a process of its own, nothing kept, on the shop of tests/bench/compiled.py: from the call to the result,
libraries loaded on the way. Targets: a profile in 10 s, clusters in 30 s and 3 GB resident at most.
"""

import multiprocessing
import resource
import sys
import time
from dataclasses import dataclass
from typing import Any

from tests.bench.build_shop import MAXRSS_PER_MB
from tests.bench.compiled import AS_OF, big_shop
from tools.registry import tool
from tools.tool import Context
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.stop import Stop
from warehouse.warehouse import Warehouse

LATELY = {"kind": "last", "n": 30, "unit": "day"}
BEAUTY = {"dimension": "category", "values": ["美妆"]}
CALLS: dict[str, tuple[dict[str, Any], float, float]] = {
    "profile": ({"where": [{"behaviour": "purchase", "period": LATELY, "where": [BEAUTY]}]}, 10.0, 3_000.0),
    "cluster": ({}, 30.0, 3_000.0),
}


@dataclass(frozen=True)
class Cost:
    """What one call took: seconds by the clock and of CPU, and megabytes resident at most."""

    wall: float
    cpu: float
    resident: float


def measured(name: str) -> Cost:
    """Run the call on the big shop."""
    args, _, _ = CALLS[name]
    chosen = tool(name)
    with Warehouse(DuckDbEngine(big_shop(), timeout_seconds=120), load(DEMO), AS_OF).reading() as reading:
        began, used = time.perf_counter(), time.process_time()
        chosen.run(chosen.Args.model_validate(args), Context(reading, 1_000, Stop(), "zh"))
        wall, cpu = time.perf_counter() - began, time.process_time() - used
    return Cost(wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MAXRSS_PER_MB)


def main() -> int:
    """Measure both; 1 where a target was missed."""
    big_shop()
    missed = False
    for name, (_, seconds, megabytes) in CALLS.items():
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            cost = pool.apply(measured, (name,))
        print(
            f"{name}: {cost.wall:.1f} s wall (target {seconds:g}), {cost.cpu:.1f} s CPU, "
            f"{cost.resident:,.0f} MB resident at most (target {megabytes:,.0f})",
            flush=True,
        )
        missed |= cost.wall > seconds or cost.resident > megabytes
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
