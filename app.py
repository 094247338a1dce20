"""Wenshu 问数: the commands."""

import atexit
import gc
import json
import logging
import re
import sys
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Annotated, Any

import typer

from agent.settings import DEMO_SHOP, Settings
from warehouse.errors import AnalyticsError
from warehouse.policy import LOCAL
from warehouse.table import Table
from warehouse.text import Text

if TYPE_CHECKING:
    from agent.analyst import Analyst
    from agent.answer import Answer
    from agent.steps import Step
    from workspace.spending import Entry

DEFAULT_ROWS = 10_000
HOST, PORT = "127.0.0.1", 7860

commands = typer.Typer(pretty_exceptions_enable=False)
models = typer.Typer(help="Check a semantic model, or print the schema of one.", no_args_is_help=True)
commands.add_typer(models, name="model")


checked = typer.Typer(help="The answers that somebody marked right.", no_args_is_help=True)
commands.add_typer(checked, name="verified")


Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 for any free one.")]


@commands.callback(invoke_without_command=True)
def main(context: typer.Context, host: Host = HOST, port: Port = PORT) -> None:
    """Ask your shop's data, in Chinese or English. Without a command: serve the page."""
    if context.invoked_subcommand is None:
        serve(host, port)
    elif (host, port) != (HOST, PORT):
        raise typer.BadParameter(f"--host and --port go with serve, behind it: serve --port {port}")


@commands.command()
def serve(host: Host = HOST, port: Port = PORT) -> None:
    """Serve the chat page and print its address."""
    from ui.serve import serve as serve_page

    analyst = _analyst(Settings.read())

    def ready(address: str) -> None:
        print(f"问数 Wenshu: {address}", flush=True)  # at once, into a pipe too
        Thread(target=_prepare, args=[analyst], daemon=True).start()

    serve_page(analyst, host=host, port=port, on_ready=ready)


@commands.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in Chinese or English.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON answer, and nothing else.")] = False,
    jsonl: Annotated[
        Path | None, typer.Option(exists=True, dir_okay=False, help="Answer each line's turns; one JSON answer a line.")
    ] = None,
    max_rows: Annotated[int, typer.Option(min=0, help="The most rows in JSON; 0 for all.")] = DEFAULT_ROWS,
    role: Annotated[str, typer.Option("--as", help="The role to ask in.")] = LOCAL,
    chart: Annotated[Path | None, typer.Option(help="Also draw the chart, as HTML.")] = None,
) -> None:
    """Answer a question in the terminal."""
    if (question is None) == (jsonl is None):
        raise typer.BadParameter("give either a question or --jsonl FILE")
    analyst, limit = _analyst(Settings.read(), role), max_rows or None
    if jsonl is not None:
        _answer_lines(analyst, jsonl, limit)
        return
    if as_json:
        answer = _last(analyst, [question or ""], limit)
        print(_written(answer.json()))
    else:
        from ui.terminal import show, working

        with working() as tell:
            answer = _last(analyst, [question or ""], limit, tell)
        show(answer)
    if chart is not None:
        _draw(answer, chart)


@commands.command()
def demo(
    out: Annotated[Path, typer.Option(help="The DuckDB file to build.")] = DEMO_SHOP,
    as_of: Annotated[str | None, typer.Option(help="Its last complete day; yesterday unless told.")] = None,
    users: Annotated[int, typer.Option(min=500, help="How many users.")] = 50_000,
    seed: Annotated[int, typer.Option(help="Another seed, another shop.")] = 42,
) -> None:
    """Build a demo shop: the same arguments give the same data."""
    _build(out, users=users, seed=seed, as_of=None if as_of is None else _day(as_of))
    print(out)


@commands.command()
def tools(
    *, as_json: Annotated[bool, typer.Option("--json", help="As JSON, with each argument's schema.")] = False
) -> None:
    """List the tools, their arguments and what they answer."""
    from tools.registry import ALL

    if as_json:
        print(_written([_described(each) for each in ALL]))
        return
    from ui.terminal import table

    rows = [[each.name, ", ".join(each.Args.model_fields), f"{each.answers.zh} / {each.answers.en}"] for each in ALL]
    table(["tool", "arguments", "answers"], rows)


@commands.command()
def spent(*, questions: Annotated[bool, typer.Option("--questions", help="Each question, too.")] = False) -> None:
    """Show what the language model took, by day and person."""
    from ui.terminal import table
    from workspace.spending import Limits, Spending
    from workspace.store import Store

    book = Spending(Store(Settings.read().workspace), Limits())
    heads = ["day", "person", "questions", "requests", "tokens in", "tokens out", "cost"]
    table(heads, [_entry_row(each, str(each.questions)) for each in book.by_person()])
    if questions:
        table(
            [*heads[:2], "question", *heads[3:]], [_entry_row(each, each.question or "") for each in book.by_question()]
        )


@commands.command()
def settings() -> None:
    """Show every setting, its value and what it does; secrets are not shown."""
    from ui.terminal import table

    now = Settings.read()
    rows = [
        [
            str(field.validation_alias),
            _shown(getattr(now, name)),
            field.description or "",
        ]
        for name, field in Settings.model_fields.items()
    ]
    table(["setting", "value", "what it sets"], rows)


