"""Fields: a TOML table read field by field, with errors that name the file, the line and what to write."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from edu.courseware.finding import CourseError, broken

Choice = TypeVar("Choice", bound=StrEnum)

_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
_HEADER = re.compile(r"\s*\[+\s*([A-Za-z0-9_-]+)\s*\]")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+)\s*=")


def parse(text: str, path: str, *, first_line: int = 1) -> Fields:
    """The table of a TOML text whose first line is line `first_line` of the file."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        line = int(found[1]) + first_line - 1 if found else first_line + text.count("\n") - 1
        reason = _PLACE.sub("", str(error)).strip()
        raise broken(path, line, f"this is not TOML ({reason})", "Correct the line") from error
    return Fields(table, path, LineIndex(text, first_line), start=first_line)


class LineIndex:
    """Where keys and table headers stand in a TOML text, so that an error can name its line."""

    def __init__(self, text: str, first_line: int) -> None:
        self._keys: dict[str, list[int]] = {}
        self._headers: dict[str, list[int]] = {}
        self._open_lists: set[int] = set()
        for number, line in enumerate(text.split("\n"), first_line):
            if found := _HEADER.match(line):
                self._headers.setdefault(found[1], []).append(number)
            elif found := _KEY.match(line):
                self._keys.setdefault(found[1], []).append(number)
                if line.rstrip().endswith("["):
                    self._open_lists.add(number)

    def of_key(self, name: str, start: int) -> int:
        """The first line from `start` on that sets the key, else `start`."""
        return next((line for line in self._keys.get(name, []) if line >= start), start)

    def of_table(self, name: str, number: int, start: int) -> int:
        """Where table `number` of a list begins: its header, or its own line inside brackets."""
        headers = [line for line in self._headers.get(name, []) if line >= start]
        if number < len(headers):
            return headers[number]
        line = self.of_key(name, start)
        return line + number + 1 if line in self._open_lists else line


class Fields:
    """A table whose fields are taken one by one; `close()` refuses whatever nobody took."""

    def __init__(
        self, table: Mapping[str, Any], path: str, lines: LineIndex, *, start: int = 1, at: str = ""
    ) -> None:
        self._table = table
        self._lines = lines
        self._start = start
        self._at = at
        self._taken: set[str] = set()
        self.path = path

    def line(self, name: str) -> int:
        """The line of a field, or that of the table's beginning when the field is not there."""
        return self._lines.of_key(name, self._start) if name in self._table else self._start

    def wrong(self, name: str, message: str, remedy: str) -> CourseError:
        """The error for a field."""
        where = f"{self._at}.{name}" if self._at else name
        return broken(self.path, self.line(name), f"`{where}` {message}", remedy)

    def has(self, name: str) -> bool:
        """Whether the field was written."""
        return name in self._table

    def _take(self, name: str, kind: type, what: str, default: Any) -> Any:
        self._taken.add(name)
        if name not in self._table:
            if default is None:
                raise self.wrong(name, "is missing", f"Write {what}")
            return default
        value = self._table[name]
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.wrong(name, "is of the wrong kind", f"Write {what}")
        return value

    def text(self, name: str, default: str | None = None) -> str:
        """A text; without a default it must be there and must not be empty."""
        value: str = self._take(name, str, f'{name} = "…"', default).strip()
        if not value and default is None:
            raise self.wrong(name, "is empty", "Fill it in")
        return value

    def name(self, name: str, pattern: str, example: str, default: str | None = None) -> str:
        """A text that must match a pattern, such as a slug or a code."""
        value = self.text(name, default)
        if value and not re.fullmatch(pattern, value):
            raise self.wrong(name, f"is {value!r}", f"Write it like {example!r}")
        return value

    def integer(self, name: str, default: int | None = None, *, at_least: int = 0) -> int:
        """A whole number."""
        value: int = self._take(name, int, f"{name} = a whole number", default)
        if value < at_least:
            raise self.wrong(name, f"is {value}", f"It is at least {at_least}")
        return value

    def day(self, name: str) -> date:
        """A date such as 2026-03-02."""
        value: date = self._take(name, date, f"{name} = 2026-03-02", None)
        return value

    def choice(self, name: str, kind: type[Choice], default: Choice | None = None) -> Choice:
        """One of a closed set."""
        return self.one_of(name, self.text(name, default), kind)

    def one_of(self, name: str, value: str, kind: type[Choice]) -> Choice:
        """The member of a closed set that `value` names."""
        try:
            return kind(value)
        except ValueError as error:
            choices = ", ".join(f'"{member.value}"' for member in kind)
            raise self.wrong(name, f'is "{value}"', f"Choose one of {choices}") from error

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts, empty when it is not there."""
        values = self._take(name, list, f'{name} = ["…", "…"]', [])
        if not all(isinstance(value, str) and value.strip() for value in values):
            raise self.wrong(name, "holds something that is not a text", f'Write {name} = ["…", "…"]')
        return tuple(value.strip() for value in values)

    def tables(self, name: str) -> Iterable[Fields]:
        """The tables of a list, empty when it is not there. Each is closed after it was read."""
        values = self._take(name, list, f"[[{name}]] tables", [])
        for number, value in enumerate(values):
            if not isinstance(value, Mapping):
                raise self.wrong(name, "holds something that is not a table", f"Write [[{name}]] tables")
            start = self._lines.of_table(name, number, self._start)
            fields = Fields(value, self.path, self._lines, start=start, at=f"{name}[{number}]")
            yield fields
            fields.close()

    def table(self, name: str) -> Fields:
        """A table of its own; the caller closes it."""
        table = self._take(name, dict, f"a table [{name}]", None)
        start = self._lines.of_table(name, 0, self._start)
        return Fields(table, self.path, self._lines, start=start, at=name)

    def close(self) -> None:
        """Refuse fields that nobody knows: most are slips of the pen."""
        unknown = sorted(set(self._table) - self._taken)
        if unknown:
            known = ", ".join(sorted(self._taken))
            raise self.wrong(unknown[0], "is not a known field", f"Correct or remove it. Known here: {known}")
