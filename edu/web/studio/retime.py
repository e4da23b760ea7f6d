"""The studio's page on which all times of a track are changed at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from captions import CaptionError, TextTrack
from captions.hearing import Hearing
from captions.making import retime
from captions.timecode import parse_clock
from edu.errors import EduError, Forbidden, Invalid, NotFound
from edu.services.texts import beginnings, checks, drafts, editor_pages, making
from edu.web.context import runtime, viewer
from edu.web.refusal import refuse
from edu.web.studio import caption_words, menu
from edu.web.studio.menu import Studio
from edu.web.words import gettext as _
from edu.web.words import ngettext

blueprint = Blueprint("studio_retime", __name__, url_prefix="/studio/tracks/<int:track_id>/retime")
PAGE = "studio/track/retime.html"
_FIELD = {"shift": "shift", "stretch": "to1", "rate": "rate", "snap": "way"}
_SECONDS = re.compile(r"[+-]?\d{1,6}(?:[.,]\d{1,3})?", re.ASCII)


@blueprint.context_processor
def studio() -> dict[str, Studio]:
    """The frame of the studio, which knows the fields of these pages too."""
    return caption_words.frame()


@blueprint.get("")
def show(track_id: int) -> str:
    """The ways to change all times at once."""
    return render_template(PAGE, errors={}, **_page(track_id))


@blueprint.post("")
def save(track_id: int) -> AnyResponse:
    """Change the times in the working copy, or have them found by a worker."""
    try:
        with runtime().db.writing() as session:
            track, video = editor_pages.mine(session, viewer(), track_id)
            if request.form.get("way") == "resync":
                making.promise_resync(session, track, viewer(), menu.now())
                count = -1
            else:
                text = drafts.text_track(track, drafts.of(session, track))
                moved = _moved(text, checks.hearing(session, video), video.duration_ms)
                revision = request.form.get("revision", 0, type=int)
                count = beginnings.retime(session, track, moved, revision, viewer(), menu.now())
    except (NotFound, Forbidden):
        raise
    except CaptionError as error:
        return refuse(menu.as_invalid(error, "way"), PAGE, **_page(track_id))
    except EduError as error:
        return refuse(error, PAGE, **_page(track_id))
    if count < 0:
        return redirect(url_for("studio_making.wait", track_id=track_id), 303)
    if count:
        flash(ngettext("%(num)s caption was moved.", "%(num)s captions were moved.", count), "success")
    else:
        flash(_("Nothing was moved: all captions stand there already."), "info")
    return redirect(url_for("studio_draft.show", track_id=track_id), 303)


def _moved(track: TextTrack, hearing: Hearing | None, duration: int) -> TextTrack:
    """The track in its new times. Invalid when captions would come to lie outside of the film."""
    ways: dict[str, Callable[[], retime.Retimed]] = {
        "shift": lambda: retime.shift(track, _seconds("shift")),
        "stretch": lambda: retime.stretch(
            track, (_time("from1"), _time("to1")), (_time("from2"), _time("to2"))
        ),
        "rate": lambda: retime.rate(track, request.form.get("rate", "")),
        "snap": lambda: _snapped(track, hearing),
    }
    way = ways.get(request.form.get("way", ""))
    if way is None:
        raise Invalid("Choose what to do.", code="no_way", field="way")
    done = way()
    lost = retime.outside(done, track, duration)
    if lost:
        raise Invalid(
            "%(count)s captions would begin before the film or after its end, and lose their times. Nothing "
            "was moved: check the figures, or remove those captions first.",
            code="outside", field=_FIELD[request.form["way"]], count=len(lost),
        )  # fmt: skip
    return done.track


def _snapped(track: TextTrack, hearing: Hearing | None) -> retime.Retimed:
    if hearing is None:
        raise Invalid(
            "Nobody has listened to this film yet: wait until that is done, then try again.",
            code="not_heard", field="way",
        )  # fmt: skip
    return retime.snap(
        track,
        hearing,
        to_speech=request.form.get("to_speech") == "1",
        to_cuts=request.form.get("to_cuts") == "1",
    )


def _seconds(name: str) -> int:
    """Milliseconds of typed seconds, which may be negative: -1.5."""
    text = request.form.get(name, "").strip().replace("\N{MINUS SIGN}", "-")
    if not _SECONDS.fullmatch(text):
        raise Invalid("“%(text)s” is no number of seconds.", code="bad_seconds", field=name, text=text[:40])
    value = float(text.replace(",", "."))
    if not abs(value) < 360_000:
        raise Invalid("That is too much.", code="bad_seconds", field=name)
    return round(value * 1000)


def _time(name: str) -> int:
    found = parse_clock(request.form.get(name, ""))
    if found is None:
        raise Invalid(
            "“%(text)s” is no time: write it as 1:02.5 or 1:02:03.450.",
            code="bad_time", field=name, text=request.form.get(name, "")[:40],
        )  # fmt: skip
    return found


def _page(track_id: int) -> dict[str, Any]:
    with runtime().db.reading() as session:
        track, video = editor_pages.mine(session, viewer(), track_id)
        draft = drafts.of(session, track)
        is_heard = checks.hearing(session, video) is not None
    return {
        "track_id": track.id,
        "video_id": video.id,
        "video_title": video.title,
        "name": menu.track_name(track.kind.value, track.label, track.language),
        "revision": draft.revision,
        "first": draft.rows[0].cue if draft.rows else None,
        "last": draft.rows[-1].cue if draft.rows else None,
        "is_heard": is_heard,
        "rates": tuple(retime.RATIOS),
        "typed": request.form,
        "kept": _("The working copy is changed, not what learners see."),
    }
