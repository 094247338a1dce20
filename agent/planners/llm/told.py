"""A model's arguments as tools take them: periods told in words become periods, what is left open is left out."""

import json
from collections.abc import Mapping
from typing import Any

from agent.understand import periods
from agent.understand.words import read
from warehouse.calendar import Calendar
from warehouse.errors import QueryError
from warehouse.text import Text

PERIOD = "period"
NAMED_PERIODS = frozenset({"previous", "year_earlier"})
OPENINGS = ("{", "[")


def prepared(args: Mapping[str, Any], calendar: Calendar) -> dict[str, Any]:
    """The arguments, their periods read by the same rules as anyone's; raises `QueryError` for one that is none."""
    return {key: _read(key, value, calendar) for key, value in args.items() if value is not None}


def _read(key: str, value: Any, calendar: Calendar) -> Any:
    match value:
        case str() if key == PERIOD and value not in NAMED_PERIODS:
            return _period(value, calendar)
        case str() if value.startswith(OPENINGS):
            return _read(key, _unpacked(value), calendar)
        case Mapping():
            return prepared(value, calendar)
        case list():
            return [_read(key, each, calendar) for each in value if each is not None]
        case _:
            return value


def _unpacked(text: str) -> Any:
    """What some models write as text inside of their JSON."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return f" {text}"


def _period(words: str, calendar: Calendar) -> Any:
    text = read(words).text.strip()
    whole = [each for each in periods.find(text, calendar) if each.start == 0 and each.end == len(text)]
    if not whole:
        raise QueryError(
            Text(f"“{words[:60]}”不是时间。", f"“{words[:60]}” names no period."),
            Text("按问题里的说法写，如“最近7天”。", "Tell it as the question does: “last 7 days”."),
        )
    return whole[0].period.model_dump(mode="json")
