"""Quizzes in the database: drafts, versions, who may, and what must not be published."""

from __future__ import annotations

from dataclasses import replace

import pytest

from edu.errors import Conflict, Forbidden, InvalidFields, NotFound
from edu.models import AttemptState, Audience, Quiz, QuizDraft, QuizVersion, Role, Step, Video
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services.quizzing import allowances, attempts, publishing, questions
from edu.services.quizzing import quizzes as quiz_service
from edu.services.quizzing.arranging import form, giving, listing, saving
from edu.services.quizzing.arranging.sheet import Row, Sheet
from quizzes import Audience as ItemAudience
from quizzes import Kind, Mode, Pool, Settings
from tests.filming import add_video
from tests.people import add_user
from tests.quizzes.samples import sample


@pytest.fixture
def maker(runtime: Runtime) -> Viewer:
    """An instructor."""
    return viewer(runtime)


@pytest.fixture
def bank(runtime: Runtime, maker: Viewer) -> list[int]:
    """Six questions of the maker, the last for professionals."""
    made = []
    with runtime.db.writing() as session:
        for n in range(6):
            item = replace(sample(Kind.SINGLE, stem=f"Which {n}?"), id=f"B-{n}", tags=("crest",))
            item = replace(item, audience=ItemAudience.PRO) if n == 5 else item
            made.append(questions.keep(session, item, now=runtime.clock.now(), author_id=maker.user_id)[0].id)
    return made


def viewer(runtime: Runtime, role: Role = Role.INSTRUCTOR) -> Viewer:
    with runtime.db.writing() as session:
        user = add_user(session, now=runtime.clock.now(), role=role)
        return Viewer(user_id=user.id, role=role)


def sheet(*places: Row, **values: str) -> Sheet:
    return replace(form.blank(title="Crest").having(**values), places=places)


def publish(runtime: Runtime, who: Viewer, typed: Sheet, slug: str = "", base: int = 0) -> str:
    with runtime.db.writing() as session:
        return saving.publish(session, who, slug, typed, base, runtime.clock.now()).slug


def faults(runtime: Runtime, who: Viewer, typed: Sheet, slug: str = "", base: int = 0) -> dict[str, str]:
    with pytest.raises(InvalidFields) as caught:
        publish(runtime, who, typed, slug, base)
    return {str(fault.parameters["field"]): fault.code for fault in caught.value.faults}


def test_a_published_form_comes_back_as_it_was_filled_in(runtime, maker, bank):
    typed = sheet(
        Row(bank[1], mark="2"), Row(count="2", tags="crest", kinds=("single",)), Row(bank[0], mark="0.5"),
        intro="Begin.", mode="test", minutes="7.5", attempts="3", pass_mark="70", review="score",
        certainty="1",
    )  # fmt: skip

    slug = publish(runtime, maker, typed)

    with runtime.db.reading() as session:
        quiz = saving.mine(session, maker, slug)
        version = quiz_service.current_version(session, quiz)
        settings, places = quiz_service.settings_of(version), publishing.places_of(session, version)
        work = saving.work(session, maker, slug)
    assert settings == Settings(Mode.TEST, 70, 3, 450_000, True, True, True, settings.review)
    assert [place.mark for place in places] == [2.0, 1.0, 0.5]
    assert places[1].pool == Pool(2, ("crest",), (Kind.SINGLE,))
    assert (quiz.title, quiz.details["intro"], quiz.owner_id) == ("Crest", "Begin.", maker.user_id)
    assert work.sheet.plain() == {**typed.plain(), "values": {k: v for k, v in typed.values.items() if v}}
    assert (work.version, work.current, work.is_draft) == (1, 1, False)


