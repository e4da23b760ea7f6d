"""The caption gate: what a film needs before it is published, alone or with its lesson."""

from __future__ import annotations

import pytest

from captions import Cue, TextTrack
from edu.errors import Invalid
from edu.models import Hearing, TrackKind, Video
from edu.services import video_editing
from edu.services.texts import gate, tracks
from edu.services.texts.gate import Lack
from tests import filming

GOOD = (Cue(1000, 4000, "Find the crest."),)


@pytest.fixture
def made(runtime):
    """A film of a minute without captions: session, video, maker, moment."""
    now = runtime.clock.now()
    with runtime.db.writing() as session:
        maker = filming.add_maker(session, now)
        yield session, filming.add_video(session, maker, now), maker, now


def keep(session, video, cues, now, kind=TrackKind.CAPTIONS, language="en-GB") -> None:
    tracks.keep(session, video, TextTrack(cues=cues), kind=kind, language=language, now=now)


def test_a_film_is_published_with_captions_in_its_language_only(made):
    session, video, maker, now = made
    keep(session, video, GOOD, now, language="es")
    keep(session, video, GOOD, now, kind=TrackKind.SUBTITLES)

    with pytest.raises(Invalid) as refused:
        video_editing.publish(session, maker, video.id, now)
    assert refused.value.code == Lack.NO_CAPTIONS

    keep(session, video, GOOD, now)
    video_editing.publish(session, maker, video.id, now)
    assert video.is_published


def test_captions_of_which_some_cannot_be_shown_do_not_pass(made):
    session, video, _, now = made
    keep(session, video, (*GOOD, Cue(9000, 8000, "Backwards.")), now)

    assert gate.lack(session, video).code == Lack.BROKEN


def test_a_film_in_which_nobody_is_heard_needs_none(made):
    session, video, _, now = made
    session.add(Hearing(video_id=video.id, version="v1", speech=[[0, 300]], cuts=[], made_at=now))
    session.flush()

    assert gate.lack(session, video) is None
    video.version = "v2"  # another film: nobody has listened to it
    assert gate.lack(session, video).code == Lack.NO_CAPTIONS


def test_that_nobody_speaks_is_asked_again_before_it_is_published_again(made):
    session, video, maker, now = made
    video_editing.publish(session, maker, video.id, now, is_wordless=True)

    video_editing.unpublish(session, maker, video.id, now)

    with pytest.raises(Invalid):
        video_editing.publish(session, maker, video.id, now)
    assert not session.get_one(Video, video.id).is_published
