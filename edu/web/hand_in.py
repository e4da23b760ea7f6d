"""Handing in a recording of one's own practice: the form, the list of one's own, one of them, its file."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from pathlib import Path

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from edu.errors import EduError, Forbidden, GateClosed, Invalid, NotFound, TooLarge
from edu.services import uploads
from edu.services.hand_ins import access, consent, files, lists, pages, ratings, receiving
from edu.services.hand_ins.standing import standing
from edu.storage import StoredObject, StoreUnavailable
from edu.web import ranges
from edu.web.addresses import addresses
from edu.web.context import runtime, viewer
from edu.web.errors import problem, wants_json
from edu.web.incoming import Spool
from edu.web.refusal import refuse
from edu.web.wording import problem_sentence, sentence_for
from edu.web.words import gettext as _

blueprint = Blueprint("hand_in", __name__)
FORM = "hand_in/new.html"
_MS = re.compile(r"\d{1,8}", re.ASCII)


@blueprint.get("/videos/<slug>/hand-in")
def new(slug: str) -> str:
    """The form by which a recording is handed in, with what happens to it."""
    return render_template(FORM, errors={}, **_form(slug))


@blueprint.post("/videos/<slug>/hand-in")
def receive(slug: str) -> AnyResponse:
    """Take a recording, which lies on the disk already when we come here."""
    try:
        hand_in_id = _take(slug)
    except (NotFound, GateClosed, Forbidden):
        raise
    except EduError as error:
        return refuse(error, FORM, **_form(slug))
    flash(_("It is handed in. You can withdraw it at any time."), "success")
    return redirect(url_for("hand_in.show", hand_in_id=hand_in_id), 303)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> AnyResponse:
    """A body above the limit, told in the page of the form."""
    most = receiving.MOST_BYTES // receiving.MB
    error = TooLarge(
        "At most %(most)s MB can be handed in. Record a shorter piece.",
        code="hand_in_too_large", field="file", most=most,
    )  # fmt: skip
    if wants_json():
        return problem(413, sentence_for(error), error.code, field="file")
    return refuse(error, FORM, **_form(str((request.view_args or {}).get("slug", "")), is_readable=False))


@blueprint.get("/hand-ins")
def index() -> str:
    """What one has handed in."""
    with runtime().db.reading() as session:
        found = lists.mine(session, viewer(session), request.args.get("page", 1, type=int))
    return render_template(
        "hand_in/index.html", page=found, pages_url=f"{url_for('hand_in.index')}?page={{page}}"
    )


@blueprint.get("/hand-ins/<hand_in_id>")
def show(hand_in_id: str) -> str:
    """A recording of one's own beside the film, with what instructors said to it."""
    with runtime().db.reading() as session:
        page = pages.page(session, viewer(session), hand_in_id, addresses())
    return render_template(
        "hand_in/show.html", page=page, problem=problem_sentence(page.row.standing.problem)
    )


@blueprint.post("/hand-ins/<hand_in_id>/rating")
def rate(hand_in_id: str) -> AnyResponse:
    """Say which rating of oneself is that of the recording."""
    with runtime().db.writing() as session:
        ratings.attach(session, viewer(session), hand_in_id, request.form.get("rating", ""))
    flash(_("Saved."), "success")
    return redirect(url_for("hand_in.show", hand_in_id=hand_in_id), 303)


@blueprint.get("/hand-ins/<hand_in_id>/state")
def state(hand_in_id: str) -> Response:
    """How far a recording is, for a page that waits."""
    with runtime().db.reading() as session:
        found = standing(session, access.seen(session, viewer(session), hand_in_id))
    return jsonify(
        state=found.state,
        progress=found.progress,
        message=problem_sentence(found.problem) or _(found.sentence),
        playable=found.is_ready,
        over=found.is_over,
    )


