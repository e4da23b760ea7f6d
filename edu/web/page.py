"""A page outside the lessons as its template takes it: text, lessons, and the language it is in."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from edu.courseware.page_details import Group, Known
from edu.models import PageKind
from edu.services.contents import LessonLink
from edu.services.pages import finding, related
from edu.services.pages.finding import PageLink, PageView
from edu.services.prose import Prose
from edu.web import prose
from edu.web.context import runtime, viewer
from edu.web.language import chosen, name_of
from edu.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class Shown:
    """A page with its text as HTML, and the sentence for a reader who does not get it in their language."""

    view: PageView
    text: Prose
    lessons: tuple[LessonLink, ...]
    language_note: str

    @property
    def link(self) -> PageLink:
        """Title, address, state and what else lists show."""
        return self.view.link


def shown(session: Session, kind: PageKind, slug: str) -> Shown:
    """The page for this reader; NotFound when there is none to be read."""
    view = finding.found(session, kind, slug, chosen(), runtime().clock.now())
    who, course_id = viewer(session), related.library_of(session, view.course_id)
    (text,) = prose.texts(session, course_id, view.body)
    lessons = related.lessons(session, who, course_id, view.link.details.lessons)
    return Shown(view, text, lessons, _language_note(view))


def listed(session: Session, kind: PageKind) -> tuple[PageLink, ...]:
    """The pages of a kind for this reader."""
    return finding.listed(session, kind, chosen(), runtime().clock.now())


language_name = name_of  # as pages of other rooms know it


def group_words() -> dict[str, str]:
    """What the open questions are grouped by, in their order."""
    return {
        Group.NATURE: _("Nature"),
        Group.PAIN: _("Pain"),
        Group.CHANGE: _("Change"),
        Group.PLACE: _("Place"),
        Group.TREATMENT: _("Treatment"),
        Group.PEOPLE: _("People"),
    }


def known_words() -> dict[str, str]:
    """How much is known on a question, from least to most."""
    return {
        Known.NOTHING: _("Nothing found"),
        Known.OPINION: _("Opinion or history"),
        Known.CASES: _("Case reports or single studies"),
        Known.STUDIES: _("Some studies"),
    }


def _language_note(view: PageView) -> str:
    if view.is_missing_translation and (version := view.link.details.version):
        return _(
            "Version %(version)s is in force. It is not there in %(wanted)s yet; here it is in %(there)s.",
            version=version,
            wanted=language_name(chosen()),
            there=language_name(view.link.language),
        )
    if view.is_missing_translation:
        return _(
            "This page is not there in %(wanted)s yet; here it is in %(there)s.",
            wanted=language_name(chosen()),
            there=language_name(view.link.language),
        )
    if view.is_stale:
        return _("The original of this page has changed since this translation was made.")
    return ""
