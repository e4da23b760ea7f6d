"""Spaced review: what is due and how it stands, the plan, and the calendar feed."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Invalid
from edu.models import REVIEW_QUIZ
from edu.services import gate
from edu.services.quizzing.reviewing import cards, feed, pages, plans
from edu.services.quizzing.reviewing.feed import Feed
from edu.web.context import gate_modes, runtime, viewer
from edu.web.errors import status_of, wants_json
from edu.web.language import chosen
from edu.web.wording import sentence_for
from edu.web.words import gettext as _
from edu.web.words import ngettext
from quizzes.review import Event, calendar

blueprint = Blueprint("review", __name__)
FEED_SECONDS = 3600  # a program that asks more often is given what it has


@blueprint.get("/review")
def show() -> Response:
    """What is due and how it stands; strangers read what this is."""
    house = runtime()
    user_id = viewer().user_id
    if user_id is None:
        with house.db.reading() as session:
            around = gate.page(session, user_id=None, visitor_hash=None)
        return make_response(render_template("review/about.html", patient_path=around.patient_path))
    with house.db.reading() as session:
        is_behind = cards.is_behind(session, user_id)
    if is_behind:
        with house.db.writing() as session:
            cards.reviewed(session, user_id, now=house.clock.now())
    return _page()


@blueprint.get(f"/quizzes/{REVIEW_QUIZ}")
def quiz() -> AnyResponse:
    """The quiz that sessions are attempts at has no page of its own."""
    return redirect(url_for("review.show"), 302)


@blueprint.post("/review/plan")
def plan() -> AnyResponse:
    """Keep the exam's date, the bound of a day, and whether to ask for certainty."""
    house = runtime()
    given = {"exam_on": request.form.get("exam_on", ""), "per_day": request.form.get("per_day", "")}
    asks = "asks_certainty" in request.form
    try:
        with house.db.writing() as session:
            plans.change(session, _me(), **given, asks_certainty=asks, now=house.clock.now())
    except Invalid as error:
        if wants_json():
            raise
        return _page(errors=_errors(error), given={**given, "asks_certainty": asks}, status=status_of(error))
    flash(_("Your plan is saved."), "success")
    return redirect(url_for("review.show"), 303)


@blueprint.post("/review/feed")
def make_feed() -> Response:
    """A new secret address for the calendar, shown this once."""
    house = runtime()
    with house.db.writing() as session:
        token = plans.make_feed(session, _me(), now=house.clock.now())
    return _page(feed_url=f"{house.settings.base_url}{url_for('review.calendar_feed', token=token)}")


@blueprint.post("/review/feed/stop")
def stop_feed() -> AnyResponse:
    """Switch the calendar's address off."""
    house = runtime()
    with house.db.writing() as session:
        plans.stop_feed(session, _me(), now=house.clock.now())
    flash(_("The calendar address is switched off."), "success")
    return redirect(url_for("review.show"), 303)


@blueprint.get("/review/feed/<token>.ics")
def calendar_feed(token: str) -> AnyResponse:
    """The days with something due, for a calendar program: numbers only."""
    house = runtime()
    with house.db.reading() as session:
        found = feed.read(session, token, modes=gate_modes(), now=house.clock.now())
    response = Response(_calendar(found), content_type="text/calendar; charset=utf-8")
    response.headers["Cache-Control"] = f"private, max-age={FEED_SECONDS}"
    response.headers["Referrer-Policy"] = "no-referrer"  # the address is the secret
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Content-Disposition"] = 'inline; filename="review.ics"'
    response.add_etag()
    return response.make_conditional(request)


def _calendar(found: Feed) -> bytes:
    settings = runtime().settings
    host = urlsplit(settings.base_url).hostname or "localhost"
    url = f"{settings.base_url}{url_for('review.show')}"
    events = (
        Event(
            uid=f"{day.isoformat()}.{found.stem}@{host}",
            day=day,
            summary=ngettext("%(num)s question to review", "%(num)s questions to review", count),
            description=_("Your questions for today wait at %(url)s", url=url),
            url=url,
        )
        for day, count in found.days
    )
    name = _("%(site)s: review", site=settings.site_name)
    return calendar(events, name=name, now=found.changed_at, language=chosen())


def _me() -> int:
    """The id of whoever is signed in; the policy lets nobody else come here."""
    user_id = viewer().user_id
    if user_id is None:
        raise ValueError("this address is for accounts")
    return user_id


def _errors(error: Invalid) -> dict[str, str]:
    faults = getattr(error, "faults", (error,))
    return {str(fault.parameters.get("field", "")): sentence_for(fault) for fault in faults}


def _page(
    *,
    errors: Mapping[str, str] | None = None,
    given: Mapping[str, object] | None = None,
    feed_url: str = "",
    status: int = 200,
) -> Response:
    house = runtime()
    with house.db.reading() as session:
        page = pages.page(session, viewer(session), now=house.clock.now())
    shown = render_template(
        "review/show.html", page=page, errors=errors or {}, given=given or {}, feed_url=feed_url
    )
    return _fresh(shown, status)


def _fresh(shown: str, status: int) -> Response:
    response = make_response(shown, status)
    # it is somebody's own
    response.headers["Cache-Control"] = "no-store"
    return response
