"""A model file as the checks see it: its parts by name, and which source is tied to which."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import sqlglot
from sqlglot import exp

from warehouse.checks.mistake import Place
from warehouse.expression import parsed
from warehouse.model import Kind
from warehouse.spec import ModelSpec, RoleSpec, SourceSpec
from warehouse.table import Type
from warehouse.timepart import TIME_PARTS

Tables = Mapping[str, Mapping[str, Type]]  # the columns of each table of a warehouse, with their types


class Named(NamedTuple):
    """A column of a source that is written by its bare name."""

    place: Place
    source: str
    column: str


@dataclass(frozen=True)
class Scope:
    """The file's parts, and the warehouse's tables where they are known.

    `broken` are entries, section and name, whose own form is wrong: they are there, but nothing is known of them.
    """

    spec: ModelSpec
    broken: frozenset[tuple[str, str]] = frozenset()
    tables: Tables | None = None

    def has(self, section: str, name: str) -> bool:
        """Whether the file has an entry of that name, broken or not."""
        return name in getattr(self.spec, section) or (section, name) in self.broken

    def names(self, section: str) -> list[str]:
        """The names of a section's entries."""
        return [*getattr(self.spec, section), *(name for each, name in self.broken if each == section)]

    @property
    def roles(self) -> Mapping[str, RoleSpec]:
        """The roles told, but for the customer."""
        return {name: role for name, role in self.spec.roles if isinstance(role, RoleSpec)}

    def origin(self, dimension: str) -> tuple[str, str] | None:
        """The source and the expression of a dimension, of a banded one those of what it bands."""
        spec = self.spec.dimensions.get(dimension)
        if spec is not None and spec.bands is not None:
            dimension, spec = spec.bands.of, self.spec.dimensions.get(spec.bands.of)
        if spec is None or spec.source is None:
            return None
        return spec.source, spec.expression or dimension

    def kind(self, dimension: str) -> Kind | None:
        """The kind of a dimension or part of the time; None where it is not known."""
        if dimension in TIME_PARTS:
            return TIME_PARTS[dimension].kind
        spec = self.spec.dimensions.get(dimension)
        return None if spec is None else spec.kind

    def tied(self, start: str, end: str) -> bool:
        """Whether many-to-one joins lead from one source to another, or may: those of a broken source are not known."""
        reached = self.reached.get(start)
        return reached is None or end in reached or any(each not in self.spec.sources for each in reached)

    @cached_property
    def reached(self) -> Mapping[str, Mapping[str, None]]:
        """The sources that joins lead to from each, itself first."""
        return {name: dict.fromkeys(self._reached(name)) for name in self.spec.sources}

    def _reached(self, start: str) -> Iterator[str]:
        found = [start]
        for near in found:
            yield near
            if near in self.spec.sources:
                found += [far for far in self.spec.sources[near].joins if far not in found]

    @cached_property
    def columns(self) -> Mapping[str, frozenset[str] | None]:
        """The columns of each source in lower case, None where they are not known."""
        return {name: self._columns(each) for name, each in self.spec.sources.items()}

    def _columns(self, source: SourceSpec) -> frozenset[str] | None:
        if source.table is not None:
            columns = None if self.tables is None else self.tables.get(source.table)
            return None if columns is None else frozenset(each.lower() for each in columns)
        try:
            query = parsed(source.sql or "")
        except sqlglot.errors.SqlglotError:
            return None
        if not isinstance(query, exp.Query) or any(isinstance(each, exp.Star) for each in query.selects):
            return None
        return frozenset(each.lower() for each in query.named_selects)

    @cached_property
    def bare_columns(self) -> tuple[Named, ...]:
        """The columns that sources, and what dates the data, name without an expression."""
        return tuple(self._bare_columns())

    def _bare_columns(self) -> Iterator[Named]:
        for at, each in enumerate(self.spec.complete):
            yield Named(("complete", at, "column"), each.source, each.column)
        for name, source in self.spec.sources.items():
            place = ("sources", name)
            if source.key is not None:
                yield Named((*place, "key"), name, source.key)
            for list_name, columns in (("days", source.days), ("private", source.private)):
                yield from (Named((*place, list_name, at), name, each) for at, each in enumerate(columns))
            for far, join in source.joins.items():
                yield Named((*place, "joins", far), name, join if isinstance(join, str) else join.column)
                if not isinstance(join, str) and join.to is not None:
                    yield Named((*place, "joins", far, "to"), far, join.to)
        customer = self.spec.roles.customer
        yield Named(("roles", "customer", "key"), customer.source, customer.key)
