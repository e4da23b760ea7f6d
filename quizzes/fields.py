"""Fields: a table of a document, read field by field; what nobody asked for is an error."""

import math
from collections.abc import Callable, Mapping
from enum import StrEnum
from types import TracebackType
from typing import Any, Self, TypeVar

from quizzes.errors import Reason, refusal, within

Value = TypeVar("Value")
Word = TypeVar("Word", bound=StrEnum)

MOST_ENTRIES = 100
LARGEST_INTEGER = 2**53  # what a browser's number still holds exactly
_REQUIRED: Any = object()


class Fields:
    """A table whose fields are taken one by one; leaving its `with` block refuses those left over.

    Every reader raises QuizError with the place of the field, relative to the table.
    """

    def __init__(self, table: Mapping[str, Any], place: str = "") -> None:
        self._table = table
        self._place = place
        self._left = dict.fromkeys(table)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.finish()

    def finish(self) -> None:
        """Refuse fields that were never asked for."""
        for name in self._left:
            raise refusal(Reason.UNKNOWN_FIELD, self._at(name), field=name)

    def has(self, name: str) -> bool:
        """Whether the table has this field."""
        return name in self._table

    def text(self, name: str, default: str = _REQUIRED) -> str:
        """A string."""
        return self._typed(name, str, "a text", default)

    def flag(self, name: str, default: bool = _REQUIRED) -> bool:
        """True or false."""
        return self._typed(name, bool, "true or false", default)

    def integer(self, name: str, default: int = _REQUIRED) -> int:
        """A whole number of at most 53 bits."""
        value = self._take(name, default)
        if isinstance(value, bool) or not isinstance(value, int):
            raise refusal(Reason.WRONG_TYPE, self._at(name), expected="a whole number")
        if abs(value) > LARGEST_INTEGER:
            raise refusal(Reason.OUT_OF_RANGE, self._at(name), low=-LARGEST_INTEGER, high=LARGEST_INTEGER)
        return value

    def number(self, name: str, default: float = _REQUIRED) -> float:
        """A finite number."""
        return _number(self._take(name, default), self._at(name))

    def word(self, name: str, words: type[Word], default: Word = _REQUIRED) -> Word:
        """A member of a closed set."""
        found = self.optional_word(name, words) if default is _REQUIRED or self.has(name) else default
        if found is None:
            raise refusal(Reason.MISSING, self._at(name), field=name)
        return found

    def optional_word(self, name: str, words: type[Word]) -> Word | None:
        """A member of a closed set, or None when the field is not there."""
        if not self.has(name):
            return None
        value = self.text(name)
        try:
            return words(value)
        except ValueError as error:
            allowed = ", ".join(words)
            raise refusal(Reason.NOT_ONE_OF, self._at(name), value=value[:80], allowed=allowed) from error

    def texts(self, name: str, default: tuple[str, ...] = _REQUIRED) -> tuple[str, ...]:
        """A list of strings."""
        values = self._entries(name, default)
        for index, value in enumerate(values):
            if not isinstance(value, str):
                raise refusal(Reason.WRONG_TYPE, f"{self._at(name)}[{index}]", expected="a text")
        return tuple(values)

    def points(self, name: str) -> tuple[tuple[float, float], ...]:
        """A list of pairs of numbers."""
        return tuple(
            _point(value, f"{self._at(name)}[{index}]") for index, value in enumerate(self._entries(name))
        )

    def table(self, name: str) -> "Fields":
        """A table inside this one."""
        return Fields(self._mapping(name), self._at(name))

    def table_of_texts(self, name: str, default: Mapping[str, str] = _REQUIRED) -> dict[str, str]:
        """A table from names to strings, in the order of the document."""
        fields = Fields(self._mapping(name, default), self._at(name))
        return {key: fields.text(key) for key in fields._table}

    def table_of_numbers(self, name: str) -> dict[str, float]:
        """A table from names to finite numbers."""
        fields = self.table(name)
        return {key: fields.number(key) for key in fields._table}

    def each(self, name: str, read: Callable[["Fields"], Value]) -> tuple[Value, ...]:
        """What `read` makes of each table of a list of tables."""
        return tuple(read_table(value, read, place) for place, value in self.tables(name))

    def tables(self, name: str, most: int = MOST_ENTRIES) -> list[tuple[str, Any]]:
        """The entries of a list, each with its place; `read_table` reads one."""
        return [
            (f"{self._at(name)}[{index}]", value)
            for index, value in enumerate(self._entries(name, most=most))
        ]

    def _at(self, name: str) -> str:
        return f"{self._place}.{name}" if self._place else name

    def _take(self, name: str, default: Any = _REQUIRED) -> Any:
        self._left.pop(name, None)
        value = self._table.get(name, default)
        if value is _REQUIRED:
            raise refusal(Reason.MISSING, self._at(name), field=name)
        return value

    def _typed(self, name: str, wanted: type[Value], expected: str, default: Value) -> Value:
        value = self._take(name, default)
        if not isinstance(value, wanted):
            raise refusal(Reason.WRONG_TYPE, self._at(name), expected=expected)
        return value

    def _entries(
        self, name: str, default: Any = _REQUIRED, most: int = MOST_ENTRIES
    ) -> list[Any] | tuple[Any, ...]:
        values = self._take(name, default)
        if not isinstance(values, list | tuple):
            raise refusal(Reason.WRONG_TYPE, self._at(name), expected="a list")
        if len(values) > most:
            raise refusal(Reason.TOO_MANY, self._at(name), most=most)
        return values

    def _mapping(self, name: str, default: Any = _REQUIRED) -> Mapping[str, Any]:
        value = self._take(name, default)
        if not isinstance(value, Mapping):
            raise refusal(Reason.WRONG_TYPE, self._at(name), expected="a table")
        return value


def read_table(value: Any, read: Callable[[Fields], Value], place: str) -> Value:
    """What `read` makes of the table `value`, which stands at `place`; left-over fields are refused."""
    if not isinstance(value, Mapping):
        raise refusal(Reason.WRONG_TYPE, place, expected="a table")
    with within(place), Fields(value) as fields:
        return read(fields)


def tidy(value: float) -> float | int:
    """The number without a needless decimal part, as an author would write it."""
    return int(value) if float(value).is_integer() and abs(value) <= LARGEST_INTEGER else value


def _number(value: Any, place: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise refusal(Reason.WRONG_TYPE, place, expected="a number")
    if isinstance(value, int) and abs(value) > LARGEST_INTEGER:
        raise refusal(Reason.OUT_OF_RANGE, place, low=-LARGEST_INTEGER, high=LARGEST_INTEGER)
    if not math.isfinite(value):
        raise refusal(Reason.WRONG_TYPE, place, expected="a finite number")
    return float(value)


def _point(value: Any, place: str) -> tuple[float, float]:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise refusal(Reason.WRONG_TYPE, place, expected="a point [x, y]")
    return _number(value[0], f"{place}[0]"), _number(value[1], f"{place}[1]")
