"""Posters: the picture that stands for a video is chosen among those made, and found in the next version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from edu.clock import FixedClock
from edu.errors import Forbidden, NotFound
from edu.models import AuditEntry, Video
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services import players, posters
from tests.filming import add_file, add_maker, add_video, addresses


@dataclass
class House:
    """A session in which a maker's video has three pictures to choose from."""

    session: Session
    maker: Viewer
    video: Video
    clock: FixedClock

    def choose(self, name: str) -> None:
        posters.choose(self.session, self.maker, self.video.id, name, self.clock.now())

    def choices(self) -> tuple[posters.PosterChoice, ...]:
        return posters.choices(self.session, self.video, addresses(self.clock.now()))


@pytest.fixture
def house(runtime: Runtime, clock: FixedClock) -> Iterator[House]:
    with runtime.db.writing() as session:
        maker = add_maker(session, clock.now())
        video = add_video(session, maker, clock.now())
        add_file(session, video, "poster.jpg", "poster")
        for number, time in ((2, 20_000), (1, 4000), (3, 50_000)):
            add_file(session, video, f"poster-{number}.jpg", posters.CANDIDATE, time=time)
        yield House(session, maker, video, clock)


def test_the_pictures_are_offered_by_the_time_they_show(house: House):
    assert [(each.name, each.time_ms, each.is_chosen) for each in house.choices()] == [
        ("poster-1.jpg", 4000, False), ("poster-2.jpg", 20_000, False), ("poster-3.jpg", 50_000, False),
    ]  # fmt: skip
    assert house.choices()[0].url.endswith("/v1/poster-1.jpg")


def test_the_chosen_picture_is_shown_and_noted(house: House):
    house.choose("poster-2.jpg")

    player = players.screening(house.session, house.video, addresses(house.clock.now()), language="en").player
    assert str(player.poster_url).endswith("/v1/poster-2.jpg")
    assert [each.is_chosen for each in house.choices()] == [False, True, False]
    assert house.session.query(AuditEntry).one().action == "video.poster_chosen"


def test_an_empty_choice_leaves_it_to_us_again(house: House):
    house.choose("poster-2.jpg")

    house.choose("")

    assert (house.video.poster, house.video.poster_ms) == ("", None)


@pytest.mark.parametrize("name", ["360.mp4", "poster.jpg", "poster-9.jpg", "../poster-1.jpg"])
def test_no_other_file_can_be_chosen(house: House, name: str):
    with pytest.raises(NotFound):
        house.choose(name)


def test_a_colleague_may_not_choose(house: House):
    other = add_maker(house.session, house.clock.now())

    with pytest.raises(Forbidden):
        posters.choose(house.session, other, house.video.id, "poster-1.jpg", house.clock.now())


def test_in_a_new_version_the_picture_nearest_to_that_moment_is_taken(house: House):
    house.choose("poster-2.jpg")
    house.video.version = "v2"
    for number, time in ((1, 9000), (2, 23_000)):
        add_file(
            house.session, house.video, f"poster-{number}.jpg", posters.CANDIDATE, version="v2", time=time
        )

    posters.find_again(house.session, house.video)

    assert (house.video.poster, house.video.poster_ms) == ("poster-2.jpg", 20_000)


def test_a_version_without_pictures_has_no_chosen_one_and_the_moment_is_remembered(house: House):
    house.choose("poster-2.jpg")
    house.video.version = "v2"

    posters.find_again(house.session, house.video)

    assert (house.video.poster, house.video.poster_ms) == ("", 20_000)
