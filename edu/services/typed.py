"""What people type into forms: tidied, or refused with the field that is wrong."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, datetime
from enum import StrEnum
from typing import TypeVar

from edu.errors import Invalid
from edu.models import Audience

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", re.ASCII)
MOST_LANGUAGE = 35
YEARS = range(2000, 9999)  # of moments; what is outside is a slip
_ROW_ID = re.compile(r"[0-9]{1,10}", re.ASCII)
Word = TypeVar("Word", bound=StrEnum)


def line(value: str, field: str, *, most: int, optional: bool = False) -> str:
    """One line of text with single spaces. Invalid when it is missing or too long."""
    return _checked(" ".join(_without_controls(value).split()), field, most, optional)


def text(value: str, field: str, *, most: int, optional: bool = False) -> str:
    """Text of several lines, with LF line ends. Invalid when it is missing or too long."""
    plain = _without_controls(value.replace("\r\n", "\n").replace("\r", "\n"))
    return _checked(plain.strip("\n").rstrip(), field, most, optional)


def language(value: str, field: str = "language") -> str:
    """A language tag such as en or pt-BR. Invalid for anything else."""
    tag = value.strip()
    if not LANGUAGE.fullmatch(tag) or len(tag) > MOST_LANGUAGE:
        raise Invalid("Write a language as a tag such as en, es or pt-BR.", code="language", field=field)
    return tag


def moment(value: str, field: str) -> datetime:
    """A moment as a form has it, in UTC: 2026-03-02T09:00. Invalid for anything else."""
    try:
        read = datetime.fromisoformat(value.strip())
        found = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
        if found.year not in YEARS:
            raise ValueError(value)
    except (ValueError, OverflowError) as error:  # the first year has no zone before it
        raise Invalid(
            "Write the moment as a day and a time, such as 2026-03-02T09:00.", code="no_moment", field=field
        ) from error
    return found


def word(value: str, kind: type[Word], field: str) -> Word:
    """A member of a closed set. Invalid when it is none."""
    try:
        return kind(value)
    except ValueError as error:
        raise Invalid("Choose one of the list.", code="not_one_of", field=field) from error


def is_opened(before: Audience | None, after: Audience, *, is_meant: bool) -> bool:
    """Whether what was for professionals comes to be open to all. Invalid unless a tick says it is meant."""
    if before is not Audience.PRO or after is not Audience.OPEN:
        return False
    if not is_meant:
        raise Invalid(
            "Tick that everybody, patients included, may see it, or leave it to professionals.",
            code="not_meant", field="open_to_all",
        )  # fmt: skip
    return True


def row_id(value: str) -> int | None:
    """The number of a row, from 1 to 2^31 - 1; None for anything else, which no database could look up."""
    number = int(value) if _ROW_ID.fullmatch(value) else 0
    return number if 0 < number < 2**31 else None


def _checked(value: str, field: str, most: int, optional: bool) -> str:
    if not value and not optional:
        raise Invalid("Please fill this in.", code="blank", field=field)
    if len(value) > most:
        raise Invalid(
            "This is too long: %(length)s characters; at most %(most)s are kept.",
            code="too_long", field=field, length=len(value), most=most,
        )  # fmt: skip
    return value


def _without_controls(value: str) -> str:
    # neither a page nor PostgreSQL can hold them, and nobody types them
    return "".join(sign for sign in value if sign in "\n\t" or unicodedata.category(sign) not in ("Cc", "Cs"))
