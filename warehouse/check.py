"""Every mistake of a semantic model's file, each with its line."""

from collections.abc import Callable, Iterable, Iterator, Sequence, Sized
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from warehouse.checks.conditions import conditions
from warehouse.checks.document import Document, read
from warehouse.checks.expressions import bare_columns, expressions, formulas, queries
from warehouse.checks.form import form_mistakes
from warehouse.checks.holidays import holidays
from warehouse.checks.mistake import Mistake
from warehouse.checks.names import customers, dimensions, free_names, roles, sources
from warehouse.checks.rows import rows
from warehouse.checks.scope import Scope, Tables
from warehouse.checks.surfaces import surfaces
from warehouse.checks.truths import truths
from warehouse.checks.units import units
from warehouse.engines.engine import Data
from warehouse.spec import ModelSpec
from warehouse.text import Text

Check = Callable[[Scope], Iterator[Mistake]]
CHECKS: tuple[Check, ...] = (
    sources,
    dimensions,
    customers,
    roles,
    free_names,
    queries,
    bare_columns,
    expressions,
    formulas,
    conditions,
    surfaces,
    units,
    truths,
)
THOROUGH = (*CHECKS, holidays)  # the names of holidays take a while to look up
# The sections whose entries are looked at one by one: one that is wrong does not hide the mistakes of the others.
SECTIONS = ("sources", "dimensions", "metrics", "behaviours", "segments")


def check(
    path: Path, data: Data | None = None, *, checks: Sequence[Check] = CHECKS
) -> tuple[ModelSpec | None, tuple[Mistake, ...]]:
    """What the file says, None where it has no form to speak of, and its mistakes in the order of their lines.

    Tables and columns are looked for in `data`, where they are given, and once nothing else is wrong its rows are read.
    """
    try:
        document = read(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        return None, (Mistake((), Text(f"读不了这个文件：{error}", f"the file cannot be read: {error}"), line=1),)
    if document.mistakes and document.root is None:
        return None, document.mistakes
    spec, broken, wrong = _formed(document.data)
    found = [*document.mistakes, *wrong]
    if spec is not None:
        scope = Scope(spec, broken, None if data is None else _tables(data))
        found += [mistake for each in checks for mistake in each(scope)]
        found += rows(scope, data) if data is not None and not found else ()
    return spec, _in_order(found, document)


def _tables(data: Data) -> Tables:
    return {table: {each.name: each.type for each in data.columns(table)} for table in data.tables()}


def placed(path: Path, mistakes: Iterable[Mistake]) -> tuple[Mistake, ...]:
    """Mistakes in a file that has the form of a model, with their lines and in their order."""
    return _in_order(mistakes, read(path.read_text("utf-8")))


def summary(spec: ModelSpec, *, columns_checked: bool) -> Text:
    """How much a sound model holds, and whether its columns were looked for."""
    zh, en = zip(
        *((f"{len(each)} 个{words.zh}", f"{len(each)} {words.en}") for words, each in _counted(spec)), strict=True
    )
    columns = Text("数据表与列都在，键都唯一", "its tables and columns are there, its keys unique")
    if not columns_checked:
        columns = Text(
            "没有核对数据表与列：请用 --warehouse 给出数据文件",
            "its tables and columns were not looked for: give the data with --warehouse",
        )
    return Text(
        f"{spec.name.zh}：没有错误。{'、'.join(zh)}；{columns.zh}。",
        f"{spec.name.en}: no mistakes. {', '.join(en)}; {columns.en}.",
    )


def _counted(spec: ModelSpec) -> list[tuple[Text, Sized]]:
    return [
        (Text("数据源", "sources"), spec.sources),
        (Text("维度", "dimensions"), spec.dimensions),
        (Text("指标", "metrics"), spec.metrics),
        (Text("行为", "behaviours"), spec.behaviours),
        (Text("人群", "segments"), spec.segments),
    ]


def _formed(data: Any) -> tuple[ModelSpec | None, frozenset[tuple[str, str]], list[Mistake]]:
    """The file's form; entries that have none are left out and named, with what is wrong with them."""
    try:
        return ModelSpec.model_validate(data), frozenset(), []
    except ValidationError as error:
        wrong = list(form_mistakes(error, data))
    broken = frozenset((str(each.place[0]), str(each.place[1])) for each in wrong if _is_of_entry(each))
    kept = {key: _without(key, value, broken) for key, value in data.items()} if isinstance(data, dict) else data
    try:
        return ModelSpec.model_validate(kept), broken, wrong
    except ValidationError:
        return None, broken, wrong


def _is_of_entry(mistake: Mistake) -> bool:
    return len(mistake.place) > 1 and mistake.place[0] in SECTIONS


def _without(section: str, entries: Any, broken: frozenset[tuple[str, str]]) -> Any:
    if section not in SECTIONS or not isinstance(entries, dict):
        return entries
    return {name: each for name, each in entries.items() if (section, name) not in broken}


def _in_order(mistakes: Iterable[Mistake], document: Document) -> tuple[Mistake, ...]:
    return tuple(sorted(dict.fromkeys(map(document.placed, mistakes)), key=lambda each: each.line or 0))
