"""Questions in a film: who is told of them, at which times, and which of them they have answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.clock import FixedClock
from edu.errors import GateClosed, NotFound
from edu.models import Attempt, Audience, Lesson, PageState, Question, Quiz, Role, Video, Visibility
from edu.policy import NOBODY, Viewer
from edu.runtime import Runtime
from edu.services.quizzing import answers, attempts, film_places, in_film, one_question, publishing, questions
from edu.services.quizzing import attempt_pages as pages
from edu.services.quizzing import quizzes as quiz_service
from edu.services.quizzing.answers import Answer
from edu.services.quizzing.in_film import FilmQuiz, Moment
from edu.services.quizzing.publishing import Place
from quizzes import Mode, Pool, Settings
from tests.quizzing import NUMERIC, SECRET, SINGLE, add_lesson, items, visitor
from tests.statements import Counter

PROFESSIONAL = Viewer(visitor_hash="p", is_professional=True)
TIMES = (40_000, None, 5000)


@dataclass
class Cinema:
    """A film in which quizzes stand."""

    session: Session
    clock: FixedClock
    video: Video

    def quiz(self, slug: str = "in-film", *, times: tuple[int | None, ...] = TIMES, **facts: Any) -> Quiz:
        document = facts.pop("document", None)
        pools = facts.pop("pools", ())
        kept = [
            questions.keep(self.session, each, now=self.clock.now())[0]
            for each in (items(document) if document else items())
        ]
        places = [Place(each, at_ms=at) for each, at in zip(kept, times, strict=False)]
        known = {name: facts.pop(name) for name in ("audience", "lesson_id", "is_waiting") if name in facts}
        return publishing.publish(
            self.session, slug=slug, title=slug.title(), places=[*places, *pools],
            settings=Settings(**{"shuffle": False, **facts}), video_id=self.video.id, now=self.clock.now(),
            **known,
        )  # fmt: skip

    def times(self, viewer: Viewer = NOBODY) -> list[int]:
        """What a page with the film is told."""
        asked = select(in_film.times(Video.id).correlate(Video)).where(Video.id == self.video.id)
        written = self.session.scalar(asked, {in_film.GATE: viewer.passes_gate})
        found = in_film.moments("film", written)
        return [moment.at_ms for moment in found.moments] if found else []

    def page(self, viewer: Viewer = NOBODY) -> tuple[FilmQuiz, ...]:
        return in_film.page(self.session, viewer, "film").quizzes

    def begin(self, viewer: Viewer, quiz: Quiz) -> Attempt:
        return attempts.start(self.session, viewer, quiz, now=self.clock.now())

    def give(self, attempt: Attempt, position: int, response: Any) -> None:
        given = [Answer(position, 1, response)]
        answers.save(self.session, attempt, given, now=self.clock.now())


@pytest.fixture
def cinema(runtime: Runtime, clock: FixedClock) -> Iterator[Cinema]:
    with runtime.db.writing() as session:
        add_lesson(session, clock.now())
        yield Cinema(session, clock, session.scalars(select(Video)).one())


def test_a_film_tells_its_times_in_order_and_no_word_of_a_question(cinema: Cinema) -> None:
    cinema.quiz()

    found = in_film.page(cinema.session, NOBODY, "film")

    assert cinema.times() == [5000, 40_000]
    (quiz,) = found.quizzes
    assert quiz.moments == (
        Moment(1, 5000, "/videos/film?t=5", "/quizzes/in-film"),
        Moment(2, 40_000, "/videos/film?t=40", "/quizzes/in-film"),
    )
    assert (quiz.start_url, quiz.attempt_url, quiz.is_over) == ("/quizzes/in-film/attempts", "", False)
    assert not any(word in str(found) for word in (SECRET, "crest", "nodule"))


def test_two_quizzes_are_counted_through_in_the_order_of_the_film(cinema: Cinema) -> None:
    cinema.quiz("early", times=(1000, 30_000), document=SINGLE + NUMERIC)
    cinema.quiz("late", times=(2000,), document=SINGLE)

    early, late = cinema.page()

    assert [[moment.number for moment in quiz.moments] for quiz in (early, late)] == [[1, 3], [2]]
    assert cinema.times() == [1000, 2000, 30_000]


def test_a_film_without_questions_has_no_page(cinema: Cinema) -> None:
    cinema.quiz(times=(None, None, None))

    assert cinema.times() == []
    for film in ("film", "none", "a\0b"):
        with pytest.raises(NotFound):
            in_film.page(cinema.session, NOBODY, film)


@pytest.mark.parametrize(
    "facts", [{"mode": Mode.TEST}, {"time_limit_ms": 60_000}, {"is_waiting": True}], ids=str
)
def test_what_explains_nothing_at_once_or_is_not_published_is_not_asked_in_a_film(
    cinema: Cinema, facts: dict[str, Any]
) -> None:
    cinema.quiz(**facts)

    assert cinema.times() == []


def test_an_archived_question_is_not_asked(cinema: Cinema) -> None:
    cinema.quiz()
    question = cinema.session.scalars(select(Question).where(Question.uid == "T-single")).one()
    question.archived_at = cinema.clock.now()
    cinema.session.flush()

    assert cinema.times() == [5000]
    assert [moment.at_ms for moment in cinema.page()[0].moments] == [5000]


def gate_quiz(cinema: Cinema) -> None:
    cinema.quiz(audience=Audience.PRO)


def gate_question(cinema: Cinema) -> None:
    cinema.quiz()
    cinema.session.scalars(select(Question).where(Question.uid == "T-true")).one().audience = Audience.PRO


def gate_lesson(cinema: Cinema) -> None:
    lesson = change_lesson(cinema, audience=Audience.PRO)
    cinema.quiz(lesson_id=lesson)


def change_lesson(cinema: Cinema, **facts: Any) -> int:
    lesson = cinema.session.scalars(select(Lesson)).one()
    for name, value in facts.items():
        setattr(lesson, name, value)
    return lesson.id


@pytest.mark.parametrize("shut", [gate_quiz, gate_question, gate_lesson])
def test_what_is_for_professionals_is_told_to_them_alone(
    cinema: Cinema, shut: Callable[[Cinema], None]
) -> None:
    shut(cinema)
    cinema.session.flush()

    assert (cinema.times(visitor()), cinema.times(PROFESSIONAL)) == ([], [5000, 40_000])
    with pytest.raises(NotFound):
        cinema.page(visitor())
    assert len(cinema.page(PROFESSIONAL)) == 1


def test_a_quiz_of_a_draft_and_a_film_that_is_not_public_tell_nothing(cinema: Cinema) -> None:
    lesson = change_lesson(cinema, state=PageState.DRAFT)
    cinema.quiz(lesson_id=lesson)

    assert cinema.times() == []
    cinema.video.audience = Audience.PRO
    with pytest.raises(GateClosed):
        cinema.page()
    cinema.video.visibility = Visibility.DRAFT
    with pytest.raises(NotFound):
        cinema.page()


def test_answers_and_checks_are_counted_and_lead_to_each_question(cinema: Cinema) -> None:
    quiz, who = cinema.quiz(), visitor()
    attempt = cinema.begin(who, quiz)
    cinema.give(attempt, 1, "1")

    (mine,) = cinema.page(who)

    assert [(m.at_ms, m.is_answered, m.question_url) for m in mine.moments] == [
        (5000, False, f"/attempts/{attempt.id}/questions/3"),
        (40_000, True, f"/attempts/{attempt.id}/questions/1"),
    ]
    assert (mine.answered_count, mine.attempt_url, mine.is_over) == (1, f"/attempts/{attempt.id}", False)
    assert cinema.page(visitor())[0].answered_count == 0


def test_an_answer_that_was_taken_back_is_none(cinema: Cinema) -> None:
    quiz, who = cinema.quiz(), visitor()
    attempt = cinema.begin(who, quiz)
    cinema.give(attempt, 1, "1")
    answers.save(cinema.session, attempt, [Answer(1, 2, None)], now=cinema.clock.now())

    assert cinema.page(who)[0].answered_count == 0


def test_what_was_handed_in_is_over_until_it_is_begun_again(cinema: Cinema) -> None:
    quiz, who = cinema.quiz(), visitor()
    attempt = cinema.begin(who, quiz)
    attempts.submit(cinema.session, attempt, now=cinema.clock.now())
    (over,) = cinema.page(who)

    again = cinema.begin(who, quiz)

    assert (over.is_over, over.start_url) == (True, "/quizzes/in-film/attempts")
    (mine,) = cinema.page(who)
    assert (mine.is_over, mine.attempt_url) == (False, f"/attempts/{again.id}")


def test_who_has_used_all_attempts_is_offered_none(cinema: Cinema) -> None:
    quiz, who = cinema.quiz(attempts=1), visitor()
    assert cinema.page(who)[0].start_url
    attempts.submit(cinema.session, cinema.begin(who, quiz), now=cinema.clock.now())

    assert cinema.page(who)[0].start_url == ""


def test_those_inside_follow_the_times_as_they_are_now(cinema: Cinema) -> None:
    quiz, who = cinema.quiz(), visitor()
    attempt = cinema.begin(who, quiz)
    places = publishing.places_of(cinema.session, quiz_service.newest_version(cinema.session, quiz))
    later = [Place(place.question, at_ms=at) for place, at in zip(places, (9000, 9500, None), strict=True)]

    publishing.revise(cinema.session, quiz, [*later[1:], later[0]], cinema.clock.now())

    assert [(m.at_ms, m.question_url[-1]) for m in cinema.page(who)[0].moments] == [(9000, "1"), (9500, "2")]
    moments = [film_places.moment_of(cinema.session, attempt, position) for position in (1, 2, 3)]
    assert moments == ["/videos/film?t=9", "/videos/film?t=9.5", ""]


def test_what_is_drawn_from_a_pool_is_asked_at_its_time(cinema: Cinema) -> None:
    pool = Place(pool=Pool(count=2), at_ms=30_000)
    questions.keep(cinema.session, items(NUMERIC)[0], now=cinema.clock.now())
    quiz, who = cinema.quiz(times=(None, 7000), document=None, pools=(pool,)), visitor()
    cinema.begin(who, quiz)

    assert [moment.at_ms for moment in cinema.page(who)[0].moments] == [7000, 30_000, 30_000]
    assert cinema.times() == [7000, 30_000]


def test_an_attempt_outside_any_film_has_no_moment(cinema: Cinema) -> None:
    quiz = cinema.quiz()
    quiz.video_id = None
    attempt = cinema.begin(visitor(), quiz)

    assert film_places.moment_of(cinema.session, attempt, 1) == ""


def test_the_page_costs_a_few_statements_however_many_attempts_there_are(
    cinema: Cinema, statements: Counter
) -> None:
    quiz, who = cinema.quiz(), visitor()
    for _ in range(3):
        attempts.submit(cinema.session, cinema.begin(who, quiz), now=cinema.clock.now())
    cinema.session.expire_all()

    with statements() as seen:
        cinema.page(who)

    assert len(seen) <= 4, seen


def test_one_question_stands_alone_with_the_ways_to_those_beside_it(cinema: Cinema) -> None:
    quiz = cinema.quiz()
    who = Viewer(visitor_hash="v", role=Role.LEARNER)
    attempt = cinema.begin(who, quiz)
    whole = pages.page(cinema.session, who, attempt, now=cinema.clock.now())

    alone = [one_question.of(cinema.session, attempt, whole, position) for position in (1, 2, 3)]

    start = f"/attempts/{attempt.id}/questions/"
    assert [(one.before_url, one.after_url) for one in alone] == [
        ("", f"{start}2"), (f"{start}1", f"{start}3"), (f"{start}2", ""),
    ]  # fmt: skip
    assert [one.film_url for one in alone] == ["/videos/film?t=40", "", "/videos/film?t=5"]
    assert [view.position for view in alone[1].form.questions] == [2]
    assert (alone[1].form.action, alone[1].count) == (f"{start}2", 3)
    with pytest.raises(NotFound):
        one_question.of(cinema.session, attempt, whole, 4)
