"""Parsing and validating a request before anything else is done, as AWS does, in its words."""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from cognito_tui.sandbox.refusal import Refusal, invalid_parameter
from cognito_tui.sandbox.shapes import Boolean, Integer, ListOf, MapOf, Shape, String, Structure


def validated(shape: Structure, params: object) -> dict[str, Any]:
    """`params` as the operation takes them: unknown members and nulls left out, as AWS JSON does.

    Raises:
        Refusal: SerializationException for a wrong type; InvalidParameterException for what breaks a
            limit, pattern or enum or is missing, all of it in one message (row 44).
    """
    parsed: dict[str, Any] = _parsed(shape, params)
    found = list(_violations(shape, parsed, ""))
    if found:
        count = f"{len(found)} validation error{'s' if len(found) > 1 else ''} detected: "
        raise invalid_parameter(count + "; ".join(found))
    return parsed


def _parsed(shape: Shape, value: object) -> Any:
    match shape, value:
        case Structure(), dict():
            return {
                name: _parsed(member, value[name])
                for name, member in shape.members.items()
                if value.get(name) is not None
            }
        case MapOf(), dict():
            return {
                _parsed(shape.value, key): _parsed(shape.value, item)
                for key, item in value.items()
                if item is not None
            }
        case ListOf(), list():
            return [_parsed(shape.member, item) for item in value]
        case Boolean(), bool():
            return value
        case Integer(), int() if not isinstance(value, bool):
            return value
        case String(), str() if not any("\ud800" <= each <= "\udfff" for each in value):
            return value
    raise Refusal("SerializationException", _unexpected(shape, value))


def _unexpected(shape: Shape, value: object) -> str:
    """Coral's own words, as far as public records have them; the rest is inferred."""
    match value:
        case dict():
            return "Start of structure or map found where not expected."
        case list():
            return "Start of list found where not expected."
        case bool():
            token = f"{str(value).upper()}_VALUE"
        case int() | float():
            token = "NUMBER_VALUE"  # noqa: S105 a kind of JSON token
        case _:
            token = "STRING_VALUE" if value is not None else "NULL_VALUE"
    return f"{token} can not be converted to {_CALLED[type(shape)]}"


_CALLED: Final[Mapping[type[Shape], str]] = {
    String: "a String",
    Integer: "an Integer",
    Boolean: "a Boolean",
    ListOf: "a List",
    MapOf: "a Map",
    Structure: "a Structure",
}


def _violations(shape: Shape, value: Any, path: str) -> Iterator[str]:
    """What of a parsed value breaks its shape; `path` as AWS writes it: `userAttributes.1.member.name`."""
    match shape:
        case Structure():
            yield from _violations_of_members(shape, value, path)
        case ListOf():
            for index, item in enumerate(value, 1):
                yield from _violations(shape.member, item, f"{path}.{index}.member")
        case MapOf():
            for constraint in (each for item in value.values() for each in _broken(shape.value, item)):
                yield _failed(shape, value, path, f"Map value must satisfy constraint: [{constraint}]")
        case String() | Integer():
            for constraint in _broken(shape, value):
                yield _failed(shape, value, path, constraint)


def _violations_of_members(shape: Structure, value: Mapping[str, Any], path: str) -> Iterator[str]:
    for name, member in shape.members.items():
        where = f"{path}.{name[0].lower()}{name[1:]}".lstrip(".")
        if name in value:
            yield from _violations(member, value[name], where)
        elif name in shape.required:
            yield _failed(member, None, where, "Member must not be null")


def _failed(shape: Shape, value: object, path: str, constraint: str) -> str:
    """One violation; the value of a shape marked sensitive is not repeated."""
    if getattr(shape, "sensitive", False):
        shown = "Value"
    else:
        shown = "Value null" if value is None else f"Value '{value}'"
    return f"{shown} at '{path}' failed to satisfy constraint: {constraint}"


def _broken(shape: String | Integer, value: Any) -> Iterator[str]:
    size, what = (len(value), "length") if isinstance(shape, String) else (value, "value")
    if shape.least is not None and size < shape.least:
        yield f"Member must have {what} greater than or equal to {shape.least}"
    if shape.most is not None and size > shape.most:
        yield f"Member must have {what} less than or equal to {shape.most}"
    if isinstance(shape, String):
        if shape.pattern and not _matcher(shape.pattern)(value):
            yield f"Member must satisfy regular expression pattern: {shape.pattern}"
        if shape.enum and value not in shape.enum:
            yield f"Member must satisfy enum value set: [{', '.join(shape.enum)}]"


@functools.cache
def _matcher(pattern: str) -> Callable[[str], object]:
    """A pattern of the model in Python, which has no Unicode categories: there it is one class, repeated."""
    categories = re.findall(r"\\p\{(\w)\}", pattern)
    if not categories:
        return re.compile(pattern, re.ASCII).fullmatch
    others = re.compile(re.sub(r"\\p\{\w\}", "", pattern).replace("[]+", "(?!)"), re.ASCII)
    return lambda value: (
        bool(value)
        and all(unicodedata.category(each)[0] in categories or others.fullmatch(each) for each in value)
    )
