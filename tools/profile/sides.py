"""The two sides of a profile: a group and all others, or one group and another one."""

from collections.abc import Sequence
from dataclasses import dataclass

from warehouse import values
from warehouse.query import Condition, Filter, People, Versus
from warehouse.resolved import Crowd
from warehouse.table import Column
from warehouse.text import Text
from warehouse.warehouse import Reading

THE_GROUP = Text("组内", "the group")
THE_OTHERS = Text("其他人", "the others")


@dataclass(frozen=True)
class Sides:
    """Who is told of: `group` among those of whom `among` is, everybody where it is None; what both sides are called.

    `of` is what both sides have in common, or the group where all others are held against it.
    """

    group: Crowd
    of: Crowd
    among: Crowd | None = None
    first: Text = THE_GROUP
    second: Text = THE_OTHERS
    compared: Text | None = None


def sides_of(where: Sequence[Condition], versus: Versus | None, reading: Reading) -> Sides:
    """The sides of a profile; raises `QueryError` for what the model cannot give."""
    of = reading.resolver.people(People(where=tuple(where)))
    if versus is None:
        return Sides(of, of)
    pair = (versus.first, versus.second)
    group, among = (
        reading.resolver.people(People(where=(*where, Filter(dimension=versus.dimension, values=told))))
        for told in ((versus.first,), pair)
    )
    dimension = reading.model.dimension(versus.dimension)
    first, second = (values.said(dimension, (each,), reading.model, Text("", "")) for each in pair)
    compared = values.said(dimension, pair, reading.model, Text("对比", " versus "))
    return Sides(group, of, among, first, second, compared)


def columns(sides: Sides) -> tuple[Column, ...]:
    """The columns of the findings."""
    first, second = sides.first, sides.second
    return (
        Column("what", Text("方面", "aspect"), "text", "group"),
        Column("value", Text("特征", "trait"), "text", "group"),
        Column("share", Text(f"{first.zh}占比", f"share of {first.en}"), "number", "measure", "ratio"),
        Column("others_share", Text(f"{second.zh}占比", f"share of {second.en}"), "number", "measure", "ratio"),
        Column("mean", Text(f"{first.zh}均值", f"mean of {first.en}"), "number", "measure"),
        Column("others_mean", Text(f"{second.zh}均值", f"mean of {second.en}"), "number", "measure"),
        Column("lift", Text("提升度", "lift"), "number", "measure"),
        Column("low", Text("下限", "low"), "number", "measure"),
        Column("high", Text("上限", "high"), "number", "measure"),
    )
