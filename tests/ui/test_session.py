"""What a visitor's page keeps on the server: bounded, and gone with the page."""

import threading
from dataclasses import replace

from tests.ui.scripted import answer_for
from ui.downloads import Downloads
from ui.session import MOST_TABLES, MOST_TALKS, Session


def test_a_closed_page_stops_what_it_began_and_its_files_are_gone() -> None:
    session, other, told, downloads = Session(), Session(), threading.Event(), Downloads()
    for each in (session, other):
        downloads.offer(each.secret("talk", "turn"), "a.csv", lambda path: path.write_text("x"))
    with session.begin("turn").cancelling(told.set):
        session.close(downloads)
    assert told.is_set()
    assert [path.stem for path in downloads.folder.iterdir()] == [other.secret("talk", "turn")]


def test_a_stop_on_the_way_is_found_pressed_and_a_late_one_leaves_nothing() -> None:
    session = Session()
    session.stop("early")
    assert session.begin("early").pressed
    session.end("early")
    session.stop("early")
    assert session.running == {}
    assert not session.begin("next").pressed


def test_tables_of_the_last_answers_only_are_kept() -> None:
    session, answer = Session(), answer_for("各平台", "zh")
    for at in range(MOST_TABLES + 3):
        session.keep(f"talk{at % 2}", f"turn{at}", replace(answer, question=f"第{at}问"))
    kept = sorted((*session.talks["talk0"].values(), *session.talks["talk1"].values()), key=lambda each: each.question)
    assert len(kept) == MOST_TABLES + 3
    assert {each.question for each in kept if each.table is None} == {"第0问", "第1问", "第2问"}
    assert {each.question for each in kept if each.chart is None} == {"第0问", "第1问", "第2问"}
    assert {(each.text, each.chips) for each in kept} == {(answer.text, answer.chips)}


def test_the_conversation_begun_first_goes_first() -> None:
    session, answer = Session(), answer_for("天气", "zh")
    for at in range(MOST_TALKS + 2):
        session.keep(f"talk{at}", "turn", answer)
    assert list(session.talks) == [f"talk{at}" for at in range(2, MOST_TALKS + 2)]
    assert len(session.conversation(f"talk{MOST_TALKS}").answers) == 1
