"""The caption editor: its page, and what it and its form without script send while captions are edited."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Blueprint, Response, flash, jsonify, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

import captions
from captions import Cue, Problem
from edu.errors import Conflict, EduError, Invalid
from edu.models import Track, Video
from edu.services import audit
from edu.services.audit import Deed
from edu.services.texts import checks, draft_forms, drafts, editor_pages, mending, track_editing
from edu.services.texts.drafts import Draft, Saved
from edu.services.texts.editor_pages import EditPage
from edu.services.texts.rows import Edit, Row, plain
from edu.web.addresses import addresses
from edu.web.context import runtime, viewer
from edu.web.payload import json_object
from edu.web.refusal import refuse
from edu.web.studio import caption_words, menu, script_parts
from edu.web.words import gettext as _

blueprint = Blueprint("studio_draft", __name__, url_prefix="/studio/tracks/<int:track_id>")
blueprint.context_processor(menu.studio)
TEMPLATE = "studio/track/edit.html"
ROWS_SHOWN = 100
MOST_EDITS = 20_000


@blueprint.get("/approve")
@blueprint.get("/discard")
@blueprint.get("/keep")
@blueprint.get("/rows")
@blueprint.get("/edit")
def show(track_id: int) -> AnyResponse | str:
    """The editor of a track's captions. A page of it that was refused has the address of what was sent, which
    leads here when it is opened.
    """
    where = url_for("studio_draft.show", track_id=track_id)
    if request.path != where:
        return redirect(where)
    return render_template(TEMPLATE, **page_of(track_id))


@blueprint.get("/draft")
def rows(track_id: int) -> Response:
    """The rows of the working copy; with `since`, only what changed after that revision."""
    since = request.args.get("since", 0, type=int)
    with runtime().db.reading() as session:
        track, video = editor_pages.mine(session, viewer(), track_id)
        draft = drafts.of(session, track)
        if since and since == draft.revision:
            return _answer(draft, since, served=track.current)
        if since and since < int(draft.report.get("born", 0)):
            raise drafts.REPLACED
        found = editor_pages.problems(session, track, video, draft)
        return _answer(draft, since, served=track.current, problems=_problems(found, draft))


@blueprint.post("/draft")
def save(track_id: int) -> Response:
    """Take edits of rows into the working copy; what clashes with somebody else's comes back."""
    sent = json_object()
    edits = [_edit(each) for each in _list(sent, "edits")]
    since = _whole(sent, "since")
    with runtime().db.writing() as session:
        track, video = editor_pages.mine(session, viewer(), track_id)
        done = drafts.save(session, track, edits, since, viewer(), menu.now())
        return _saved(session, track, video, done, since)


@blueprint.post("/repair")
def repair(track_id: int) -> Response:
    """What repairs of a rule, or of chosen rows, would change; with `apply`, done."""
    sent = json_object()
    since, rule, keys = _whole(sent, "since"), _rule(sent.get("rule")), _keys(sent.get("keys"))
    db, is_meant = runtime().db, sent.get("apply") is True
    with db.writing() if is_meant else db.reading() as session:
        track, video = editor_pages.mine(session, viewer(), track_id)
        draft = drafts.of(session, track)
        known = checks.grounds(session, video, track.language)
        found = mending.repairs(track, draft, known, rule=rule, keys=keys)
        told = [
            {
                "rule": change.rule,
                "before": [row.plain() for row in change.before],
                "after": [plain(cue) for cue in change.after],
            }
            for change in found.changes
        ]
        if not is_meant:
            return jsonify(changes=told)
        done = drafts.save(session, track, found.edits, draft.revision, viewer(), menu.now())
        return _saved(session, track, video, done, since, changes=told)


@blueprint.get("/lines/<int:other_id>")
def lines(track_id: int, other_id: int) -> Response:
    """The lines of another track of the video, to be seen beside this one."""
    with runtime().db.reading() as session:
        language, found = editor_pages.lines(session, viewer(), track_id, other_id)
    return jsonify(
        language=language, rows=[{"start": line.start, "end": line.end, "text": line.text} for line in found]
    )


