"""Ask the development questions and our own, judge every answer, and print the scores by kind.

    python -m tests.eval [SET …] [--tools query,audience,help] [--failures] [--planner llm]

WENSHU_EVAL_DATA names the folder that holds `questions/dev.jsonl` and the scorer, `questions/score.py`; without it
there is nothing to score by. The whole run writes its tables into docs/evaluation.md.
"""

import argparse
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.eval.asked import Judged, failures, judged, question_files
from tests.eval.shops import ROOT
from tests.eval.table import headline, of_tools, spent, table
from tests.warehouse.evaluation import load_scorer

REPORT = ROOT / "docs" / "evaluation.md"
INTRODUCTION = """# Evaluation

`make eval` asks every question below by `app.py ask --jsonl`, with no language model, has the answers judged by the
scorer of the development questions, and writes this page. `make eval ARGS="hotel --failures"` asks one set and shows
what is not right.

An answer is *right* if its rows are those of SQL written by hand, *silently wrong* if they are not or if there should
have been none, *declined* if there is none where one was wanted. Nothing counts as much as the second: it has to be 0.
Targets for the development questions, over the tools audience, help and query: 97% right, none silently wrong, 95% of
the charts as wanted. Questions for tools that are not there yet are to be declined.
"""
NAMES: Mapping[str, str] = {
    "dev": "Development questions, asked of the demo shop",
    "demo": "The demo shop",
    "demo_september": "The demo shop of another seed, as of another day",
    "gym": "A gym: days without times",
    "hotel": "A chain of hotels",
    "online_retail": "UCI Online Retail: one flat table",
}


def main() -> int:
    """Ask, judge and print; 0 however bad the scores, 2 for a set that is not there."""
    options = _options()
    data = os.environ.get("WENSHU_EVAL_DATA")
    if data is None or not (Path(data) / "questions" / "score.py").exists():
        print("Nothing to score by: set WENSHU_EVAL_DATA to the folder that holds questions/dev.jsonl and score.py.")
        return 0
    files = question_files(Path(data))
    if unknown := set(options.sets) - set(files):
        print(f"No questions {', '.join(sorted(unknown))}. There are: {', '.join(files)}.")
        return 2
    scorer = load_scorer(Path(data) / "questions" / "score.py")
    found: dict[str, list[Judged]] = {}
    for name in options.sets or (files if options.planner == "rules" else ["dev"]):
        all_of_it = judged(name, files[name], scorer, options.planner)
        found[name] = of_tools(all_of_it, frozenset(options.tools)) if options.tools else all_of_it
        if options.failures:
            failures(found[name], scorer)
        print(f"\n== {name}: {headline(found[name])}\n{table(found[name])}", flush=True)
        if options.planner != "rules":
            print(f"\n{spent(found[name])}", flush=True)
    if not options.sets and not options.tools and options.planner == "rules":
        REPORT.write_text(report(found), "utf-8")
        print(f"\n{REPORT.relative_to(ROOT)} is written.")
    return 0


def report(found: Mapping[str, Sequence[Judged]]) -> str:
    """The page: what is measured, then each set's headline and table."""
    sections = (f"## {NAMES.get(name, name)}\n\n{headline(each)}.\n\n{table(each)}\n" for name, each in found.items())
    return "\n".join([INTRODUCTION, *sections])


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tests.eval", description="Score the answers to the questions.")
    parser.add_argument("sets", nargs="*", help="the sets to ask; all unless told")
    parser.add_argument("--failures", action="store_true", help="show what is not right: what was wanted, what came")
    parser.add_argument(
        "--planner",
        choices=("rules", "auto", "llm"),
        default=os.environ.get("PLANNER") or "rules",
        help="who reads the questions; a language model as it is set, else the record that ships",
    )
    parser.add_argument(
        "--tools", type=lambda text: text.split(","), default=[], help="only questions for these tools, A,B"
    )
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