def test_a_draft_may_be_incomplete_and_learners_keep_the_version_before(runtime, maker, bank):
    slug = publish(runtime, maker, sheet(Row(bank[0])))

    with runtime.db.writing() as session:
        saving.keep_draft(session, maker, slug, sheet(Row(mark="x"), title=""), 1, runtime.clock.now())

    with runtime.db.reading() as session:
        work = saving.work(session, maker, slug)
        quiz = saving.mine(session, maker, slug)
        assert (work.is_draft, work.sheet.places[0].mark, quiz.title, quiz.current) == (True, "x", "Crest", 1)
    publish(runtime, maker, sheet(Row(bank[1])), slug, 1)
    with runtime.db.reading() as session:
        assert session.query(QuizDraft).count() == 0
        assert saving.work(session, maker, slug).version == 2


def test_a_new_draft_makes_a_quiz_that_is_gone_without_it(runtime, maker):
    with runtime.db.writing() as session:
        slug = saving.keep_draft(session, maker, "", sheet(), 0, runtime.clock.now()).slug

    with runtime.db.writing() as session:
        (line,) = listing.listed(session, maker)
        assert (line.slug, line.version, line.is_published, line.is_draft) == ("crest", 0, False, True)
        assert not saving.forget_draft(session, maker, slug)

    with runtime.db.reading() as session, pytest.raises(NotFound):
        saving.mine(session, maker, slug)


def test_whoever_is_inside_keeps_the_questions_they_began_with(runtime, maker, bank):
    slug = publish(runtime, maker, sheet(Row(bank[0]), Row(bank[1])))
    learner = viewer(runtime, Role.LEARNER)
    with runtime.db.writing() as session:
        quiz = quiz_service.named(session, learner, slug)
        attempt = attempts.start(session, learner, quiz, now=runtime.clock.now())

    publish(runtime, maker, sheet(Row(bank[2]), minutes="5", mode="test"), slug, 1)

    with runtime.db.writing() as session:
        held = attempts.held(session, learner, attempt.id)
        assert attempts.settings_of(session, held).mode is Mode.PRACTICE
        assert saving.work(session, maker, slug).inside == 1
        assert attempts.submit(session, held, now=runtime.clock.now())
        assert held.state is AttemptState.SUBMITTED


def test_a_quiz_that_is_taken_back_is_given_again_as_the_same_version(runtime, maker, bank):
    typed = sheet(Row(bank[0]))
    slug = publish(runtime, maker, typed)

    with runtime.db.writing() as session:
        saving.take_back(session, maker, slug, runtime.clock.now())
        with pytest.raises(NotFound):
            quiz_service.named(session, Viewer(), slug)
    publish(runtime, maker, typed, slug, 1)

    with runtime.db.reading() as session:
        assert session.query(QuizVersion).count() == 1
        assert saving.mine(session, maker, slug).current == 1


def test_what_is_wrong_is_told_field_by_field(runtime, maker, bank):
    typed = sheet(
        Row(bank[0], mark="0"), Row(bank[0]), Row(bank[5]), Row(999), Row(count="9", tags="crest"),
        Row(count="x"),
        title=" ", pass_mark="101", attempts="1.5", minutes="-1", lesson="77", video="88",
    )  # fmt: skip

    assert faults(runtime, maker, typed) == {
        "title": "blank", "pass_mark": "out_of_range", "attempts": "not_whole", "minutes": "out_of_range",
        "lesson": "not_there", "video": "not_there", "places-0-mark": "out_of_range", "place-1": "twice",
        "place-2": "pro_in_open", "place-3": "not_there", "places-4-count": "pool_too_small",
        "places-5-count": "no_number",
    }  # fmt: skip
    assert faults(runtime, maker, sheet()) == {"places": "no_questions"}


def test_advice_that_blocks_a_question_blocks_the_quiz_that_may_ask_it(runtime, maker):
    with runtime.db.writing() as session:
        item = replace(sample(Kind.SINGLE), id="B-open", tags=("open", "?"))
        bad = questions.keep(session, item, now=runtime.clock.now(), author_id=maker.user_id)[0].id

    assert faults(runtime, maker, sheet(Row(bad))) == {"place-0": "blocked"}
    assert faults(runtime, maker, sheet(Row(tags="open"))) == {"places-0-count": "blocked"}


