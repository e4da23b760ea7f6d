"""Text tracks: versions that are only added, saves that do not overwrite each other, and lasting step ids."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

import captions
from captions import Cue, TextTrack
from edu.errors import Conflict, Invalid, NotFound
from edu.models import Step, Track, TrackKind, TrackVersion, Video
from edu.services.texts import tracks
from tests.edu.conftest import Site


def read(text: str) -> TextTrack:
    return captions.read(f"WEBVTT\n\n{text}".encode(), format="vtt")


def chapters(*cues: tuple[str, int, int, str]) -> TextTrack:
    made = tuple(Cue(start * 1000, end * 1000, title, identifier) for identifier, start, end, title in cues)
    return TextTrack(kind="chapters", language="en", cues=made)


def keep(
    session: Session, site: Site, track: TextTrack, kind: TrackKind, language: str = "en", **more: int
) -> Track:
    video = session.scalars(select(Video).where(Video.code == "V1")).one()
    now = site.runtime.clock.now()
    return tracks.keep(session, video, track, kind=kind, language=language, now=now, **more)


def steps(site: Site) -> dict[str, tuple[str, int | None]]:
    with site.runtime.db.reading() as session:
        found = session.scalars(select(Step).order_by(Step.identifier))
        return {step.identifier: (step.title, step.start_ms) for step in found}


SAID = "00:00.000 --> 00:02.000\nAsk before you touch.\n"


def test_what_is_saved_is_the_next_version_and_the_one_before_stays(site: Site) -> None:
    with site.runtime.db.writing() as session:
        row = keep(session, site, read(SAID), TrackKind.CAPTIONS)
        assert row.current == 2

    with site.runtime.db.reading() as session:
        documents = session.scalars(
            select(TrackVersion.document).where(TrackVersion.track_id == row.id).order_by(TrackVersion.number)
        ).all()
    assert ["Ask first." in documents[0], "Ask before you touch." in documents[1]] == [True, True]


def test_an_earlier_version_can_be_served_again(site: Site) -> None:
    with site.runtime.db.writing() as session:
        row = keep(session, site, read(SAID), TrackKind.CAPTIONS)
        tracks.bring_back(session, row.id, 1, now=site.runtime.clock.now())

    with site.runtime.db.reading() as session:
        (served,) = [t for t in tracks.of_video(session, row.video_id) if t.track.id == row.id]
    assert tracks.cues_of(served)[0].text == "Ask first."


def test_a_version_that_never_was_cannot_be_served(site: Site) -> None:
    with site.runtime.db.writing() as session:
        row = keep(session, site, read(SAID), TrackKind.CAPTIONS)
        with pytest.raises(NotFound):
            tracks.bring_back(session, row.id, 9, now=site.runtime.clock.now())


def test_who_began_from_an_older_version_is_told_instead_of_overwriting(site: Site) -> None:
    with site.runtime.db.writing() as session:
        keep(session, site, read(SAID), TrackKind.CAPTIONS, expected=1)

    with pytest.raises(Conflict, match="somebody else saved"), site.runtime.db.writing() as session:
        keep(session, site, read(SAID), TrackKind.CAPTIONS, expected=1)


def test_a_track_without_a_cue_is_refused(site: Site) -> None:
    with pytest.raises(Invalid), site.runtime.db.writing() as session:
        keep(session, site, read(""), TrackKind.CAPTIONS)


def test_a_step_whose_chapter_goes_keeps_its_id_and_stands_nowhere(site: Site) -> None:
    with site.runtime.db.writing() as session:
        keep(session, site, chapters(("V1-c02", 0, 9, "Position")), TrackKind.CHAPTERS)

    assert steps(site)["V1-c01"] == ("Ask first", None)
    assert steps(site)["V1-c02"] == ("Position", 0)


def test_a_new_chapter_never_gets_an_id_that_was_given_before(site: Site) -> None:
    with site.runtime.db.writing() as session:
        keep(session, site, chapters(("V1-c01", 0, 9, "Ask first")), TrackKind.CHAPTERS)
        keep(session, site, chapters(("V1-c01", 0, 9, "Ask first"), ("", 9, 12, "New")), TrackKind.CHAPTERS)

    assert steps(site)["V1-c03"] == ("New", 9000)


def test_an_id_of_another_video_is_refused(site: Site) -> None:
    with pytest.raises(Invalid, match="V2-c01"), site.runtime.db.writing() as session:
        keep(session, site, chapters(("V2-c01", 0, 9, "Stolen")), TrackKind.CHAPTERS)


def test_chapters_in_another_language_neither_rename_nor_move_the_steps(site: Site) -> None:
    before = steps(site)

    with site.runtime.db.writing() as session:
        track = chapters(("V1-c01", 0, 8, "Primero preguntar"))
        keep(session, site, track, TrackKind.CHAPTERS, language="es")

    assert steps(site) == before


def test_the_steps_of_a_video_stand_in_the_order_of_time(site: Site) -> None:
    with site.runtime.db.reading() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        found = [step.identifier for step in tracks.steps_of(session, video.id)]

    assert found == ["V1-c01", "V1-c02"]
