"""A small TOML 1.0 writer for documents, and a reader that refuses hostile ones."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from quizzes.errors import QuizError, Reason, refusal

LARGEST_FILE = 4 * 1024 * 1024  # bytes
# What tomllib makes an object of, some microseconds each; a bank of 5000 questions has far less.
MOST_FIELDS = 120_000  # fields, tables and lists
MOST_VALUES = 250_000  # entries of lists and parts of keys (and full stops and commas of prose)
MOST_LINES = 200_000
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\b": "\\b", "\f": "\\f"}
# tomllib needs quadratic time for a dotted key of many parts; no document of ours has more than three
_ENDLESS_KEY = re.compile(r"""(?:\.[ \t]*(?:"[^"\n]*"|'[^'\n]*'|[A-Za-z0-9_-]+)[ \t]*){32}""")
_POSITION = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")


def parse(data: bytes) -> dict[str, Any]:
    """The tables of a TOML document. Raises QuizError, with a place such as `line 3` where there is one.

    What would take long is refused before it is parsed: TOO_LARGE, HOSTILE, UNREADABLE for endless keys.
    """
    _check_size(data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise refusal(Reason.UNREADABLE, f"line {line}", detail="it is not UTF-8 text") from error
    if _ENDLESS_KEY.search(text):
        raise refusal(Reason.UNREADABLE, detail="a dotted key has too many parts")
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise refusal(Reason.UNREADABLE, detail="it is nested too deeply") from error
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(error) from error
    except ValueError as error:  # from int()
        raise refusal(Reason.UNREADABLE, detail="a number has thousands of digits") from error


def dump(document: Mapping[str, Any]) -> bytes:
    """A document as UTF-8 TOML: plain fields first, then tables, then lists of tables, in the order given."""
    return ("\n".join(_table(document, "")).strip("\n") + "\n").encode()


def _check_size(data: bytes) -> None:
    if len(data) > LARGEST_FILE:
        raise refusal(Reason.TOO_LARGE, limit=LARGEST_FILE)
    found = {
        "fields": (data.count(b"=") + data.count(b"["), MOST_FIELDS),
        "values": (data.count(b",") + data.count(b"."), MOST_VALUES),
        "lines": (data.count(b"\n"), MOST_LINES),
    }
    for what, (count, most) in found.items():
        if count > most:
            raise refusal(Reason.HOSTILE, detail=f"it holds more than {most} {what}")


def _syntax_error(error: tomllib.TOMLDecodeError) -> QuizError:
    message = str(error)
    position = _POSITION.search(message)
    line = position[1] if position else None
    return refusal(Reason.UNREADABLE, f"line {line}" if line else "", detail=_POSITION.sub("", message))


def _table(table: Mapping[str, Any], path: str) -> Iterator[str]:
    tables = {name: value for name, value in table.items() if isinstance(value, Mapping)}
    lists = {name: value for name, value in table.items() if _is_list_of_tables(value)}
    for name, value in table.items():
        if name not in tables and name not in lists:
            yield f"{_key(name)} = {_value(value)}"
    for name, value in tables.items():
        yield f"\n[{path}{_key(name)}]"
        yield from _table(value, f"{path}{_key(name)}.")
    for name, values in lists.items():
        for value in values:
            yield f"\n[[{path}{_key(name)}]]"
            yield from _table(value, f"{path}{_key(name)}.")


def _is_list_of_tables(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(entry, Mapping) for entry in value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str):
        return _long_text(value) if "\n" in value else f'"{_escaped(value)}"'
    raise TypeError(f"a document holds no {type(value).__name__}")


def _key(name: str) -> str:
    return name if _BARE_KEY.fullmatch(name) else f'"{_escaped(name)}"'


def _long_text(text: str) -> str:
    lines = "\n".join(_escaped(line) for line in text.split("\n"))
    return f'"""\n{lines}"""'


def _escaped(text: str) -> str:
    if text.isprintable() and '"' not in text and "\\" not in text:
        return text
    return "".join(_ESCAPES.get(sign) or (sign if sign.isprintable() else _code(sign)) for sign in text)


def _code(sign: str) -> str:
    return f"\\u{ord(sign):04X}" if ord(sign) <= 0xFFFF else f"\\U{ord(sign):08X}"
