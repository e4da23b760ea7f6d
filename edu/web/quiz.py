"""Quizzes and attempts: begin, answer, check, hand in, read the result."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, EduError, Invalid
from edu.models import Attempt, AttemptState
from edu.services import throttle
from edu.services.quizzing import answers, attempt_pages, attempts, marking, quizzes
from edu.web.answers import from_form, from_json, position_of
from edu.web.context import remember_visitor, runtime, viewer
from edu.web.errors import status_of, wants_json
from edu.web.payload import json_object
from edu.web.wording import sentence_for
from quizzes import QuizError

blueprint = Blueprint("quiz", __name__)
ANYWAY, OPEN_QUESTIONS = "anyway", "open-questions"  # what `hand_in` says in a form, and in an address
LATE = "the time for this attempt is over; what was saved in time counts"


@blueprint.get("/quizzes/<slug>")
def show(slug: str) -> str:
    """What a learner reads before beginning, and what they did before."""
    with runtime().db.reading() as session:
        page = quizzes.page(session, viewer(session), slug)
    return render_template("quiz/show.html", page=page)


@blueprint.post("/quizzes/<slug>/attempts")
def start(slug: str) -> AnyResponse:
    """Begin, or go on with what was begun; no account is needed."""
    if viewer().user_id is None:
        remember_visitor()
    now = runtime().clock.now()
    with runtime().db.writing() as session:
        quiz = quizzes.named(session, viewer(session), slug)
        if viewer(session).user_id is None:
            throttle.take(session, throttle.BEGIN_QUIZ, throttle.network(request.remote_addr), now)
        attempt = attempts.start(session, viewer(session), quiz, now=now)
    return redirect(url_for("quiz.attempt", attempt_id=attempt.id), 303)


@blueprint.get("/attempts/<attempt_id>")
def attempt(attempt_id: str) -> Response:
    """The questions, or the result."""
    return _page(attempt_id, now=runtime().clock.now())


@blueprint.put("/attempts/<attempt_id>/answers")
def save(attempt_id: str) -> Response:
    """Keep answers as they are given. `stale` are those that were answered later somewhere else."""
    now = runtime().clock.now()  # when it arrived: an answer does not come too late by waiting here
    given = from_json(json_object())
    with runtime().db.writing() as session:
        found = attempts.held(session, viewer(session), attempt_id)
        kept = answers.save(session, found, given, now=now)
    return jsonify(
        saved=[{"item": attempt_pages.slot_id(k.position), "rev": k.rev} for k in kept if not k.is_stale],
        stale=[
            {"item": attempt_pages.slot_id(k.position), "rev": k.rev, "response": k.response}
            for k in kept
            if k.is_stale
        ],
    )


@blueprint.post("/attempts/<attempt_id>")
def answer(attempt_id: str) -> AnyResponse:
    """Keep what the form holds; then check one question, or hand everything in, or (`save`) do neither.

    What has open questions is handed in only when the form says so (`hand_in` = `anyway`).
    """
    now, waits = runtime().clock.now(), False
    checked = position_of(request.form.get("check"))
    try:
        if "check" in request.form and checked is None:
            raise Invalid("there is no such question in this attempt", code="foreign_slot")
        with runtime().db.writing() as session:
            found = attempts.held(session, viewer(session), attempt_id)
            is_late = attempts.expire(session, found, now=now)
            if not is_late:
                waits = _deal_with(session, found, checked, now)
        if is_late:
            raise Conflict(LATE, code="too_late")
    except (Invalid, Conflict, QuizError) as error:
        return _refused(error, attempt_id, now)
    if waits:
        anchor = OPEN_QUESTIONS
        return redirect(url_for("quiz.attempt", attempt_id=attempt_id, hand_in=anchor, _anchor=anchor), 303)
    where = attempt_pages.slot_id(checked) if checked else None
    return redirect(url_for("quiz.attempt", attempt_id=attempt_id, _anchor=where), 303)


def _deal_with(session: Session, found: Attempt, checked: int | None, now: datetime) -> bool:
    """Do what the form asks for; whether handing in waits for another word because questions are open."""
    if found.state is AttemptState.OPEN:
        kinds, kept = marking.kinds_of(session, found.id), marking.responses_of(session, found.id)
        given, stale = from_form(request.form, kinds, kept)
        if checked in stale or (stale and checked is None):
            raise Conflict(
                "you answered in another window meanwhile; these are your latest answers, please look again",
                code="answered_elsewhere",
            )
        answers.save(session, found, given, now=now)
    if checked is not None:
        attempts.check(session, found, checked, now=now)
    elif "save" not in request.form:
        if request.form.get("hand_in") != ANYWAY and attempts.is_unfinished(session, found):
            return True
        attempts.submit(session, found, now=now)
    return False


def _refused(error: EduError | QuizError, attempt_id: str, now: datetime) -> Response:
    """The page as it stands with what is wrong, at the question where it belongs to one."""
    if wants_json():
        raise error
    field = str(error.parameters.get("field", ""))
    sentence, status = sentence_for(error), status_of(error)
    if field.isdecimal():
        return _page(attempt_id, now=now, errors={int(field): sentence}, status=status)
    return _page(attempt_id, now=now, error=sentence, status=status)


def _page(
    attempt_id: str,
    *,
    now: datetime,
    error: str = "",
    errors: Mapping[int, str] | None = None,
    status: int = 200,
) -> Response:
    with runtime().db.reading() as session:
        found = attempts.mine(session, viewer(session), attempt_id)
        is_late = attempts.is_over(found, now)
        page = (
            None if is_late else attempt_pages.page(session, viewer(session), found, now=now, errors=errors)
        )
    if page is None:
        with runtime().db.writing() as session:
            found = attempts.held(session, viewer(session), attempt_id)
            attempts.expire(session, found, now=now)
            page = attempt_pages.page(session, viewer(session), found, now=now)
    asks_again = request.args.get("hand_in") == OPEN_QUESTIONS and status == 200
    shown = render_template("quiz/attempt.html", page=page, error=error, asks_again=asks_again)
    response = make_response(shown, status)
    # going back must not bring up answers and questions as they were before
    response.headers["Cache-Control"] = "no-store"
    return response
