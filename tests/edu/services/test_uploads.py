"""Room for uploads: what counts for a person and for the site, and refusals with their figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edu.errors import NoRoom
from edu.models import Film, FilmState, Video, VideoFile
from edu.runtime import Runtime
from edu.services import uploads
from edu.services.uploads import MB, Quota
from edu.settings import Settings
from tests.people import add_user


class House:
    """One person's videos, uploads and what was made of them."""

    def __init__(self, runtime: Runtime) -> None:
        self.runtime = runtime
        self.now = runtime.clock.now()
        with runtime.db.writing() as session:
            self.user_id = add_user(session, now=self.now).id

    def video(self, slug: str, key: str, megabytes: int, *, is_mine: bool = True) -> int:
        with self.runtime.db.writing() as session:
            video = Video(slug=slug, title=slug, original_key=key, original_bytes=megabytes * MB)
            video.state_at = video.created_at = self.now
            video.owner_id = self.user_id if is_mine else None
            session.add(video)
            session.flush()
            return video.id

    def film(self, video_id: int, key: str, megabytes: int, state: FilmState) -> None:
        with self.runtime.db.writing() as session:
            film = Film(video_id=video_id, original_key=key, original_bytes=megabytes * MB, state=state)
            film.number, film.created_at = len(key) + len(state), self.now
            session.add(film)

    def made(self, video_id: int, megabytes: int) -> None:
        with self.runtime.db.writing() as session:
            file = VideoFile(
                video_id=video_id, version="v", name="720.mp4", role="rendition", key=f"{video_id}"
            )
            file.content_type, file.bytes = "video/mp4", megabytes * MB
            session.add(file)

    def upload(self, digit: str, megabytes: int) -> None:
        with self.runtime.db.writing() as session:
            length = megabytes * MB
            uploads.begin(session, digit * 32, self.user_id, length=length, details={}, now=self.now)

    def used(self) -> int:
        """Megabytes that count for the person."""
        with self.runtime.db.reading() as session:
            return uploads.quota_of(session, self.user_id, self.runtime.settings, self.now).used // MB

    def site(self, most: int) -> Quota | None:
        """What counts for the site that may keep so many megabytes."""
        with self.runtime.db.reading() as session:
            return uploads.site_quota_of(session, limited(self.runtime.settings, most), self.now)


def limited(settings: Settings, megabytes: int) -> Settings:
    return replace(settings, site_quota_bytes=megabytes * MB)


@pytest.fixture
def house(runtime: Runtime) -> House:
    return House(runtime)


def test_what_a_person_gave_counts_and_equal_files_once(house: House) -> None:
    house.made(house.video("a", "k1", 10), 50)
    house.video("b", "k1", 10)
    house.video("c", "k2", 4)
    house.video("d", "k3", 7, is_mine=False)
    house.upload("a", 2)

    assert house.used() == 10 + 4 + 2


def test_recordings_one_can_go_back_to_count_and_dropped_ones_do_not(house: House) -> None:
    video_id = house.video("a", "k1", 10)
    house.film(video_id, "k1", 10, FilmState.SHOWN)
    house.film(video_id, "k02", 5, FilmState.SHOWN)
    house.film(video_id, "k003", 3, FilmState.DROPPED)

    assert house.used() == 10 + 5


def test_where_the_original_is_gone_what_is_shown_counts_in_its_place(house: House) -> None:
    house.made(house.video("a", "", 0), 50)

    assert house.used() == 50


def test_the_site_counts_originals_what_was_made_and_what_is_coming(house: House) -> None:
    house.made(house.video("a", "k1", 10), 50)
    house.made(house.video("b", "k1", 10, is_mine=False), 5)
    house.upload("a", 2)

    assert house.site(100) == Quota(used=67 * MB, limit=100 * MB)
    assert house.site(0) is None


def test_an_upload_that_the_site_cannot_keep_is_refused_with_the_figures(house: House) -> None:
    house.video("a", "k1", 90, is_mine=False)
    settings = limited(house.runtime.settings, 100)

    with house.runtime.db.writing() as session:
        uploads.check_room(session, house.user_id, 10 * MB, settings, house.now)
    with pytest.raises(NoRoom) as refused, house.runtime.db.writing() as session:
        uploads.check_room(session, house.user_id, 10 * MB + 1, settings, house.now)

    assert refused.value.code == "site_full"
    assert refused.value.sentence == (
        "This site keeps 90 of 100 MB; this file of 11 MB does not fit. Delete a video that is no longer "
        "needed, or ask the administrator to raise EDU_SITE_QUOTA_MB."
    )