@models.command("check")
def check_model(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="The model's YAML file.")],
    warehouse: Annotated[
        Path | None,
        typer.Option(help="Also look whether a DuckDB file has its tables and columns, and keys that are unique."),
    ] = None,
) -> None:
    """Name every mistake in a semantic model, each with its line."""
    from agent.model_check import mistakes_of_words
    from warehouse.check import THOROUGH, check, summary
    from warehouse.engines.duckdb import DuckDbEngine

    chosen = warehouse or Settings.read().warehouse
    data = None if chosen is None or (warehouse is None and not chosen.exists()) else DuckDbEngine(chosen)
    spec, mistakes = check(file, data, checks=THOROUGH)
    mistakes = mistakes or (() if data is None else mistakes_of_words(file, data))
    for mistake in mistakes:
        said = mistake.said()
        print(f"{file}:{mistake.line}: {said.zh}\n    {said.en}")
    if mistakes or spec is None:
        sys.exit(1)
    said = summary(spec, columns_checked=data is not None)
    print(said.zh, said.en, sep="\n")


@models.command("schema")
def print_schema() -> None:
    """Print the JSON Schema of a semantic model, for editors."""
    from warehouse.schema import model_schema

    print(json.dumps(model_schema(), ensure_ascii=False, indent=2))


@checked.command("check")
def check_verified() -> None:
    """Run all of them again: which still hold, and why the others do not."""
    from agent.wiring import check_all
    from ui.terminal import table

    found = list(check_all(Settings.read()))
    rows = [[str(each.id), each.question, each.person, str(each.day), _state(each.stale)] for each in found]
    table(["number", "question", "marked by", "on", "state"], rows)
    if any(each.stale is not None for each in found):
        sys.exit(1)


@checked.command("remove")
def remove_verified(number: Annotated[int, typer.Argument(help="Its number, as check tells it.")]) -> None:
    """Take back that an answer is right."""
    from workspace.store import Store
    from workspace.verified import VerifiedAnswers

    if not VerifiedAnswers(Store(Settings.read().workspace)).remove(number):
        raise typer.BadParameter(f"no answer has the number {number}")


def _state(stale: str | None) -> str:
    return "✓" if stale is None else stale


def _entry_row(entry: "Entry", asked: str) -> list[str]:
    cost = "—" if entry.cost is None else f"{entry.cost:,.4f}"
    amounts = (f"{each:,}" for each in (entry.calls, entry.input_tokens, entry.output_tokens))
    return [entry.day, entry.person, asked, *amounts, cost]


def _shown(value: object) -> str:
    """A setting's value; a name and password inside an address are left out."""
    return "" if value is None else re.sub(r"//[^/@]*@", "//***@", str(value))


def _analyst(chosen: Settings, role: str | None = None) -> "Analyst":
    from agent.wiring import connect

    if chosen.warehouse is None and not DEMO_SHOP.exists():
        _build(DEMO_SHOP, users=50_000, seed=42, as_of=None)
    return connect(chosen, role)


def _prepare(analyst: "Analyst") -> None:
    """Make ready for many questions: what was loaded stays, and is not gone over for garbage while one is planned."""
    analyst.prepare()
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # the engine's bindings complain of what is never let go


def _build(path: Path, *, users: int, seed: int, as_of: date | None) -> None:
    from ui.terminal import progress
    from warehouse.demo.build import build

    path.parent.mkdir(parents=True, exist_ok=True)
    with progress(Text("正在建示范店铺", "Building the demo shop")) as advance:
        build(path, as_of=as_of or _yesterday(), users=users, seed=seed, progress=advance)


def _draw(answer: "Answer", path: Path) -> None:
    if answer.chart is None:
        print(f"没有可画的图。 There is no chart to draw: {path} is not written.", file=sys.stderr)
        return
    from ui.figure import write_html

    path.parent.mkdir(parents=True, exist_ok=True)
    write_html(answer.chart, answer.table or Table((), (), 0), answer.language, path)


def _answer_lines(analyst: "Analyst", path: Path, limit: int | None) -> None:
    _prepare(analyst)
    for number, line in enumerate(path.read_text("utf-8-sig").split("\n"), 1):
        if line.strip():
            name, turns = _asked(line, f"{path}, line {number}")
            print(_written(_last(analyst, turns, limit).json(name)), flush=True)


def _asked(line: str, place: str) -> tuple[str, list[str]]:
    """The id and the turns of one line."""
    try:
        asked = json.loads(line)
        name, turns = asked["id"], asked["turns"]
    except (ValueError, KeyError, TypeError) as error:
        raise typer.BadParameter(f"{place}: not an object with id and turns ({error})") from error
    if not isinstance(turns, list) or not turns or not all(isinstance(turn, str) for turn in turns):
        raise typer.BadParameter(f"{place}: turns is a list of one question or more")
    return str(name), turns


def _last(
    analyst: "Analyst", turns: list[str], limit: int | None, tell: Callable[["Step"], None] = lambda _: None
) -> "Answer":
    """The answer to the last of the turns, asked one after the other, each step told."""
    from agent.answer import Answer
    from agent.planner import Conversation

    answers: tuple[Answer, ...] = ()
    for turn in turns:
        for event in analyst.ask(turn, Conversation(answers), limit=limit):
            if isinstance(event, Answer):
                answers = (*answers, event)
            else:
                tell(event)
    return answers[-1]


def _described(tool: Any) -> dict[str, Any]:
    return {
        "name": tool.name,
        "answers": {"zh": tool.answers.zh, "en": tool.answers.en},
        "arguments": tool.Args.model_json_schema(),
    }


def _written(value: object) -> str:
    """JSON text on one line, whatever counts as a line's end; half a surrogate pair becomes a question mark."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False).encode("utf-8", "replace").decode("utf-8")
    return text.translate({ord(mark): f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"})


def _yesterday() -> date:
    return datetime.now().astimezone().date() - timedelta(days=1)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text} is no date: write 2026-06-30", param_hint="--as-of") from error


def run() -> None:
    """Run the command; what a user can mend is said in a line, not raised."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    try:
        commands()
    except AnalyticsError as error:
        print(error.said("zh"), error.said("en"), sep="\n", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    run()
