"""What a query mentions of the tables that it reads, each name by what it could mean."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlglot import exp

from warehouse.reads import folded


@dataclass(frozen=True)
class Read:
    """One place where a query reads a table: the node, the table's name, and the CTE names that can be read there."""

    node: exp.Table
    table: str
    ctes: frozenset[str]

    @property
    def alias(self) -> str | None:
        """The name before its columns; None where brackets around it may have given it another."""
        above = self.node.parent
        while isinstance(above, exp.Join | exp.Table):
            above = above.parent
        return None if type(above) is exp.Subquery else folded(self.node.alias_or_name)

    def called(self, qualifier: str) -> bool:
        """Whether a column after this qualifier, or after none, could be of this read."""
        return not qualifier or self.alias in {None, folded(qualifier)}


class Mentions:
    """The names in a query. All of it errs to one side: what could be a mention is one."""

    def __init__(self, nodes: Sequence[exp.Expr], reads: Sequence[Read]) -> None:
        self._identifiers = [node for node in nodes if type(node) is exp.Identifier]
        tables = frozenset(id(read.node) for read in reads)
        stars = (node for node in nodes if type(node) is exp.Star and not _is_counted(node))
        self._stars = [node for node in stars if not _is_of_queries(node, tables)]
        self._natural = [node for node in nodes if type(node) is exp.Join and node.method.upper() == "NATURAL"]
        self._renamed = [node for node in nodes if type(node) is exp.TableAlias and _renames_a_table(node)]
        relations = [node for node in nodes if type(node) in {exp.Table, exp.Subquery}]
        bare = (node for node in nodes if type(node) is exp.Column and not node.table and not _is_output(node))
        self._rows = [node for node in bare if any(_may_be_row_of(node, each) for each in relations)]
        self.names = frozenset(folded(node.name) for node in self._identifiers)

    @property
    def everything(self) -> bool:
        """Whether columns may be read that are not named: by a star, a whole row, by place, or by NATURAL."""
        return any((self._stars, self._natural, self._renamed, self._rows))

    def named(self, read: Read, columns: Iterable[str]) -> str | None:
        """The first of the columns (folded) that the query names and that could be of this read."""
        wanted = frozenset(columns)
        for node in self._identifiers:
            if folded(node.name) in wanted and _reads(node, read):
                return folded(node.name)
        return None

    def unnamed(self, read: Read) -> bool:
        """Whether the query could read columns of this read without naming them."""
        select = read.node.find_ancestor(exp.Select)
        stars = (node for node in self._stars if node.find_ancestor(exp.Select) is select)
        return (
            any(read.called(_qualifier(node)) for node in stars)
            or any(node.find_ancestor(exp.Select) is select for node in self._natural)
            or any(node.parent is read.node or type(node.parent) is exp.Subquery for node in self._renamed)
            or any(read.called(node.name) for node in self._rows)
        )


def _is_of_queries(star: exp.Star, tables: Collection[int]) -> bool:
    """Whether a star gives columns of inner queries alone, whose own columns are looked at where they stand."""
    select = star.find_ancestor(exp.Select)
    if select is None or select is not star.parent:
        return False
    begun = select.args.get("from_")
    sources = [each.this for each in ([begun] if begun else []) + list(select.args.get("joins") or ())]
    further = select.args.get("laterals")
    return bool(sources) and not further and all(_is_query(each, tables) for each in sources)


def _is_query(source: object, tables: Collection[int]) -> bool:
    """Whether a source is a query in brackets, or the name of one told before: none of the tables that are read."""
    if type(source) is exp.Subquery:
        return isinstance(source.this, exp.Query) and type(source.this) is not exp.Subquery
    return type(source) is exp.Table and id(source) not in tables and not source.args.get("joins")


def _may_be_row_of(column: exp.Column, relation: exp.Expr) -> bool:
    """Whether a column without a table's name may be a whole row: of what its own query reads, or one around it."""
    if folded(column.name) != folded(relation.alias_or_name):
        return False
    home = relation.find_ancestor(exp.Select)
    around = column.find_ancestor(exp.Select)
    if home is None or around is None:
        return True
    while around is not None:
        if around is home:
            return True
        around = around.find_ancestor(exp.Select)
    return False


def _reads(identifier: exp.Identifier, read: Read) -> bool:
    above = identifier.parent
    if type(above) is exp.Column:
        return identifier.arg_key == "this" and read.called(above.table) and not _is_output(above)
    is_given = type(above) in {exp.Table, exp.TableAlias} or (
        type(above) is exp.Alias and identifier.arg_key == "alias"
    )
    return not is_given


def _qualifier(star: exp.Star) -> str:
    return star.parent.table if isinstance(star.parent, exp.Column) else ""


def _is_counted(star: exp.Star) -> bool:
    """Whether it is that of count(*), which reads no column."""
    return type(star.parent) is exp.Count and not any(star.args.values())


def _is_output(column: exp.Expr) -> bool:
    """Whether it is an ORDER BY's name of what the same SELECT gives that name, which comes before any column."""
    order = column.parent.parent if type(column.parent) is exp.Ordered else None
    select = order.parent if type(order) is exp.Order else None
    if not isinstance(select, exp.Select) or not isinstance(column, exp.Column) or column.table:
        return False
    return any(type(each) is exp.Alias and folded(each.alias) == folded(column.name) for each in select.expressions)


def _renames_a_table(alias: exp.TableAlias) -> bool:
    named = alias.parent
    is_table = type(named) is exp.Table or (type(named) is exp.Subquery and type(named.this) is exp.Table)
    return is_table and bool(alias.args.get("columns"))
