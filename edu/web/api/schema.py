"""Values as JSON, and the JSON Schema (2020-12) of the dataclasses that they are instances of."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from typing import Any, Union, get_args, get_origin, get_type_hints

Schema = dict[str, Any]
PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    datetime: {"type": "string", "format": "date-time"},
    date: {"type": "string", "format": "date"},
    types.NoneType: {"type": "null"},
}


def plain(value: Any) -> Any:
    """The value as JSON has it: dataclasses as objects, moments as ISO 8601 in UTC ending in Z."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | list):
        return [plain(entry) for entry in value]
    if isinstance(value, Mapping):
        return {str(name): plain(entry) for name, entry in value.items()}
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else value


def reference(kind: type) -> Schema:
    """Where the schema of a dataclass stands in the document."""
    return {"$ref": f"#/components/schemas/{kind.__name__}"}


def listing(kind: type) -> Schema:
    """The schema of a part of a list of these."""
    return {
        "type": "object",
        "properties": {
            "items": {"type": "array", "items": reference(kind)},
            "next_cursor": {
                "type": ["string", "null"],
                "description": "`cursor` of the next part; null at the end.",
            },
        },
        "required": ["items", "next_cursor"],
        "additionalProperties": False,
    }


def collected(kinds: tuple[type, ...]) -> dict[str, Schema]:
    """The schemas of these dataclasses and of all that they hold, by name. TypeError for another type."""
    found: dict[str, Schema] = {}
    waiting = list(kinds)
    while waiting:
        kind = waiting.pop()
        if kind.__name__ in found:
            continue
        hints = get_type_hints(kind)
        properties = {field.name: _of(hints[field.name], waiting) for field in fields(kind)}
        found[kind.__name__] = {
            "type": "object",
            "description": " ".join((kind.__doc__ or "").split()),
            "properties": properties,
            "required": list(properties),
            "additionalProperties": False,
        }
    return dict(sorted(found.items()))


def _of(hint: Any, waiting: list[type]) -> Schema:
    """The schema of one type; dataclasses in it are put among those that wait."""
    if hint in PLAIN:
        return dict(PLAIN[hint])
    origin, inside = get_origin(hint), get_args(hint)
    if origin is tuple and len(inside) == 2 and inside[1] is Ellipsis:
        return {"type": "array", "items": _of(inside[0], waiting)}
    if origin in (Union, types.UnionType):
        return {"anyOf": [_of(each, waiting) for each in inside]}
    if origin is dict:
        return {"type": "object"}
    if isinstance(hint, type) and is_dataclass(hint):
        waiting.append(hint)
        return reference(hint)
    raise TypeError(f"no schema is known for {hint!r}")
