"""What happens on the way from a question to its answer, as it happens."""

from dataclasses import dataclass
from typing import Literal

from warehouse.text import Text

StepKind = Literal["understand", "plan", "query", "draw"]

STEP_NAMES: dict[StepKind, Text] = {
    "understand": Text("理解", "Understanding"),
    "plan": Text("规划", "Planning"),
    "query": Text("查询", "Querying"),
    "draw": Text("作图", "Drawing"),
}


@dataclass(frozen=True)
class Step:
    """One step begun (`ms` is None) or ended, after `ms` milliseconds; `doing` is what it is about meanwhile."""

    kind: StepKind
    ms: float | None = None
    doing: Text | None = None
