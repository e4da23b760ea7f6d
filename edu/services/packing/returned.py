"""The file of answers that a pack gives: read with care, for anybody can write one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, NoReturn

from edu.errors import Invalid, TooLarge

FORMAT: Final = "edu-pack-answers"
VERSION: Final = 1
MOST_BYTES: Final = 256 * 1024
MOST_ANSWERS: Final = 500
DEEPEST: Final = 6
_PACK = re.compile(r"[0-9a-f]{32}", re.ASCII)
_UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_ITEM = re.compile(r"s([1-9][0-9]{0,3})", re.ASCII)
_FIELDS = frozenset({"format", "version", "pack", "quiz", "uid", "begun", "finished", "answers"})
_NEEDED, _ALLOWED = {"item", "response"}, {"item", "response", "certainty"}
_OLDEST, _LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Given:
    """An answer from a pack, as the form gave it."""

    position: int
    response: Any
    certainty: int | None


@dataclass(frozen=True, slots=True)
class Returned:
    """What came home: which quiz of which pack, when by the learner's own clock, and the answers."""

    pack: str
    quiz: int
    uid: str
    begun: datetime
    finished: datetime
    answers: tuple[Given, ...]


def read(data: bytes) -> Returned:
    """The answers in a file of a pack, or in its text.

    TooLarge above 256 KiB; Invalid, with a sentence, for all else that is no such file.
    """
    if len(data) > MOST_BYTES:
        raise TooLarge("this file is too large to be answers from a lesson pack", code="answers_large")
    document = _parsed(data)
    if document.get("format") != FORMAT:
        raise Invalid("this file does not come from a lesson pack", code="no_answers")
    if document.get("version") != VERSION:
        raise Invalid("this file comes from a newer lesson pack than is known here", code="answers_version")
    if set(document) != _FIELDS:
        raise _damaged()
    answers = document["answers"]
    if not isinstance(answers, list) or len(answers) > MOST_ANSWERS:
        raise _damaged()
    given = tuple(_given(entry) for entry in answers)
    if len({answer.position for answer in given}) != len(given):
        raise _damaged()
    quiz = document["quiz"]
    if type(quiz) is not int or not 0 <= quiz < 100:
        raise _damaged()
    begun, finished = _moment(document["begun"]), _moment(document["finished"])
    return Returned(
        pack=_named(_PACK, document["pack"]),
        quiz=quiz,
        uid=_named(_UID, document["uid"]),
        begun=min(begun, finished),
        finished=finished,
        answers=given,
    )


def _parsed(data: bytes) -> dict[str, Any]:
    """Strict JSON: no NaN, no name twice, no deep nesting."""
    try:
        value = json.loads(
            data.decode("utf-8-sig").strip(),
            parse_constant=_refuse,
            object_pairs_hook=_once,
            parse_int=_whole,
        )
        text = json.dumps(value, ensure_ascii=False).encode()  # half of a surrogate pair is no text
    except (ValueError, RecursionError) as error:
        raise Invalid("this file does not come from a lesson pack", code="no_answers") from error
    if not isinstance(value, dict) or _is_deeper(value, DEEPEST) or rb"\u0000" in text:
        raise Invalid("this file does not come from a lesson pack", code="no_answers")
    return value


def _given(entry: Any) -> Given:
    if not isinstance(entry, dict) or not _NEEDED <= set(entry) <= _ALLOWED:
        raise _damaged()
    name = _ITEM.fullmatch(entry["item"]) if isinstance(entry["item"], str) else None
    certainty = entry.get("certainty")
    if name is None or (certainty is not None and (type(certainty) is not int or not 1 <= certainty <= 3)):
        raise _damaged()
    return Given(int(name[1]), entry["response"], certainty)


def _named(pattern: re.Pattern[str], value: Any) -> str:
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise _damaged()
    return value


def _moment(value: Any) -> datetime:
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) and len(value) <= 40 else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not _OLDEST < moment < _LATEST:
        raise _damaged()
    return moment.astimezone(UTC)


def _is_deeper(value: Any, most: int) -> bool:
    """Whether lists and objects are nested more deeply; no more deeply than that is looked."""
    if isinstance(value, dict):
        value = list(value.values())
    if not isinstance(value, list):
        return False
    return most == 0 or any(_is_deeper(entry, most - 1) for entry in value)


def _damaged() -> Invalid:
    return Invalid("this file was changed since the pack made it; take the answers again", code="answers_bad")


def _whole(text: str) -> int:
    if len(text) > 20:
        raise ValueError("a number without an end")
    return int(text)


def _refuse(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON value")


def _once(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("a name stands twice")
    return dict(pairs)
