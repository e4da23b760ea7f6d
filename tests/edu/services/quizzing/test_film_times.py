"""Times of questions in a film follow it when it is cut, joined, replaced and brought back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from edu.clock import FixedClock
from edu.models import Question, Quiz, Timing, Video
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services import film_moves, films
from edu.services.quizzing import attempts, drawing, film_times, publishing, questions, quizzes
from edu.services.quizzing.film_times import Kept, Way
from edu.services.quizzing.publishing import Place
from media import Edit, Segment, TimeMap
from quizzes import Pool, Settings
from tests.filming import MINUTE, add_maker, add_video, make_film, original
from tests.quizzing import items, visitor

CUT = Edit((Segment(0, 10_000), Segment(30_000, MINUTE)))


def place(at_ms: int | None, uid: str = "Q") -> Place:
    return Place(Question(uid=uid), at_ms=at_ms)


def way(before: Edit, after: Edit) -> Way:
    return Way(before, after, "ab", "ab", TimeMap.same(film_times.ENDLESS), after.length(MINUTE))


def times(places: list[Place]) -> list[int | None]:
    return [each.at_ms for each in places]


@pytest.mark.parametrize(
    ("at_ms", "after"),
    [
        (0, 0),
        (5000, 5000),
        (10_000, 10_000),
        (10_002, None),
        (30_000, None),
        (30_001, 10_001),
        (40_000, 20_000),
    ],
)
def test_a_question_follows_what_is_shown_just_before_it(at_ms: int, after: int | None) -> None:
    places, kept = film_times.moved([place(at_ms)], Kept(), way(Edit(), CUT))

    assert times(places) == [after]
    assert bool(kept.left_out) is (after is None)


def test_a_time_that_was_left_out_comes_back_and_one_that_was_taken_out_by_hand_does_not() -> None:
    there = [place(20_000, "cut"), place(None, "by hand")]
    without, kept = film_times.moved(there, Kept(), way(Edit(), CUT))

    back, left = film_times.moved(without, kept, way(CUT, Edit()))

    assert (times(without), times(back)) == ([None, None], [20_000, None])
    assert left.left_out == frozenset()


def test_what_was_put_in_between_moves_what_comes_after() -> None:
    joined = Edit((Segment(0, 10_000), Segment(0, 5000, "cd"), Segment(10_000, MINUTE)))

    places, kept = film_times.moved([place(10_000, "a"), place(12_000, "b")], Kept(), way(Edit(), joined))
    inside, _ = film_times.moved([place(13_000, "c")], Kept(), way(joined, Edit()))

    assert (times(places), kept.left_out) == ([10_000, 17_000], frozenset())
    assert times(inside) == [None]


def test_a_pool_is_moved_like_a_question() -> None:
    pool = Place(pool=Pool(count=1, tags=("skin",)), at_ms=20_000)
    without, kept = film_times.moved([pool], Kept(), way(Edit(), CUT))

    back, _ = film_times.moved(without, kept, way(CUT, Edit()))

    assert (times(without), back) == ([None], [pool])


@given(st.lists(st.integers(0, MINUTE), min_size=1, max_size=6), st.integers(0, 50), st.integers(1, 9))
def test_no_time_is_lost_by_a_cut_that_is_taken_back(asked: list[int], start: int, length: int) -> None:
    cut = Edit((Segment(start * 1000, (start + length) * 1000),))
    places = [place(at, str(number)) for number, at in enumerate(asked)]

    within, kept = film_times.moved(places, Kept(), way(Edit(), cut))
    back, left = film_times.moved(within, Kept.read(kept.plain()), way(cut, Edit()))

    assert times(back) == asked
    assert not left.left_out
    assert all(at is None or 0 <= at <= length * 1000 for at in times(within))


@dataclass
class House:
    """A film in which a quiz of three questions stands."""

    session: Session
    clock: FixedClock
    maker: Viewer
    video: Video
    quiz: Quiz

    def times(self) -> list[int | None]:
        return times(publishing.places_of(self.session, quizzes.newest_version(self.session, self.quiz)))

    def show(self, film: films.Film) -> film_moves.Report:
        make_film(self.session, self.video, film, self.clock.now())
        return film_moves.Report.read(film.moved)

    def cut(self, edit: Edit) -> film_moves.Report:
        return self.show(films.ask(self.session, self.maker, self.video.id, edit, self.clock.now()))

    def replace(self, timing: Timing, shift_ms: int = 0) -> film_moves.Report:
        return self.show(
            films.replace(
                self.session, self.maker, self.video.id, original("cd"), name="x.mov", timing=timing,
                shift_ms=shift_ms, now=self.clock.now(),
            )
        )  # fmt: skip


@pytest.fixture
def house(runtime: Runtime, clock: FixedClock) -> Iterator[House]:
    with runtime.db.writing() as session:
        now = clock.now()
        maker = add_maker(session, now)
        video = add_video(session, maker, now, code="V1")
        kept = [questions.keep(session, one, now=now)[0] for one in items()]
        places = [Place(q, at_ms=at) for q, at in zip(kept, (5000, 20_000, 40_000), strict=True)]
        quiz = publishing.publish(
            session, slug="in-film", title="In the film", places=places, settings=Settings(shuffle=False),
            video_id=video.id, now=now,
        )  # fmt: skip
        clock.advance(timedelta(minutes=1))
        yield House(session, clock, maker, video, quiz)


def test_a_cut_makes_the_next_version_flags_what_is_gone_and_leaves_those_inside_alone(house: House) -> None:
    begun = attempts.start(house.session, visitor(), house.quiz, now=house.clock.now())

    report = house.cut(CUT)

    assert house.times() == [5000, None, 20_000]
    assert (report.asked_moved, report.asked_gone, report.needs_a_look) == (("in-film",), ("in-film",), True)
    assert house.quiz.current == 2
    assert drawing.asked_count(house.session, quizzes.current_version(house.session, house.quiz)) == 3
    assert attempts.settings_of(house.session, begun) == Settings(shuffle=False)
    assert begun.quiz_version_id != quizzes.current_version(house.session, house.quiz).id


def test_taking_the_cut_back_brings_every_time_back(house: House) -> None:
    house.cut(CUT)

    report = house.cut(Edit((Segment(2000, MINUTE),)))

    assert house.times() == [3000, 18_000, 38_000]
    assert (report.asked_gone, report.needs_a_look) == ((), False)


def test_a_film_that_changes_nothing_for_the_questions_adds_no_version(house: House) -> None:
    report = house.cut(Edit((Segment(0, 50_000),)))

    assert (house.quiz.current, report.asked_moved) == (1, ())


@pytest.mark.parametrize(("timing", "shift", "first"), [(Timing.SHIFT, 1500, 6500), (Timing.ANEW, 0, 5000)])
def test_times_follow_another_recording_and_the_first_one_brought_back_has_them_as_they_were(
    house: House, timing: Timing, shift: int, first: int
) -> None:
    report = house.replace(timing, shift)
    there = house.times()

    house.clock.advance(timedelta(minutes=1))
    house.show(films.bring_back(house.session, house.maker, house.video.id, 0, house.clock.now()))

    assert (there[0], report.is_unsure) == (first, timing is Timing.ANEW)
    assert house.times() == [5000, 20_000, 40_000]


def test_a_quiz_that_waits_goes_on_waiting(house: House) -> None:
    house.quiz.current = 0

    house.cut(CUT)

    assert (house.quiz.current, house.times()) == (0, [5000, None, 20_000])
