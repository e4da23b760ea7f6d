"""The side menu of the studio, and what its pages do alike: who acts, when, and the words of a wrong file."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import request

from captions import CaptionError
from captions.errors import SENTENCES as CAPTION_SENTENCES
from edu.errors import Invalid
from edu.web.context import runtime, viewer
from edu.web.frame import NavLink
from edu.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class Studio:
    """The frame of a studio page."""

    nav: tuple[NavLink, ...]


def studio() -> dict[str, Studio]:
    """The context of every studio page: give it to `blueprint.context_processor`."""
    ways = [
        (_("My work"), "/studio"),
        (_("New video"), "/studio/videos/new"),
        (_("New lesson"), "/studio/lessons/new"),
    ]
    if viewer().is_administrator:
        ways.append((_("People"), "/studio/people"))
    return {"studio": Studio(tuple(NavLink(label, url, request.path == url) for label, url in ways))}


def now() -> datetime:
    """The present moment."""
    return runtime().clock.now()


def audiences() -> list[tuple[str, str]]:
    """Whom a thing is for, in words."""
    return [("open", _("Everybody")), ("pro", _("Health professionals who may give injections"))]


def as_invalid(error: CaptionError, field: str) -> Invalid:
    """A caption file's fault as a sentence beside its field, with the line it stands in."""
    words = _(CAPTION_SENTENCES[error.code]).format(**error.parameters)
    if error.line is None:
        return Invalid(words, code=error.code, field=field)
    return Invalid("Line %(line)s: %(words)s", code=error.code, field=field, line=error.line, words=words)
