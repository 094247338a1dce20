"""What a language model takes over the development questions, of the record that ships played again.

Asked where the rules leave words over, and asked every one. The replies are a script's, which is always right: a model
that is mended takes more. Target: one request for most of those asked, four at most, 2,500 tokens sent at the median
of those that one request did for.
Without WENSHU_EVAL_DATA, which names the questions, there is nothing to measure.
"""

import os
import statistics
from pathlib import Path

from tests.eval.asked import SCRIPTED, Judged, judged
from tests.eval.table import spent
from tests.warehouse.evaluation import load_scorer

MOST_CALLS, MEDIAN_TOKENS = 4, 2_500
MODES = ("auto", "llm")


def main(data: str | None) -> int:
    """Measure and print; 1 where a target is missed."""
    if data is None:
        print("WENSHU_EVAL_DATA is not set.")
        return 0
    questions = Path(data) / "questions"
    os.environ["WENSHU_LLM_REPLAY"] = str(SCRIPTED)
    missed = False
    for mode in MODES:
        found = judged("dev", questions / "dev.jsonl", load_scorer(questions / "score.py"), mode)
        print(f"{mode}: {spent(found)}")
        missed = missed or not _holds(found)
    return int(missed)


def _holds(found: list[Judged]) -> bool:
    asked = [each for each in found if each.calls]
    if not asked:
        return True
    calls = [each.calls for each in asked]
    tokens = statistics.median(each.answer["llm"]["input_tokens"] for each in asked if each.answer and each.calls == 1)
    return max(calls) <= MOST_CALLS and statistics.median(calls) == 1 and tokens <= MEDIAN_TOKENS


if __name__ == "__main__":
    raise SystemExit(main(os.environ.get("WENSHU_EVAL_DATA")))
