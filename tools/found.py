"""The customers that an analysis found, as a segment: its name tells the analysis, its arguments and the group."""

import json
import re
from typing import Any

from pydantic import ValidationError
from sqlglot import exp

from tools.registry import NAMED
from tools.tool import Grouping
from warehouse.model import SegmentDefinition, Words
from warehouse.query import Part, plain
from warehouse.text import Text
from warehouse.warehouse import Reading

BY_IT = Text("由这项分析得出", "as that analysis found")
NAME = re.compile(r"(?P<tool>\w+)\((?P<args>\{.*\})\) (?P<group>.+)", re.DOTALL)


def name_of(tool: str, args: Part, group: str) -> str:
    """The name of a group that a tool finds."""
    return f"{tool}({json.dumps(plain(args), ensure_ascii=False, sort_keys=True)}) {group}"


def found(name: str, reading: Reading) -> SegmentDefinition | None:
    """The segment of that name; None where it names no analysis, or none that the data carry."""
    told = NAME.fullmatch(name)
    tool = None if told is None else NAMED.get(told["tool"])
    if told is None or tool is None or not isinstance(tool, Grouping):
        return None
    try:
        args = tool.Args.model_validate_json(told["args"])
    except ValidationError:
        return None
    group = told["group"]
    called = tool.groups(args, reading).get(group)
    if called is None:
        return None
    (label, *_) = called
    tree = tool.members(args, group, reading).tree
    if not isinstance(tree, exp.Select):
        raise TypeError(f"{tool.name} tells its members by a SELECT")
    return SegmentDefinition(name, _words(tool.say(args, reading), label), BY_IT, (), "at_end", tree)


def groups(tool: str, args: dict[str, Any], reading: Reading) -> dict[str, tuple[Text, ...]]:
    """What the groups that a call finds are called, by the names of their segments; none where it finds no groups."""
    chosen = NAMED.get(tool)
    if chosen is None or not isinstance(chosen, Grouping):
        return {}
    bound = chosen.Args.model_validate(args)
    if not isinstance(bound, Part):
        return {}
    return {name_of(tool, bound, group): called for group, called in chosen.groups(bound, reading).items()}


def _words(analysis: Text, group: Text) -> Words:
    label = Text(f"「{analysis.zh}：{group.zh}」", f"“{analysis.en}: {group.en}”")
    return Words(label, (label.zh,), (label.en,))
