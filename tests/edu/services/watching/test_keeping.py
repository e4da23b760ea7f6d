"""What was watched of a film: put together, believed as the clock allows, moved when the film is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from edu.clock import FixedClock
from edu.errors import Conflict, GateClosed, Invalid, NotFound, SignInNeeded
from edu.models import Audience, Role, Step, Timing, Video, Visibility, Watching
from edu.policy import NOBODY, Viewer
from edu.runtime import Runtime
from edu.services import erasure, films
from edu.services.watching import keeping
from edu.services.watching.keeping import ALLOWED_MS, MOST_SPANS, Watched
from edu.services.watching.telling import Told
from media.edit import Edit, Segment
from media.spans import length, union
from tests.filming import MINUTE, add_maker, add_video, make_film, original
from tests.people import add_user
from tests.quizzing import together

CUT = Edit((Segment(0, 10_000), Segment(30_000, MINUTE)))
NOTHING = Told(0, (), 0, 0)


@dataclass
class Hall:
    """A film of a minute with three steps, its maker, and a learner."""

    runtime: Runtime
    clock: FixedClock
    maker: Viewer
    learner: Viewer

    def tell(self, *spans: tuple[int, int], who: Viewer | None = None, **facts: int) -> Watched:
        """Tell what was played, by default as long as it is."""
        played = union(spans)
        told = replace(Told(0, played, length(played), 0), **facts)
        with self.runtime.db.writing() as session:
            return keeping.keep(session, who or self.learner, "film", told, self.clock.now())

    def see(self, who: Viewer | None = None) -> Watched | None:
        with self.runtime.db.reading() as session:
            return keeping.watched(session, who or self.learner, "film", self.clock.now())

    def play(self, *spans: tuple[int, int], **facts: int) -> Watched:
        """The same after the time that it takes."""
        self.clock.advance(timedelta(milliseconds=length(union(spans))))
        return self.tell(*spans, **facts)

    def row(self) -> Watching:
        with self.runtime.db.reading() as session:
            return session.scalars(select(Watching)).one()

    def change(self, **facts: object) -> None:
        with self.runtime.db.writing() as session:
            video = session.scalars(select(Video)).one()
            for name, value in facts.items():
                setattr(video, name, value)

    def show(self, ask: Callable[[object, Video], films.Film]) -> None:
        """Have a film made and shown."""
        with self.runtime.db.writing() as session:
            video = session.scalars(select(Video)).one()
            make_film(session, video, ask(session, video), self.clock.now())

    def cut(self, edit: Edit) -> None:
        self.show(lambda session, video: films.ask(session, self.maker, video.id, edit, self.clock.now()))

    def replace(self, timing: Timing, shift_ms: int = 0, mark: str = "cd") -> None:
        self.show(
            lambda session, video: films.replace(
                session, self.maker, video.id, original(mark), name="x.mov", timing=timing, shift_ms=shift_ms,
                now=self.clock.now(),
            )
        )  # fmt: skip


@pytest.fixture
def hall(runtime: Runtime, clock: FixedClock) -> Iterator[Hall]:
    with runtime.db.writing() as session:
        maker = add_maker(session, clock.now())
        video = add_video(session, maker, clock.now(), code="V1", visibility=Visibility.PUBLISHED)
        for number, (start, end) in enumerate(((0, 10_000), (10_000, 30_000), (30_000, 50_000)), 1):
            name = f"V1-c0{number}"
            session.add(Step(identifier=name, video_id=video.id, title=name, start_ms=start, end_ms=end))
        learner = Viewer(user_id=add_user(session, now=clock.now()).id, role=Role.LEARNER)
    return Hall(runtime, clock, maker, learner)


def test_what_is_played_is_put_together_and_counted_for_each_step(hall: Hall):
    assert hall.see() == Watched(0, (), 0, None, None, 0, 0.0, {"V1-c01": 0.0, "V1-c02": 0.0, "V1-c03": 0.0})
    hall.tell()
    hall.play((0, 6000), place_ms=6000)
    hall.play((5000, 10_000), (20_000, 30_000), place_ms=30_000)

    found = hall.see()

    assert found is not None
    assert found.spans == ((0, 10_000), (20_000, 30_000))
    assert found.steps == {"V1-c01": 1.0, "V1-c02": 0.5, "V1-c03": 0.0}
    assert (found.share, found.played_ms) == (20_000 / MINUTE, 21_000)
    assert (found.place_ms, found.placed_at, found.age_ms) == (30_000, hall.clock.now(), 0)


def test_a_telling_that_comes_twice_adds_nothing(hall: Hall):
    hall.tell()
    hall.clock.advance(timedelta(seconds=10))
    once = hall.tell((0, 10_000), known_ms=0, place_ms=10_000)

    again = hall.tell((0, 10_000), known_ms=0, place_ms=10_000)

    assert again == once
    assert hall.row().allowed_ms == ALLOWED_MS


def test_nobody_watches_more_than_the_clock_allows(hall: Hall):
    forged = hall.tell((0, MINUTE))
    assert (forged.spans, forged.surplus) == (((0, ALLOWED_MS),), ((ALLOWED_MS, MINUTE),))
    assert forged.played_ms == ALLOWED_MS

    again = hall.tell((0, MINUTE))
    assert again.spans == ((0, ALLOWED_MS),)

    hall.clock.advance(timedelta(seconds=5))  # so long, at twice the speed
    assert hall.tell((0, MINUTE)).spans == ((0, 20_000),)
    assert hall.row().completed_at is None


def test_stretches_that_pretend_to_be_short_cost_what_lies_between_them(hall: Hall):
    comb = [(start, start + 1) for start in range(0, 200 * 249, 249)]

    found = hall.tell(*comb)

    assert length(found.spans) <= ALLOWED_MS


def test_an_honest_viewer_at_twice_the_speed_loses_nothing(hall: Hall):
    hall.tell()
    for start in range(0, MINUTE, 20_000):
        hall.clock.advance(timedelta(seconds=10))
        assert hall.tell((start, start + 20_000)).surplus == ()

    found = hall.see()

    assert found is not None
    assert found.spans == ((0, MINUTE),)
    assert hall.row().completed_at == hall.clock.now()


def test_many_stretches_are_bounded_and_the_longest_stay(hall: Hall):
    spans = [[at * 100, at * 100 + (90 if at % 2 else 10)] for at in range(2 * MOST_SPANS)]
    hall.tell()
    with hall.runtime.db.writing() as session:
        session.scalars(select(Watching)).one().spans = spans
    hall.change(duration_ms=1_000_000)

    hall.tell((500_000, 500_300))

    kept = hall.row().spans
    assert len(kept) == MOST_SPANS
    assert min(end - start for start, end in kept) >= 10


def test_devices_that_tell_at_the_same_moment_lose_nothing(hall: Hall):
    hall.tell()
    hall.clock.advance(timedelta(minutes=1))

    together(6, lambda which: hall.tell((which * 10_000, which * 10_000 + 1_500)))

    found = hall.see()
    assert found is not None
    assert found.spans == tuple((at * 10_000, at * 10_000 + 1_500) for at in range(6))
    assert found.played_ms == 6 * 1_500


def test_what_was_played_without_a_network_is_taken_by_and_by(hall: Hall):
    hall.tell()
    hall.clock.advance(timedelta(minutes=1))
    hall.tell((59_000, 60_000))
    found = hall.tell((0, 40_000))
    assert found.surplus == ((ALLOWED_MS, 40_000),)

    while found.surplus:
        hall.clock.advance(timedelta(seconds=10))
        found = hall.tell(*found.surplus, played_ms=0)

    assert found.spans == ((0, 40_000), (59_000, 60_000))
    assert found.played_ms == 1_000 + ALLOWED_MS  # of what nobody can have played all at once


def test_two_who_tell_first_at_the_same_moment_make_one_row(hall: Hall):
    together(4, lambda which: hall.tell((which * 2_000, which * 2_000 + 1_000)))

    assert hall.row().spans == [[at * 2_000, at * 2_000 + 1_000] for at in range(4)]


def test_the_newest_place_wins_whatever_comes_late(hall: Hall):
    hall.tell(place_ms=20_000)
    hall.clock.advance(timedelta(minutes=1))
    late = hall.tell(place_ms=5_000, age_ms=120_000)
    assert (late.place_ms, late.age_ms) == (20_000, 60_000)

    newer = hall.tell(place_ms=7_000, age_ms=10_000)

    assert (newer.place_ms, newer.age_ms) == (7_000, 10_000)


def test_it_is_kept_of_those_alone_who_may_watch_and_have_an_account(hall: Hall):
    assert hall.see(NOBODY) is None
    with pytest.raises(SignInNeeded):
        hall.tell(who=replace(NOBODY, visitor_hash="a"))
    hall.change(audience=Audience.PRO)
    for deed in (hall.see, hall.tell):
        with pytest.raises(GateClosed):
            deed()
    hall.change(audience=Audience.OPEN, visibility=Visibility.DRAFT)
    with pytest.raises(NotFound):
        hall.tell()
    hall.change(visibility=Visibility.PUBLISHED, version="")
    with pytest.raises(Conflict, match="can be watched"):
        hall.tell()


def test_it_goes_with_the_account(hall: Hall):
    hall.tell((0, 1000))

    with hall.runtime.db.writing() as session:
        erasure.erase(session, hall.learner.user_id or 0, hall.clock.now())

    with hall.runtime.db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Watching)) == 0


# -- films ---------------------------------------------------------------------------------------------------


def test_what_was_watched_follows_a_cut_and_what_is_left_out_is_gone(hall: Hall):
    hall.tell()
    hall.play((5_000, 40_000), place_ms=40_000)

    hall.cut(CUT)  # ten seconds stay, twenty go

    found = hall.see()
    assert found is not None
    assert (found.film, found.spans, found.place_ms) == (1, ((5_000, 20_000),), 20_000)
    assert hall.row().film == 0  # nobody has told anything since: it would come back with the old film
    assert hall.play((25_000, 30_000), film=1).spans == ((5_000, 20_000), (25_000, 30_000))
    assert hall.row().film == 1


def test_a_page_that_shows_the_film_before_tells_in_its_times(hall: Hall):
    hall.tell()
    hall.cut(CUT)

    found = hall.play((28_000, 34_000), film=0, place_ms=34_000)

    assert (found.spans, found.place_ms) == (((10_000, 14_000),), 14_000)


def test_who_stopped_at_what_is_left_out_goes_on_after_what_came_before(hall: Hall):
    hall.tell(place_ms=20_000)

    hall.cut(CUT)

    found = hall.see()
    assert found is not None
    assert found.place_ms == 10_000


@pytest.mark.parametrize(
    ("timing", "shift", "then"),
    [
        (Timing.SAME, 0, ((5_000, 10_000),)),
        (Timing.SHIFT, 2_000, ((7_000, 12_000),)),
        (Timing.ANEW, 0, ()),
        (Timing.SOUND, 0, ()),  # the sounds were compared, and nothing was found
    ],
)
def test_another_recording_is_followed_as_far_as_it_is_known(
    hall: Hall, timing: Timing, shift: int, then: tuple[tuple[int, int], ...]
):
    hall.tell()
    hall.play((5_000, 10_000), place_ms=10_000)

    hall.replace(timing, shift)

    found = hall.see()
    assert found is not None
    assert found.spans == then
    assert found.played_ms == 5_000


def test_the_recording_that_comes_back_finds_what_was_watched_of_it(hall: Hall):
    hall.tell()
    hall.play((5_000, 10_000))
    hall.replace(Timing.ANEW)
    hall.show(lambda session, video: films.bring_back(session, hall.maker, video.id, 0, hall.clock.now()))

    found = hall.see()

    assert found is not None
    assert found.spans == ((5_000, 10_000),)


def test_a_film_that_never_was_is_refused(hall: Hall):
    for film in (1, 7):
        with pytest.raises(Invalid, match="never showed"):
            hall.tell(film=film)
