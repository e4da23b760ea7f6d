"""Working copies: begun, replaced, put by, and brought into another cut of the film."""

from __future__ import annotations

from dataclasses import replace

import pytest

from captions import Cue, TextTrack
from edu.errors import Conflict
from edu.models import DraftOrigin, TrackDraft, TrackKind, TrackVersion
from edu.services.texts import drafts, tracks
from edu.services.texts.rows import Edit
from tests import filming

CUES = (Cue(1000, 4000, "Find the crest."), Cue(30_000, 34_000, "Press."))


@pytest.fixture
def made(runtime):
    """A site with a film of a minute whose captions have two cues: session, track, maker, moment."""
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        maker = filming.add_maker(session, now)
        video = filming.add_video(session, maker, now)
        track = tracks.keep(
            session, video, TextTrack(cues=CUES), kind=TrackKind.CAPTIONS, language="en", now=now
        )
        yield session, track, maker, now


def test_a_copy_that_is_begun_anew_puts_the_edited_one_by(made):
    session, track, maker, now = made
    first = drafts.of(session, track).rows[0]
    drafts.save(
        session, track, [Edit(first.key, 1, replace(first.cue, text="Mine."), first.cue)], 1, maker, now
    )

    drafts.replace_all(
        session, track, (Cue(0, 900, "From a script."),), origin=DraftOrigin.SCRIPT, viewer=maker, now=now
    )

    kept = session.query(TrackVersion).filter_by(note=drafts.KEPT).one()
    assert "Mine." in kept.document
    assert [row.cue.text for row in drafts.of(session, track).rows] == ["From a script."]
    assert track.current == 1


def test_an_editor_of_the_copy_before_is_told_to_reload(made):
    session, track, maker, now = made
    first = drafts.of(session, track).rows[0]
    drafts.replace_all(session, track, CUES, origin=DraftOrigin.SCRIPT, viewer=maker, now=now)

    with pytest.raises(Conflict, match="made anew"):
        drafts.save(session, track, [Edit(first.key, 1, first.cue, first.cue)], 1, maker, now)


def test_a_copy_follows_the_film_and_what_is_cut_out_is_put_by(made):
    session, track, maker, now = made
    video = session.get_one(filming.Video, track.video_id)
    drafts.replace_all(session, track, CUES, origin=DraftOrigin.FILE, viewer=maker, now=now)

    drafts.follow(
        session, video, lambda cue: None if cue.start < 20_000 else replace(cue, start=0, end=4000), 1, now
    )

    assert [(row.cue.start, row.cue.text) for row in drafts.of(session, track).rows] == [(0, "Press.")]
    assert session.query(TrackDraft).one().film == 1
    assert "Find the crest." in session.query(TrackVersion).filter_by(note=drafts.KEPT).one().document
