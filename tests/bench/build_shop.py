"""How long the demo shop takes to build, and how much memory: `python -m tests.bench.build_shop [--users N]`.

Each build runs in a process of its own. Without --users: the default size, then ten times it. Targets: 20 s of wall
time and 2 GB resident for the default, 240 s for ten times it.
"""

import argparse
import datetime
import multiprocessing
import resource
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from warehouse.demo.build import build

AS_OF = datetime.date(2026, 6, 30)
SECONDS = {50_000: 20.0, 500_000: 240.0}
MEGABYTES = {50_000: 2_000.0}
MAXRSS_PER_MB = 1 << 20 if sys.platform == "darwin" else 1 << 10  # macOS counts bytes, Linux KiB


@dataclass(frozen=True)
class Cost:
    """What one build took: seconds, and megabytes resident at most and on disk."""

    wall: float
    cpu: float
    resident: float
    disk: float


def measured(users: int) -> Cost:
    """Build a shop in a folder that is then removed."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shop.duckdb"
        began = time.perf_counter()
        build(path, as_of=AS_OF, users=users)
        wall = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_SELF)
        return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / MAXRSS_PER_MB, path.stat().st_size / 1e6)


def main() -> int:
    """Measure the sizes asked for; 1 where a target was missed."""
    parser = argparse.ArgumentParser(description="Measure the building of the demo shop.")
    parser.add_argument("--users", type=int, action="append", help="a size; may be given more than once")
    missed = False
    for users in parser.parse_args().users or SECONDS:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            cost = pool.apply(measured, (users,))
        print(
            f"{users:>9,} users: {cost.wall:.1f} s wall, {cost.cpu:.1f} s CPU, "
            f"{cost.resident:,.0f} MB resident at most, {cost.disk:,.0f} MB on disk",
            flush=True,
        )
        missed |= cost.wall > SECONDS.get(users, float("inf")) or cost.resident > MEGABYTES.get(users, float("inf"))
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
