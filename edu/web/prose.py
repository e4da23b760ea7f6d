"""Texts of a course as markup, with the words that rendering adds in the reader's language."""

from __future__ import annotations

from flask import Flask
from markupsafe import Markup
from sqlalchemy.orm import Session

from edu.services import prose
from edu.services.prose import Prose
from edu.web.context import viewer


def install(app: Flask) -> None:
    """Give templates the filters `line` (short Markdown) and `safe_prose`."""
    app.jinja_env.filters["line"] = lambda text: Markup(prose.line(str(text)))  # noqa: S704 (rendered with html off)
    app.jinja_env.filters["prose"] = markup
    app.jinja_env.filters["sources"] = lambda made: Markup(made.references)  # noqa: S704


def markup(made: Prose) -> Markup:
    """HTML that the Markdown renderer made; it lets no HTML of an author through."""
    return Markup(made.html)  # noqa: S704


def texts(session: Session, course_id: int, *bodies: str, video_slug: str = "") -> tuple[Prose, ...]:
    """Texts of one course for this reader."""
    return prose.of(session, viewer(), course_id, bodies, video_slug=video_slug)
