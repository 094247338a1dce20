"""The shell scripts behind make, run beside stand-ins for the programs that they call."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def stand_in(path: Path, body: str) -> None:
    """An executable shell script at `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the scripts and of the demo shop's generator, with questions and a Python that only makes files."""
    root = tmp_path / "project"
    shutil.copytree(ROOT / "scripts", root / "scripts")
    shutil.copytree(
        ROOT / "warehouse" / "demo", root / "warehouse" / "demo", ignore=shutil.ignore_patterns("__pycache__")
    )
    stand_in(root / "env" / "bin" / "python", '[ "$2" = demo ] && : >"$4"; exit 0')
    for name in ("dev.jsonl", "score.py"):
        (root / "questions" / name).parent.mkdir(exist_ok=True)
        (root / "questions" / name).touch()
    return root


def evaluated(project: Path) -> list[str]:
    """The names of the shops that are there after an evaluation."""
    environment = {**os.environ, "UV_PROJECT_ENVIRONMENT": str(project / "env"), "WENSHU_EVAL_DATA": str(project)}
    subprocess.run(["sh", "scripts/evaluate.sh"], cwd=project, env=environment, check=True)
    return [path.name for path in (project / ".cache").glob("*.duckdb")]


@pytest.mark.parametrize("changed", ["build.py", "sql/events.sql", "data/remarks.csv"])
def test_evaluation_builds_its_shop_anew_when_the_generator_changed(changed: str, project: Path) -> None:
    [before] = evaluated(project)
    assert evaluated(project) == [before]
    with (project / "warehouse" / "demo" / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    [after] = evaluated(project)
    assert after != before


def asked_for(programs: Path) -> list[str]:
    """What `browser.sh` installs where only `programs` are on the PATH, one line a call."""
    for name in ("sh", "id", "mktemp", "rm", "tail", "env", "cat", "true"):
        (programs / name).symlink_to(str(shutil.which(name)))
    log = programs / "log"
    stand_in(programs / "apt-get", f'[ "$1" = install ] && echo "$@" >>"{log}"; [ "$4" != chromium ]')
    stand_in(programs / "sudo", 'shift; exec "$@"')
    run = subprocess.run(["sh", str(ROOT / "scripts" / "browser.sh")], env={"PATH": str(programs)}, check=False)
    assert run.returncode == 0
    return log.read_text(encoding="utf-8").splitlines() if log.exists() else []


def test_font_is_installed_though_the_browser_cannot_be(tmp_path: Path) -> None:
    assert [line.split()[3:] for line in asked_for(tmp_path)] == [["chromium"], ["fonts-noto-cjk", "fontconfig"]]


def test_a_browser_that_does_not_run_is_none(tmp_path: Path) -> None:
    stand_in(tmp_path / "chromium-browser", "exit 1")
    stand_in(tmp_path / "fc-list", "echo Some Font")
    assert [line.split()[3:] for line in asked_for(tmp_path)] == [["chromium"]]


def test_nothing_is_installed_where_all_is_there(tmp_path: Path) -> None:
    stand_in(tmp_path / "chromium", "exit 0")
    stand_in(tmp_path / "fc-list", "echo Some Font")
    assert asked_for(tmp_path) == []
