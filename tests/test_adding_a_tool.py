"""docs/adding-a-tool.md followed word for word: its tool is brought by an outside package, and keeps the contract."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MOST_LINES = 60


def blocks(language: str) -> list[str]:
    """The page's code blocks, in order."""
    page = (ROOT / "docs" / "adding-a-tool.md").read_text("utf-8")
    return re.findall(rf"```{language}\n(.*?)```", page, re.DOTALL)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A folder as an installed package leaves it: the module, and its entry points."""
    *tool, test = blocks("python")
    (tmp_path / "wait.py").write_text("\n".join(tool), "utf-8")
    (tmp_path / "test_wait.py").write_text(test, "utf-8")
    told = tmp_path / "wait-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: wait\nVersion: 1.0\n", "utf-8")
    (section,) = blocks("toml")
    (told / "entry_points.txt").write_text(
        section.replace('[project.entry-points."wenshu.tools"]', "[wenshu.tools]").replace('"', ""), "utf-8"
    )
    return tmp_path


def run(package: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A command of Python with the package installed."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(ROOT), str(package)))}
    return subprocess.run(
        [sys.executable, *command], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )


def test_the_page_is_short() -> None:
    lines = [line for block in blocks("python") for line in block.splitlines() if line.strip()]
    assert len(lines) <= MOST_LINES


@pytest.mark.parametrize("with_fixtures", [True, False], ids=["its test", "the contract"])
def test_the_pages_tool_does_what_its_test_says_and_keeps_the_contract(package: Path, *, with_fixtures: bool) -> None:
    own = ("-p", "tests.conftest", str(package / "test_wait.py"))
    contract = (str(ROOT / "tests" / "tools" / "test_contract.py"), "-k", "wait")
    found = run(package, "-m", "pytest", "-q", "-p", "no:cacheprovider", *(own if with_fixtures else contract))
    assert found.returncode == 0, found.stdout[-3_000:] + found.stderr[-1_000:]
    assert re.search(r"\d+ passed", found.stdout)
    assert "skipped" not in found.stdout


def test_a_package_that_cannot_be_loaded_is_told(package: Path) -> None:
    (package / "wait.py").write_text("raise OSError('no disk')", "utf-8")
    found = run(package, "app.py", "tools")
    assert found.returncode == 1
    assert "wait:WaitTool" in found.stderr
    assert "no disk" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_name_that_is_taken_is_told(package: Path) -> None:
    module = package / "wait.py"
    module.write_text(module.read_text("utf-8").replace('= "wait"', '= "query"'), "utf-8")
    found = run(package, "app.py", "tools")
    assert found.returncode == 1
    assert "another query" in found.stderr
