"""The book of what was spent: sums by question, person and day, and limits that hold however many ask at once."""

import datetime
import threading
from pathlib import Path

import pytest

from workspace.spending import Limit, Limits, OverLimit, Spending
from workspace.store import NotKept, Store

DAY, NEXT = datetime.date(2026, 6, 30), datetime.date(2026, 7, 1)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "kept" / "workspace.sqlite")


def test_nothing_is_written_before_something_is_kept(store: Store, tmp_path: Path) -> None:
    assert Spending(store, Limits()).by_person() == []
    assert list(tmp_path.iterdir()) == []


def test_the_file_is_its_owner_s_alone(store: Store, tmp_path: Path) -> None:
    Spending(store, Limits()).open(DAY, "local", "?")
    assert (tmp_path / "kept" / "workspace.sqlite").stat().st_mode & 0o077 == 0


def test_what_was_spent_is_summed_by_day_and_person(store: Store) -> None:
    book = Spending(store, Limits())
    for day, person, tokens, cost in (
        (DAY, "an", 100, 0.1),
        (DAY, "an", 50, None),
        (DAY, "bo", 7, 0.2),
        (NEXT, "an", 1, 0.3),
    ):
        entry = book.open(day, person, f"{person} {tokens}")
        book.reserve(entry, tokens + 5, cost)
        book.correct(entry, 0, -5, 3, None)
    assert [(each.day, each.person, each.questions, each.calls, each.input_tokens, each.output_tokens, each.cost)
            for each in book.by_person()] == [
        ("2026-07-01", "an", 1, 1, 1, 3, 0.3),
        ("2026-06-30", "an", 2, 2, 150, 6, 0.1),
        ("2026-06-30", "bo", 1, 1, 7, 3, 0.2),
    ]  # fmt: skip
    assert [each.question for each in book.by_question()] == ["an 1", "an 100", "an 50", "bo 7"]


@pytest.mark.parametrize(
    ("limits", "whose"),
    [
        (Limits(question=Limit(tokens=100)), "question"),
        (Limits(person=Limit(tokens=100)), "person"),
        (Limits(day=Limit(tokens=100)), "day"),
        (Limits(question=Limit(cost=1.0)), "question"),
        (Limits(person=Limit(cost=1.0)), "person"),
        (Limits(day=Limit(cost=1.0)), "day"),
    ],
)
def test_what_would_pass_a_limit_is_not_counted(limits: Limits, whose: str, store: Store) -> None:
    book = Spending(store, limits)
    entry = book.open(DAY, "an", "?")
    book.reserve(entry, 100, 1.0)
    with pytest.raises(OverLimit) as raised:
        book.reserve(entry, 1, 0.01)
    assert raised.value.whose == whose
    assert book.by_person()[0].input_tokens == 100


def test_a_limit_is_of_its_own_day_and_person(store: Store) -> None:
    book = Spending(store, Limits(person=Limit(tokens=100)))
    for day, person in ((DAY, "an"), (DAY, "bo"), (NEXT, "an")):
        book.reserve(book.open(day, person, "?"), 100, None)
    with pytest.raises(OverLimit):
        book.reserve(book.open(DAY, "bo", "?"), 1, None)


def test_however_many_ask_at_once_the_limit_holds(tmp_path: Path) -> None:
    """Ten threads, each with its own connection to the file, as processes have."""
    book = Spending(Store(tmp_path / "workspace.sqlite"), Limits())
    entry = book.open(DAY, "an", "?")
    taken: list[int] = []

    def take() -> None:
        mine = Spending(Store(tmp_path / "workspace.sqlite"), Limits(day=Limit(tokens=50)))
        for _ in range(10):
            try:
                mine.reserve(entry, 1, None)
            except OverLimit:
                return
            taken.append(1)

    threads = [threading.Thread(target=take) for _ in range(10)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=60)
    assert len(taken) == 50


def test_a_file_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "workspace.sqlite").write_text("no database at all " * 100)
    with pytest.raises(NotKept, match="cannot be used"):
        Spending(Store(tmp_path / "workspace.sqlite"), Limits()).by_person()
