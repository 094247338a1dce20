"""Customers who did or are something: a list, a count, or a breakdown."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, ClassVar, Literal, Self

from pydantic import BaseModel, model_validator

from tools.chart import Chart
from tools.definitions import of_conditions, once
from tools.edits import kinds
from tools.edits.piece import INSTEAD, Candidate, Edits, Piece, Sort, changed
from tools.tool import Asked, Context, Export, Figure, Result, Sentence, Understood
from warehouse.compile import PEOPLE, Compiled
from warehouse.model import Dimension
from warehouse.query import Did, Filter, Not, People, Ranged
from warehouse.resolved import Crowd, attributes
from warehouse.saying import Sayer, by
from warehouse.table import Table
from warehouse.text import Text
from warehouse.warehouse import Reading

MOST_BARS = 15
HOW_MANY = Text("人数", "how many")


class AudienceArgs(People):
    """Which customers, and whether to list them, count them, or break them down by a dimension."""

    show: Literal["list", "count", "breakdown"] = "list"
    by: str | None = None

    @model_validator(mode="after")
    def _broken_down_by(self) -> Self:
        if (self.show == "breakdown") != (self.by is not None):
            raise ValueError("`by` goes with show: breakdown, and only with it")
        return self


def _shown_otherwise(piece: Piece) -> Iterator[Sort]:
    """Broken down by another dimension, or counted."""
    cuts = ((each.name, (*each.words.zh, *each.words.en)) for each in piece.reading.model.groupings)
    yield Sort(INSTEAD, (Candidate((piece.changed(show="breakdown", by=name),), names) for name, names in cuts))
    yield Sort(INSTEAD, [Candidate((piece.put("count"),), HOW_MANY)])


def _with_its_dimension(args: Any, fields: Mapping[str, Any], _: Reading) -> BaseModel | None:
    """A breakdown has a dimension, and nothing else has."""
    plan: AudienceArgs | None = changed(args, **({"by": None, **fields} if "show" in fields else fields))
    return plan


class AudienceTool:
    """Who did or is what."""

    name: ClassVar[str] = "audience"
    answers: ClassVar[Text] = Text("人群：名单、人数或分布", "people: a list, a count or a breakdown")
    Args: ClassVar[type[BaseModel]] = AudienceArgs
    asked: ClassVar[Asked] = Asked(
        examples=(Text("{period}{behaviour}的{people}名单", "{people}s who {behaviour} in {period}"),)
    )
    edits: ClassVar[Edits] = Edits({"where": kinds.conditions, "show": _shown_otherwise}, _with_its_dimension)

    def run(self, args: AudienceArgs, context: Context) -> Result:
        """The customers, how many there are in all, and the same customers by a dimension as the chart."""
        reading = context.reading
        crowd = reading.resolver.people(args)
        read = reading.read(_compiled(args, crowd, reading), limit=context.limit, stop=context.stop)
        chart, sql = self._chart(args, crowd, read.table, context)
        return Result(
            understood=_say(args, crowd, reading, reading.sayer),
            sentences=(_sentence(args, crowd, read.table, reading),),
            table=read.table,
            chart=chart,
            sql=(read.sql, *sql),
            definitions=once(of_conditions(crowd.where, reading.model)),
            suggestions=self._suggestions(args, reading),
        )

    def say(self, args: AudienceArgs, reading: Reading, *, dated: bool = False) -> Text:
        """The customers in words."""
        return _say(args, reading.resolver.people(args), reading, replace(reading.sayer, dated=dated))

    def pieces(self, args: AudienceArgs, reading: Reading) -> tuple[Understood, ...]:
        """The same, piece by piece."""
        told = [Understood(*each) for each in reading.sayer.pieces(reading.resolver.people(args))]
        if args.by is not None:
            told.append(Understood("dimension", by(reading.resolver.breakdown(args.by)), "show"))
        if args.show == "count":
            told.append(Understood("output", HOW_MANY, "show"))
        return tuple(told)

    def export(self, args: AudienceArgs, context: Context) -> Export:
        """Every row, of a list every customer."""
        compiled = _compiled(args, context.reading.resolver.people(args), context.reading)
        return Export(compiled.columns, context.reading.stream(compiled, stop=context.stop))

    def _chart(
        self, args: AudienceArgs, crowd: Crowd, table: Table, context: Context
    ) -> tuple[Chart | None, tuple[str, ...]]:
        understood = _say(args, crowd, context.reading, context.reading.sayer)
        people = context.reading.model.customer.words.label
        if args.show == "count":
            return Chart("number", Text(f"{people.zh}数", f"{people.en}s"), understood, y=(PEOPLE,)), ()
        if not table.rows:
            return None, ()
        dimension = _drawn_by(args, context.reading)
        if dimension is None:
            return None, ()
        data: Table | None = None
        sql: tuple[str, ...] = ()
        if args.show == "list":
            compiled = context.reading.compiler.breakdown(crowd, dimension)
            read = context.reading.read(compiled, limit=MOST_BARS, stop=context.stop)
            data, sql = read.table, (read.sql,)
        title = _chart_title(data or table, people, by(dimension))
        return Chart("bar", title, understood, x=dimension.name, y=(PEOPLE,), data=data), sql

    def _suggestions(self, args: AudienceArgs, reading: Reading) -> tuple[Text, ...]:
        """The same customers shown in other ways, and those who did the same, whatever they are."""
        filtered = {each.dimension for each in args.where if isinstance(each, Filter | Ranged)}
        cuts = [each for each in reading.model.groupings if reading.resolver.about_people(each)]
        shown = [("breakdown", each.name) for each in cuts if each.name not in filtered]
        ways = [("count" if args.show == "list" else "list", None), *shown[:2]]
        others = [args.model_copy(update={"show": show, "by": name}) for show, name in ways]
        did = tuple(each for each in args.where if isinstance(each, Did | Not))
        if did and filtered:
            others.append(args.model_copy(update={"where": did}))
        return tuple(self.say(each, reading) for each in others if each != args)


def _drawn_by(args: AudienceArgs, reading: Reading) -> Dimension | None:
    """The dimension of the chart: the one asked, else the model's own choice, else another that no filter settles."""
    if args.by is not None:
        return reading.model.dimension(args.by)
    settled = {each.dimension for each in args.where if isinstance(each, Filter) and len(each.values) == 1}
    choices = [reading.model.dimension(reading.model.customer.breakdown), *reading.model.groupings]
    return next((each for each in choices if each.name not in settled and reading.resolver.about_people(each)), None)


