"""The side menu of the studio, and what its pages do alike: who acts, when, and the words of a wrong file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from babel import Locale, UnknownLocaleError
from flask import request

from captions import CaptionError
from captions.errors import SENTENCES as CAPTION_SENTENCES
from edu.errors import Invalid
from edu.web.context import runtime, viewer
from edu.web.frame import NavLink
from edu.web.language import chosen
from edu.web.studio import work
from edu.web.words import gettext as _
from edu.web.words import ngettext


@dataclass(frozen=True, slots=True)
class Studio:
    """The frame of a studio page.

    `fields` are the labels by which a summary of errors names its fields, `notices` what stops all work.
    """

    nav: tuple[NavLink, ...]
    fields: dict[str, str]
    notices: tuple[str, ...]


def studio() -> dict[str, Studio]:
    """The context of every studio page: give it to `blueprint.context_processor`."""
    ways = [
        (_("My work"), "/studio"),
        (_("New video"), "/studio/videos/new"),
        (_("New lesson"), "/studio/lessons/new"),
        (_("Courses"), "/studio/courses"),
        (_("Pages"), "/studio/pages"),
        (_("Glossary"), "/studio/terms"),
        (_("Questions"), "/studio/questions"),
        (_("Quizzes"), "/studio/quizzes"),
        (_("Library"), "/studio/library"),
        (_("Handed in"), "/studio/hand-ins"),
        (_("Reviews"), "/studio/reviews"),
        (_("Messages"), "/studio/messages"),
    ]
    if viewer().is_administrator:
        ways.append((_("People"), "/studio/people"))
        ways.append((_("Professional gate"), "/studio/gate"))
    nav = tuple(NavLink(label, url, request.path == url) for label, url in ways)
    who = viewer()
    notices = work.notices(runtime(), who, now()) if who.is_instructor else ()
    return {"studio": Studio(nav, _fields(), notices)}


def now() -> datetime:
    """The present moment."""
    return runtime().clock.now()


def audiences() -> list[tuple[str, str]]:
    """Whom a thing is for, in words."""
    return [("open", _("Everybody")), ("pro", _("Health professionals who may give injections"))]


def language_name(tag: str) -> str:
    """A language in the reader's words, such as English; the tag itself where nobody knows it."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(chosen()) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def track_name(kind: str, label: str, language: str) -> str:
    """A text track by its kind and the name it has in the menu, else its language: "Captions, English"."""
    if kind == "metadata":
        return _("Layers over the picture")  # of which a video has one document
    kinds = {
        "captions": _("Captions"), "subtitles": _("Subtitles"), "descriptions": _("Descriptions"),
        "chapters": _("Chapters"),
    }  # fmt: skip
    return f"{kinds[kind]}, {label or language_name(language)}"


def entries(kind: str, count: int) -> str:
    """How many entries a text track has, by what they are: "12 captions", "1 chapter"."""
    if kind == "chapters":
        return ngettext("%(num)s chapter", "%(num)s chapters", count)
    if kind == "descriptions":
        return ngettext("%(num)s description", "%(num)s descriptions", count)
    if kind == "subtitles":
        return ngettext("%(num)s subtitle", "%(num)s subtitles", count)
    if kind == "metadata":
        return ngettext("%(num)s shape", "%(num)s shapes", count)
    return ngettext("%(num)s caption", "%(num)s captions", count)


def megabytes(size: int) -> str:
    """Bytes as whole megabytes, with a blank between the thousands: 20 000."""
    return f"{size // 1_000_000:,}".replace(",", "\N{NO-BREAK SPACE}")


def as_invalid(error: CaptionError, field: str) -> Invalid:
    """A caption file's fault as a sentence beside its field, with the line it stands in."""
    words = _(CAPTION_SENTENCES[error.code]).format(**error.parameters)
    if error.line is None:
        return Invalid("%(words)s", code=error.code, field=field, words=words)
    return Invalid("Line %(line)s: %(words)s", code=error.code, field=field, line=error.line, words=words)


def _fields() -> dict[str, str]:
    return {
        "title": _("Title"), "description": _("Description"), "language": _("Language"),
        "audience": _("For whom"), "open_to_all": _("For whom"), "place": _("Course and module"),
        "course_title": _("Title of the new course"), "module_title": _("Title of the new module"),
        "video": _("Video"), "body": _("Text"), "state": _("State"), "file": _("File"),
        "kind": _("Kind"), "track_language": _("Language of the track"), "label": _("Name in the menu"),
        "chapters": _("Chapters"), "stem": _("Question"), "options": _("Options"),
        "truth": _("The statement is"), "why": _("Explanation"), "evidence": _("Step of the video"),
        "references": _("References"), "terms": _("Terms"), "summary": _("Summary"),
        "evidence_summary": _("How sure one can be"), "minutes": _("Minutes"),
        "review_months": _("How long a review counts, in months"), "open_lesson": _("For whom"),
        "target": _("Into which module"), "role": _("Role"), "quota": _("Quota"),
    }  # fmt: skip
