"""A tool's arguments as a language model is told them: short types instead of long schemas."""

import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Annotated, Any, ForwardRef, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel

from tools.tool import Tool
from warehouse.named import Named as NamedPeriod
from warehouse.query import Attribute, Condition, Named

PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean"}
UNIONS = {frozenset(get_args(Condition)): "Condition", frozenset(get_args(Attribute)): "Attribute"}
MIXED = {"anyOf": [{"type": "string"}, {"type": "object"}]}
WORDS = "words"
EXPLAINED = 3  # fields of a type that is not plain from them


def function(tool: Tool) -> dict[str, Any]:
    """A tool as a function that can be called: each argument with its short type.

    `words` tells what each word that the rules did not know stands for.
    """
    fields = {name: _property(field.annotation) for name, field in tool.Args.model_fields.items()}
    fields[WORDS] = {"type": "object"}
    needed = [name for name, field in tool.Args.model_fields.items() if field.is_required()]
    return declared(tool.name, tool.answers.en, fields, needed)


def declared(name: str, does: str, fields: Mapping[str, Any], needed: Sequence[str]) -> dict[str, Any]:
    """A function as the API of chat models has it."""
    parameters = {"type": "object", "properties": dict(fields), "required": list(needed)}
    return {"type": "function", "function": {"name": name, "description": does, "parameters": parameters}}


def told(function: Mapping[str, Any]) -> str:
    """A function in a line, for servers that know none."""
    inner = function["function"]
    needed = inner["parameters"]["required"]
    fields = [
        f"{name}{'' if name in needed else '?'}: {each.get('description') or each['type']}"
        for name, each in inner["parameters"]["properties"].items()
    ]
    return f"{inner['name']}({', '.join(fields)}) — {inner['description']}"


def type_lines(tools: Sequence[Tool]) -> str:
    """The types that the tools' arguments are made of, a line each, with what the larger ones are."""
    found: dict[type[BaseModel], None] = {}
    for tool in tools:
        for field in tool.Args.model_fields.values():
            for each in _parts(field.annotation):
                found |= dict.fromkeys(_reached(each))
    unions = (f"{name} = {' | '.join(_short(each) for each in parts)}" for parts, name in _unions(found))
    return "\n".join([*map(_line, found), *unions])


def _unions(found: Iterable[type[BaseModel]]) -> Iterator[tuple[Sequence[type[BaseModel]], str]]:
    """The unions of types that have a name, in the types' order."""
    for parts, name in UNIONS.items():
        ordered = [each for each in found if each in parts]
        if ordered:
            yield ordered, name


def _line(part: type[BaseModel]) -> str:
    name = f"{part.__name__.strip('_')} = "
    shape = "{" + ", ".join(_fields(part)) + "}"
    if issubclass(part, Named):
        shape = f"{part.written_as} | {shape}"
    if len(part.model_fields) < EXPLAINED:
        return f"{name}{shape}"
    summary = (part.__doc__ or "").strip().split("\n", maxsplit=1)[0]
    return f"{name}{shape}  // {summary}"


def _fields(part: type[BaseModel]) -> Iterator[str]:
    for name, field in part.model_fields.items():
        needed = "" if field.is_required() else "?"
        yield f"{field.alias or name}{needed}: {_short(field.annotation)}"


def _property(annotation: Any) -> dict[str, Any]:
    """An argument's type as JSON Schema, loosely, with its short type beside."""
    kept = _without_none(annotation)
    if get_origin(kept) is Literal:
        return {"type": "string", "enum": list(get_args(kept))}
    if kept in PLAIN:
        return {"type": PLAIN[kept]}
    said = _short(annotation)
    if get_origin(kept) is tuple:
        inner = get_args(kept)[0]
        return {"type": "array", "items": MIXED if _named(inner) else {"type": "object"}, "description": said}
    return {"type": "string" if said == "Period" else "object", "description": said}


def _named(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, Named)


def _short(annotation: Any) -> str:
    """A type as it is written in a line."""
    kept = _without_none(annotation)
    origin, inner = get_origin(kept), get_args(kept)
    if origin is Annotated:
        return _short(inner[0])
    if origin is Literal:
        return "|".join(map(str, inner))
    if origin is tuple:
        item = _short(inner[0])
        return f"({item})[]" if "|" in item else f"{item}[]"
    if origin in {Union, types.UnionType}:
        return UNIONS.get(frozenset(inner)) or "|".join(dict.fromkeys(map(_short, inner)))
    return _name(kept)


def _name(kept: Any) -> str:
    if isinstance(kept, ForwardRef):
        return kept.__forward_arg__
    if isinstance(kept, type) and issubclass(kept, NamedPeriod):
        return "Period"
    return PLAIN.get(kept) or str(getattr(kept, "__name__", kept)).strip("_")


def _without_none(annotation: Any) -> Any:
    if isinstance(annotation, TypeVar) or get_origin(annotation) not in {Union, types.UnionType}:
        return annotation
    kept = [each for each in get_args(annotation) if each is not type(None)]
    return kept[0] if len(kept) == 1 else Union[tuple(kept)]  # noqa: UP007 - made of what is found


def _parts(annotation: Any) -> Iterator[type[BaseModel]]:
    """The plans' parts in a type, periods left out: those are told in words."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel) and not issubclass(annotation, NamedPeriod):
        yield annotation
    for each in get_args(annotation):
        yield from _parts(each)


def _reached(part: type[BaseModel], seen: frozenset[type] = frozenset()) -> Iterator[type[BaseModel]]:
    if part in seen:
        return
    yield part
    for field in part.model_fields.values():
        for each in _parts(field.annotation):
            yield from _reached(each, seen | {part})
