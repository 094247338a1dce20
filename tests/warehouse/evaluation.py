"""What lies outside the project to be measured against: named by WENSHU_EVAL_DATA, else its tests skip."""

import importlib.util
import json
import os
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def evaluation_data(part: str) -> Path:
    """A file or folder of it; the test that asks skips where it is not there."""
    folder = os.environ.get("WENSHU_EVAL_DATA")
    if folder is None:
        pytest.skip("WENSHU_EVAL_DATA is not set")
    path = Path(folder) / part
    if not path.exists():
        pytest.skip(f"WENSHU_EVAL_DATA holds no {part}")
    return path


def dev_questions() -> dict[str, dict[str, Any]]:
    """The development questions by id."""
    lines = evaluation_data("questions/dev.jsonl").read_text("utf-8").splitlines()
    return {each["id"]: each for each in map(json.loads, lines)}


def scorer() -> ModuleType:
    """The scorer of the development questions."""
    return load_scorer(evaluation_data("questions/score.py"))


def load_scorer(path: Path) -> ModuleType:
    """The scorer, a program that stands outside the project, as a module."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
