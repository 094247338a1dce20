"""The shops that the questions are asked of, each built where it is missing."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.agent.laws.shops import DEMO_SHOP, OTHERS
from tests.conftest import AS_OF
from tests.warehouse.shops import MODELS
from warehouse.demo.build import HERE as GENERATOR
from warehouse.load import DEMO

ROOT = Path(__file__).parents[2]
CACHE = ROOT / ".cache"


@dataclass(frozen=True)
class Shop:
    """A shop to ask: its data, its model, its as-of day."""

    database: Path
    model: Path
    as_of: date


@dataclass(frozen=True)
class Demo:
    """A demo shop: its day, its seed, its size."""

    as_of: date
    seed: int
    users: int


DEMOS: Mapping[str, Demo] = {
    DEMO_SHOP: Demo(AS_OF, 42, 50_000),
    "demo_september": Demo(date(2026, 9, 14), 7, 3_000),
}


def shop_of(name: str) -> Shop:
    """The shop that a file of questions is about; the development questions are about the demo shop."""
    name = DEMO_SHOP if name == "dev" else name
    return _demo_shop(DEMOS[name]) if name in DEMOS else _other_shop(name)


def _demo_shop(demo: Demo) -> Shop:
    """Another file for another generator."""
    files = (path for path in sorted(GENERATOR.rglob("*")) if path.suffix in {".py", ".sql", ".csv"})
    recipe = hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
    named = f"eval-{demo.as_of}-{demo.seed}-{demo.users}"
    database = CACHE / f"{named}-{recipe}.duckdb"
    if not database.exists():
        CACHE.mkdir(exist_ok=True)
        for old in CACHE.glob(f"{named}-*.duckdb"):
            old.unlink()
        told = {"--out": database, "--as-of": demo.as_of, "--seed": demo.seed, "--users": demo.users}
        command = [sys.executable, "app.py", "demo", *(str(each) for pair in told.items() for each in pair)]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return Shop(database, DEMO, demo.as_of)


def _other_shop(name: str) -> Shop:
    folder = CACHE / f"eval-{name}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    warehouse = OTHERS[name](folder)
    with warehouse.reading() as reading:
        return Shop(folder / f"{name}.duckdb", MODELS / f"{name}.yml", reading.as_of)
