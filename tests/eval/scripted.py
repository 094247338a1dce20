"""Make the record that ships: `python -m tests.eval.scripted` asks the development questions of a scripted model.

It knows the plans written by hand and the gold SQL, and declines where there is neither: what the harness gives for a
model that is always right, not what any model does.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.agent.llm.server import Act, ChatServer, Request, call
from tests.agent.llm.test_dev import DAY
from tests.conftest import AS_OF
from tests.eval.asked import SCRIPTED, judged
from tests.eval.table import headline, spent
from tests.warehouse.evaluation import load_scorer
from tests.warehouse.test_dev_golds import PLANS


def main(data: Path) -> None:
    """Ask, and write the record."""
    file = data / "questions" / "dev.jsonl"
    questions = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    acts = {each["turns"][-1]: act for each in questions if (act := _act(each)) is not None}
    SCRIPTED.parent.mkdir(exist_ok=True)
    SCRIPTED.unlink(missing_ok=True)
    with ChatServer().running() as server:
        server.script = lambda request: acts.get(_question(request), call("decline"))
        os.environ |= {
            "WENSHU_LLM": "scripted",
            "OPENAI_BASE_URL": server.address,
            "OPENAI_API_KEY": "none",
            "WENSHU_LLM_RECORD": str(SCRIPTED),
        }
        found = judged("dev", file, load_scorer(data / "questions" / "score.py"), "llm")
    print(headline(found), spent(found), sep="\n")


def _act(question: Mapping[str, Any]) -> Act | None:
    """The right reply, where one is known; tokens are left to be estimated, for a script counts none."""
    known = PLANS.get(question["id"])
    if known is not None:
        return Act(calls=[(known["tool"], known["args"])], counted=False)
    if question.get("gold"):
        return Act(calls=[("sql", {"sql": DAY.sub(f"DATE '{AS_OF}'", question["gold"])})], counted=False)
    return None


def _question(request: Request) -> str:
    """The question that a request is about."""
    told = str(request.body["messages"][1]["content"])
    return told.split("⟦", 1)[1].split("⟧", 1)[0]


if __name__ == "__main__":
    main(Path(os.environ["WENSHU_EVAL_DATA"]))
