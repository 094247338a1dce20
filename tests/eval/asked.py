"""Questions asked of a shop as anyone asks them, by the command, and each answer judged by the scorer."""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.agent.laws.shops import QUESTIONS
from tests.eval.shops import CACHE, ROOT, Shop, shop_of

WORKSPACE = CACHE / "eval-workspace.sqlite"
SCRIPTED = Path(__file__).parent / "records" / "scripted.jsonl.gz"


@dataclass(frozen=True)
class Judged:
    """A question, its answer (None where none came), the scorer's verdict and why, whether the chart is as wanted.

    The chart is None where none was asked for, or no answer came.
    """

    question: Mapping[str, Any]
    answer: Mapping[str, Any] | None
    result: Mapping[str, Any]
    chart: bool | None

    @property
    def verdict(self) -> str:
        """right, silently wrong, declined, other or unscored."""
        return str(self.result["verdict"])

    @property
    def tokens(self) -> int:
        """The tokens that a language model took for it."""
        told = self.answer["llm"] if self.answer else {}
        return int(told.get("input_tokens", 0) + told.get("output_tokens", 0))

    @property
    def calls(self) -> int:
        """The requests that were sent for it."""
        return int(self.answer["llm"]["calls"]) if self.answer else 0

    @property
    def seconds(self) -> float:
        """How long it took; of a record that was played, with the time that replies took when it was made."""
        if self.answer is None:
            return 0.0
        total = self.answer["elapsed_ms"]["total"] / 1000
        return float(max(total, self.answer["llm"].get("seconds", 0.0)))

    @property
    def tool(self) -> str | None:
        """The tool that was to answer; None where it was to be asked back or refused."""
        return self.question["tool"] if self.question["expect"] == "answer" else None


def question_files(data: Path) -> dict[str, Path]:
    """The development questions, then our own; each own file is asked of the shop that it is named after."""
    own = {path.stem: path for path in sorted(QUESTIONS.glob("*.jsonl"))}
    return {"dev": data / "questions" / "dev.jsonl", **own}


def judged(name: str, file: Path, scorer: ModuleType, planner: str = "rules") -> list[Judged]:
    """Every question of a file asked and judged."""
    shop = shop_of(name)
    answers = CACHE / f"eval-{name}-answers.jsonl"
    answers.write_bytes(_answered(file, shop, planner, CACHE / f"eval-{name}-{planner}.jsonl.gz"))
    questions = scorer.load_questions(file)
    known, _ = scorer.load_answers(answers, {each["id"] for each in questions})
    with scorer.open_database(str(shop.database), shop.as_of) as connection:
        return [_judge(each, known.get(each["id"]), connection, scorer) for each in questions]


def failures(found: Sequence[Judged], scorer: ModuleType, rows: int = 3) -> None:
    """Print what is not right, what was wanted, and what came."""
    questions = [each.question for each in found]
    answers = {each.question["id"]: each.answer for each in found if each.answer is not None}
    scorer.print_failures(questions, answers, [each.result for each in found], rows)


def _judge(question: dict[str, Any], answer: dict[str, Any] | None, connection: Any, scorer: ModuleType) -> Judged:
    drawn = bool(question["chart"] and answer and answer["status"] == "answer")
    chart = scorer.chart_type(answer) == question["chart"] if drawn else None
    return Judged(question, answer, scorer.judge(question, answer, connection), chart)


def _answered(file: Path, shop: Shop, planner: str, record: Path) -> bytes:
    """The answers, one a line; of the caller's own settings those of the language model count, where one is asked."""
    kept = "WENSHU_LLM" if planner != "rules" else " "
    environment = {n: value for n, value in os.environ.items() if not n.startswith("WENSHU_") or n.startswith(kept)}
    if planner != "rules":
        environment |= _asking(environment, record)
    environment |= {
        "WENSHU_WAREHOUSE": str(shop.database),
        "WENSHU_MODEL": str(shop.model),
        "WENSHU_AS_OF": shop.as_of.isoformat(),
        "WENSHU_PLANNER": planner,
        "WENSHU_WORKSPACE": str(WORKSPACE),
    }
    command = [sys.executable, "app.py", "ask", "--jsonl", str(file), "--max-rows", "0"]
    return subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, check=True).stdout


def _asking(environment: Mapping[str, str], record: Path) -> dict[str, str]:
    """What is recorded or played: the model that is set is recorded, without one the record that ships is played."""
    WORKSPACE.unlink(missing_ok=True)
    unlimited = {f"WENSHU_LLM_TOKENS_{whose}": str(10**12) for whose in ("PERSON", "DAY")}
    told = {"WENSHU_LLM_KEEP": "false", **unlimited}
    if "WENSHU_LLM_REPLAY" in environment:
        return told | {"WENSHU_LLM": environment.get("WENSHU_LLM", "recorded")}
    if "WENSHU_LLM" not in environment:
        return told | {"WENSHU_LLM": "recorded", "WENSHU_LLM_REPLAY": str(SCRIPTED)}
    record.unlink(missing_ok=True)
    return told | {"WENSHU_LLM_RECORD": environment.get("WENSHU_LLM_RECORD", str(record))}
