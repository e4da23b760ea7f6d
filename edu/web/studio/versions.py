"""The versions of lessons, pages and words of the glossary: their list, two compared, one brought back.

One blueprint for all three; where each is edited stands in PLACES.
"""

from __future__ import annotations

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Invalid
from edu.models import ReviewSubject
from edu.services import glossary_editing, typed
from edu.services.authoring import versions
from edu.services.authoring.versions import Listing
from edu.services.pages import editing
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import menu
from edu.web.words import gettext as _

blueprint = Blueprint("studio_versions", __name__, url_prefix="/studio")
blueprint.context_processor(menu.studio)
KINDS = {
    "lessons": ReviewSubject.LESSON,
    "pages": ReviewSubject.PAGE,
    "terms": ReviewSubject.TERM,
}
NOUNS = {kind: noun for noun, kind in KINDS.items()}


@blueprint.get("/<any(lessons, pages, terms):noun>/<int:row_id>/versions")
def index(noun: str, row_id: int) -> str | AnyResponse:
    """The versions of a text, newest first; with two chosen, on to their comparison."""
    one, other = (typed.row_id(request.args.get(name, "")) for name in ("one", "other"))
    if one and other:
        pair = f"{min(one, other)}..{max(one, other)}"
        return redirect(url_for(".compare", noun=noun, row_id=row_id, pair=pair))
    return render_template("studio/versions/index.html", errors={}, **_page(noun, row_id))


@blueprint.get("/<any(lessons, pages, terms):noun>/<int:row_id>/versions/<pair>")
def compare(noun: str, row_id: int, pair: str) -> str:
    """Two versions beside each other, such as 3..5, the words that differ marked."""
    first, _dots, last = pair.partition("..")
    one, other = typed.row_id(first) or 0, typed.row_id(last) or 0
    with runtime().db.reading() as session:
        found = versions.compare(session, viewer(), KINDS[noun], row_id, one, other)
    return render_template(
        "studio/versions/compare.html", found=found, one=one, other=other, errors={},
        fields=field_words(), **_page(noun, row_id),
    )  # fmt: skip


@blueprint.post("/<any(lessons, pages, terms):noun>/<int:row_id>/versions/<int:version>/bring-back")
def bring_back(noun: str, row_id: int, version: int) -> AnyResponse | Response:
    """Let the text be again what it was; what stands there now stays among the versions."""
    base = typed.row_id(request.form.get("revision", "")) or 0
    try:
        with runtime().db.writing() as session:
            _bring_back(session, KINDS[noun], row_id, version, base)
    except Invalid as error:
        return refuse(error, "studio/versions/index.html", **_page(noun, row_id))
    flash(
        _("Version %(n)s is brought back. What stood there is kept as a version too.", n=version), "success"
    )
    return redirect(work_url(KINDS[noun], row_id), 303)


def _bring_back(session: Session, kind: ReviewSubject, row_id: int, version: int, base: int) -> None:
    """Pages and words are asked for what their forms ask for as well."""
    if kind is ReviewSubject.PAGE:
        editing.bring_back(session, viewer(session), row_id, version, base=base, now=menu.now())
    elif kind is ReviewSubject.TERM:
        glossary_editing.bring_back(session, viewer(session), row_id, version, base=base, now=menu.now())
    else:
        versions.bring_back(session, viewer(session), kind, row_id, version, base=base, now=menu.now())


def work_url(kind: ReviewSubject, row_id: int, course_id: int | None = None) -> str:
    """Where a text is edited; a module within its course."""
    if kind is ReviewSubject.MODULE:
        return f"/studio/courses/{course_id}/modules/{row_id}"
    return f"/studio/{NOUNS[kind]}/{row_id}"


def field_words() -> dict[str, str]:
    """The short fields of a text, in words."""
    return {
        "title": _("Title"), "summary": _("Summary"), "minutes": _("Minutes"), "language": _("Language"),
        "audience": _("For whom"), "state": _("State"), "slug": _("Address"), "objectives": _("Objectives"),
        "misheard": _("Mis-hearings"), "evidence": _("Grades of its statements"),
    }  # fmt: skip


def _page(noun: str, row_id: int) -> dict[str, object]:
    with runtime().db.reading() as session:
        page: Listing = versions.listing(session, viewer(), KINDS[noun], row_id)
    present = next((line.revision for line in page.lines if line.is_present), 0)
    return {"page": page, "noun": noun, "present": present, "work_url": work_url(page.kind, page.id)}
