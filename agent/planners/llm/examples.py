"""Answers marked right that are nearest to a question, as examples for the model: what was asked, and the calls."""

import json
from collections.abc import Iterable, Sequence

from agent.planners.llm.catalogue import grams
from agent.verifying import model_name
from prompts.render import quoted
from tools.sql import SqlTool
from warehouse.warehouse import Reading
from workspace.verified import Verified

MOST = 2
NEAR = 0.25  # of the pairs of letters that either has, those that both have
LONGEST_CALLS = 400


def nearest(question: str, kept: Iterable[Verified], reading: Reading) -> str:
    """The lines that tell them; none where nothing is near.

    Only those marked in the asker's own role: a question may hold a value that another does not see.
    """
    asked = grams([question])
    near = [
        (_likeness(asked, grams([each.question])), each)
        for each in kept
        if each.stale is None and each.model == model_name(reading) and each.role == reading.role and _is_short(each)
    ]
    best = sorted(near, key=lambda pair: -pair[0])[:MOST]
    return "\n".join(_line(each) for likeness, each in best if likeness >= NEAR)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _is_short(kept: Verified) -> bool:
    """Whether its calls can be told whole; SQL of another day would tell wrong dates."""
    return len(_calls(kept)) <= LONGEST_CALLS and all(each["tool"] != SqlTool.name for each in kept.plans)


def _line(kept: Verified) -> str:
    return f"Right for {quoted(kept.question)}: {quoted(_calls(kept), LONGEST_CALLS)}"


def _calls(kept: Verified) -> str:
    told: Sequence[object] = [{"function": each["tool"], "arguments": each["args"]} for each in kept.plans]
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
