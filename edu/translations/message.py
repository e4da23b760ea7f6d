"""A sentence that may reach a reader, as translators get it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_FILLED_IN = re.compile(r"%\(\w+\)[sd]|\{\w*\}")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence with its plural form, if it has one, and the file it stands in."""

    one: str
    file: str
    many: str = ""


def is_worded(text: str) -> bool:
    """Whether it says anything besides what is filled in."""
    return bool(_LETTER.search(_FILLED_IN.sub("", text)))
