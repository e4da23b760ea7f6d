"""Offers: what lies inside a file is taken over as a track in a language that somebody names, or left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy.orm import Session

from edu.clock import FixedClock
from edu.errors import Forbidden, Invalid, NotFound
from edu.models import Track, TrackKind, TrackOffer, Video
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services import films
from edu.services.texts import offers, tracks
from media import Chapter
from media.edit import Edit, Segment
from tests.filming import add_maker, add_video, make_film

SUBTITLES = b"1\n00:00:01,000 --> 00:00:03,000\nWash your hands.\n\n2\n00:00:59,000 --> 00:01:04,000\nDone.\n"

CHAPTERS = [Chapter(0, 9000, " Skin  &\nneedle "), Chapter(9000, 9000, "none"), Chapter(9000, 60_000, "")]


@dataclass
class House:
    """A session in which a maker's video has an offer of subtitles and one of chapters."""

    session: Session
    maker: Viewer
    video: Video
    clock: FixedClock

    def rows(self) -> tuple[offers.OfferRow, ...]:
        return offers.rows(self.session, self.video.id)

    def take(self, place: int, **chosen: str) -> Track:
        wish = {"kind": "captions", "language": "en", **chosen}
        return offers.take(self.session, self.maker, self.rows()[place].id, now=self.clock.now(), **wish)


@pytest.fixture
def house(runtime: Runtime, clock: FixedClock) -> Iterator[House]:
    with runtime.db.writing() as session:
        maker = add_maker(session, clock.now())
        video = add_video(session, maker, clock.now())
        found = [
            offers.read_subtitles(SUBTITLES, "eng", "For the deaf"),
            offers.read_chapters(CHAPTERS),
        ]  # fmt: skip
        offers.keep(session, video, [each for each in found if each], clock.now())
        yield House(session, maker, video, clock)


def test_what_lies_inside_is_offered_with_what_is_written_beside_it(house: House):
    assert [(row.kind, row.language, row.label, row.count) for row in house.rows()] == [
        ("captions", "en", "For the deaf", 2), ("chapters", "", "", 1),
    ]  # fmt: skip


def test_what_cannot_be_read_or_holds_nothing_is_not_offered():
    assert offers.read_subtitles(b"\x00\x01", "en", "") is None
    assert offers.read_chapters([Chapter(0, 9000, " ")]) is None


def test_subtitles_are_taken_over_as_what_they_are_for_and_end_with_the_film(house: House):
    row = house.take(0, kind="subtitles", language="en-GB")

    (track,) = tracks.of_video(house.session, house.video.id)
    assert (row.kind, row.language, row.label) == (TrackKind.SUBTITLES, "en-GB", "For the deaf")
    assert [(cue.start, cue.end) for cue in tracks.cues_of(track)] == [(1000, 3000), (59_000, 60_000)]
    assert len(house.rows()) == 1


def test_chapters_are_taken_over_as_chapters_whatever_is_chosen_and_become_steps(house: House):
    row = house.take(1, kind="captions")

    assert row.kind is TrackKind.CHAPTERS
    assert [step.title for step in tracks.steps_of(house.session, house.video.id)] == ["Skin & needle"]


@pytest.mark.parametrize(
    ("chosen", "field"), [({"kind": "songs"}, "kind"), ({"language": "English!"}, "language")]
)
def test_a_wrong_choice_names_its_field_and_takes_nothing(house: House, chosen: dict[str, str], field: str):
    with pytest.raises(Invalid) as caught:
        house.take(0, **chosen)

    assert caught.value.parameters["field"] == field
    assert len(house.rows()) == 2


def test_what_is_left_is_offered_no_more(house: House):
    first = house.rows()[0].id

    assert offers.decline(house.session, house.maker, first) == house.video.id

    assert [row.kind for row in house.rows()] == ["chapters"]
    with pytest.raises(NotFound):
        offers.decline(house.session, house.maker, first)


def test_a_new_recording_offers_what_it_holds_itself(house: House):
    offers.keep(house.session, house.video, [], house.clock.now())

    assert house.rows() == ()


def test_of_very_many_texts_only_the_first_are_offered(house: House):
    found = offers.read_subtitles(SUBTITLES, "en", "x" * 200)
    assert found is not None

    offers.keep(house.session, house.video, [found] * 40, house.clock.now())

    assert house.session.query(TrackOffer).count() == offers.MOST_OFFERED


def test_a_colleague_may_not_take_or_leave_it(house: House):
    other, first = add_maker(house.session, house.clock.now()), house.rows()[0].id

    with pytest.raises(Forbidden):
        offers.take(house.session, other, first, kind="captions", language="en", now=house.clock.now())
    with pytest.raises(Forbidden):
        offers.decline(house.session, other, first)


def test_what_is_taken_over_follows_the_cut_of_the_film_and_comes_back_with_what_it_leaves_out(house: House):
    now = house.clock.now()
    cut = films.ask(
        house.session,
        house.maker,
        house.video.id,
        Edit((Segment(2000, 10_000), Segment(50_000, 60_000))),
        now,
    )
    make_film(house.session, house.video, cut, now)

    house.take(0)
    house.take(0)

    def cues() -> list[tuple[int, int]]:
        (track, _) = tracks.of_video(house.session, house.video.id)
        return [(cue.start, cue.end) for cue in tracks.cues_of(track)]

    assert cues() == [(0, 1000), (17_000, 18_000)]
    assert [(step.start_ms, step.end_ms) for step in tracks.steps_of(house.session, house.video.id)] == [
        (0, 7000)
    ]
    make_film(house.session, house.video, films.bring_back(
        house.session, house.maker, house.video.id, 0, now
    ), now)  # fmt: skip
    assert cues()[0] == (1000, 3000)


@pytest.mark.parametrize(
    ("written", "known"),
    [("eng", "en"), ("por-BR", "pt-BR"), ("EN", "en"), ("und", ""), ("mul", ""), ("", "")],
)
def test_the_languages_of_media_files_become_tags(written: str, known: str):
    assert offers.tag(written) == known
