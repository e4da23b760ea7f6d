"""Drafts and versions of questions in the database; who may, who comes second, what stays behind the gate."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from edu.errors import Conflict, Forbidden, InvalidFields, NotFound
from edu.models import Audience, Question, QuestionVersion, Role, Video
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services.quizzing import questions
from edu.services.quizzing.writing import listing, saving
from edu.services.quizzing.writing.from_item import sheet_of
from edu.services.quizzing.writing.listing import Filters
from edu.services.quizzing.writing.sheet import Sheet, blank
from edu.services.quizzing.writing.still import name_of
from quizzes import Kind
from tests.filming import add_video
from tests.people import add_user
from tests.quizzes.samples import sample


@pytest.fixture
def maker(runtime: Runtime) -> Viewer:
    """An instructor."""
    return viewer(runtime)


def viewer(runtime: Runtime) -> Viewer:
    with runtime.db.writing() as session:
        user = add_user(session, now=runtime.clock.now(), role=Role.INSTRUCTOR)
        return Viewer(user_id=user.id, role=Role.INSTRUCTOR)


def sheet(stem: str = "Which?") -> Sheet:
    return sheet_of(sample(Kind.SINGLE, stem=stem))


def publish(runtime: Runtime, who: Viewer, question_id: int, typed: Sheet, base: int = 0) -> int:
    with runtime.db.writing() as session:
        return saving.publish(session, who, question_id, typed, base, runtime.clock.now()).id


def keep_draft(runtime: Runtime, who: Viewer, question_id: int, typed: Sheet) -> int:
    with runtime.db.writing() as session:
        return saving.keep_draft(session, who, question_id, typed, runtime.clock.now()).id


def asked(runtime: Runtime, question_id: int) -> tuple[int, str]:
    """Number and words of the version that is asked."""
    with runtime.db.reading() as session:
        version = questions.latest(session, question_id)
        assert version is not None
        return version.number, version.body["stem"]


def test_a_draft_is_written_over_and_never_asked(runtime: Runtime, maker: Viewer) -> None:
    question_id = keep_draft(runtime, maker, 0, blank(Kind.HOTSPOT).having(stem="One"))
    keep_draft(runtime, maker, question_id, blank(Kind.HOTSPOT).having(stem="Two"))

    with runtime.db.reading() as session:
        work = saving.work(session, maker, question_id)
        versions = [version.number for version in session.query(QuestionVersion)]
        assert questions.latest(session, question_id) is None

    assert (work.sheet.said("stem"), work.version, work.is_draft) == ("Two", 0, True)
    assert versions == [saving.DRAFT]


def test_a_key_behind_the_end_of_the_film_is_refused(runtime: Runtime, maker: Viewer) -> None:
    with runtime.db.writing() as session:
        add_video(session, maker, runtime.clock.now(), code="V1")
    film = sheet_of(sample(Kind.MOMENT)).having(video="V1", evidence="", lesson="", references="")

    with pytest.raises(InvalidFields) as caught:
        publish(runtime, maker, 0, film.having(start="0:20", end="5:20"))
    assert [fault.parameters["field"] for fault in caught.value.faults] == ["end"]
    assert publish(runtime, maker, 0, film.having(start="0:20", end="1:00"))


def test_publishing_takes_the_draft_away_and_counts_versions_from_one(
    runtime: Runtime, maker: Viewer
) -> None:
    question_id = keep_draft(runtime, maker, 0, sheet("One?"))

    publish(runtime, maker, question_id, sheet("One?"))
    keep_draft(runtime, maker, question_id, sheet("Two?"))
    assert asked(runtime, question_id) == (1, "One?")
    publish(runtime, maker, question_id, sheet("Two?"), base=1)

    assert asked(runtime, question_id) == (2, "Two?")
    with runtime.db.reading() as session:
        assert sorted(v.number for v in session.query(QuestionVersion)) == [1, 2]


def test_of_those_who_publish_at_once_one_is_first_and_the_others_are_told(
    runtime: Runtime, maker: Viewer
) -> None:
    question_id = publish(runtime, maker, 0, sheet())

    def one(stem: str) -> str:
        try:
            publish(runtime, maker, question_id, sheet(stem), base=1)
        except Conflict as error:
            return str(error.code)
        return "published"

    with ThreadPoolExecutor(4) as pool:
        ends = sorted(pool.map(one, ["One?", "Two?", "Three?", "Four?"]))

    assert ends == ["newer_version"] * 3 + ["published"]
    assert asked(runtime, question_id)[0] == 2


def test_advice_that_blocks_keeps_a_question_from_being_published(runtime: Runtime, maker: Viewer) -> None:
    with pytest.raises(InvalidFields) as caught:
        publish(runtime, maker, 0, sheet_of(sample(Kind.HOTSPOT)))

    assert [(f.code, f.parameters["field"]) for f in caught.value.faults] == [("blocked", "landmarks")]
    with runtime.db.reading() as session:
        assert session.query(Question).count() == 0


def test_a_question_for_professionals_stays_so_when_its_words_change(runtime: Runtime, maker: Viewer) -> None:
    question_id = publish(runtime, maker, 0, sheet().having(audience="pro"))

    publish(runtime, maker, question_id, sheet("Other words?").having(audience="open"), base=1)

    with runtime.db.reading() as session:
        assert session.get_one(Question, question_id).audience is Audience.PRO
        assert saving.work(session, maker, question_id).sheet.said("audience") == "pro"


def test_a_frame_of_a_video_for_professionals_makes_no_open_question(runtime: Runtime, maker: Viewer) -> None:
    with runtime.db.writing() as session:
        video = add_video(session, maker, runtime.clock.now(), audience=Audience.PRO)
        name = name_of("ab" * 32, 640, 360, "jpg", video_id=video.id)
    framed = sheet().having(picture=name, picture_alt="A hand.")

    with pytest.raises(InvalidFields, match="for professionals"):
        publish(runtime, maker, 0, framed.having(audience="open"))
    question_id = publish(runtime, maker, 0, framed.having(audience="pro"))

    with runtime.db.reading() as session:
        assert session.get_one(Question, question_id).audience is Audience.PRO
        assert session.query(Video).one().audience is Audience.PRO


def test_a_colleague_may_neither_look_nor_write(runtime: Runtime, maker: Viewer) -> None:
    question_id, other = publish(runtime, maker, 0, sheet()), viewer(runtime)

    for deed in (
        lambda: publish(runtime, other, question_id, sheet("Mine?"), base=1),
        lambda: keep_draft(runtime, other, question_id, sheet("Mine?")),
    ):
        with pytest.raises(Forbidden):
            deed()
    with runtime.db.reading() as session:
        with pytest.raises(Forbidden):
            saving.work(session, other, question_id)
        with pytest.raises(NotFound):
            saving.work(session, other, 999)
        assert listing.listed(session, other, Filters()).count == 0
        assert listing.listed(session, maker, Filters()).count == 1


def test_a_thrown_away_draft_leaves_the_version_or_nothing(runtime: Runtime, maker: Viewer) -> None:
    only_draft = keep_draft(runtime, maker, 0, sheet())
    published = publish(runtime, maker, 0, sheet())
    keep_draft(runtime, maker, published, sheet("Two?"))

    with runtime.db.writing() as session:
        left = [saving.forget_draft(session, maker, each) for each in (only_draft, published)]

    assert left == [False, True]
    with runtime.db.reading() as session:
        assert [question.id for question in session.query(Question)] == [published]


def test_a_step_that_is_gone_may_stay_where_it_stood(runtime: Runtime, maker: Viewer) -> None:
    item = replace(sample(Kind.SINGLE), id="T-1", evidence="V9-c01", references=("old1900",), lesson="L9.9")
    with runtime.db.writing() as session:
        question, _ = questions.keep(session, item, now=runtime.clock.now(), author_id=maker.user_id)
        question_id = question.id

    publish(runtime, maker, question_id, sheet_of(replace(item, stem="Anew?")), base=1)

    assert asked(runtime, question_id) == (2, "Anew?")
