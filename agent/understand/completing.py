"""A question that names an analysis and lacks what that needs, completed in a few ways."""

from collections.abc import Iterator, Mapping
from typing import Any

from agent.examples import crowds
from agent.understand.analyses import people
from agent.understand.grammar.analyses import Lacking
from tools.tool import ArgumentKind
from warehouse.errors import QueryError
from warehouse.query import Measure
from warehouse.text import Text
from warehouse.warehouse import Reading

MOST = 4


def completed(lacking: Lacking, before: Mapping[str, Any] | None, reading: Reading) -> Iterator[Text]:
    """The question with what it lacks, as far as the model gives it: of the customers before first."""
    for value in list(dict.fromkeys(_values(lacking.words.kind, before, reading)))[:MOST]:
        try:
            args = lacking.tool.Args.model_validate({**lacking.told, lacking.field: value})
            yield lacking.tool.say(args, reading)
        except (QueryError, ValueError):
            continue


def _values(kind: ArgumentKind, before: Mapping[str, Any] | None, reading: Reading) -> Iterator[object]:
    if kind == "metric":
        yield from (Measure(metric=each) for each in reading.model.metrics)
        return
    if before is not None and (those := people(before)):
        yield those
    yield from crowds(reading)
