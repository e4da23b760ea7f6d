"""What is hidden in a film stays hidden: another recording, a joined one, an earlier film, old captions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from captions import Cue, TextTrack
from edu.clock import FixedClock
from edu.errors import Invalid, NotFound
from edu.models import Audience, Film, Timing, TrackKind, Video, Visibility
from edu.policy import NOBODY, Viewer
from edu.runtime import Runtime
from edu.services import delivery, films
from edu.services.texts import tracks
from media.edit import Cover, Edit, Mute, Segment
from tests.filming import MINUTE, add_maker, add_video, make_film, original

FACE = Cover(10_000, 20_000, 0.1, 0.1, 0.2, 0.2)
NAME = Mute(31_000, 33_000)
HIDDEN = Edit(covers=(FACE,), mutes=(NAME,))


@dataclass
class House:
    """A session in which a maker has a video, in whose film a face is covered and a name is silenced."""

    session: Session
    maker: Viewer
    video: Video
    clock: FixedClock

    def ask(self, edit: Edit) -> Film:
        return films.ask(self.session, self.maker, self.video.id, edit, self.clock.now())

    def show(self, film: Film) -> None:
        make_film(self.session, self.video, film, self.clock.now())

    def back(self, number: int, *, may_uncover: bool = False) -> Film:
        return films.bring_back(
            self.session, self.maker, self.video.id, number, self.clock.now(), may_uncover=may_uncover
        )

    def replace(self, timing: Timing, shift_ms: int = 0) -> Film:
        return films.replace(
            self.session, self.maker, self.video.id, original("cd"), name="new.mov", timing=timing,
            shift_ms=shift_ms, now=self.clock.now(),
        )  # fmt: skip

    def keep(self, *cues: Cue) -> None:
        tracks.keep(
            self.session, self.video, TextTrack(cues=cues), kind=TrackKind.CAPTIONS, language="en",
            now=self.clock.now(),
        )  # fmt: skip

    def may_read(self, version: int) -> bool:
        now = self.clock.now()
        try:
            delivery.find(self.session, NOBODY, self.video.id, "tracks", f"captions.en.{version}.vtt", now)
        except NotFound:
            return False
        return True


@pytest.fixture
def house(runtime: Runtime, clock: FixedClock) -> Iterator[House]:
    with runtime.db.writing() as session:
        maker = add_maker(session, clock.now())
        facts = {"visibility": Visibility.PUBLISHED, "audience": Audience.OPEN}
        made = House(session, maker, add_video(session, maker, clock.now(), **facts), clock)
        made.keep(Cue(0, 5000, "words"))
        made.show(made.ask(HIDDEN))
        yield made


def test_a_film_that_shows_what_is_hidden_comes_back_only_where_that_is_meant(house: House) -> None:
    with pytest.raises(Invalid, match="covered or silenced now"):
        house.back(0)

    assert [row.uncovers for row in films.rows(house.session, house.video)] == [False, True]
    assert house.back(0, may_uncover=True).edit == {}


def test_a_film_that_hides_more_takes_the_one_before_away_at_once_also_when_it_comes_back(
    house: House,
) -> None:
    house.show(house.back(0, may_uncover=True))

    assert house.back(1).is_urgent


@pytest.mark.parametrize(
    ("timing", "shift", "edit"),
    [
        (Timing.SAME, 0, HIDDEN),
        (Timing.SHIFT, 1500, films.carried(HIDDEN, 1500)),
        (Timing.ANEW, 0, Edit()),
    ],
)
def test_what_is_hidden_follows_another_recording_by_its_times(
    house: House, timing: Timing, shift: int, edit: Edit
) -> None:
    assert Edit.read(house.replace(timing, shift).edit) == edit


def test_a_cut_is_carried_to_its_later_time_and_joined_pieces_stay() -> None:
    joined = Segment(0, 3000, "cd" * 32)

    later = films.carried(Edit((Segment(0, 2000), joined, Segment(2000, 9000)), (FACE,), (NAME,), 2), 500)
    earlier = films.carried(Edit((Segment(0, 2000), Segment(3000, 9000)), (FACE,)), -15_000 + 7000)

    assert later.segments == (Segment(500, 2500), joined, Segment(2500, 9500))
    assert (later.covers[0].start, later.mutes[0].end, later.sound) == (10_500, 33_500, None)
    assert earlier.segments == (Segment(0, 1000),)
    assert (earlier.covers[0].start, earlier.covers[0].end) == (2000, 12_000)


def test_a_cut_of_which_nothing_is_left_does_not_become_the_whole_recording() -> None:
    with pytest.raises(Invalid, match="Nothing of the recording"):
        films.carried(Edit((Segment(0, 2000),)), -5000)


@pytest.mark.parametrize(("piece", "is_refused"), [((0, 10_000), False), ((19_000, 25_000), True)])
def test_what_another_film_hides_is_not_joined(
    house: House, piece: tuple[int, int], is_refused: bool
) -> None:
    mine = add_video(house.session, house.maker, house.clock.now(), "other", mark="ef")
    edit = Edit((Segment(0, MINUTE), Segment(*piece, "ab" * 32)))

    def ask() -> None:
        films.ask(house.session, house.maker, mine.id, edit, house.clock.now())

    if is_refused:
        with pytest.raises(Invalid, match="would be seen here"):
            ask()
    else:
        ask()


def test_captions_that_were_replaced_are_open_for_as_long_as_a_page_may_ask(house: House) -> None:
    house.keep(Cue(0, 5000, "other words"))
    assert house.may_read(1)

    house.clock.advance(timedelta(hours=13))

    assert (house.may_read(1), house.may_read(2)) == (False, True)


def test_captions_of_before_something_was_silenced_are_closed_at_once(house: House) -> None:
    house.keep(Cue(0, 5000, "said aloud"))
    house.keep(Cue(0, 5000, "silenced"))
    assert house.may_read(2)

    house.show(house.ask(Edit(covers=(FACE,), mutes=(NAME, Mute(0, 5000)))))

    assert (house.may_read(2), house.may_read(3)) == (False, True)