@blueprint.post("/rows")
def save_rows(track_id: int) -> AnyResponse:
    """Take the table of rows, as browsers without script send it, or a part of the script that is in none."""
    if "part" in request.form:
        return script_parts.put_in(track_id)
    try:
        edits = draft_forms.edits(request.form)
        with runtime().db.writing() as session:
            track, _video = editor_pages.mine(session, viewer(), track_id)
            since = request.form.get("since", 0, type=int)
            done = drafts.save(session, track, edits, since, viewer(), menu.now())
        if done.clashes:
            raise Conflict(
                "%(count)s captions were changed by somebody else meanwhile and are shown as they are now.",
                code="draft_clash", count=len(done.clashes),
            )  # fmt: skip
    except (Invalid, Conflict) as error:
        return refuse(error, TEMPLATE, **page_of(track_id, typed=dict(request.form)))
    flash(_("Saved in the working copy. Learners see it once you approve it."), "success")
    where = url_for("studio_draft.show", track_id=track_id)
    return redirect(f"{where}?from={_first()}#rows", 303)


@blueprint.post("/approve")
def approve(track_id: int) -> AnyResponse:
    """Serve what the working copy says."""
    try:
        with runtime().db.writing() as session:
            track, video = editor_pages.mine(session, viewer(), track_id)
            draft = drafts.of(session, track)
            if request.form.get("anyway") != "1":
                _require_latest(track, draft)
                _require_sound(session, track, video, draft)
            row = drafts.approve(session, track, _revision(), viewer(), menu.now())
            _note(session, row, Deed.TRACK_SAVED)
    except EduError as error:
        return refuse(error, TEMPLATE, **page_of(track_id))
    flash(caption_words.approved(row.kind), "success")
    return redirect(url_for("studio_track.show", track_id=track_id), 303)


@blueprint.post("/keep")
def keep(track_id: int) -> AnyResponse:
    """Put the working copy by as a version."""
    try:
        with runtime().db.writing() as session:
            track, _video = editor_pages.mine(session, viewer(), track_id)
            version = drafts.keep(session, track, viewer(), menu.now())
    except EduError as error:
        return refuse(error, TEMPLATE, **page_of(track_id))
    flash(_("Put by as version %(number)s.", number=version.number), "success")
    return redirect(url_for("studio_draft.show", track_id=track_id), 303)


@blueprint.post("/discard")
def discard(track_id: int) -> AnyResponse:
    """Give the working copy up; it stays as a version."""
    try:
        with runtime().db.writing() as session:
            track, video = editor_pages.mine(session, viewer(), track_id)
            drafts.discard(session, track, _revision(), viewer(), menu.now())
            has_versions = bool(track_editing.version_numbers(session, track))
    except EduError as error:
        return refuse(error, TEMPLATE, **page_of(track_id))
    flash(_("The working copy is given up; it was put by as a version first."), "success")
    if has_versions:
        return redirect(url_for("studio_track.show", track_id=track_id), 303)
    return redirect(url_for("studio_video.show", video_id=video.id, _anchor="tracks"), 303)


def page_of(track_id: int, **more: object) -> dict[str, Any]:
    """What the editor's template is filled with."""
    with runtime().db.reading() as session:
        page = editor_pages.page(session, viewer(), track_id, addresses())
    first = _first()
    shown = page.rows[first : first + ROWS_SHOWN]
    return {
        "page": page,
        "shown": shown,
        "first": first,
        "last": first + len(shown),
        "count": len(page.rows),
        "step": ROWS_SHOWN,
        "problems": _page_problems(page),
        "name": menu.track_name(page.kind, page.label, page.language),
        "others": [(each, menu.track_name(each.kind, each.label, each.language)) for each in page.others],
        "typed": {},
        **more,
    }


def _page_problems(page: EditPage) -> list[dict[str, Any]]:
    return _told(page.problems, page.rows)


def _require_latest(track: Track, draft: Draft) -> None:
    """Invalid while another version is served than the one that the copy began from: its words would go."""
    if draft.based_on != track.current:
        raise Invalid(
            "Since this working copy was begun, version %(number)s has come to be served: compare the two, "
            "then approve the copy all the same, or give it up.",
            code="served_changed", number=track.current, field="anyway",
        )  # fmt: skip


