"""Reading single fields: numbers, times, lists of words; every fault is kept with its field."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from edu.errors import Invalid, InvalidFields
from edu.services.film_lines import read_time

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:[.,][0-9]*)?|[.,][0-9]+)", re.ASCII)
_POINT = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)\s*,\s*([+-]?[0-9]+(?:\.[0-9]+)?)", re.ASCII)
_SHARE = re.compile(r"([0-9]{1,3}(?:[.,][0-9]+)?)\s*%\s*(\S.*)", re.ASCII)


@dataclass(slots=True)
class Faults:
    """What is wrong so far, one sentence for each field."""

    found: list[Invalid] = field(default_factory=list)

    def add(self, sentence: str, name: str, code: str, **parameters: object) -> None:
        """Note what is wrong with a field."""
        self.found.append(Invalid(sentence, code=code, field=name, **parameters))

    def require_none(self) -> None:
        """Raise InvalidFields when there are any."""
        if self.found:
            raise InvalidFields(self.found)

    def number(self, text: str, name: str, *, default: float | None = None) -> float:
        """A number with a comma or a point; a fault, and 0, when it is none or missing."""
        text = text.strip()
        if not text and default is not None:
            return default
        if not text:
            self.add("Please fill this in.", name, "blank")
            return 0.0
        value = float(text.replace("\N{MINUS SIGN}", "-").replace(",", ".")) if _is_number(text) else math.nan
        if not math.isfinite(value) or abs(value) > 1e12:
            self.add("Write a number, such as 40 or 0.5.", name, "no_number")
            return 0.0
        return value

    def whole(self, text: str, name: str, *, default: int | None = None) -> int:
        """A whole number; a fault, and 0, when it is none."""
        if text.strip() and not _is_number(text.strip()):
            self.add("Write a whole number, such as 3.", name, "no_number")
            return 0
        value = self.number(text, name, default=default)
        if value != int(value):
            self.add("Write a whole number, such as 3.", name, "not_whole")
        return int(value)

    def share(self, text: str, name: str) -> float:
        """A percentage as a fraction; nothing is all of it."""
        value = self.number(text.replace("%", ""), name, default=100.0)
        if not -100 <= value <= 100:
            self.add("Write a percentage from 0 to 100.", name, "no_share")
            return 0.0
        return value / 100

    def time(self, text: str, name: str) -> int:
        """A moment of a film in milliseconds: 1:20.5 or 80.5; a fault, and 0, when it is none."""
        if not text.strip():
            self.add("Please fill this in.", name, "blank")
            return 0
        value = read_time(text.strip().replace(",", "."))
        if value is None:
            self.add("Write a time, such as 1:20.5.", name, "no_time")
            return 0
        return value

    def points(self, text: str, name: str) -> list[list[float]]:
        """Corners such as `10,20 30,40 50,20`; a fault when something else stands among them."""
        found = [[float(x), float(y)] for x, y in _POINT.findall(text)]
        if _POINT.sub("", text).strip(" ;\n\t") or not found:
            self.add("Write corners as 10,20 30,40 50,20.", name, "no_points")
        return found

    def shares(self, text: str) -> list[tuple[str, float]]:
        """Answers, one a line; `50 % bone` is worth a half, a line without a percentage is wholly right."""
        found = []
        for line in text.splitlines():
            if match := _SHARE.fullmatch(line.strip()):
                found.append((match[2], min(1.0, float(match[1].replace(",", ".")) / 100)))
            elif line.strip():
                found.append((line.strip(), 1.0))
        return found


def several(text: str) -> list[str]:
    """Words between commas or line ends, each once."""
    return list(dict.fromkeys(" ".join(word.split()) for word in re.split(r"[,;\n]", text) if word.strip()))


def keys(text: str) -> list[str]:
    """Keys of references with anything between them, each once: `@curtis1993, njoo1994`."""
    return list(dict.fromkeys(key.lstrip("@") for key in re.split(r"[\s,;]+", text) if key.strip("@")))


def texts(row: Mapping[str, str], name: str) -> str:
    """A field of a row without blanks around it."""
    return row.get(name, "").strip()


def _is_number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text.replace("\N{MINUS SIGN}", "-")))
