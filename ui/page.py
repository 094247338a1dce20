"""The page: one component of our own HTML, its events, and the published function."""

import logging
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import api

from agent.analyst import Analyst
from agent.answer import Answer
from agent.planner import Conversation
from agent.revision import Changes
from agent.steps import Step
from ui.downloads import Downloads
from ui.session import Session
from ui.turn import answered, broken, working
from ui.words import words
from warehouse.errors import AnalyticsError
from warehouse.text import LANGUAGES, Language

TITLE = "Wenshu 问数"
AT_ONCE = 20
MOST_SOUGHT = 100  # characters of what is typed to find a change
FOLDER = Path(__file__).parent
LOG = logging.getLogger(__name__)

# Gradio lets a component send only events that its script names in quotes.
SCRIPT = """
const events = ["ask", "revise", "stop", "download", "changes", "mark"];
import(new URL("wenshu/static/page.js", document.baseURI))
  .then((page) => page.start({ element, props, watch, trigger }));
"""
OUTBOX_SCRIPT = """
import(new URL("wenshu/static/page.js", document.baseURI)).then((page) => page.receive({ props, watch }));
"""


def build(analyst: Analyst, downloads: Downloads | None = None) -> gr.Blocks:
    """The page over an analyst, with its published `ask`; `downloads` is where exports are offered for fetching."""
    offered = downloads or Downloads()
    page = gr.Blocks(title=TITLE, analytics_enabled=False, fill_width=True)
    with page:
        session = gr.State(Session(), delete_callback=lambda session: session.close(offered))
        stage = gr.HTML(
            html_template=(FOLDER / "templates" / "shell.html").read_text(encoding="utf-8"),
            js_on_load=SCRIPT,
            apply_default_css=False,
            elem_id="wenshu-stage",
        )
        outbox = gr.HTML(html_template="<i></i>", js_on_load=OUTBOX_SCRIPT, visible="hidden")
        quiet: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden", "inputs": [session]}

        def greet() -> tuple[Session, dict[str, Any]]:
            return Session(), _greeting(analyst)

        def answer(session: Session, event: gr.EventData) -> Iterator[dict[str, Any]]:
            yield from _answer(analyst, session, event._data)

        def revise(session: Session, event: gr.EventData) -> Iterator[dict[str, Any]]:
            yield from _revise(analyst, session, event._data)

        def changes(session: Session, event: gr.EventData) -> dict[str, Any]:
            return _changes(analyst, session, event._data)

        def stop(session: Session, event: gr.EventData) -> None:
            session.stop(str(event._data["turn"]))

        def download(session: Session, event: gr.EventData) -> dict[str, Any]:
            return _download(analyst, offered, session, event._data)

        def mark(session: Session, event: gr.EventData) -> dict[str, Any]:
            return _mark(analyst, session, event._data)

        def ask(question: str, language: str | None = None) -> dict[str, Any]:
            """Answer one question, on its own. `language` ("zh" or "en") counts where the question shows none."""
            return _ask(analyst, question, language)

        page.load(greet, outputs=[session, stage], api_visibility="private", show_progress="hidden")
        stage.ask(answer, outputs=[stage], trigger_mode="multiple", concurrency_limit=AT_ONCE, **quiet)
        stage.revise(revise, outputs=[stage], trigger_mode="multiple", concurrency_limit=AT_ONCE, **quiet)
        stage.changes(changes, outputs=[outbox], trigger_mode="multiple", concurrency_limit=AT_ONCE, **quiet)
        stage.stop(stop, queue=False, trigger_mode="multiple", **quiet)
        stage.download(download, outputs=[outbox], trigger_mode="multiple", concurrency_limit=AT_ONCE, **quiet)
        stage.mark(mark, outputs=[outbox], trigger_mode="multiple", concurrency_limit=AT_ONCE, **quiet)
        api(ask, api_name="ask", concurrency_limit=AT_ONCE)
        page.queue(default_concurrency_limit=AT_ONCE)
    return page


def _greeting(analyst: Analyst) -> dict[str, Any]:
    """What the page needs to begin, or in both languages why it cannot."""
    try:
        return {"state": "hello", "about": _about(analyst)}
    except AnalyticsError as error:
        return {"state": "lost", "text": {language: error.said(language) for language in LANGUAGES}}
    except Exception:  # the page's border: a fault must end in words, not in a page that waits
        LOG.exception("no greeting")
        return {"state": "lost", "text": {language: words(language)["broken"] for language in LANGUAGES}}


def _about(analyst: Analyst) -> dict[str, Any]:
    said: dict[str, Any] = {}
    for language in LANGUAGES:
        about = analyst.about(language)
        said[language] = {
            "data_name": about.data_name,
            "as_of": about.as_of,
            "planner": words(language).get(f"planner_{about.planner}", about.planner),
            "examples": list(about.examples),
            "words": words(language),
        }
    return said


