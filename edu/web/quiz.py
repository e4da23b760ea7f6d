"""Quizzes and attempts: begin, answer, check, hand in, read the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Conflict, EduError, Invalid
from edu.models import Attempt, AttemptState
from edu.services import gate, reviews, throttle
from edu.services.quizzing import (
    answers,
    attempt_pages,
    attempts,
    clips,
    helping,
    marking,
    one_question,
    quizzes,
    trials,
)
from edu.services.quizzing.views.fields import Fields
from edu.web.addresses import addresses
from edu.web.answers import answer_of, from_json, position_of, posted, sentence_at
from edu.web.context import remember_visitor, runtime, viewer
from edu.web.errors import problem, status_of, wants_json
from edu.web.payload import json_object
from edu.web.wording import sentence_for
from quizzes import QuizError

blueprint = Blueprint("quiz", __name__)
ANYWAY, OPEN_QUESTIONS = "anyway", "open-questions"  # what `hand_in` says in a form, and in an address
NO_SIBLING = "no_sibling"
NONE_LIKE = "there is no similar question yet"
ELSEWHERE = "you answered in another window meanwhile; this is your latest answer, please look again"
LATE = "the time for this attempt is over; what was saved in time counts"


@blueprint.get("/quizzes/<slug>")
def show(slug: str) -> str:
    """What a learner reads before beginning, and what they did before."""
    with runtime().db.reading() as session:
        who = viewer(session)
        page = quizzes.page(session, who, slug)
        if not page.open_url:
            reviews.require_quiz_open(session, who, slug, runtime().clock.now().date())
        patients = "" if who.user_id or who.is_professional else _patient_path(session)
    return render_template("quiz/show.html", page=page, patient_path=patients)


def _patient_path(session: Session) -> str:
    """Where somebody who came by a search because of their own back is led; empty for nowhere."""
    path = gate.page(session, user_id=None, visitor_hash=None).patient_path
    return "" if path == "/" else path


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
    """The questions, or the result; `none_like` names a question that has no similar one."""
    now, position = runtime().clock.now(), position_of(request.args.get("none_like"))
    said = {position: sentence_for(Conflict(NONE_LIKE, code=NO_SIBLING))} if position else None
    return _page(attempt_id, now=now, errors=said)


@blueprint.get("/attempts/<attempt_id>/questions/<int:only>")
def question(attempt_id: str, only: int) -> Response:
    """One question by itself: what a film asks. Its form comes back here and hands nothing in."""
    return _page(attempt_id, now=runtime().clock.now(), only=only)


@blueprint.put("/attempts/<attempt_id>/answers")
def save(attempt_id: str) -> Response:
    """Keep answers as they are given. `stale` are those that were answered later somewhere else."""
    now = runtime().clock.now()  # when it arrived: an answer does not come too late by waiting here
    given = from_json(json_object())
    try:
        with runtime().db.writing() as session:
            found = attempts.held(session, viewer(session), attempt_id)
            kept = answers.save(session, found, given, now=now)
    except QuizError as error:
        # the page shows the sentence at that question and goes on saving the others
        position = error.place.partition(".")[0]
        field = attempt_pages.slot_id(int(position)) if position.isdecimal() else ""
        return make_response(problem(status_of(error), sentence_at(error), str(error.code), field=field))
    return jsonify(
        saved=[{"item": attempt_pages.slot_id(k.position), "rev": k.rev} for k in kept if not k.is_stale],
        stale=[answer_of(k) for k in kept if k.is_stale],
    )


@blueprint.put("/attempts/<attempt_id>/clips")
def watched(attempt_id: str) -> Response:
    """Note that the step behind a question was played: {"item", "step", "watched_ms"}."""
    now, said = runtime().clock.now(), json_object()
    position, step, length = position_of(said.get("item")), said.get("step"), said.get("watched_ms")
    if position is None or not isinstance(step, str) or type(length) is not int:
        raise Invalid("a clip has the fields item, step and watched_ms", code="bad_clip")
    with runtime().db.writing() as session:
        found = attempts.held(session, viewer(session), attempt_id)
        kept = clips.note(session, found, position, step, length, now=now)
        return jsonify(watched_ms=kept.watched_ms, length_ms=kept.length_ms)


@blueprint.route("/attempts/<attempt_id>/siblings", methods=["GET", "POST"])
def try_similar(attempt_id: str) -> AnyResponse:
    """Keep what the form holds and ask a similar question as well, which counts for nothing.

    Where there is none, the attempt says so at the question. Whoever reads this address is led there as well.
    """
    if request.method != "POST":
        return redirect(url_for("quiz.attempt", attempt_id=attempt_id), 303)
    now, position = runtime().clock.now(), position_of(request.form.get("slot"))
    try:
        if position is None:
            raise Invalid("there is no such question in this attempt", code="foreign_slot")
        with runtime().db.writing() as session:
            found = attempts.held(session, viewer(session), attempt_id)
            kept = _keep(session, found, None, position, now)
            added = _add_sibling(session, found, position, now)
    except (Invalid, Conflict) as error:
        return _refused(error, attempt_id, now, position)
    if kept.errors:
        return _page(attempt_id, now=now, errors=kept.errors, typed=kept.typed, status=kept.status)
    none_like = None if added else attempt_pages.slot_id(position)
    where = f"{none_like}-error" if none_like else attempt_pages.slot_id(added)
    return redirect(url_for("quiz.attempt", attempt_id=attempt_id, none_like=none_like, _anchor=where), 303)


def _add_sibling(session: Session, found: Attempt, position: int, now: datetime) -> int:
    """The position of the similar question; 0 where there is none, and then what the form held is kept."""
    try:
        return helping.add_sibling(session, found, position, now=now)
    except Conflict as error:
        if error.code != NO_SIBLING or wants_json():
            raise
        return 0


@blueprint.post("/attempts/<attempt_id>")
@blueprint.post("/attempts/<attempt_id>/questions/<int:only>")
def answer(attempt_id: str, only: int | None = None) -> AnyResponse:
    """Keep what the form holds; then check one question, give a hint, hand everything in, or (`save`) none.

    What has open questions is handed in only when the form says so (`hand_in` = `anyway`); the form of one
    question alone (`only`) hands nothing in.
    """
    now, dealt = runtime().clock.now(), Dealt()
    checked, hinted = position_of(request.form.get("check")), position_of(request.form.get("hint"))
    try:
        if ("check" in request.form and checked is None) or ("hint" in request.form and hinted is None):
            raise Invalid("there is no such question in this attempt", code="foreign_slot")
        with runtime().db.writing() as session:
            found = attempts.held(session, viewer(session), attempt_id)
            is_late = attempts.expire(session, found, now=now)
            if not is_late:
                is_kept = "save" in request.form or only is not None
                dealt = _deal_with(session, found, checked, hinted, is_kept, now)
        if is_late:
            raise Conflict(LATE, code="too_late")
    except (Invalid, Conflict, QuizError) as error:
        return _refused(error, attempt_id, now, only=only)
    if dealt.errors:
        errors, typed = dealt.errors, dealt.typed
        return _page(attempt_id, now=now, errors=errors, typed=typed, status=dealt.status, only=only)
    if only is not None:
        return redirect(url_for("quiz.question", attempt_id=attempt_id, only=only), 303)
    if dealt.waits:
        anchor = OPEN_QUESTIONS
        return redirect(url_for("quiz.attempt", attempt_id=attempt_id, hand_in=anchor, _anchor=anchor), 303)
    where = attempt_pages.slot_id(checked or hinted or 0) if checked or hinted else None
    return redirect(url_for("quiz.attempt", attempt_id=attempt_id, _anchor=where), 303)


@dataclass(frozen=True, slots=True)
class Dealt:
    """What came of a form: whether handing in `waits` for another word, and what could not be kept of it.

    `typed` are the fields of what could not be read; of what was answered later elsewhere that is shown.
    """

    waits: bool = False
    errors: Mapping[int, str] = field(default_factory=dict)
    typed: Mapping[int, Fields] = field(default_factory=dict)
    status: int = 422


def _deal_with(
    session: Session, found: Attempt, checked: int | None, hinted: int | None, is_kept: bool, now: datetime
) -> Dealt:
    """Keep what the form holds and do what it asks for; a question that cannot be read stops only that."""
    kept = Dealt()
    if found.state is AttemptState.OPEN:
        kept = _keep(session, found, checked, hinted, now)
    if checked is not None and checked not in kept.errors:
        attempts.check(session, found, checked, now=now)
    elif hinted is not None:
        helping.take_hint(session, found, hinted, now=now)
    elif checked is None and not is_kept and not kept.errors:
        if request.form.get("hand_in") != ANYWAY and attempts.is_unfinished(session, found):
            return Dealt(waits=True)
        attempts.submit(session, found, now=now)
    return kept


def _keep(session: Session, found: Attempt, checked: int | None, hinted: int | None, now: datetime) -> Dealt:
    """Keep the answers of the form; gives what is wrong with those that cannot be."""
    kinds, kept = marking.kinds_of(session, found.id), marking.responses_of(session, found.id)
    read = posted(request.form, kinds, kept)
    refused = trials.refusals(session, found, read.given)
    good = [answer for answer in read.given if answer.position not in refused]
    answers.save(session, found, good, now=now)
    faults: dict[int, Exception] = {**read.faults, **refused}
    is_stale = checked in read.stale or (bool(read.stale) and checked is None and hinted is None)
    later = dict.fromkeys(read.stale, Conflict(ELSEWHERE, code="answered_elsewhere")) if is_stale else {}
    return Dealt(
        errors={position: sentence_at(error) for position, error in {**faults, **later}.items()},
        typed={position: read.typed[position] for position in faults},
        status=409 if later else 422,
    )


def _refused(
    error: EduError | QuizError,
    attempt_id: str,
    now: datetime,
    position: int | None = None,
    only: int | None = None,
) -> Response:
    """The page as it stands with what is wrong, at the question where it belongs to one."""
    if wants_json():
        raise error
    field = str(error.parameters.get("field", position or ""))
    sentence, status = sentence_at(error), status_of(error)
    if field.isdecimal():
        return _page(attempt_id, now=now, errors={int(field): sentence}, status=status, only=only)
    return _page(attempt_id, now=now, error=sentence, status=status, only=only)


def _page(
    attempt_id: str,
    *,
    now: datetime,
    error: str = "",
    errors: Mapping[int, str] | None = None,
    typed: Mapping[int, Fields] | None = None,
    status: int = 200,
    only: int | None = None,
) -> Response:
    with runtime().db.reading() as session:
        who, page = viewer(session), None
        found = attempts.mine(session, who, attempt_id)
        if not attempts.is_over(found, now):
            page = attempt_pages.page(
                session, who, found, now=now, errors=errors, typed=typed, addresses=addresses()
            )
    if page is None:
        with runtime().db.writing() as session:
            found = attempts.held(session, viewer(session), attempt_id)
            attempts.expire(session, found, now=now)
            page = attempt_pages.page(session, viewer(session), found, now=now, addresses=addresses())
    if only is not None and page.seconds_left is None:
        with runtime().db.reading() as session:
            alone = one_question.of(session, found, page, only)
        shown = render_template("quiz/question.html", page=alone, error=error)
    else:  # what has a limit of time is shown whole, with its clock
        asks_again = request.args.get("hand_in") == OPEN_QUESTIONS and status == 200
        shown = render_template(
            "quiz/attempt.html", page=page, error=error, asks_again=asks_again, is_refused=status != 200
        )
    response = make_response(shown, status)
    # going back must not bring up answers and questions as they were before
    response.headers["Cache-Control"] = "no-store"
    return response
