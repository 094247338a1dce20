"""The policy file: its form, and the policies it gives."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import sqlglot
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlglot import exp

from warehouse.checks.document import Document, read
from warehouse.checks.form import form_mistakes
from warehouse.checks.mistake import Mistake, nearest, unknown
from warehouse.engines.engine import Data
from warehouse.errors import AnalyticsError, ModelError, QueryFailed, UnsafeSql
from warehouse.guard import Guard, SafeSql
from warehouse.model import SemanticModel
from warehouse.policy import LOCAL, Policy, Rule
from warehouse.reads import folded, identifier, tables_read
from warehouse.text import Text
from warehouse.veil import Veil

DIALECT = "duckdb"

Columns = Mapping[str, tuple[str, ...]]


class RoleSpec(BaseModel):
    """What one role sees, by table: the rows that meet a condition; columns masked, denied, or shown though private."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    rows: Mapping[str, str] = {}
    masked: Columns = {}
    denied: Columns = {}
    shown: Columns = {}


class Misfit(Exception):
    """A mistake in what a policy says, its place told from the role on."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(mistake)
        self.mistake = mistake


class PolicySpec(BaseModel):
    """A whole policy file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    roles: Mapping[str, RoleSpec]


def read_policies(model: SemanticModel, path: Path | None) -> Mapping[str, Policy]:
    """The policy of each role in the file at `path`, and of `local` whether it is there or not; None for no file.

    Raises `ModelError` naming the file and the place of the first mistake; columns are checked where data are read.
    """
    private = _private(model)
    document = Document({"roles": {}}, (), None) if path is None else _document(path)
    file = None if path is None else path.name
    made = {}
    for role, spec in {LOCAL: RoleSpec(), **_spec(document, file).roles}.items():
        try:
            made[role] = Policy(role, _rules(spec, private, model), file)
        except Misfit as error:
            raise _wrong(file, document.placed(_of_role(role, error.mistake))) from error
    return made


def veil(policy: Policy, data: Data) -> Veil:
    """The policy over one version of the data; raises `ModelError` where they lack a column that it names.

    A table that they lack cannot be read at all, and is passed over.
    """
    there = set(map(folded, data.tables()))
    columns = {}
    for table, rule in policy.rules.items():
        fields = data.columns(table) if folded(table) in there else ()
        columns[table] = {field.name: field.type for field in fields}
        if fields:
            try:
                _check_columns(table, rule, columns[table], data)
            except Misfit as error:
                told = policy.said_in is not None
                raise _wrong(policy.said_in, _of_role(policy.role, error.mistake) if told else error.mistake) from error
    return Veil(policy, columns)


def _check_columns(table: str, rule: Rule, columns: Iterable[str], data: Data) -> None:
    named = set() if rule.rows is None else {folded(each.name) for each in _outermost(rule.rows)}
    known = sorted(map(folded, columns))
    if lacking := (rule.masked | rule.denied | named).difference(known):
        column = min(lacking)
        wrong = Text(f"{table} 没有列 {column}", f"{table} has no column {column}")
        raise Misfit(Mistake((), wrong, nearest(column, known)))
    if rule.rows is not None:
        try:
            data.run(
                _selected(table, rule.rows, {table, *(each.name for each in rule.rows.find_all(exp.Table))}), limit=0
            )
        except QueryFailed as error:
            raise _unfit(table, error) from error


def _selected(table: str, condition: exp.Expr, tables: Iterable[str]) -> SafeSql:
    """A query that gives no row, and fails where the condition is wrong."""
    return Guard(tables).admit(exp.select("1").from_(exp.Table(this=identifier(table))).where(condition).limit(0))


def _unfit(table: str, error: AnalyticsError) -> Misfit:
    """A condition that may not run, or does not."""
    zh, en = error.message
    return Misfit(Mistake(("rows", table), Text(zh.rstrip("。"), en.rstrip("."))))


def _of_role(role: str, mistake: Mistake) -> Mistake:
    return replace(mistake, place=("roles", role, *mistake.place))


def _wrong(file: str | None, mistake: Mistake) -> ModelError:
    place = (
        Text("模型的 private", "What the model calls private")
        if file is None
        else Text(f"权限文件 {file}", f"The policy file {file}")
    )
    at = Text(" ", "") if mistake.line is None else Text(f" 第 {mistake.line} 行", f", line {mistake.line},")
    what = mistake.sentence()
    return ModelError(
        Text(f"{place.zh}{at.zh}有误：{what.zh}", f"{place.en}{at.en} is wrong: {what.en}"),
        Text("请改正后再启动；改正之前不会读取数据。", "Mend it and start again; until then no data are read."),
    )


