"""Caption files judged before they are served: clean, mended, or kept for a person."""

from __future__ import annotations

import pytest

from captions import Cue, TextTrack
from edu.models import TrackDraft, TrackKind
from edu.services.texts import caption_files, tracks
from tests import filming

SOUND = Cue(1000, 4000, "Find the crest.")
BACKWARDS = Cue(5000, 4000, "Press.")
AT_ONCE = Cue(5000, 5000, "Press.")
OVERLAPPING = (Cue(1000, 6000, "Find the crest."), Cue(5000, 9000, "Press gently."))
TOO_FAST = Cue(5000, 5300, "Press with two fingers, not harder than the nail turns white, and wait.")


@pytest.fixture
def made(runtime):
    """A film of a minute without captions: session, video, maker, moment."""
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        maker = filming.add_maker(session, now)
        yield session, filming.add_video(session, maker, now), maker, now


def judged(made, *cues: Cue, kind: TrackKind = TrackKind.CAPTIONS) -> caption_files.Judged:
    session, video, _maker, _now = made
    return caption_files.judge(session, video, TextTrack(cues=cues), kind, "en")


def test_a_file_that_breaks_no_rule_is_taken_as_it_is(made):
    found = judged(made, SOUND)

    assert (found.track.cues, found.mended, found.errors) == ((SOUND,), 0, ())


@pytest.mark.parametrize(
    "wrong", [(BACKWARDS,), (AT_ONCE,), OVERLAPPING], ids=["backwards", "at once", "over"]
)
def test_times_that_cannot_be_shown_are_mended_and_told_with_what_they_were(made, wrong):
    found = judged(made, *wrong)

    assert found.errors == ()
    assert found.mended >= 1
    assert all(cue.start < cue.end for cue in found.track.cues)
    assert [repair.code for repair in found.track.repairs] == ["rule"]
    assert found.track.repairs[0].before.startswith("00:00:0")
    assert found.track.repairs[0].before != found.track.repairs[0].after


def test_what_needs_a_person_keeps_the_whole_file_as_it_was_sent(made):
    found = judged(made, SOUND, TOO_FAST)

    assert found.track.cues == (SOUND, TOO_FAST)
    assert {problem.cue for problem in found.errors} == {1}
    assert found.wrong == 1


def test_chapters_are_held_to_their_own_rules(made):
    assert judged(made, BACKWARDS, kind=TrackKind.CHAPTERS).errors == ()


def test_a_file_with_errors_becomes_the_working_copy_and_what_is_served_stays(made):
    session, video, maker, now = made
    names = {"kind": TrackKind.CAPTIONS, "language": "en"}
    wrong = judged(made, SOUND, TOO_FAST)
    tracks.keep(session, video, TextTrack(cues=(SOUND,)), now=now, **names)

    track = caption_files.take(session, video, wrong, label="", name="b.srt", viewer=maker, now=now, **names)

    assert track.current == 1
    assert len(session.get_one(TrackDraft, track.id).rows) == 2


def test_the_same_file_sent_twice_is_one_version(made):
    session, video, maker, now = made
    sent = {"kind": TrackKind.CAPTIONS, "language": "en", "name": "a.srt", "viewer": maker, "now": now}

    for label in ("", "English"):
        track = caption_files.take(session, video, judged(made, SOUND), label=label, **sent)

    assert (track.current, track.label) == (1, "English")
