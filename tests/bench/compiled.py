"""Compiled SQL against an expert's for the same rows: `python -m tests.bench.compiled [NUMBER …]`.

The plans and the expert's files lie in `expert`. Each pair runs on one connection of two threads over a shop of 500,000
users (the file that WENSHU_BIG_SHOP names, else `.cache/big.duckdb`, built where it is missing), the two taking turns;
the best of seven runs counts. Compiling is from the plan to SQL text. Memory is the engine's peak of buffers, the least
of three runs, and 16 MiB at least: below that, what any query has outweighs what the plan needs. Targets: compiling
3 ms at the median and 15 ms at most; time 1.1 × the expert's at the median and 1.5 × at most; memory 1.3 × at most.
"""

import datetime
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import yaml

from tools.audience import AudienceArgs
from warehouse.compile import Compiled
from warehouse.demo.build import build
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.query import Query
from warehouse.stop import Stop
from warehouse.text import Text
from warehouse.warehouse import Reading, Warehouse

EXPERT = Path(__file__).parent / "expert"
BIG_SHOP = Path(__file__).parents[2] / ".cache" / "big.duckdb"
AS_OF = datetime.date(2026, 6, 30)
USERS = 500_000
ROUNDS = 7
PROFILED = 3
THREADS = 2
LEAST_MEMORY = 16 * 1024 * 1024
TARGETS = {"compile median": 3.0, "compile worst": 15.0, "time median": 1.1, "time worst": 1.5, "memory worst": 1.3}

PLANS: dict[str, dict[str, Any]] = yaml.safe_load((EXPERT / "plans.yml").read_text("utf-8"))
FILES = {path.name[:2]: path for path in sorted(EXPERT.glob("*.sql"))}


Number = TypeVar("Number", int, float)


@dataclass(frozen=True)
class Pair:
    """One query as compiled and as the expert wrote it: milliseconds to compile; seconds and peak bytes of both."""

    name: str
    compiling: float
    seconds: tuple[float, float]
    memory: tuple[int, int]

    @property
    def time_ratio(self) -> float:
        """The compiled one's time over the expert's."""
        return self.seconds[0] / self.seconds[1]

    @property
    def memory_ratio(self) -> float:
        """The compiled one's peak memory over the expert's."""
        return max(self.memory[0], LEAST_MEMORY) / max(self.memory[1], LEAST_MEMORY)

    def __str__(self) -> str:
        ours, expert = (f"{seconds * 1e3:8.1f}" for seconds in self.seconds)
        times = f"{ours} {expert} ms × {self.time_ratio:4.2f}"
        return f"{self.name:44} compiled in {self.compiling:5.2f} ms {times}  memory × {self.memory_ratio:4.2f}"


def compiled(plan: dict[str, Any], reading: Reading) -> Compiled:
    """A plan of numbers, or of people, resolved and compiled."""
    if "metrics" in plan:
        return reading.compiler.measurement(reading.resolver.query(Query.model_validate(plan)))
    args = AudienceArgs.model_validate(plan)
    crowd = reading.resolver.people(args)
    if args.show == "count":
        return reading.compiler.count(crowd)
    if args.by is not None:
        return reading.compiler.breakdown(crowd, reading.resolver.breakdown(args.by))
    return reading.compiler.listing(crowd, [reading.model.dimension(name) for name in reading.model.customer.listed])


def compiling(plan: dict[str, Any], reading: Reading) -> float:
    """Seconds from the plan to its SQL text."""
    begun = time.perf_counter()
    compiled(plan, reading).tree.sql("duckdb")
    return time.perf_counter() - begun


def running(connection: duckdb.DuckDBPyConnection, sql: str) -> float:
    """Seconds of one run, its rows fetched."""
    begun = time.perf_counter()
    connection.execute(sql).fetchall()
    return time.perf_counter() - begun


def peak_memory(connection: duckdb.DuckDBPyConnection, sql: str) -> int:
    """The most bytes of buffers that one run held, as the engine's own profile tells."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        connection.execute("PRAGMA enable_profiling = 'json'")
        connection.execute(f"PRAGMA profiling_output = '{file.name}'")
        connection.execute(sql).fetchall()
        connection.execute("PRAGMA disable_profiling")
        return int(json.loads(Path(file.name).read_text("utf-8"))["system"]["peak_buffer_memory"])


def measured(number: str, reading: Reading, shop: Path) -> Pair:
    """Both queries of a pair, after a run each to warm up; the compiled one as the guard lets it through."""
    plan, expert = PLANS[number], FILES[number].read_text("utf-8")
    ours = reading.read(compiled(plan, reading), limit=None, stop=Stop()).sql
    fastest_compiling = min(compiling(plan, reading) for _ in range(ROUNDS))
    with duckdb.connect(str(shop), read_only=True, config={"threads": THREADS}) as connection:
        held = [(peak_memory(connection, ours), peak_memory(connection, expert)) for _ in range(PROFILED)]
        turns = [(running(connection, ours), running(connection, expert)) for _ in range(ROUNDS)]
    return Pair(FILES[number].stem, fastest_compiling * 1e3, least(turns), least(held))


def least(turns: Sequence[tuple[Number, Number]]) -> tuple[Number, Number]:
    """The least of the first ones and of the second ones."""
    first, second = zip(*turns, strict=True)
    return min(first), min(second)


def big_shop() -> Path:
    """The shop to measure on; built where it is missing, which takes some minutes and 1.1 GB of disk."""
    shop = Path(os.environ.get("WENSHU_BIG_SHOP", BIG_SHOP))
    if not shop.exists():
        print(f"Building a shop of {USERS:,} users at {shop}, once: some minutes and 1.1 GB.", flush=True)
        shop.parent.mkdir(parents=True, exist_ok=True)
        build(shop, as_of=AS_OF, users=USERS, progress=tell)
    return shop


def tell(part: float, step: Text) -> None:
    """Print how far the building is."""
    print(f"{part:5.0%} {step.en}", flush=True)


def missed(pairs: Sequence[Pair]) -> bool:
    """Print each figure beside its target; whether any misses it."""
    figures = {
        "compile median": statistics.median(pair.compiling for pair in pairs),
        "compile worst": max(pair.compiling for pair in pairs),
        "time median": statistics.median(pair.time_ratio for pair in pairs),
        "time worst": max(pair.time_ratio for pair in pairs),
        "memory worst": max(pair.memory_ratio for pair in pairs),
    }
    for name, figure in figures.items():
        print(f"{name}: {figure:.2f} (target {TARGETS[name]})")
    return any(figure > TARGETS[name] for name, figure in figures.items())


def main(wanted: Sequence[str]) -> int:
    """Measure the pairs, or those named; 1 where a target was missed, 2 for a number that is not there."""
    if unknown := set(wanted) - set(PLANS):
        print(f"No plan {', '.join(sorted(unknown))}. There are: {', '.join(PLANS)}.", file=sys.stderr)
        return 2
    shop = big_shop()
    pairs = []
    with Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF).reading() as reading:
        for number in wanted or PLANS:
            pairs.append(measured(number, reading, shop))
            print(pairs[-1], flush=True)
    return int(missed(pairs))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