def _document(path: Path) -> Document:
    try:
        return read(path.read_text("utf-8"))
    except (OSError, UnicodeError) as error:
        wrong = Text(f"读不了这个文件：{error}", f"the file cannot be read: {error}")
        raise _wrong(path.name, Mistake((), wrong)) from error


def _spec(document: Document, file: str | None) -> PolicySpec:
    if document.mistakes:
        raise _wrong(file, document.placed(document.mistakes[0]))
    try:
        return PolicySpec.model_validate(document.data)
    except ValidationError as error:
        first = next(form_mistakes(error, document.data, PolicySpec))
        raise _wrong(file, document.placed(first)) from error


def _private(model: SemanticModel) -> Mapping[str, frozenset[str]]:
    """The personal columns of each table that sources read."""
    private = {table: frozenset[str]() for table in tables_read(model)}
    for source in model.sources.values():
        columns = frozenset(map(folded, source.private))
        if source.sql is None:
            private[source.table] |= columns
        elif columns:
            raise ModelError(
                Text(
                    f"模型里，{source.name} 是一个查询，不能声明 private。", f"{source.name} is a query: not private."
                ),
                Text("请在它读取的表上声明。", "Declare the columns private where their table is a source."),
            )
    return private


def _rules(spec: RoleSpec, private: Mapping[str, frozenset[str]], model: SemanticModel) -> Mapping[str, Rule]:
    for part in RoleSpec.model_fields:
        for table in getattr(spec, part):
            if table not in private:
                raise Misfit(unknown((part, table), Text("表", "table"), table, sorted(private)))
    rules = {}
    for table, personal in private.items():
        masked, denied, shown = (_folded(each, table) for each in (spec.masked, spec.denied, spec.shown))
        if twice := (masked & denied) | (masked & shown) | (denied & shown):
            what = f"{table}.{min(twice)}"
            wrong = Text(f"{what} 在 masked、denied、shown 里写了两处", f"{what} is both masked, denied or shown")
            raise Misfit(Mistake((), wrong))
        rows = None if table not in spec.rows else _condition(table, spec.rows[table], private)
        rule = Rule(rows, (personal | masked) - shown - denied, denied)
        _check_ties(table, rule, model)
        if rule != Rule():
            rules[table] = rule
    return rules


def _folded(columns: Columns, table: str) -> frozenset[str]:
    return frozenset(map(folded, columns.get(table, ())))


def _condition(table: str, text: str, tables: Iterable[str]) -> exp.Expr:
    """The condition, its table's own columns after the table's name, so that nothing around it can change them."""
    none = Misfit(Mistake(("rows", table), Text(f"这不是条件：{text}", f"this is no condition: {text}")))
    try:
        tree = sqlglot.parse_one(text, dialect=DIALECT)
        if not isinstance(tree, exp.Condition):
            raise none
        _selected(table, tree, tables)
    except sqlglot.errors.SqlglotError as error:
        raise none from error
    except UnsafeSql as error:
        raise _unfit(table, error) from error
    for column in _outermost(tree):
        if not column.table:
            column.set("table", identifier(table))
    return tree


def _outermost(tree: exp.Expr) -> Iterator[exp.Column]:
    """The columns outside of subqueries."""
    if isinstance(tree, exp.Column):
        yield tree
    elif not isinstance(tree, exp.Query):
        for child in tree.iter_expressions():
            yield from _outermost(child)


def _check_ties(table: str, rule: Rule, model: SemanticModel) -> None:
    """No answer is right where the keys that tie rows are masks, or where the as-of day cannot be read."""
    keys, days = set(), set()
    for source in model.sources.values():
        if source.table == table:
            keys |= {source.key, *(each.column for each in source.joins.values())}
            days |= {each.column for each in model.complete if each.source == source.name}
        keys |= {each.to for each in source.joins.values() if model.sources[each.far].table == table}
    if masked := rule.masked & {folded(each) for each in keys | days if each}:
        what = f"{table}.{min(masked)}"
        why = Text("模型用它关联行或确定截至日", "the model ties rows or days by it")
        raise Misfit(Mistake((), Text(f"{what} 不能遮盖：{why.zh}", f"{what} cannot be masked: {why.en}")))
    if denied := rule.denied & set(map(folded, days)):
        what = f"{table}.{min(denied)}"
        why = Text("截至日由它确定", "the as-of day is read from it")
        raise Misfit(Mistake((), Text(f"{what} 不能禁用：{why.zh}", f"{what} cannot be denied: {why.en}")))
