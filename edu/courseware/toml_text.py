"""TOML written in one fixed way, so that the same records always give the same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeAlias

Scalar: TypeAlias = str | int | bool | date
Inline: TypeAlias = Mapping[str, Scalar]
Row: TypeAlias = Mapping[str, "Scalar | Sequence[str]"]

LINE = 110


def fields_text(fields: Mapping[str, Scalar | Sequence[str] | Sequence[Inline]]) -> str:
    """Plain fields, one to a line; empty texts and empty lists of tables are left out by the caller."""
    return "".join(f"{name} = {_value(value)}\n" for name, value in fields.items())


def table_text(name: str, fields: Row) -> str:
    """A table with its header, after an empty line."""
    return f"\n[{name}]\n{fields_text(fields)}"


def tables_text(name: str, rows: Sequence[Row]) -> str:
    """A list of tables, each with its header, after empty lines."""
    return "".join(f"\n[[{name}]]\n{fields_text(row)}" for row in rows)


def _value(value: Scalar | Sequence[str] | Sequence[Inline]) -> str:
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    return _list(value)


def _text(text: str) -> str:
    if "\n" not in text:
        return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
    escaped = text.replace("\\", "\\\\").replace('"""', '""\\"').replace("\x7f", "\\u007f")
    return f'"""\n{escaped}\n"""'


def _list(values: Sequence[str] | Sequence[Inline]) -> str:
    written = [_inline(value) if isinstance(value, Mapping) else _text(value) for value in values]
    line = f"[{', '.join(written)}]"
    if len(line) <= LINE and not any(isinstance(value, Mapping) for value in values):
        return line
    return "[\n" + "".join(f"  {value},\n" for value in written) + "]"


def _inline(fields: Inline) -> str:
    return f"{{ {', '.join(f'{name} = {_value(value)}' for name, value in fields.items())} }}"
