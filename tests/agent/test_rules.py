"""The rule planner over time: what it keeps of the data that people asked about before."""

import datetime
import gc
import weakref
from pathlib import Path

from agent.planner import Call, Conversation, Turn
from agent.planners.rules import KEPT, RulePlanner
from tests.conftest import AS_OF
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.stop import Stop
from warehouse.warehouse import Warehouse


def test_readings_of_long_ago_are_let_go(tiny: Path) -> None:
    planner, model = RulePlanner(), load(DEMO)
    asked = []
    for days in range(KEPT + 1):
        warehouse = Warehouse(DuckDbEngine(tiny), model, AS_OF - datetime.timedelta(days=days))
        with warehouse.reading() as reading:
            turn = Turn("GMV", "en", Conversation(), reading, Stop())
            assert isinstance(planner.next(turn), Call)
            asked.append(weakref.ref(reading))
        del warehouse, reading, turn
    gc.collect()
    assert asked[0]() is None
    assert asked[-1]() is not None
