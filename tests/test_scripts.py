"""The shell scripts behind make, run beside stand-ins for the programs that they call."""

import shutil
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[1]


def stand_in(path: Path, body: str) -> None:
    """An executable shell script at `path`."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)


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
