"""The policy file: its form, and the policies it gives."""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import sqlglot
import yaml
from pydantic import BaseModel, ConfigDict, ValidationError
from sqlglot import exp

from warehouse.engines.engine import Data
from warehouse.errors import ModelError, QueryFailed, UnsafeSql
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


class PolicySpec(BaseModel):
    """A whole policy file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    roles: Mapping[str, RoleSpec]


def read_policies(model: SemanticModel, path: Path | None) -> Mapping[str, Policy]:
    """The policy of each role in the file at `path`, and of `local` whether it is there or not; None for no file.

    Raises `ModelError` naming the file and the place of the first mistake; columns are checked where data are read.
    """
    private = _private(model)
    told = {LOCAL: RoleSpec()} if path is None else {LOCAL: RoleSpec(), **_spec(path).roles}
    made = {}
    for role, spec in told.items():
        try:
            made[role] = Policy(role, _rules(spec, private, model), None if path is None else path.name)
        except ValueError as error:
            raise _wrong(None if path is None else path.name, f"{role}: {error}") from error
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
            except ValueError as error:
                raise _wrong(policy.said_in, f"{policy.role}: {error}") from error
    return Veil(policy, columns)


def _check_columns(table: str, rule: Rule, columns: Iterable[str], data: Data) -> None:
    named = set() if rule.rows is None else {folded(each.name) for each in _outermost(rule.rows)}
    for column in sorted(rule.masked | rule.denied | named):
        _check_known(column, set(map(folded, columns)), f"column of {table}")
    if rule.rows is not None:
        try:
            data.run(
                _selected(table, rule.rows, {table, *(each.name for each in rule.rows.find_all(exp.Table))}), limit=0
            )
        except QueryFailed as error:
            raise ValueError(f"rows.{table}: {error.message.en}") from error


def _selected(table: str, condition: exp.Expr, tables: Iterable[str]) -> SafeSql:
    """A query that gives no row, and fails where the condition is wrong."""
    return Guard(tables).admit(exp.select("1").from_(exp.Table(this=identifier(table))).where(condition).limit(0))


def _wrong(file: str | None, what: str) -> ModelError:
    place = (
        Text("模型的 private", "What the model calls private")
        if file is None
        else Text(f"权限文件 {file}", f"The policy file {file}")
    )
    return ModelError(
        Text(f"{place.zh} 有误：{what}。", f"{place.en} is wrong: {what}."),
        Text("请改正后再启动；改正之前不会读取数据。", "Mend it and start again; until then no data are read."),
    )


class _Loader(yaml.CSafeLoader):
    """Reads YAML, where a key written twice is an error: the second would undo the first."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        made = super().construct_mapping(node, deep)
        if len(made) < len(node.value):
            raise yaml.constructor.ConstructorError(None, None, "a key is written twice", node.start_mark)
        return made


def _spec(path: Path) -> PolicySpec:
    try:
        return PolicySpec.model_validate(yaml.load(path.read_text("utf-8"), _Loader))  # noqa: S506
    except (OSError, UnicodeError, yaml.YAMLError) as error:
        raise _wrong(path.name, " ".join(str(error).split())) from error
    except ValidationError as error:
        first = error.errors()[0]
        raise _wrong(path.name, f"{'.'.join(map(str, first['loc'])) or 'the file'}: {first['msg']}") from error


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
    for table in (*spec.rows, *spec.masked, *spec.denied, *spec.shown):
        _check_known(table, private, "table")
    rules = {}
    for table, personal in private.items():
        masked, denied, shown = (_folded(each, table) for each in (spec.masked, spec.denied, spec.shown))
        if twice := (masked & denied) | (masked & shown) | (denied & shown):
            raise ValueError(f"{table}.{min(twice)} is both masked, denied or shown")
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
    try:
        tree = sqlglot.parse_one(text, dialect=DIALECT)
        if not isinstance(tree, exp.Condition):
            raise ValueError(f"rows.{table}: this is no condition: {text!r}")
        _selected(table, tree, tables)
    except sqlglot.errors.SqlglotError as error:
        raise ValueError(f"rows.{table}: this is no condition: {text!r}") from error
    except UnsafeSql as error:
        raise ValueError(f"rows.{table}: {error.message.en}") from error
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


def _check_known(name: str, known: Collection[str], kind: str) -> None:
    if name not in known:
        near = get_close_matches(name, known, n=1, cutoff=0.5) or sorted(known)
        raise ValueError(f"there is no {kind} {name}; there is {', '.join(near)}")


def _check_ties(table: str, rule: Rule, model: SemanticModel) -> None:
    """No answer is right where the keys that tie rows are masks, or where the as-of day cannot be read."""
    keys, days = set(), set()
    for source in model.sources.values():
        if source.table == table:
            keys |= {source.key, *(each.column for each in source.joins.values())}
            days |= {each.column for each in model.complete if each.source == source.name}
        keys |= {each.to for each in source.joins.values() if model.sources[each.far].table == table}
    if masked := rule.masked & {folded(each) for each in keys | days if each}:
        raise ValueError(f"{table}.{min(masked)} cannot be masked: the model ties rows or days by it")
    if denied := rule.denied & set(map(folded, days)):
        raise ValueError(f"{table}.{min(denied)} cannot be denied: the as-of day is read from it")
