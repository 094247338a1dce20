"""A file that cannot be used is told, and left as it is."""

import sqlite3
from pathlib import Path

import pytest

from workspace.spending import Limits, Spending
from workspace.store import NotKept, Store
from workspace.verified import VerifiedAnswers


def test_a_file_that_is_none_of_ours_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    path.write_text("no database at all " * 100)
    for _ in range(2):
        with pytest.raises(NotKept, match="cannot be used"):
            VerifiedAnswers(Store(path)).all()
    assert path.read_text() == "no database at all " * 100
    assert list(tmp_path.iterdir()) == [path]


def test_what_was_mended_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    path.write_text("no database at all " * 100)
    answers = VerifiedAnswers(Store(path))
    with pytest.raises(NotKept):
        answers.all()
    path.unlink()
    assert answers.all() == []


def test_a_row_that_is_broken_is_told(tmp_path: Path) -> None:
    path = tmp_path / "workspace.sqlite"
    with Store(path).writing() as kept:
        kept.execute(
            "INSERT INTO verified (model, question, language, plans, ran, asked, as_of, role, person, day) "
            "VALUES ('m', 'q', 'zh', '[', '[]', '[]', '2026-06-30', 'local', 'an', '2026-06-30')"
        )
    with pytest.raises(NotKept):
        VerifiedAnswers(Store(path)).all()


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotKept):
        Spending(Store(tmp_path), Limits()).by_person()


def test_a_file_that_another_writes_for_long_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workspace.store.WAIT_SECONDS", 0.1)
    path = tmp_path / "workspace.sqlite"
    Spending(Store(path), Limits()).by_person()
    with Store(path).writing():
        pass
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(NotKept), Store(path).writing():
            pass
        other.execute("ROLLBACK")
