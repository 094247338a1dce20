"""The customers that an analysis is of, in words: what its name is followed by."""

from dataclasses import replace

from tools.tool import Understood
from warehouse.resolved import Crowd, windows
from warehouse.saying import Sayer
from warehouse.text import Text
from warehouse.warehouse import Reading


def said(title: Text, crowd: Crowd, reading: Reading, *further: Text, dated: bool = True) -> Text:
    """The analysis, its customers where they are not everybody, and what else is asked of it, clause by clause."""
    sayer: Sayer = replace(reading.sayer, dated=dated)
    label = reading.model.customer.words.label
    of = [sayer.crowd(crowd, Text(label.zh, f"{label.en}s"))] if crowd.where else []
    clauses = (title, *of, *further)
    return Text("，".join(each.zh for each in clauses), ", ".join(each.en for each in clauses))


def pieces(title: Text, crowd: Crowd, reading: Reading, *further: Understood) -> tuple[Understood, ...]:
    """The same, each by itself; the customers are those of the argument `where`."""
    of = (Understood(*each) for each in reading.sayer.pieces(crowd))
    return (Understood("output", title), *of, *further)


def dated(crowd: Crowd) -> bool:
    """Whether days are told of the customers: those of the analysis are theirs, where it says no others."""
    return any(each.period is not None for each in windows(crowd))
