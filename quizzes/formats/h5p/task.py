"""Task: one H5P question with its parameters, and how they are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from quizzes.errors import Reason, refusal
from quizzes.fields import Fields
from quizzes.formats.prose import Lost, from_html
from quizzes.text import LONGEST_PROSE

EVERYTHING = 100  # per cent


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked: the library's machine name, parameters, place in content.json, identifier, listener."""

    library: str
    parameters: Mapping[str, Any]
    place: str
    ident: str
    lost: Lost

    @property
    def fields(self) -> Fields:
        """The parameters, read field by field; what is not asked for stays."""
        return Fields(self.parameters)

    def not_kept(self, what: str) -> None:
        """Report a part that is left out."""
        self.lost(refusal(Reason.NOT_KEPT, what=what))

    def prose(self, fields: Fields, name: str) -> str:
        """A field with HTML as plain prose; empty where there is none."""
        return self.plain(fields.text(name)) if fields.has(name) else ""

    def plain(self, html: str) -> str:
        """HTML as plain prose. Raises QuizError for what no field of an item could hold."""
        text = from_html(html, self.lost)
        if len(text) > LONGEST_PROSE:
            raise refusal(Reason.TOO_LONG, limit=LONGEST_PROSE)
        return text

    def stem(self, fields: Fields, name: str) -> str:
        """The words of the question, with the description of a picture that stands above it."""
        return "\n\n".join(part for part in (self._media(), self.prose(fields, name)) if part)

    def _media(self) -> str:
        media = inner(inner(self.fields, "media"), "type")
        if not media.has("library"):
            return ""
        parameters = inner(media, "params")
        paths = inner(parameters, "file")
        name = paths.text("path", "") if paths.has("path") else ""
        self.not_kept(f"a medium of {media.text('library')[:80]} {name}".rstrip())
        words = parameters.text("alt", "")
        return f"({words})" if words else ""


def inner(fields: Fields, name: str) -> Fields:
    """A table inside; an empty one where there is none."""
    return fields.table(name) if fields.has(name) else Fields({})


def said_overall(task: Task, fields: Fields) -> dict[str, str]:
    """The feedback for ranges of the score: for everything, for nothing, and for what lies between.

    One text for all scores is the explanation. Bounds other than these are told as lost.
    """
    found: dict[str, str] = {}
    for _, entry in fields.tables("overallFeedback") if fields.has("overallFeedback") else ():
        entry_fields = Fields(entry if isinstance(entry, Mapping) else {})
        text = task.prose(entry_fields, "feedback")
        if not text:
            continue
        if "@score" in text or "@total" in text:
            task.not_kept(f"the feedback with the score: {text[:200]}")
            continue
        low, high = entry_fields.number("from", 0), entry_fields.number("to", EVERYTHING)
        name = _range_name(low, high)
        if name in found:
            task.not_kept(f"the feedback from {low:g} to {high:g} per cent: {text[:200]}")
            continue
        found[name] = text
        if (low, high) not in {(0, 0), (1, EVERYTHING - 1), (EVERYTHING, EVERYTHING), (0, EVERYTHING)}:
            task.not_kept(f"the bounds {low:g} to {high:g} per cent of a feedback")
    return found


def _range_name(low: float, high: float) -> str:
    if low <= 0 and high >= EVERYTHING:
        return "why"
    if high >= EVERYTHING:
        return "if_right"
    return "if_wrong" if low <= 0 else "if_partly"
