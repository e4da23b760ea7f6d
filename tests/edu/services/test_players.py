"""What a player is told of a video's files: sources in order, AV1, sounds, poster, and nothing for makers."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import select

from captions import Cue, TextTrack
from edu.models import TrackKind, Video, VideoFile
from edu.services import players, sources
from edu.services.delivery import Addresses
from edu.services.players import PlayerView, Screening
from edu.services.texts import tracks
from edu.storage import media_type, package_key
from tests.edu.conftest import Site

AV1 = "av01.0.08M.08,mp4a.40.2"


def add(site: Site, name: str, role: str, **detail: Any) -> None:
    """One more file of V1's package."""
    video = site.video("V1")
    key = package_key(video.id, video.version, name)
    row = VideoFile(video_id=video.id, version=video.version, name=name, role=role, key=key, bytes=1)
    row.content_type, row.detail = media_type(name), detail
    with site.runtime.db.writing() as session:
        session.add(row)


def shown(site: Site) -> PlayerView:
    """The player of V1."""
    addresses = Addresses(site.signer, "", site.runtime.clock.now())
    with site.runtime.db.reading() as session:
        return players.screening(session, site.video("V1"), addresses, language="en").player


def names(view: PlayerView) -> list[str]:
    return [source.url.rpartition("/")[2] for source in view.sources]


def test_without_av1_and_without_a_choice_of_sound_nothing_is_said_of_them(site: Site) -> None:
    view = shown(site)

    assert (view.hls_av1_url, view.av1, view.sounds, view.frames_url) == (None, "", (), None)
    assert names(view) == ["720.mp4"]


def test_av1_comes_first_with_its_codecs_and_what_plays_everywhere_after_it(site: Site) -> None:
    add(site, "1080.mp4", "rendition", height=1080)
    add(site, "360.mp4", "rendition", height=360)
    add(site, "av1-0badcafe.mp4", "rendition-av1", width=1920, height=1080, bandwidth=1281000, codecs=AV1)
    add(site, "master-av1.m3u8", "master-av1")
    site.change_video("V1", frame_rate="30000/1001")

    view = shown(site)

    assert names(view) == ["av1-0badcafe.mp4", "720.mp4", "360.mp4", "1080.mp4"]
    assert [source.type for source in view.sources] == [f'video/mp4; codecs="{AV1}"', *["video/mp4"] * 3]
    assert view.hls_av1_url == f"{site.public('V1')}/vV1/master-av1.m3u8"
    assert json.loads(view.av1) == {
        "contentType": 'video/mp4; codecs="av01.0.08M.08"',
        "width": 1920,
        "height": 1080,
        "bitrate": 1281000,
        "framerate": 29.97,
    }


@pytest.mark.parametrize(
    ("written", "rate"), [("25", 25.0), ("", 30.0), ("0", 30.0), ("0/0", 30.0), ("x", 30.0)]
)
def test_a_browser_is_always_told_a_rate_since_it_answers_nothing_without_one(
    site: Site, written: str, rate: float
) -> None:
    add(site, "av1-0badcafe.mp4", "rendition-av1", width=640, height=360, bandwidth=1, codecs=AV1)
    site.change_video("V1", frame_rate=written)

    assert json.loads(shown(site).av1)["framerate"] == rate


def test_sounds_start_with_the_films_own_and_go_on_by_number(site: Site) -> None:
    add(site, "sound-10.mp4", "rendition-sound", language="de", label="", height=720)
    add(site, "sound-2.mp4", "rendition-sound", language="es", label="Español, con comentarios", height=720)
    media = f"{site.public('V1')}/vV1"

    view = shown(site)

    assert [(s.language, s.label, s.url, s.is_default) for s in view.sounds] == [
        ("en", "English", f"{media}/720.mp4", True),
        ("es", "Español, con comentarios", f"{media}/sound-2.mp4", False),
        ("de", "Deutsch", f"{media}/sound-10.mp4", False),
    ]
    assert names(view) == ["720.mp4"]


OWN_NAMES = [("es", "Español"), ("pt-BR", "Português (Brasil)"), ("tlh", "tlh"), ("und", "und"), ("%", "%")]