def _require_sound(session: Session, track: Track, video: Video, draft: Draft) -> None:
    """Invalid while a rule is broken that keeps captions from being served."""
    severe = checks.severe(editor_pages.problems(session, track, video, draft))
    if not severe:
        return
    count, first = len({problem.cue for problem in severe}), severe[0]
    one = (
        "Caption %(n)s has an error that keeps it from being served: %(what)s Mend it, or approve it anyway."
    )
    many = (
        "%(count)s captions have errors that keep them from being served; the first is caption %(n)s: "
        "%(what)s Mend them, or approve them all the same."
    )
    raise Invalid(
        one if count == 1 else many,
        code="caption_errors", field="anyway", count=count, n=first.cue + 1,
        what=caption_words.problem(first),
    )  # fmt: skip


def _saved(session: Session, track: Track, video: Video, done: Saved, since: int, **more: object) -> Response:
    found = editor_pages.problems(session, track, video, done.draft)
    clashes = [
        {
            "key": clash.key,
            "mine": plain(clash.mine) if clash.mine else None,
            "theirs": clash.theirs.plain() if clash.theirs else None,
        }
        for clash in done.clashes
    ]
    told = _problems(found, done.draft)
    return _answer(done.draft, since, served=track.current, problems=told, conflicts=clashes, **more)


def _answer(draft: Draft, since: int, **more: object) -> Response:
    changed: list[Row] = [row for row in draft.rows if row.revision > since]
    gone = [key for key, revision in draft.gone.items() if revision > since]
    return jsonify(revision=draft.revision, rows=[row.plain() for row in changed], gone=gone, **more)


def _problems(found: tuple[Problem, ...], draft: Draft) -> list[dict[str, Any]]:
    return _told(found, draft.rows)


def _told(found: tuple[Problem, ...], rows: tuple[Row, ...]) -> list[dict[str, Any]]:
    return [
        {
            "rule": problem.rule.value,
            "key": rows[problem.cue].key if 0 <= problem.cue < len(rows) else "",
            "severity": problem.severity.value,
            "message": caption_words.problem(problem),
            "fixable": problem.fixable,
        }
        for problem in found
    ]


def _edit(sent: object) -> Edit:
    if not isinstance(sent, dict) or not isinstance(sent.get("key"), str):
        raise Invalid("an edit names the row that it changes", code="bad_edit")
    return draft_forms.edit(sent["key"], _whole(sent, "was"), _cue(sent.get("cue")), _cue(sent.get("base")))


def _cue(sent: object) -> Cue | None:
    if sent is None:
        return None
    if not isinstance(sent, dict):
        raise Invalid("a caption has a start, an end and a text", code="bad_edit")
    return draft_forms.cue(
        _whole(sent, "start"),
        _whole(sent, "end"),
        str(sent.get("text", "")),
        str(sent.get("identifier", "")),
        str(sent.get("settings", "")),
    )


def _whole(sent: Mapping[str, Any], name: str) -> int:
    value = sent.get(name, 0)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 10**10:
        raise Invalid("%(name)s is a whole number from 0", code="bad_edit", name=name)
    return value


def _list(sent: Mapping[str, Any], name: str) -> list[Any]:
    found = sent.get(name, [])
    if not isinstance(found, list) or len(found) > MOST_EDITS:
        raise Invalid("edits is a list", code="bad_edit")
    return found


def _rule(sent: object) -> captions.RuleId | None:
    if sent is None:
        return None
    try:
        return captions.RuleId(str(sent))
    except ValueError as error:
        raise Invalid("there is no such rule", code="bad_rule") from error


def _keys(sent: object) -> frozenset[str] | None:
    if sent is not None and not isinstance(sent, list):
        raise Invalid("keys is a list of rows", code="bad_edit")
    return None if sent is None else frozenset(str(key) for key in sent)


def _revision() -> int:
    return request.form.get("revision", 0, type=int)


def _first() -> int:
    """The place of the first row of the table that is shown."""
    sent = request.args.get("from") or request.form.get("from") or ""
    return int(sent) if sent.isdecimal() and len(sent) < 7 else 0


def _note(session: Session, track: Track, deed: Deed) -> None:
    audit.record(
        session, deed, now=menu.now(), actor_id=viewer().user_id, subject=f"track:{track.id}",
        version=track.current,
    )  # fmt: skip
