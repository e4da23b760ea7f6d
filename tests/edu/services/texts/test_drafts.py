"""Working copies: begun, replaced, put by, and brought into another cut of the film."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from threading import Thread

import pytest
import sqlalchemy as sa

from captions import Cue, TextTrack
from edu.errors import Conflict
from edu.models import DraftOrigin, Track, TrackDraft, TrackKind, TrackVersion, Video
from edu.models.track import PUT_BY
from edu.services.film_moves import served_tracks
from edu.services.texts import beginnings, drafts, tracks
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

    kept = session.query(TrackVersion).filter_by(note=PUT_BY).one()
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
    assert "Find the crest." in session.query(TrackVersion).filter_by(note=PUT_BY).one().document


def test_an_editor_who_knows_more_than_there_is_had_a_copy_that_was_given_up(made):
    session, track, maker, now = made
    first = drafts.of(session, track).rows[0]

    with pytest.raises(Conflict, match="made anew"):
        drafts.save(session, track, [Edit(first.key, 57, first.cue, first.cue)], 57, maker, now)


def test_a_copy_of_another_film_is_not_served(made):
    session, track, maker, now = made
    drafts.replace_all(session, track, CUES, origin=DraftOrigin.FILE, viewer=maker, now=now)
    session.get_one(Video, track.video_id).film = 7

    with pytest.raises(Conflict, match="another cut"):
        drafts.approve(session, track, drafts.of(session, track).revision, maker, now)


def test_a_copy_that_was_given_up_is_found_and_opened_again(made):
    session, served, maker, now = made
    track = drafts.begun(session, session.get_one(Video, served.video_id), TrackKind.CAPTIONS, "es", "", now)
    drafts.replace_all(session, track, CUES[:1], origin=DraftOrigin.SCRIPT, viewer=maker, now=now)
    drafts.discard(session, track, drafts.of(session, track).revision, maker, now)
    assert drafts.unserved(session, session.get_one(Video, served.video_id)) == [track]

    beginnings.reopen(session, track, 1, maker, now)

    assert [row.cue for row in drafts.of(session, track).rows] == list(CUES[:1])
    assert track.current == 0


def test_times_that_are_all_moved_leave_the_copy_before_among_the_versions(made):
    session, track, maker, now = made
    drafts.replace_all(session, track, CUES, origin=DraftOrigin.FILE, viewer=maker, now=now)
    moved = TextTrack(cues=tuple(replace(cue, start=0, end=1) for cue in CUES))

    beginnings.retime(session, track, moved, drafts.of(session, track).revision, maker, now)

    assert "00:00:30.000" in session.query(TrackVersion).filter_by(note=PUT_BY).one().document


def approve(session, track, maker, now) -> None:
    drafts.approve(session, track, drafts.of(session, track).revision, maker, now)


def discard(session, track, maker, now) -> None:
    drafts.discard(session, track, drafts.of(session, track).revision, maker, now)


def show_another_film(session, track, maker, now) -> None:
    video = session.get_one(Video, track.video_id)
    served_tracks(session, video)
    drafts.follow(session, video, lambda cue: cue, 1, now)


@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("deed", [approve, discard, show_another_film])
def test_whoever_waits_for_a_track_does_not_hold_its_working_copy(runtime, deed: Callable[..., None]):
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        maker = filming.add_maker(session, now)
        video = filming.add_video(session, maker, now)
        track = drafts.begun(session, video, TrackKind.CAPTIONS, "en", "", now)
        drafts.replace_all(session, track, CUES, origin=DraftOrigin.FILE, viewer=maker, now=now)
        track_id = track.id

    def do() -> None:
        with runtime.db.writing() as session:
            deed(session, session.get_one(Track, track_id), maker, now)

    other = Thread(target=do)
    with runtime.db.writing() as session:
        tracks.locked(session, session.get_one(Track, track_id))
        other.start()
        waits = sa.text("SELECT count(*) FROM pg_locks WHERE NOT granted")
        while other.is_alive() and not session.scalar(waits):
            pass
        free = sa.select(TrackDraft.track_id).with_for_update(nowait=True)
        assert session.scalar(free) == track_id  # as somebody who saves would take it next
    other.join()