@pytest.mark.parametrize(("language", "name"), OWN_NAMES)
def test_a_language_is_named_as_its_speakers_name_it(language: str, name: str) -> None:
    assert sources.own_name(language) == name


def test_the_poster_that_was_chosen_is_shown_and_else_the_first_one(site: Site) -> None:
    add(site, "poster-3.jpg", "poster-candidate")
    media = f"{site.public('V1')}/vV1"
    assert shown(site).poster_url == f"{media}/poster.jpg"

    site.change_video("V1", poster="poster-3.jpg")
    assert shown(site).poster_url == f"{media}/poster-3.jpg"

    # a version that has no such picture, and a name that is no picture for viewers
    for name in ("poster-9.jpg", "report.json"):
        site.change_video("V1", poster=name)
        assert shown(site).poster_url == f"{media}/poster.jpg"


def test_a_player_names_no_file_that_is_for_makers(site: Site) -> None:
    for name, role in (("poster-1.jpg", "poster-candidate"), ("blurred.mp4", "preview")):
        add(site, name, role, height=720)
    add(site, "frames.json", "frames")

    view = shown(site)

    assert view.frames_url == f"{site.public('V1')}/vV1/frames.json"
    assert not [name for name in ("poster-1", "blurred", "report", "waveform") if name in repr(view)]


def screen(site: Site, words: str = "") -> Screening:
    """V1 with its transcript, asked for in that language."""
    addresses = Addresses(site.signer, "", site.runtime.clock.now())
    with site.runtime.db.reading() as session:
        return players.screening(session, site.video("V1"), addresses, language="en", words=words)


def keep(site: Site, kind: TrackKind, language: str, *cues: Cue) -> None:
    with site.runtime.db.writing() as session:
        video = session.scalars(select(Video).where(Video.code == "V1")).one()
        now = site.runtime.clock.now()
        tracks.keep(session, video, TextTrack(cues=cues), kind=kind, language=language, now=now)


def test_a_hebrew_transcript_stands_right_to_left_among_steps_in_the_films_language(site: Site) -> None:
    keep(site, TrackKind.CAPTIONS, "en", Cue(0, 2000, "Press."), Cue(12_900, 15_000, "Hold."))
    keep(site, TrackKind.SUBTITLES, "he", Cue(0, 2000, "לחץ"), Cue(12_900, 15_000, "לחץ"))
    keep(site, TrackKind.CHAPTERS, "fr", Cue(0, 13_000, "Bonjour", "V1-c01"))
    keep(
        site,
        TrackKind.CHAPTERS,
        "en",
        Cue(0, 13_000, "Ask", "V1-c01"),
        Cue(13_000, 20_000, "Press", "V1-c02"),
    )

    shown = screen(site, "he")

    text = shown.transcript
    assert text is not None
    assert (text.language, text.direction, text.titles_language) == ("he", "rtl", "en")
    assert [(part.chapter.title, part.chapter.url) for part in text.paragraphs if part.chapter] == [
        ("Ask", "?words=he&t=0#V1-c01"),
        ("Press", "?words=he&t=13#V1-c02"),
    ]
    assert text.paragraphs[1].lines[0].url == "?words=he&t=12.9"
    assert [(track.label, track.default) for track in shown.player.tracks if track.kind != "chapters"] == [
        ("English", False),
        ("עברית", True),
    ]
    assert [(words.kind, words.label, words.url) for words in text.languages] == [
        ("captions", "English", "?words=en"),
        ("subtitles", "עברית", "?words=he"),
    ]


def test_a_language_that_nobody_has_is_no_part_of_an_address(site: Site) -> None:
    keep(site, TrackKind.CAPTIONS, "en", Cue(0, 2000, "Press."))

    text = screen(site, "<b>").transcript

    assert text is not None
    assert text.paragraphs[0].lines[0].url == "?words=en&t=0"
    assert [players.direction(language) for language in ("ar", "pt-BR", "tlh", "%")] == [
        *("rtl", "ltr", "auto", "auto"),
    ]


def test_a_place_in_one_cut_of_a_film_is_none_in_another(site: Site) -> None:
    before = shown(site).place

    site.change_video("V1", film=2)

    assert (before, shown(site).place) == (site.video("V1").slug, f"{site.video('V1').slug}.2")