def _compiled(args: AudienceArgs, crowd: Crowd, reading: Reading) -> Compiled:
    if args.show == "count":
        return reading.compiler.count(crowd)
    if args.by is not None:
        return reading.compiler.breakdown(crowd, reading.resolver.breakdown(args.by))
    return reading.compiler.listing(crowd, _listed(crowd, reading))


def _listed(crowd: Crowd, reading: Reading) -> list[Dimension]:
    """What the model lists of customers, and what the question spoke of; years of birth are told by the age."""
    spoken_of = (each for each in attributes(crowd.where) if each.kind != "birth_year")
    listed = [reading.model.dimension(name) for name in reading.model.customer.listed]
    return list({each.name: each for each in (*listed, *spoken_of)}.values())


def _say(args: AudienceArgs, crowd: Crowd, reading: Reading, sayer: Sayer) -> Text:
    label = reading.model.customer.words.label
    people = Text(label.zh, f"{label.en}s")
    said = sayer.crowd(crowd, people)
    if args.show == "count":
        return Text(f"{said.zh}，人数", f"how many {said.en}")
    if args.by is not None:
        cut = by(reading.resolver.breakdown(args.by))
        return Text(f"{said.zh}，{cut.zh}", f"{said.en}, {cut.en}")
    return said


def _sentence(args: AudienceArgs, crowd: Crowd, table: Table, reading: Reading) -> Sentence:
    label = reading.model.customer.words.label
    said = reading.sayer.crowd(crowd, Text(label.zh, f"{label.en}s"))
    if args.show == "breakdown" and table.rows:
        return _largest(table, said)
    count = table.rows[0][0] if args.show == "count" else table.row_count
    return Sentence((Text("共有 ", ""), Figure(count), Text(f" 位：{said.zh}。", f" {said.en}.")))


def _largest(table: Table, said: Text) -> Sentence:
    group, people = table.rows[0]
    named = "—" if group is None else str(group)
    return Sentence(
        (
            Text(f"{said.zh}：{named}最多，有 ", f"{said.en}: most in {named}, "),
            Figure(people),
            Text(" 位；共 ", "; "),
            Figure(table.row_count),
            Text(" 组。", " groups in all."),
        )
    )


def _chart_title(data: Table, people: Text, cut: Text) -> Text:
    if not data.truncated:
        return Text(f"{people.zh}数，{cut.zh}", f"{people.en}s {cut.en}")
    shown = len(data.rows)
    return Text(f"{people.zh}数，{cut.zh}，最多的 {shown} 个", f"{people.en}s {cut.en}, the top {shown}")
