"""Tokens and the decision behind every media address: role by visibility by kind of file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from edu.errors import GateClosed, NotFound
from edu.models import Audience, Role, Video, Visibility
from edu.policy import NOBODY, Viewer
from edu.runtime import Runtime
from edu.services import delivery
from edu.services.delivery import LIFE, Signer
from tests.edu.conftest import Site

SIGNER = Signer("a key for tests that is long enough")
NOW = datetime(2026, 3, 2, 9, 20, tzinfo=UTC)
VISITOR = Viewer(visitor_hash="v")
PROFESSIONAL = Viewer(visitor_hash="v", is_professional=True)
LEARNER = Viewer(user_id=1, role=Role.LEARNER)
LEARNED_PROFESSIONAL = replace(LEARNER, is_professional=True)
INSTRUCTOR = Viewer(user_id=2, role=Role.INSTRUCTOR)
ADMINISTRATOR = Viewer(user_id=3, role=Role.ADMINISTRATOR)
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
            assert given is (viewer in allowed), (visibility, audience, name)


def may_have(runtime: Runtime, viewer: Viewer, video_id: int, name: str) -> bool:
    version, _, file = name.partition("/")
    with runtime.db.reading() as session:
        try:
            found = delivery.find(session, viewer, video_id, version, file)
        except (NotFound, GateClosed):
            return False
        video = session.get_one(Video, video_id)
        assert found.is_public is (video.is_published and video.audience is Audience.OPEN)
        return True


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
                given.append(delivery.find(session, ADMINISTRATOR, video_id, version, name))

    assert given == []


def test_a_video_that_is_not_there_has_no_files(prepared: Site) -> None:
    with prepared.runtime.db.reading() as session, pytest.raises(NotFound):
        delivery.find(session, ADMINISTRATOR, 999, "vV1", "720.mp4")
