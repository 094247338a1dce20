"""What lies outside the project to be measured against: named by WENSHU_EVAL_DATA, else its tests skip."""

import os
from pathlib import Path

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
