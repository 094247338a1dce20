"""Files for download: each answer has one, and none outlives its use."""

import gc
import os
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from ui.downloads import PREFIX, STALE_SECONDS, Downloads


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The system's folder for temporary files, for this test."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def fetched(downloads: Downloads, address: str) -> tuple[int, str]:
    answer = TestClient(Starlette(routes=[downloads.route])).get(f"/{address}")
    return answer.status_code, answer.text


def test_an_answer_has_one_file_the_latest() -> None:
    downloads = Downloads()
    for text in ("one", "two"):
        address = downloads.offer("secret", "a.csv", partial(Path.write_text, data=text))
    assert fetched(downloads, address) == (200, "two")
    assert len(list(downloads.folder.iterdir())) == 1
    downloads.withdraw(["secret", "never offered"])
    assert fetched(downloads, address)[0] == 404
    assert list(downloads.folder.iterdir()) == []


def test_a_failed_export_leaves_nothing_and_the_file_before_it_stays() -> None:
    def half(path: Path) -> None:
        path.write_text("half")
        raise OSError("the disk is full")

    downloads = Downloads()
    address = downloads.offer("kept", "a.csv", lambda path: path.write_text("whole"))
    for secret in ("kept", "new"):
        with pytest.raises(OSError, match="full"):
            downloads.offer(secret, "a.csv", half)
    assert len(list(downloads.folder.iterdir())) == 1
    assert fetched(downloads, address) == (200, "whole")
    assert fetched(downloads, "wenshu/download/new")[0] == 404


def test_offers_at_once_are_all_there() -> None:
    """All are written before any may be offered."""
    downloads, together = Downloads(), threading.Barrier(16)

    def write(path: Path, at: int) -> None:
        path.write_text(str(at))
        together.wait(30)

    with ThreadPoolExecutor(16) as pool:
        addresses = list(
            pool.map(lambda at: downloads.offer(f"s{at}", "a.csv", lambda path: write(path, at)), range(16))
        )
    assert [fetched(downloads, address) for address in addresses] == [(200, str(at)) for at in range(16)]


def test_the_folder_goes_with_the_program_and_stale_ones_at_the_next_start(temporary: Path) -> None:
    stale, fresh = temporary / f"{PREFIX}stale", temporary / f"{PREFIX}fresh"
    for folder in (stale, fresh):
        folder.mkdir()
        (folder / "x.csv").write_text("x")
    os.utime(stale, (0, fresh.stat().st_mtime - STALE_SECONDS - 60))
    downloads = Downloads()
    own = downloads.folder
    assert (stale.exists(), fresh.exists(), own.exists()) == (False, True, True)
    del downloads
    gc.collect()
    assert not own.exists()
