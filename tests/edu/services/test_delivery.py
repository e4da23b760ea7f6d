"""Tokens and the decision behind every media address: role by visibility by kind of file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from edu.errors import GateClosed, NotFound
from edu.models import Audience, Role, Track, TrackKind, TrackVersion, Video, VideoFile, Visibility
from edu.models.track import PUT_BY
from edu.policy import NOBODY, Viewer
from edu.runtime import Runtime
from edu.services import delivery
from edu.services.delivery import CANDIDATE, LIFE, Signer
from tests.edu.conftest import Site

SIGNER = Signer("a key for tests that is long enough")
NOW = datetime(2026, 3, 2, 9, 20, tzinfo=UTC)
VISITOR = Viewer(visitor_hash="v")
PROFESSIONAL = Viewer(visitor_hash="v", is_professional=True)
LEARNER = Viewer(user_id=1, role=Role.LEARNER)
LEARNED_PROFESSIONAL = replace(LEARNER, is_professional=True)
INSTRUCTOR = Viewer(user_id=2, role=Role.INSTRUCTOR)
ADMINISTRATOR = Viewer(user_id=3, role=Role.ADMINISTRATOR)
MAKERS_FILES = {"vV1/waveform.json", "vV1/report.json"}
EVERYBODY = (NOBODY, VISITOR, PROFESSIONAL, LEARNER, LEARNED_PROFESSIONAL, INSTRUCTOR, ADMINISTRATOR)
MAKERS = (INSTRUCTOR, ADMINISTRATOR)
MAY_READ = {
    (Visibility.PUBLISHED, Audience.OPEN): EVERYBODY,
    (Visibility.PUBLISHED, Audience.PRO): (PROFESSIONAL, LEARNED_PROFESSIONAL, *MAKERS),
    (Visibility.DRAFT, Audience.OPEN): MAKERS,
    (Visibility.DRAFT, Audience.PRO): MAKERS,
}


def test_a_lasting_token_opens_its_own_video_for_anybody() -> None:
    assert SIGNER.video_of(SIGNER.public(7), "", NOW) == 7
    assert SIGNER.video_of(SIGNER.public(7), "somebody", NOW + timedelta(days=3650)) == 7


def test_a_private_token_opens_its_video_for_its_reader_until_it_ends() -> None:
    token = SIGNER.private(7, "ada", NOW)

    assert SIGNER.video_of(token, "ada", NOW + LIFE - timedelta(hours=1)) == 7
    with pytest.raises(NotFound, match="reload the page"):
        SIGNER.video_of(token, "ada", NOW + LIFE)


def test_pages_of_one_hour_share_their_addresses() -> None:
    assert SIGNER.private(7, "ada", NOW) == SIGNER.private(7, "ada", NOW + timedelta(minutes=30))
    assert SIGNER.private(7, "ada", NOW) != SIGNER.private(7, "ada", NOW + timedelta(minutes=50))


@pytest.mark.parametrize("binding", ["", "bob", "ad"])
def test_a_private_token_is_no_good_to_anybody_else(binding: str) -> None:
    with pytest.raises(NotFound):
        SIGNER.video_of(SIGNER.private(7, "ada", NOW), binding, NOW)


def tampered() -> list[str]:
    public, private = SIGNER.public(7), SIGNER.private(7, "ada", NOW)
    mark, until, sign = private.split(".")
    return [
        *("", ".", "..", "p", "p7", "p7.", "s7", f"s7.{until}", f"s7.{until}.", "p-7." + public[3:]),
        *(public.replace("p7", "p8"), public[:-1], public + "=", public.upper(), "s" + public[1:]),
        *(f"s8.{until}.{sign}", f"s7.{int(until) + 3600}.{sign}", f"p7.{sign}", f"{mark}.{until}.{sign}x"),
        *(Signer("another key that is long enough!").public(7), "p٧." + public[3:], f"p7.{'é' * 24}"),
        *(f"s7.{until}.{'é' * 24}", "p" + "9" * 5000 + ".x", "s7.nan.x", "\x00", "p7\x00." + public[3:]),
    ]


@pytest.mark.parametrize("token", tampered())
def test_a_token_that_was_not_made_here_opens_nothing(token: str) -> None:
    with pytest.raises(NotFound):
        SIGNER.video_of(token, "ada", NOW)


@pytest.fixture
def prepared(site: Site) -> Site:
    """The site; tests change V1 of it."""
    return site


@pytest.mark.parametrize("viewer", EVERYBODY)
def test_who_may_have_a_file_is_decided_by_role_declaration_and_the_state_of_the_video(
    prepared: Site, viewer: Viewer
) -> None:
    names = prepared.files("V1")
    video = prepared.video("V1")
    assert len(names) == 10

    for (visibility, audience), allowed in MAY_READ.items():
        prepared.change_video("V1", visibility=visibility, audience=audience)
        for name in names:
            given = may_have(prepared.runtime, viewer, video.id, name)
            wanted = viewer is ADMINISTRATOR if name in MAKERS_FILES else viewer in allowed
            assert given is wanted, (visibility, audience, name)


def may_have(runtime: Runtime, viewer: Viewer, video_id: int, name: str) -> bool:
    version, _, file = name.partition("/")
    with runtime.db.reading() as session:
        try:
            found = delivery.find(session, viewer, video_id, version, file, NOW)
        except (NotFound, GateClosed):
            return False
        video = session.get_one(Video, video_id)
        is_open = video.is_published and video.audience is Audience.OPEN
        assert found.is_public is (is_open and name not in MAKERS_FILES)
        return True


def add_file(site: Site, name: str, role: str, key: str = "") -> int:
    """A row of V1's package; its video's id."""
    video = site.video("V1")
    row = VideoFile(
        video_id=video.id, version="vV1", name=name, role=role, bytes=1, content_type="image/jpeg"
    )
    row.key = key or f"videos/{video.id}/vV1/{name}"
    with site.runtime.db.writing() as session:
        session.add(row)
    return video.id


@pytest.mark.parametrize("role", ["original", "", "Rendition", "master-av2"])
def test_a_file_of_an_unknown_role_is_nobodys(prepared: Site, role: str) -> None:
    video_id = add_file(prepared, "new.jpg", role)

    with prepared.runtime.db.reading() as session, pytest.raises(NotFound):
        delivery.find(session, ADMINISTRATOR, video_id, "vV1", "new.jpg", NOW)


@pytest.mark.parametrize("key", ["originals/ab/abc", "videos/999/vV2/720.mp4", "videos/9"])
def test_a_row_whose_key_lies_with_another_video_or_with_the_originals_hands_out_nothing(
    prepared: Site, key: str
) -> None:
    video_id = add_file(prepared, "new.jpg", "rendition", key)

    with prepared.runtime.db.reading() as session, pytest.raises(NotFound):
        delivery.find(session, ADMINISTRATOR, video_id, "vV1", "new.jpg", NOW)


def test_the_poster_that_was_chosen_is_shown_to_all_and_the_others_to_makers(prepared: Site) -> None:
    video_id = add_file(prepared, "poster-1.jpg", CANDIDATE)
    add_file(prepared, "poster-2.jpg", CANDIDATE)
    prepared.change_video("V1", poster="poster-2.jpg")

    with prepared.runtime.db.reading() as session:
        assert delivery.find(session, NOBODY, video_id, "vV1", "poster-2.jpg", NOW).is_public
        assert not delivery.find(session, ADMINISTRATOR, video_id, "vV1", "poster-1.jpg", NOW).is_public
        with pytest.raises(NotFound):
            delivery.find(session, INSTRUCTOR, video_id, "vV1", "poster-1.jpg", NOW)


NO_FILES = [
    *(("vV1", "original.mp4"), ("vV1", ""), ("vV2", "720.mp4"), ("", "720.mp4"), ("v", "720.mp4")),
    *(("vV1", "../vV2/720.mp4"), ("vV1", "720.mp4/"), ("tracks", "captions.en.2.vtt"), ("tracks", "")),
    *(("tracks", "captions.en.1.srt"), ("tracks", "captions.en.0.vtt"), ("tracks", "captions.en.٣.vtt")),
    *(("tracks", "captions.en.+1.vtt"), ("tracks", "captions.en.1.vtt.vtt"), ("tracks", "lyrics.en.1.vtt")),
    *(("tracks", "captions.en." + "9" * 30 + ".vtt"), ("tracks", "captions.%.1.vtt")),
]


def test_only_files_that_the_database_names_are_there(prepared: Site) -> None:
    given = []
    with prepared.runtime.db.reading() as session:
        video_id = session.scalars(select(Video.id).where(Video.code == "V1")).one()
        for version, name in NO_FILES:
            with suppress(NotFound):
                given.append(delivery.find(session, ADMINISTRATOR, video_id, version, name, NOW))

    assert given == []


def test_a_video_that_is_not_there_has_no_files(prepared: Site) -> None:
    with prepared.runtime.db.reading() as session, pytest.raises(NotFound):
        delivery.find(session, ADMINISTRATOR, 999, "vV1", "720.mp4", NOW)


def test_a_working_copy_that_was_put_by_is_served_to_nobody(prepared: Site) -> None:
    now = NOW
    with prepared.runtime.db.writing() as session:
        track = session.scalars(select(Track).where(Track.kind == TrackKind.CAPTIONS)).first()
        served = session.scalars(
            select(TrackVersion).where(
                TrackVersion.track_id == track.id, TrackVersion.number == track.current
            )
        ).one()
        session.add(
            TrackVersion(
                track_id=track.id,
                number=track.current + 1,
                document=served.document,
                note=PUT_BY,
                created_at=now,
            )
        )
        track.updated_at = now
        video_id, name = track.video_id, f"captions.{track.language}"
        current = track.current

    with prepared.runtime.db.reading() as session:
        assert delivery.find(session, ADMINISTRATOR, video_id, delivery.TRACKS, f"{name}.{current}.vtt", now)
        with pytest.raises(NotFound):
            delivery.find(session, ADMINISTRATOR, video_id, delivery.TRACKS, f"{name}.{current + 1}.vtt", now)
