"""The first request to a language model, of every question about the demo shop: tokens, by our own estimate.

The estimate is on the high side; most questions take no further request. Target: 2,500 at the median.
"""

import datetime
import statistics
import tempfile
from pathlib import Path

from tests.agent.laws.shops import DEMO_SHOP, questions
from tests.agent.llm.prompts import Prompts
from tests.conftest import AS_OF, SEED, USERS
from warehouse.demo.build import build
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.warehouse import Warehouse

MEDIAN = 2_500
HEADLINE = "最近7天活跃但未下单的95后女性有哪些？"


def main(as_of: datetime.date = AS_OF) -> int:
    """Measure and print; 1 where the target is missed."""
    with tempfile.TemporaryDirectory() as folder:
        shop = Path(folder) / "shop.duckdb"
        build(shop, as_of=as_of, users=USERS, seed=SEED)
        with Warehouse(DuckDbEngine(shop), load(DEMO), as_of).reading() as reading:
            prompts = Prompts(reading)
            sizes = [prompts.of(each).tokens for each in questions(DEMO_SHOP)]
            headline = prompts.of(HEADLINE).tokens
    median = statistics.median(sizes)
    print(
        f"{len(sizes)} questions: {median:,.0f} tokens at the median (target {MEDIAN:,}), {min(sizes):,} to "
        f"{max(sizes):,}; the headline question {headline:,}"
    )
    return int(median > MEDIAN)


if __name__ == "__main__":
    raise SystemExit(main())
