"""A YAML file as plain data, with the line of every part."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import yaml

from warehouse.checks.mistake import Mistake, Place
from warehouse.text import Text

_TYPED = frozenset(f"tag:yaml.org,2002:{kind}" for kind in ("int", "float", "bool", "null"))
_SCALARS = yaml.SafeLoader("")


@dataclass(frozen=True)
class Document:
    """What a YAML file says: keys are always text, dates too; the rest is as YAML has it."""

    data: Any
    mistakes: tuple[Mistake, ...]
    root: yaml.Node | None

    def placed(self, mistake: Mistake) -> Mistake:
        """The mistake with its line."""
        return mistake if mistake.line is not None else replace(mistake, line=self._line(mistake.place))

    def _line(self, place: Place) -> int:
        """The line, from 1, of a place, or of what leads nearest to it."""
        node, line = self.root, 1
        for part in place:
            found = _child(node, part)
            if found is not None:
                line, node = found
        return line


def read(text: str) -> Document:
    """The document of a YAML text; a text that is no YAML, or says a key twice, comes with its mistakes."""
    try:
        root = yaml.compose(text, yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        return Document(None, (_broken(error.problem_mark, error.problem),), None)
    except yaml.YAMLError as error:
        return Document(None, (_broken(None, str(error)),), None)
    mistakes: list[Mistake] = []
    data = None if root is None else _plain(root, (), [], mistakes)
    return Document(data, tuple(mistakes), root)


def _plain(node: yaml.Node, place: Place, within: list[yaml.Node], mistakes: list[Mistake]) -> Any:
    """The node's data; `within` are the nodes that hold it, none of which it may hold in turn."""
    if isinstance(node, yaml.ScalarNode):
        return _SCALARS.construct_object(node) if node.tag in _TYPED else node.value
    if any(each is node for each in within):
        mistakes.append(Mistake(place, Text("锚点引用了自身", "an anchor that holds itself")))
        return None
    within.append(node)
    data: Any
    if isinstance(node, yaml.SequenceNode):
        data = [_plain(child, (*place, at), within, mistakes) for at, child in enumerate(node.value)]
    else:
        data = {}
        for key, child in _entries(node):
            if key in data:
                mistakes.append(Mistake((*place, key), Text("键写了两次", "the key stands twice"), line=_line(child)))
            data[key] = _plain(child, (*place, key), within, mistakes)
    within.pop()
    return data


def _entries(node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    for key, child in node.value:
        yield str(key.value), child


def _child(node: yaml.Node | None, part: str | int) -> tuple[int, yaml.Node] | None:
    """The line on which a part of a node begins, and the part; a key's part begins with the key."""
    if isinstance(node, yaml.MappingNode):
        return next(((_line(key), child) for key, child in node.value if key.value == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        return _line(node.value[part]), node.value[part]
    return None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def _broken(mark: yaml.Mark | None, problem: str | None) -> Mistake:
    what = problem or "not YAML"
    return Mistake(
        (), Text(f"不是合法的 YAML：{what}", f"not YAML: {what}"), line=None if mark is None else mark.line + 1
    )
