"""A review session: one question after another, each checked at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from flask import Blueprint, Response, flash, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, EduError, Invalid
from edu.models import Attempt
from edu.services.quizzing import answers, attempts, helping, marking
from edu.services.quizzing.reviewing import sessions
from edu.services.quizzing.views.fields import Fields
from edu.services.quizzing.views.question import slot_id
from edu.web.addresses import addresses
from edu.web.answers import Posted, position_of, posted, sentence_at
from edu.web.context import runtime, viewer
from edu.web.errors import status_of, wants_json
from edu.web.wording import sentence_for
from quizzes import QuizError

blueprint = Blueprint("review_session", __name__, url_prefix="/review/sessions")
ELSEWHERE = "you answered in another window meanwhile; this is your latest answer, please look again"


@blueprint.post("")
def begin() -> AnyResponse:
    """Begin with what is due, or go on with what was begun today."""
    house = runtime()
    try:
        with house.db.writing() as session:
            attempt = sessions.begin(session, viewer(session), now=house.clock.now())
    except Conflict as error:
        if wants_json():
            raise
        flash(sentence_for(error), "info")
        return redirect(url_for("review.show"), 303)
    return redirect(url_for("review_session.show", attempt_id=attempt.id), 303)


@blueprint.get("/<attempt_id>")
def show(attempt_id: str) -> Response:
    """The next question, what is said about the last one, or what the session came to."""
    return _session_page(attempt_id, now=runtime().clock.now(), done=position_of(request.args.get("done")))


@blueprint.post("/<attempt_id>")
def answer(attempt_id: str) -> AnyResponse:
    """Keep the answer to one question and check it at once; or give a hint."""
    house = runtime()
    now, hinted = house.clock.now(), position_of(request.form.get("hint"))
    position = hinted or position_of(request.form.get("check"))
    read = Posted()
    try:
        if position is None:
            raise Invalid("there is no such question in this attempt", code="foreign_slot")
        with house.db.writing() as session:
            found = attempts.held(session, viewer(session), attempt_id)
            read = _read(session, found, position)
            _deal_with(session, found, position, read, now, is_hint=hinted is not None)
    except (Invalid, Conflict, QuizError) as error:
        return _refused(error, attempt_id, now, position, read)
    name = slot_id(position)
    return redirect(
        url_for("review_session.show", attempt_id=attempt_id, done=None if hinted else name, _anchor=name),
        303,
    )


def _read(session: Session, found: Attempt, position: int) -> Posted:
    """What the form says about the one question, unless it was checked meanwhile."""
    kinds = {at: kind for at, kind in marking.kinds_of(session, found.id).items() if at == position}
    return posted(request.form, kinds, marking.responses_of(session, found.id))


def _deal_with(
    session: Session, found: Attempt, position: int, read: Posted, now: datetime, *, is_hint: bool
) -> None:
    """Keep what was read and do what the form asks for; raises for what cannot be read, or is stale."""
    if read.stale:
        raise Conflict(ELSEWHERE, code="answered_elsewhere")
    for fault in read.faults.values():
        raise fault
    if read.given:
        answers.save(session, found, read.given, now=now)
    if is_hint:
        helping.take_hint(session, found, position, now=now)
    else:
        sessions.check(session, found, position, now=now)


def _refused(
    error: EduError | QuizError, attempt_id: str, now: datetime, position: int | None, read: Posted
) -> Response:
    """The page as it stands, with what is wrong at the question where it is about the answer."""
    if wants_json():
        raise error
    sentence, status = sentence_at(error), status_of(error)
    if position not in read.typed or isinstance(error, Conflict):
        return _session_page(attempt_id, now=now, error=sentence, status=status)
    return _session_page(attempt_id, now=now, errors={position: sentence}, typed=read.typed, status=status)


def _session_page(
    attempt_id: str,
    *,
    now: datetime,
    done: int | None = None,
    error: str = "",
    errors: Mapping[int, str] | None = None,
    typed: Mapping[int, Fields] | None = None,
    status: int = 200,
) -> Response:
    with runtime().db.reading() as session:
        found = attempts.mine(session, viewer(session), attempt_id)
        page = sessions.page(
            session,
            viewer(session),
            found,
            now=now,
            done=done,
            errors=errors,
            typed=typed,
            addresses=addresses(),
        )
    response = make_response(render_template("review/session.html", page=page, error=error), status)
    # going back must not bring up a question as it was before
    response.headers["Cache-Control"] = "no-store"
    return response
