"""What tests share: a small demo shop, and a tiny one whose numbers are worked out by hand."""

import datetime
import os
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from filelock import FileLock

from agent.analyst import Analyst
from agent.settings import Settings
from agent.wiring import connect
from warehouse.demo.build import HERE as DEMO_FOLDER
from warehouse.demo.build import build

pytest.register_assert_rewrite("tests.asking")
AS_OF = datetime.date(2026, 6, 30)
USERS = 3_000
SEED = 7


@pytest.fixture(scope="session", autouse=True)
def nothing_kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A workspace of the tests' own: what somebody keeps beside the program neither changes them nor is changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WENSHU_WORKSPACE", str(tmp_path_factory.mktemp("kept") / "workspace.sqlite"))
        yield


@pytest.fixture(scope="session")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo shop of 3,000 users through 2026-06-30, built once for all workers; read it only."""
    run = tmp_path_factory.getbasetemp()
    shared = run.parent if "PYTEST_XDIST_WORKER" in os.environ else run
    path = shared / f"shop-{USERS}-{SEED}.duckdb"
    with FileLock(f"{path}.lock"):
        if not path.exists():
            build(path, as_of=AS_OF, users=USERS, seed=SEED)
    return path


@pytest.fixture(scope="session")
def analyst(shop: Path) -> Analyst:
    """An analyst of the demo shop, by rules."""
    return connect(settings(shop))


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five users and eight orders, through 2026-06-30; tests/tiny.sql tells them."""
    path = tmp_path_factory.mktemp("tiny") / "tiny.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute((DEMO_FOLDER / "sql" / "schema.sql").read_text("utf-8"))
        connection.execute((Path(__file__).parent / "tiny.sql").read_text("utf-8"))
    return path


@pytest.fixture(scope="session")
def tiny_analyst(tiny: Path) -> Analyst:
    """An analyst of the tiny shop, by rules."""
    return connect(settings(tiny))


def settings(shop: Path) -> Settings:
    """Settings for a shop, whatever the environment says."""
    return Settings(WENSHU_WAREHOUSE=shop, WENSHU_AS_OF=AS_OF, WENSHU_PLANNER="rules", _env_file=None)