def test_in_a_video_it_is_for_practice_and_the_times_give_the_order(runtime, maker, bank):
    with runtime.db.writing() as session:
        video = add_video(session, maker, runtime.clock.now())
        session.add(Step(identifier="V1-c01", video_id=video.id, title="One", start_ms=0, end_ms=9_000))
        number = str(video.id)
    late = sheet(Row(bank[0], at="1:01"), Row(bank[1]), Row(bank[2], at="soon"), video=number)

    assert faults(runtime, maker, late) == {
        "places-0-at": "past_end", "places-2-at": "no_time",
    }  # fmt: skip
    timeless = sheet(Row(bank[0]), video=number, mode="test", minutes="5")
    assert faults(runtime, maker, timeless) == {
        "mode": "film_test", "minutes": "film_limit", "places-0-at": "blank",
    }  # fmt: skip
    places = [Row(bank[2]), Row(bank[0], at="0:50"), Row(bank[1], at="0:09.5")]
    slug = publish(runtime, maker, sheet(*places, video=number))
    with runtime.db.reading() as session:
        quiz = saving.mine(session, maker, slug)
        places = publishing.places_of(session, quiz_service.current_version(session, quiz))
        assert quiz.video_id == int(number)
        assert [place.at_ms for place in places] == [9_500, 50_000, None]


def test_a_quiz_in_a_video_for_professionals_is_for_them(runtime, maker, bank):
    with runtime.db.writing() as session:
        video: Video = add_video(session, maker, runtime.clock.now(), audience=Audience.PRO)
        number = str(video.id)

    slug = publish(runtime, maker, sheet(Row(bank[5], at="0:01"), video=number))

    with runtime.db.reading() as session:
        assert saving.mine(session, maker, slug).audience is Audience.PRO
    opened = sheet(Row(bank[0]), audience="open")
    assert faults(runtime, maker, opened, slug, 1) == {"open_to_all": "not_meant"}
    publish(runtime, maker, opened.having(open_to_all="1"), slug, 1)


def test_another_instructor_may_not_and_of_two_the_second_is_told(runtime, maker, bank):
    slug = publish(runtime, maker, sheet(Row(bank[0])))
    publish(runtime, maker, sheet(Row(bank[1])), slug, 1)

    with pytest.raises(Conflict, match="Version 2"):
        publish(runtime, maker, sheet(Row(bank[2])), slug, 1)
    stranger = Viewer(user_id=(maker.user_id or 0) + 1000, role=Role.INSTRUCTOR)
    with pytest.raises(Forbidden):
        publish(runtime, stranger, sheet(Row(bank[2])), slug, 2)
    with runtime.db.reading() as session:
        assert listing.listed(session, stranger) == ()


def test_more_time_is_given_by_address_and_taken_away(runtime, maker, bank):
    slug = publish(runtime, maker, sheet(Row(bank[0]), minutes="10"))
    with runtime.db.writing() as session:
        add_user(session, now=runtime.clock.now(), email="bob@example.org")
    said = {"email": "Bob@example.org", "extra_percent": "25 %", "extra_attempts": ""}

    with runtime.db.writing() as session:
        quiz: Quiz = saving.mine(session, maker, slug)
        giving.give(session, maker, quiz, runtime.clock.now(), **said)
        (given,) = allowances.listed(session, quiz)
        assert (given.extra_percent, given.extra_attempts) == (25, 0)
        giving.take_away(session, maker, quiz, given.user_id, runtime.clock.now())
        assert allowances.listed(session, quiz) == ()
        with pytest.raises(InvalidFields):
            giving.give(session, maker, quiz, runtime.clock.now(), **{**said, "extra_percent": "0"})