@blueprint.get("/hand-ins/<hand_in_id>/file")
def file(hand_in_id: str) -> Response:
    """The recording itself, for its learner and for those whom it was handed in to."""
    with runtime().db.reading() as session:
        row = access.seen(session, viewer(session), hand_in_id)
        if not row.file_key:
            raise NotFound("this recording cannot be watched yet")
        key, size = row.file_key, row.bytes
    etag = key.rpartition("/")[2].removesuffix(".mp4")
    response = ranges.send(runtime().store, key, size=size, content_type="video/mp4", etag=etag)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@blueprint.get("/hand-ins/<hand_in_id>/withdraw")
def confirm(hand_in_id: str) -> str:
    """Ask before a recording is withdrawn."""
    with runtime().db.reading() as session:
        page = pages.page(session, viewer(session), hand_in_id, addresses())
    return render_template("hand_in/withdraw.html", page=page)


@blueprint.post("/hand-ins/<hand_in_id>/withdraw")
def withdraw(hand_in_id: str) -> AnyResponse:
    """Take a recording back: it is gone at once, with its file and with all that was said to it."""
    with runtime().db.writing() as session:
        row = access.own(session, viewer(session), hand_in_id)
        files.let_go(session, [row.id], runtime().clock.now())
    with suppress(StoreUnavailable):  # a job was promised that does the same
        runtime().store.delete_tree(files.key(hand_in_id))
    flash(_("It is withdrawn. The recording and all that was said to it are deleted."), "success")
    return redirect(url_for("hand_in.index"), 303)


def _take(slug: str) -> str:
    """Keep the file, then note it; what cannot be noted is not kept."""
    house, who = runtime(), viewer()
    confirmed = consent.confirmed(
        request.form.get("seen", ""), no_patient="no_patient" in request.form, now=house.clock.now()
    )
    path = _spooled()
    size = path.stat().st_size
    with house.db.writing() as session:
        receiving.film_for(session, who, slug)
        receiving.check_room(session, who.user_id or 0, size, house.clock.now())
    _check_kind(path)
    hand_in_id = secrets.token_hex(16)
    stored = house.store.put_file(files.key(hand_in_id, "original"), path, move=True)
    try:
        with house.db.writing() as session:
            _note(session, slug, hand_in_id, stored, confirmed)
    except BaseException:
        house.store.delete_tree(files.key(hand_in_id))
        raise
    return hand_in_id


def _note(
    session: Session, slug: str, hand_in_id: str, stored: StoredObject, confirmed: dict[str, object]
) -> None:
    said, now = request.form.get, runtime().clock.now()
    told = receiving.Told(said("step", ""), _ms(said("own_ms", "")), _ms(said("film_ms", "")))
    who = viewer()
    receiving.check_fits(session, who.user_id or 0, stored.size)
    receiving.receive(session, who, slug, hand_in_id, stored, told=told, consent=confirmed, now=now)


def _spooled() -> Path:
    """The file of the form, on the disk. Invalid without one."""
    given = request.files.get("file")
    if given is None or not given.filename or not isinstance(given.stream, Spool):
        raise Invalid("Choose the recording.", code="no_file", field="file")
    return Path(str(given.stream.name))


def _check_kind(path: Path) -> None:
    try:
        uploads.check_kind(path, is_complete=True)
    except Invalid as error:
        raise Invalid(error.template, code=error.code, **{**error.parameters, "field": "file"}) from error


def _ms(written: str) -> int:
    return int(written) if _MS.fullmatch(written) else 0


def _form(slug: str, *, is_readable: bool = True) -> dict[str, object]:
    """The page of the form; `is_readable`: what was sent can be read, for it was not too large."""
    said = request.form if is_readable else MultiDict[str, str]()
    step = said.get("step") or request.args.get("step", "")
    with runtime().db.reading() as session:
        page = pages.beside(session, viewer(session), slug, step, addresses())
    return {"page": page, "consent": consent, "limits": receiving, "said": said}
