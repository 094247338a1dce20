"""How long the demo shop takes to build, and how much memory: `python -m tests.bench.build_shop [--users N]`.

Each build runs in a process of its own. Without --users: the default size, then ten times it.
"""

import argparse
import datetime
import multiprocessing
import resource
import tempfile
import time
from pathlib import Path

from warehouse.demo.build import build

AS_OF = datetime.date(2026, 6, 30)
SIZES = (50_000, 500_000)


def measure(users: int) -> str:
    """One line: wall seconds, CPU seconds, peak resident memory, and the file's size."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "shop.duckdb"
        began = time.perf_counter()
        build(path, as_of=AS_OF, users=users)
        wall = time.perf_counter() - began
        used = resource.getrusage(resource.RUSAGE_SELF)
        cpu = used.ru_utime + used.ru_stime
        return (
            f"{users:>9,} users: {wall:6.1f} s wall, {cpu:6.1f} s CPU, "
            f"{used.ru_maxrss / 1024:6,.0f} MB resident at most, {path.stat().st_size / 1e6:6,.0f} MB on disk"
        )


def main() -> None:
    """Measure the sizes asked for."""
    parser = argparse.ArgumentParser(description="Measure the building of the demo shop.")
    parser.add_argument("--users", type=int, action="append", help="a size; may be given more than once")
    sizes = parser.parse_args().users or SIZES
    for users in sizes:
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            print(pool.apply(measure, (users,)), flush=True)


if __name__ == "__main__":
    main()