def _answer(analyst: Analyst, session: Session, asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Messages for the page while one question is answered."""
    question, talk = str(asked["question"]), str(asked["talk"])
    language: Language = "en" if asked["language"] == "en" else "zh"
    stop = session.begin(str(asked["turn"]))
    events = analyst.ask(question, session.conversation(talk), language=language, stop=stop)
    yield from _messages(analyst, session, asked, language, events)


def _revise(analyst: Analyst, session: Session, asked: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Messages for the page while a change of an earlier answer is run."""
    talk = str(asked["talk"])
    answer = session.talks.get(talk, {}).get(str(asked["of"]))
    if answer is None or answer.plan is None:
        yield {"talk": talk, "turn": str(asked["turn"])} | broken("zh", str(asked["question"]))
        return
    stop = session.begin(str(asked["turn"]))
    events = analyst.revise(answer, dict(asked["args"]), session.conversation(talk), stop=stop)
    yield from _messages(analyst, session, asked, answer.language, events)


def _messages(
    analyst: Analyst, session: Session, asked: dict[str, Any], language: Language, events: Iterable[Step | Answer]
) -> Iterator[dict[str, Any]]:
    """A message for each event: each holds all of its turn, so that none may be missed."""
    question, talk, turn = str(asked["question"]), str(asked["talk"]), str(asked["turn"])
    at = {"talk": talk, "turn": turn}
    stop, steps = session.begin(turn), list[Step]()
    try:
        for event in events:
            if isinstance(event, Answer):
                stopped = stop.pressed
                if not stopped:
                    session.keep(talk, turn, event)
                if event.chart is not None and not stopped:
                    yield at | working([*steps, Step("draw")], language)
                yield at | answered(event, stopped=stopped, reviewing=analyst.reviews)
            else:
                steps.append(event)
                yield at | working(steps, language)
    except Exception:  # as above
        LOG.exception("no answer to %r", question)
        yield at | broken(language, question)
    finally:
        session.end(turn)


def _download(analyst: Analyst, offered: Downloads, session: Session, asked: dict[str, Any]) -> dict[str, Any]:
    """Where to fetch the CSV of one turn's answer, or of a step of it, every row, or why there is none."""
    talk, turn, part = str(asked["talk"]), str(asked["turn"]), asked.get("part")
    at = {"talk": talk, "turn": turn, "request": asked["request"]}
    whole = session.talks.get(talk, {}).get(turn)
    answer = whole if whole is None or part is None else whole.parts[int(part)]
    turn = turn if part is None else f"{turn}-{int(part) + 1}"
    language: Language = answer.language if answer else "zh"
    if answer is None or answer.table is None:
        return at | {"failed": words(language)["no_download"]}
    name, secret = f"wenshu-{answer.as_of or ''}-{turn}.csv", session.secret(talk, turn)
    try:
        href = offered.offer(secret, name, partial(analyst.export, answer))
    except AnalyticsError as error:
        return at | {"failed": error.said(language)}
    except Exception:  # as above
        LOG.exception("no export of %r", answer.question)
        return at | {"failed": words(language)["no_download"]}
    if session.closed:
        offered.withdraw([secret])
    return at | {"href": href, "name": name}


def _mark(analyst: Analyst, session: Session, asked: dict[str, Any]) -> dict[str, Any]:
    """Whether an answer is marked right now, or why it cannot be."""
    talk, turn, at = str(asked["talk"]), str(asked["turn"]), {"request": asked["request"]}
    answer = session.talks.get(talk, {}).get(turn)
    if answer is None:
        return at | {"failed": words("zh")["no_mark"]}
    try:
        marked = analyst.mark(answer, session.before(talk, turn))
    except AnalyticsError as error:
        return at | {"failed": error.said(answer.language)}
    except Exception:  # as above
        LOG.exception("no mark of %r", answer.question)
        return at | {"failed": words(answer.language)["broken"]}
    session.talks[talk][turn] = marked
    told = "unmarked" if marked.right is None else "marked"
    return at | {"right": marked.right is not None, "said": words(answer.language)[told]}


def _changes(analyst: Analyst, session: Session, asked: dict[str, Any]) -> dict[str, Any]:
    """What one chip of an answer can be changed to, or why that cannot be told."""
    at = {"request": asked["request"]}
    answer = session.talks.get(str(asked["talk"]), {}).get(str(asked["turn"]))
    if answer is None:
        return at | {"failed": words("zh")["no_changes"]}
    try:
        found = analyst.changes(answer, int(asked["chip"]), str(asked["sought"])[:MOST_SOUGHT])
    except AnalyticsError as error:
        return at | {"failed": error.said(answer.language)}
    except Exception:  # as above
        LOG.exception("no changes of %r", answer.question)
        return at | {"failed": words(answer.language)["broken"]}
    return at | _offered(found)


def _offered(found: Changes) -> dict[str, Any]:
    return {
        "removal": None if found.removal is None else asdict(found.removal),
        "sorts": [asdict(each) for each in found.sorts],
    }


def _ask(analyst: Analyst, question: str, language: str | None) -> dict[str, Any]:
    known: Language | None = next((each for each in LANGUAGES if each == language), None)
    for event in analyst.ask(question, Conversation(), language=known):
        if isinstance(event, Answer):
            return event.json()
    raise RuntimeError("the analyst ended without an answer")
