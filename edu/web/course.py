"""The list of courses, a course, its paths, what is new in it, and how its pages stand."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from sqlalchemy.orm import Session

from edu.models import PageState
from edu.services import courses
from edu.services.certificates import asking, giving
from edu.services.coursing import changes, paths, states
from edu.services.coursing.paths import PathPage
from edu.web import prose, visit
from edu.web.addresses import addresses
from edu.web.context import gate_modes, runtime, viewer
from edu.web.language import chosen

blueprint = Blueprint("course", __name__, url_prefix="/courses")


@blueprint.get("")
def index() -> str:
    """The courses that the reader can find."""
    with runtime().db.reading() as session:
        found = courses.everything(session, viewer(session), language=chosen())
    return render_template("course/index.html", courses=found)


@blueprint.get("/<course>")
def show(course: str) -> str:
    """A course: what it is, for whom, how sure one can be, its lessons; `grade` keeps those that carry it."""
    with runtime().db.reading() as session:
        wanted = request.args.get("grade", "")
        page = courses.page(session, viewer(session), course, addresses(), grade=wanted, language=chosen())
        bodies = (page.evidence_line, page.evidence_summary, *(notice.text for notice in page.notices))
        line, evidence, *notices = prose.texts(session, page.course_id, *bodies)
    visit.note(page.course_id, page.seen_at)
    return render_template(
        "course/show.html",
        page=page,
        line=line,
        evidence=evidence,
        notices=zip(page.notices, notices, strict=True),
    )


@blueprint.get("/<course>/paths/<slug>")
def path(course: str, slug: str) -> str:
    """A way through the course for one kind of reader, with how far the reader has come on it."""
    with runtime().db.reading() as session:
        page, values = path_page(session, course, slug, language=chosen())
    visit.note(page.course_id, page.seen_at)
    return render_template("course/path.html", errors={}, **values)


def path_page(
    session: Session, course: str, slug: str, *, language: str = ""
) -> tuple[PathPage, dict[str, object]]:
    """A path with all that its template takes: also how the reader stands with its certificate.

    Without a `language` it says what the course itself says, as a certificate does.
    """
    who = viewer(session)
    page = paths.page(session, who, course, slug, runtime().clock.now(), language=language)
    values: dict[str, object] = {
        "page": page,
        "standing": asking.standing(session, who, page, gate_modes()),
        "given": giving.of_path(session, who, page) if who.user_id is not None else None,
        "certificate_name": "",
    }
    return page, values


@blueprint.get("/<course>/changes")
def news(course: str) -> str:
    """What came and what was changed, newest first."""
    house = runtime()
    with house.db.reading() as session:
        page = changes.page(session, viewer(session), course, chosen(), house.clock.now())
    return render_template("course/changes.html", page=page)


@blueprint.get("/<course>/state")
def state(course: str) -> str:
    """Every page with its state, author, dates and reviewer; `state` keeps those that are in it."""
    house, wanted = runtime(), request.args.get("state", "")
    with house.db.reading() as session:
        page = states.page(
            session,
            viewer(session),
            course,
            house.clock.now(),
            wanted=wanted if wanted in set(PageState) else "",
            language=chosen(),
        )
    return render_template("course/state.html", page=page)
