"""What takes long: more plans, more nonsense, and the demo shop's truths on other shops."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHOPS = [("7", "2026-11-20"), ("123", "2026-01-05"), ("2024", "2026-03-01"), ("5", "2025-06-10")]

pytestmark = pytest.mark.soak


def run_tests(*arguments: str, **environment: str) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-3000:]


@pytest.mark.parametrize(("seed", "as_of"), SHOPS)
def test_the_truths_are_planted_in_other_shops_too(seed: str, as_of: str) -> None:
    run_tests("tests/warehouse/demo/test_laws.py", DEMO_SEED=seed, DEMO_AS_OF=as_of)
    run_tests(
        "tests/warehouse/demo/test_customers.py",
        "tests/warehouse/demo/test_market.py",
        DEMO_SEED=seed,
        DEMO_AS_OF=as_of,
    )


def test_the_planner_keeps_its_laws_for_long() -> None:
    run_tests("tests/agent/laws", "--timeout", "0", "-k", "not input", LAW_EXAMPLES="8000")


def test_whatever_is_typed_gets_an_answer_for_long() -> None:
    run_tests("tests/agent/laws/test_bad_input.py", "--timeout", "0", LAW_INPUTS="50000")


def test_queries_keep_their_laws_for_long() -> None:
    run_tests("tests/warehouse/test_query_laws.py", "--timeout", "0", LAW_EXAMPLES="3000")
    run_tests("tests/warehouse/policies/test_compiled.py", "--timeout", "0", LAW_EXAMPLES="1000")


def test_a_shop_of_half_a_million_users_is_built_in_time() -> None:
    subprocess.run([sys.executable, "-m", "tests.bench.build_shop"], cwd=ROOT, check=True)
