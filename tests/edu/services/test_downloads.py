"""Files of a video's words: written from the track that is served, behind the gate of their video."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from captions import Cue, TextTrack
from edu.errors import GateClosed, NotFound
from edu.models import TrackKind, Video, Visibility
from edu.policy import NOBODY
from edu.services import downloads
from edu.services.texts import tracks
from tests.edu.conftest import BEGINNING, Site

CUES = (Cue(0, 2000, "<v Anna>Press &amp; hold."), Cue(9000, 11_000, "Then\nlet go."))
STEPS = (Cue(0, 5000, "Press", "V1-c01"), Cue(5000, 12_000, "Let go", "V1-c02"))


def keep(site: Site, *cues: Cue, kind: TrackKind = TrackKind.CAPTIONS, language: str = "en") -> None:
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        now = site.runtime.clock.now()
        tracks.keep(session, video, TextTrack(cues=cues), kind=kind, language=language, now=now)


def file(
    site: Site, ending: str, kind: str = "captions", language: str = "en", code: str = "V1"
) -> downloads.Words:
    with site.runtime.db.reading() as session:
        slug = site.video(code).slug
        return downloads.words(session, NOBODY, slug, kind, language, ending, today=BEGINNING.date())


def test_the_words_are_written_as_vtt_srt_and_text(site: Site) -> None:
    keep(site, *CUES)
    keep(site, *STEPS, kind=TrackKind.CHAPTERS)

    assert (
        file(site, "vtt")
        .data()
        .startswith(b"WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n<v Anna>Press &amp; hold.")
    )
    assert b"1\n00:00:00,000 --> 00:00:02,000\n" in file(site, "srt").data()
    assert file(site, "txt").data() == (
        b"Press\n\n[0:00] Anna: Press & hold.\n\nLet go\n\n[0:09] Then let go.\n"
    )


def test_chapters_are_written_a_line_each(site: Site) -> None:
    keep(site, *STEPS, kind=TrackKind.CHAPTERS)

    assert file(site, "txt", "chapters").data() == b"0:00 Press\n0:05 Let go\n"


def test_the_mark_changes_with_what_the_file_is_made_of(site: Site) -> None:
    keep(site, *CUES)
    before = [file(site, ending).mark for ending in ("vtt", "txt")]

    keep(site, *STEPS, kind=TrackKind.CHAPTERS)
    after = [file(site, ending).mark for ending in ("vtt", "txt")]

    assert (before[0] == after[0], before[1] == after[1], len({*before, *after})) == (True, False, 3)


def test_a_translation_has_files_of_its_own(site: Site) -> None:
    keep(site, Cue(0, 900, "Drücken."), kind=TrackKind.SUBTITLES, language="de")

    found = file(site, "txt", "subtitles", "de")

    assert "Drücken." in found.data().decode()
    assert (found.name, found.content_type) == (
        f"{site.video('V1').slug}.de.txt",
        "text/plain; charset=utf-8",
    )


def test_what_is_not_there_or_not_for_the_reader_is_refused(site: Site) -> None:
    for ending, kind, language in (
        ("exe", "captions", "en"),
        ("vtt", "captions", "xx"),
        ("vtt", "metadata", "en"),
    ):
        with pytest.raises(NotFound):
            file(site, ending, kind, language)
    with pytest.raises(GateClosed):
        file(site, "txt", code="V2")
    site.change_video("V1", visibility=Visibility.DRAFT)
    with pytest.raises(NotFound):
        file(site, "txt")
