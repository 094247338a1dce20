"""Whether a model file has the form of one: the keys that there are, each with the kind of value that it takes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from warehouse.checks.mistake import Mistake, Place, nearest
from warehouse.errors import Unfit
from warehouse.query import Part
from warehouse.spec import ModelSpec, Spec
from warehouse.text import Text

# What pydantic calls a value of the wrong type, by what was wanted.
WANTED: Mapping[str, Text] = {
    "string_type": Text("应为文字", "it should be text"),
    "int_type": Text("应为整数", "it should be a whole number"),
    "int_parsing": Text("应为整数", "it should be a whole number"),
    "tuple_type": Text("应为列表", "it should be a list"),
    "model_type": Text("应为键值", "it should be keys with values"),
    "mapping_type": Text("应为键值", "it should be keys with values"),
    "too_short": Text("至少要有一项", "it should have one item or more"),
}
TYPES = frozenset(WANTED) - {"too_short"}


def form_mistakes(error: ValidationError, data: object, root: type[BaseModel] = ModelSpec) -> Iterator[Mistake]:
    """What a failed validation of `data`, as a `root`, says once each: where several forms may be, of the likeliest."""
    errors = [each for each in error.errors(include_url=False) if not _is_echo(each)]
    for each in _likeliest(errors, data, 0):
        yield _mistake(each, data, root)


def _likeliest(errors: Sequence[ErrorDetails], data: object, depth: int) -> Iterator[ErrorDetails]:
    """The errors without those of forms that another one fits better; `data` is what stands at that depth of each."""
    forms: dict[str | int, list[ErrorDetails]] = {}
    inside: dict[str | int, list[ErrorDetails]] = {}
    for error in errors:
        place = error["loc"][depth:]
        if not place or (len(place) == 1 and error["type"] == "missing"):
            yield error
        elif _holds(data, place[0]):
            inside.setdefault(place[0], []).append(error)
        else:
            forms.setdefault(place[0], []).append(error)
    for part, within in inside.items():
        yield from _likeliest(within, data[part], depth + 1)  # type: ignore[index]
    if forms:
        told = (list(_likeliest(each, data, depth + 1)) for each in forms.values())
        yield from min(told, key=lambda each: (_is_other_type(each, depth), len(each)))


def _holds(data: object, part: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(part, int) and part < len(data)
    return isinstance(data, dict) and part in data


def _is_other_type(errors: Sequence[ErrorDetails], depth: int) -> bool:
    return any(error["type"] in TYPES and len(error["loc"]) == depth + 1 for error in errors)


def _is_echo(error: ErrorDetails) -> bool:
    """Whether a list is called too short only since its items are wrong."""
    return error["type"] == "too_short" and len(error["input"]) >= error["ctx"]["min_length"]


def _mistake(error: ErrorDetails, data: object, root: type[BaseModel]) -> Mistake:
    place, last = _place(error["loc"], data), str(error["loc"][-1]) if error["loc"] else ""
    match error["type"]:
        case "missing":
            return Mistake(place, Text(f"缺少键 {last}", f"the key {last} is missing"))
        case "extra_forbidden":
            known = nearest(last, _keys(error["loc"], root))
            return Mistake(place, Text(f"没有键 {last}", f"there is no key {last}"), known)
        case "literal_error":
            allowed = re.findall(r"'([^']*)'", error["ctx"]["expected"])
            return Mistake(place, _does_not_fit(error["input"]), nearest(str(error["input"]), allowed))
        case "value_error":
            told = error["ctx"]["error"]
            return Mistake(place, told.message if isinstance(told, Unfit) else Text(str(told), str(told)))
        case kind:
            wanted = WANTED.get(kind, Text(error["msg"], error["msg"]))
            return Mistake(place, _does_not_fit(error["input"]), wanted)


def _does_not_fit(value: object) -> Text:
    shown = repr(value) if len(repr(value)) < 60 else repr(value)[:57] + "…"
    return Text(f"{shown} 不合要求", f"{shown} does not fit")


def _place(location: Sequence[str | int], data: object) -> Place:
    """The parts of an error's location that stand in the file, without the names of forms."""
    place: list[str | int] = []
    for part in location:
        if _holds(data, part):
            place.append(part)
            data = data[part]  # type: ignore[index]
    return tuple(place)


def _keys(location: Sequence[str | int], root: type[BaseModel]) -> list[str]:
    """The keys that may stand where an error is."""
    types: list[Any] = [root]
    for part in location[:-1]:
        types = [inner for each in types for inner in _inside(each, part)] or [FORMS[name] for name in _form(part)]
    models = [each for each in types if isinstance(each, type) and issubclass(each, BaseModel)]
    return [field.alias or name for model in models for name, field in model.model_fields.items()]


def _inside(kind: Any, part: str | int) -> list[Any]:
    """The types that a part of a value of that type may have."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields = {field.alias or name: field.annotation for name, field in kind.model_fields.items()}
        return list(_choices(fields[str(part)])) if part in fields else []
    arguments = get_args(kind)
    if get_origin(kind) is tuple and isinstance(part, int):
        return list(_choices(arguments[0]))
    if get_origin(kind) is Mapping:
        return list(_choices(arguments[1]))
    return []


def _choices(kind: Any) -> Iterator[Any]:
    if get_origin(kind) is Annotated:
        yield from _choices(get_args(kind)[0])
    elif get_origin(kind) in {Union, UnionType}:
        for each in get_args(kind):
            yield from _choices(each)
    else:
        yield kind


def _form(part: str | int) -> list[str]:
    """The model that an error's location names: `Filter`, or `function-after[_fitting(), Filter]`."""
    found = re.search(r"(\w+)\]*$", str(part))
    return [found[1]] if found and found[1] in FORMS else []


def _models(base: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for each in base.__subclasses__():
        yield each
        yield from _models(each)


FORMS: Mapping[str, type[BaseModel]] = {each.__name__: each for base in (Spec, Part) for each in _models(base)}
