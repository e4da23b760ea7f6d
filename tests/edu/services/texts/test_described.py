"""Described sounds: when one can be made, what takes the place of what, and with what it goes."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from captions import Cue, TextTrack
from edu.errors import Conflict, Invalid, NotFound, TooLarge
from edu.models import Job, JobState, Track, TrackKind, Video, VideoFile, VideoState
from edu.policy import Viewer
from edu.services import delivery, packages, sources
from edu.services.packages import Addition
from edu.services.texts import described, drafts, tracks
from edu.services.texts.rows import Edit
from media import FileRole, PackageFile

CUES = (Cue(1000, 2000, "The thumb."),)


@pytest.fixture
def session(runtime):
    with runtime.db.writing() as session:
        yield session


@pytest.fixture
def now(runtime):
    return runtime.clock.now()


@pytest.fixture
def video(session, now) -> Video:
    made = Video(
        slug="a-clip", title="A clip", original_key="", state=VideoState.READY, state_at=now, created_at=now,
        version="v1", duration_ms=4000, width=320, height=180,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


@pytest.fixture
def track(session, video, now) -> Track:
    text = TextTrack(cues=CUES)
    return tracks.keep(session, video, text, kind=TrackKind.DESCRIPTIONS, language="en", now=now)


def publish(session, video, track, name: str, *, voice: bool = True) -> list[str]:
    added = Addition.of(PackageFile(name, 10, "video/mp4", FileRole.RENDITION_SOUND))
    detail = {"language": "en", "number": 1, "voice": voice, "overruns": [[1000, 320, 0]]}
    return described.publish(session, video, track, added, detail)


def bring(session, video, track, now) -> tuple[str, list[str]]:
    key = described.recording_key(video)
    return key, described.keep_recording(session, video, track, key, 10, Viewer(), now)


def names(session, role: str) -> list[str]:
    return list(session.scalars(select(VideoFile.name).where(VideoFile.role == role)))


def test_it_is_served_beside_the_film_and_known_by_its_track(session, video, track):
    assert described.find(session, video, track) is None

    publish(session, video, track, "sound-ad-1.mp4")

    found = described.find(session, video, track)
    assert (found.number, found.is_voice, found.url_name) == (1, True, "sound-ad-1.mp4")
    assert found.overruns == (described.Overrun(1000, 320, 0),)


def test_it_stands_last_in_the_menu_of_sounds(session, video, track):
    for name, role, detail in (
        ("180.mp4", "rendition", {}),
        ("sound-1.mp4", sources.SOUND, {"language": "es", "label": "Doblaje"}),
    ):
        session.add(
            VideoFile(video_id=video.id, version="v1", name=name, role=role, key=f"videos/1/v1/{name}",
                      bytes=1, content_type="video/mp4", detail=detail)
        )  # fmt: skip
    publish(session, video, track, "sound-ad-1.mp4")

    found = sources.sounds("/m", list(session.scalars(select(VideoFile))), "en")

    assert [(each.label, each.is_described) for each in found] == [
        ("English", False), ("Doblaje", False), ("", True)
    ]  # fmt: skip


def test_made_again_it_takes_the_place_of_the_one_before(session, video, track, now):
    key, _ = bring(session, video, track, now)
    publish(session, video, track, "sound-ad-1.mp4", voice=False)

    gone = publish(session, video, track, "sound-ad-2.mp4")

    assert names(session, sources.SOUND) == ["sound-ad-2.mp4"]
    # what the server says itself needs the recording no more
    assert gone == [f"videos/{video.id}/v1/sound-ad-1.mp4", key]


def test_another_recording_takes_the_place_of_one_that_waits(session, video, track, now):
    first, _ = bring(session, video, track, now)

    second, gone = bring(session, video, track, now)

    assert gone == [first]
    jobs = session.scalars(select(Job).order_by(Job.id)).all()
    assert [(job.state, job.payload["recording"]) for job in jobs] == [
        (JobState.CANCELLED, first),
        (JobState.READY, second),
    ]
    assert described.work(session, track).job_id == jobs[1].id


def test_a_recording_is_handed_out_to_nobody(session, video, track, now):
    bring(session, video, track, now)

    file = session.scalars(select(VideoFile).where(VideoFile.role == described.RECORDING)).one()
    assert delivery.needed(video, file) is None


def test_removed_it_is_served_no_more_and_nothing_is_made(session, video, track, now):
    key, _ = bring(session, video, track, now)
    publish(session, video, track, "sound-ad-1.mp4", voice=False)

    gone = described.remove(session, video, track, now)

    assert gone == [f"videos/{video.id}/v1/sound-ad-1.mp4", key]
    assert described.find(session, video, track) is None
    assert described.work(session, track).state is JobState.CANCELLED
    with pytest.raises(NotFound):
        described.remove(session, video, track, now)


def test_each_language_has_its_own(session, video, track, now):
    text = TextTrack(cues=CUES)
    other = tracks.keep(session, video, text, kind=TrackKind.DESCRIPTIONS, language="de", now=now)

    publish(session, video, track, "sound-ad-1.mp4")
    publish(session, video, other, "sound-ad-2.mp4")

    assert described.find(session, video, track).url_name == "sound-ad-1.mp4"
    assert described.find(session, video, other).url_name == "sound-ad-2.mp4"


def test_it_goes_with_the_version_that_it_was_made_for(session, video, track, now):
    bring(session, video, track, now)
    publish(session, video, track, "sound-ad-1.mp4", voice=False)
    session.scalars(select(Job)).one().state = JobState.DONE

    video.version = "v2"
    packages.hurry_removals(session, video, now)

    assert names(session, sources.SOUND) == names(session, described.RECORDING) == []
    assert described.find(session, video, track) is None
    assert described.was_lost(session, video, track)


def test_a_recording_that_comes_when_the_film_was_made_anew_is_refused(session, video, track, now):
    key = described.recording_key(video)
    video.version = "v2"

    with pytest.raises(Conflict) as caught:
        described.keep_recording(session, video, track, key, 10, Viewer(), now)

    assert caught.value.code == "film_changed"


def done(session, video, track, now, **payload) -> None:
    """Let a described sound of the film before have been made."""
    job = described.promise(session, video, track, Viewer(), now)
    job.state, job.payload = JobState.DONE, {**job.payload, **payload}
    publish(session, video, track, "sound-ad-1.mp4")


@pytest.mark.parametrize(("payload", "count"), [({}, 1), ({"recording": "videos/1/v1/x"}, 0)])
def test_for_a_film_made_anew_the_voice_says_it_again_and_a_person_has_to(
    session, video, track, now, payload, count
):
    done(session, video, track, now, **payload)
    assert described.make_again(session, video, now) == []

    video.version = "v2"

    assert len(described.make_again(session, video, now)) == count
    assert described.was_lost(session, video, track)


def test_what_was_removed_is_not_missed_in_the_next_film(session, video, track, now):
    done(session, video, track, now)
    described.remove(session, video, track, now)

    video.version = "v2"

    assert described.make_again(session, video, now) == []
    assert not described.was_lost(session, video, track)


def test_descriptions_that_are_being_worked_on_are_not_said_again(session, video, track, now):
    done(session, video, track, now)
    drafts.save(session, track, [Edit("d1", 0, Cue(3000, 3500, "New."))], 1, Viewer(), now)

    video.version = "v2"

    assert described.make_again(session, video, now) == []


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": VideoState.IMPROVING}, "film_unready"),
        ({"state": VideoState.WATCHABLE}, "film_unready"),
        ({"state": VideoState.WATCHABLE, "problem": {"code": "x"}}, None),
        ({"height": 0}, "no_picture"),
        ({}, None),
    ],
)
def test_a_film_that_is_being_made_gets_none(session, video, track, change, code):
    for name, value in change.items():
        setattr(video, name, value)

    found = described.obstacle(session, video, track)

    assert (found.code if found else None) == code


def test_what_is_not_approved_is_not_said(session, video, track, now):
    drafts.save(session, track, [Edit("d1", 0, Cue(3000, 3500, "New."))], 1, Viewer(), now)

    with pytest.raises(Conflict) as caught:
        described.promise(session, video, track, Viewer(), now)

    assert caught.value.code == "descriptions_unapproved"


@pytest.mark.parametrize(
    ("data", "is_taken"),
    [
        (b"RIFF\x24\0\0\0WAVEfmt ", True), (b"ID3\x04\0\0\0\0\0\0", True), (b"fLaC\0\0", True),
        (b"OggS\0\0", True), (b"caff\0\x01", True), (b"\x1a\x45\xdf\xa3", True),
        (b"", False), (b"<html><script>alert(1)</script>", False), (b"#EXTM3U\nfile:///etc/passwd", False),
        (b"\x89PNG\r\n\x1a\n", False), (b"PK\x03\x04", False), (b"The thumb presses.", False),
    ],
)  # fmt: skip
def test_what_is_no_sound_is_told_apart_by_its_first_bytes(tmp_path: Path, data, is_taken):
    path = tmp_path / "r.mp3"
    path.write_bytes(data)

    if is_taken:
        described.check_recording(path)
        return
    with pytest.raises(Invalid) as caught:
        described.check_recording(path)
    assert caught.value.parameters["field"] == "recording"


def test_a_recording_of_more_than_200_mb_is_too_large(tmp_path: Path):
    path = tmp_path / "r.wav"
    with path.open("wb") as made:
        made.truncate(described.MOST_BYTES + 1)

    with pytest.raises(TooLarge, match="201 MB"):
        described.check_recording(path)
