"""Answers as the fields of a plain form, and back: the same names with script and without.

An answer that is one thing, or some of a list, stands under the empty name; the parts of an answer (steps to
put in order, prompts, gaps, the ends of a stretch) stand under names of their own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from edu.errors import Invalid
from edu.services.quizzing.views import clock
from quizzes import Kind
from quizzes.item import MOST_OPTIONS

Fields = Mapping[str, Sequence[str]]

# Ticks and points can all be taken away, and then nothing of them is in the form.
SOME_OF = frozenset({Kind.MULTIPLE, Kind.KEYFEATURE, Kind.HOTSPOT})
ENDS = ("start", "end")
_WORDS = {"true": True, "false": False}
_SCALE = ("-2", "-1", "0", "1", "2")
_PLACES = frozenset(map(str, range(1, MOST_OPTIONS + 1)))
PERCENT = 100


def written(kind: Kind, response: Any) -> dict[str, tuple[str, ...]]:
    """What stands in the fields of a question whose answer is kept; empty for one without an answer."""
    if response is None:
        return {}
    return _WRITING.get(kind, _as_text)(response)


def point(x: float, y: float) -> str:
    """A point of a picture as the value of a field: fractions of its width and height."""
    return f"{x:.7g},{y:.7g}"


def read(kind: Kind, fields: Fields) -> Any:
    """The answer that the fields hold, as `quizzes.grade` takes it; None (or none of a list) for no answer.

    Invalid with a sentence that says how to write what cannot be read.
    """
    return _READING.get(kind, _text)(fields)


def is_blank(kind: Kind, fields: Fields) -> bool:
    """Whether the form says nothing about the question: neither an answer nor that one was taken back."""
    return not fields and kind not in SOME_OF


def _one(fields: Fields) -> str:
    return next(iter(fields.get("", ())), "").strip()


def _text(fields: Fields) -> str | None:
    return _one(fields) or None


def _some(fields: Fields) -> list[str]:
    return list(fields.get("", ()))


def _parts(fields: Fields) -> dict[str, str] | None:
    return {name: said[0].strip() for name, said in fields.items() if said and said[0].strip()} or None


def _truth(fields: Fields) -> dict[str, Any] | None:
    said = _one(fields)
    if said and said not in _WORDS:
        raise Invalid("the answer is true or false", code="bad_answer")
    return {"answer": _WORDS[said]} if said else None


def _scale(fields: Fields) -> int | None:
    said = _one(fields)
    if said and said not in _SCALE:
        raise Invalid("choose one of the five answers", code="bad_answer")
    return int(said) if said else None


def _order(fields: Fields) -> list[str] | None:
    said = {name: values[0].strip() for name, values in fields.items() if values}
    if not any(said.values()):
        return None
    places = {name: int(text) for name, text in said.items() if text in _PLACES}
    if sorted(places.values()) != list(range(1, len(said) + 1)):
        raise Invalid(
            "give each of them a number of its own, from 1 to %(most)s", code="bad_order", most=len(said)
        )
    return sorted(places, key=places.__getitem__)


def _time(said: str) -> int:
    ms = clock.read(said)
    if ms is None:
        raise Invalid("write the time as minutes and seconds, such as 0:41.5", code="bad_time")
    return ms


def _moment(fields: Fields) -> int | None:
    said = _one(fields)
    return _time(said) if said else None


def _stretch(fields: Fields) -> list[int] | None:
    said = [next(iter(fields.get(name, ())), "").strip() for name in ENDS]
    if not any(said):
        return None
    if not all(said):
        raise Invalid("give both the start and the end", code="half_a_stretch")
    start, end = map(_time, said)
    if start >= end:
        raise Invalid("the start should come before the end", code="bad_stretch")
    return [start, end]


def _points(fields: Fields) -> list[list[float]]:
    found = [_pair(said, "bad_point") for said in fields.get("", ())]
    typed = [next(iter(fields.get(name, ())), "").strip() for name in ("x", "y")]
    if any(typed):
        found.append([round(value / PERCENT, 6) for value in _pair(";".join(typed), "bad_place", ";")])
    if not all(0 <= value <= 1 for pair in found for value in pair):
        raise Invalid("the place should lie on the picture, from 0 to 100 per cent", code="off_picture")
    return found


def _pair(said: str, code: str, sign: str = ",") -> list[float]:
    try:
        x, y = (float(part.strip().removesuffix("%").replace(",", ".")) for part in said.split(sign))
    except ValueError:
        raise Invalid("give both how far from the left and how far from the top", code=code) from None
    if not (math.isfinite(x) and math.isfinite(y)):
        raise Invalid("the place should lie on the picture, from 0 to 100 per cent", code="off_picture")
    return [x, y]


def _as_text(response: Any) -> dict[str, tuple[str, ...]]:
    return {"": (str(response),)}


def _as_parts(response: Any) -> dict[str, tuple[str, ...]]:
    return {part: (said,) for part, said in response.items()}


_WRITING: dict[Kind, Callable[[Any], dict[str, tuple[str, ...]]]] = {
    Kind.MULTIPLE: lambda chosen: {"": tuple(chosen)},
    Kind.KEYFEATURE: lambda chosen: {"": tuple(chosen)},
    Kind.HOTSPOT: lambda points: {"": tuple(point(x, y) for x, y in points)},
    Kind.ORDERING: lambda order: {option: (str(place),) for place, option in enumerate(order, start=1)},
    Kind.MATCHING: _as_parts,
    Kind.EMQ: _as_parts,
    Kind.DRAGLABELS: _as_parts,
    Kind.CLOZE: _as_parts,
    Kind.MOMENT: lambda ms: {"": (clock.written(ms),)},
    Kind.INTERVAL: lambda ends: {name: (clock.written(at),) for name, at in zip(ENDS, ends, strict=True)},
    Kind.TRUEFALSE: lambda said: {"": ("true" if said["answer"] else "false",)},
}
_READING: dict[Kind, Callable[[Fields], Any]] = {
    Kind.MULTIPLE: _some,
    Kind.KEYFEATURE: _some,
    Kind.HOTSPOT: _points,
    Kind.ORDERING: _order,
    Kind.MATCHING: _parts,
    Kind.EMQ: _parts,
    Kind.DRAGLABELS: _parts,
    Kind.CLOZE: _parts,
    Kind.MOMENT: _moment,
    Kind.INTERVAL: _stretch,
    Kind.TRUEFALSE: _truth,
    Kind.CONCORDANCE: _scale,
}
