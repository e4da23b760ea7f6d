"""Quizzes and attempts: begin, answer, check, hand in, read the result."""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import Invalid
from edu.models import Attempt, AttemptState
from edu.services import attempt_pages, attempts, marking, quizzes
from edu.services.attempts import Answer
from edu.web.context import remember_visitor, runtime, viewer
from edu.web.payload import json_object
from edu.web.wording import sentence_for

blueprint = Blueprint("quiz", __name__)
_SLOT = re.compile(r"s([1-9]\d{0,3})", re.ASCII)


@blueprint.get("/quizzes/<slug>")
def show(slug: str) -> str:
    """What a learner reads before beginning, and what they did before."""
    with runtime().db.reading() as session:
        page = quizzes.page(session, viewer(), slug)
    return render_template("quiz/show.html", page=page)


@blueprint.post("/quizzes/<slug>/attempts")
def start(slug: str) -> AnyResponse:
    """Begin, or go on with what was begun; no account is needed."""
    if viewer().user_id is None:
        remember_visitor()
    with runtime().db.writing() as session:
        quiz = quizzes.named(session, viewer(), slug)
        attempt = attempts.start(session, viewer(), quiz, now=runtime().clock.now())
    return redirect(url_for("quiz.attempt", attempt_id=attempt.id), 303)


@blueprint.get("/attempts/<attempt_id>")
def attempt(attempt_id: str) -> str:
    """The questions, or the result."""
    with runtime().db.reading() as session:
        found = attempts.mine(session, viewer(), attempt_id)
        is_late = attempts.is_over(found, runtime().clock.now())
    if is_late:
        with runtime().db.writing() as session:
            attempts.expire(session, attempts.mine(session, viewer(), attempt_id), now=runtime().clock.now())
    return _page(attempt_id)


@blueprint.put("/attempts/<attempt_id>/answers")
def save(attempt_id: str) -> Response:
    """Keep answers as they are given."""
    given = _answers_from_json(json_object())
    with runtime().db.writing() as session:
        found = attempts.mine(session, viewer(), attempt_id)
        kept = attempts.save(session, found, given, now=runtime().clock.now())
    saved = [{"item": attempt_pages.slot_id(position), "rev": rev} for position, rev in sorted(kept.items())]
    return jsonify(saved=saved)


@blueprint.post("/attempts/<attempt_id>")
def answer(attempt_id: str) -> AnyResponse | tuple[str, int]:
    """Keep what the form holds, then check one question or hand everything in."""
    now = runtime().clock.now()
    checked = _SLOT.fullmatch(request.form.get("check", ""))
    try:
        with runtime().db.writing() as session:
            found = attempts.mine(session, viewer(), attempt_id)
            if found.state is AttemptState.OPEN and not attempts.is_over(found, now):
                attempts.save(session, found, _answers_from_form(session, found), now=now)
            if checked:
                attempts.check(session, found, int(checked[1]), now=now)
            elif "save" not in request.form:
                attempts.submit(session, found, now=now)
    except Invalid as error:
        return _page(attempt_id, sentence_for(error)), 422
    where = checked[0] if checked else None
    return redirect(url_for("quiz.attempt", attempt_id=attempt_id, _anchor=where), 303)


def _page(attempt_id: str, error: str = "") -> str:
    with runtime().db.reading() as session:
        found = attempts.mine(session, viewer(), attempt_id)
        page = attempt_pages.page(session, viewer(), found)
    return render_template("quiz/attempt.html", page=page, error=error)


def _answers_from_json(body: dict[str, Any]) -> list[Answer]:
    entries = body.get("answers")
    if not isinstance(entries, list) or not set(body) <= {"answers"}:
        raise Invalid("answers are sent as a list under the name answers", code="bad_answers")
    return [_one_answer(entry) for entry in entries]


def _one_answer(entry: Any) -> Answer:
    names = {"item", "rev", "response"}
    if not isinstance(entry, dict) or set(entry) != names:
        raise Invalid("an answer has the fields item, rev and response, and no others", code="bad_answer")
    slot = _SLOT.fullmatch(entry["item"]) if isinstance(entry["item"], str) else None
    rev = entry["rev"]
    if slot is None or type(rev) is not int or not 0 < rev < 2**31:
        raise Invalid("an answer names a question of this attempt and a revision", code="bad_answer")
    return Answer(int(slot[1]), rev, entry["response"])


def _answers_from_form(session: Any, found: Attempt) -> list[Answer]:
    """The answers in a posted form: only those that differ from what is kept, as their next revision."""
    kept = marking.responses_of(session, found.id)
    given = []
    for position, slot in marking.slots_of(session, found.id).items():
        name = f"q.{attempt_pages.slot_id(position)}"
        if slot.checked_at is not None or name not in request.form:
            continue
        kind = quizzes.kind_of(session, slot.question_version_id)
        response = _response(kind, name)
        before = kept.get(position)
        if before is None or before.body != response:
            given.append(Answer(position, before.rev + 1 if before else 1, response))
    return given


def _response(kind: str, name: str) -> Any:
    if kind == "multiple":
        return request.form.getlist(name)
    if kind == "truefalse":
        value: dict[str, Any] = {"answer": {"true": True, "false": False}.get(request.form[name])}
        certainty = request.form.get(f"{name}.certainty", "")
        return {**value, "certainty": int(certainty)} if certainty in {"1", "2", "3"} else value
    return request.form[name]
