"""Files of questions in the database: looked at, taken into the bank, never over somebody else's question."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

import quizzes
from edu.errors import Conflict, Invalid, NotFound
from edu.models import (
    AuditEntry,
    Question,
    QuestionImport,
    QuestionVersion,
    QuizDraft,
    Role,
    Step,
    VersionStatus,
)
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services.quizzing import questions
from edu.services.quizzing.exchanging import looking, staging, taking
from edu.services.quizzing.exchanging.fitting import Lack
from edu.services.quizzing.exchanging.looking import Meeting
from edu.services.quizzing.exchanging.taking import Choices, Taken
from quizzes import Format, Item, Kind
from tests.filming import add_video
from tests.people import add_user
from tests.quizzes.samples import sample

STEP = "V1-c01"


@pytest.fixture
def maker(runtime: Runtime) -> Viewer:
    """An instructor with a video that shows a step."""
    who = viewer(runtime)
    with runtime.db.writing() as session:
        video = add_video(session, who, runtime.clock.now(), code="V1")
        session.add(Step(identifier=STEP, video_id=video.id, title="One", start_ms=0, end_ms=9_000))
    return who


def viewer(runtime: Runtime) -> Viewer:
    with runtime.db.writing() as session:
        user = add_user(session, now=runtime.clock.now(), role=Role.INSTRUCTOR)
        return Viewer(user_id=user.id, role=Role.INSTRUCTOR)


def single(uid: str, stem: str = "Which?", **facts: object) -> Item:
    return replace(sample(Kind.SINGLE, stem=stem), id=uid, **facts)


def stage(runtime: Runtime, who: Viewer, *items: Item) -> int:
    found = staging.read(quizzes.write_bank(items), "bank.toml")[1]
    with runtime.db.writing() as session:
        return staging.stage(session, who, "bank.toml", Format.TOML, found, runtime.clock.now()).id


def take(runtime: Runtime, who: Viewer, number: int, *ticked: int, left: int = 0, **chosen: object) -> Taken:
    choices = Choices(frozenset(ticked), left=left or len(ticked), **chosen)
    with runtime.db.writing() as session:
        return taking.take(session, who, number, choices, runtime.clock.now())


def newest(runtime: Runtime, uid: str) -> Item:
    with runtime.db.reading() as session:
        question = session.query(Question).filter_by(uid=uid).one()
        version = questions.latest(session, question.id)
        assert version is not None
        return questions.keyed(session, {version.id})[version.id].item


def test_ticked_questions_are_taken_with_what_was_chosen_and_the_others_left(runtime, maker):
    number = stage(runtime, maker, single("A"), single("B", tags=("own",)), single("C"))

    chosen = {"same": STEP, "evidence": {1: ""}, "tags": "one, own", "quiz": "new", "title": "T"}
    taken = take(runtime, maker, number, 0, 1, left=3, **chosen)

    assert [question.uid for question in taken.asked] == ["A", "B"]
    assert newest(runtime, "A").evidence == STEP
    assert newest(runtime, "B").tags == ("own", "one")
    with runtime.db.reading() as session:
        assert session.query(QuestionImport).count() == 0
        assert [row["question"] for row in session.query(QuizDraft).one().sheet["places"]] == [1, 2]
        assert session.query(AuditEntry).filter_by(action="questions.imported").one().detail == {
            "questions": 2
        }
        assert session.query(Question).filter_by(uid="C").count() == 0


def test_somebody_elses_question_is_never_written_over(runtime, maker):
    take(runtime, maker, stage(runtime, maker, single("A", "Mine?")), 0)
    other = viewer(runtime)
    number = stage(runtime, other, single("A", "Yours?"))

    with runtime.db.reading() as session:
        (line,) = looking.page(session, other, number).lines
    taken = take(runtime, other, number, 0, as_next=frozenset({0}))

    assert line.meeting is Meeting.FOREIGN
    ((old, new),) = taken.renamed
    assert (old, new) == ("A", "A-2")
    assert (newest(runtime, "A").stem, newest(runtime, new).stem) == ("Mine?", "Yours?")


def test_ones_own_question_becomes_the_next_version_or_another_one_as_chosen(runtime, maker):
    take(runtime, maker, stage(runtime, maker, single("A"), single("B")), 0, 1)
    number = stage(runtime, maker, single("A", critical=True), single("B", "Something else?"))

    with runtime.db.reading() as session:
        met = [line.meeting for line in looking.page(session, maker, number).lines]
    taken = take(runtime, maker, number, 0, 1, as_next=frozenset({0}))

    assert met == [Meeting.NEXT, Meeting.OTHER]
    assert newest(runtime, "A").critical
    assert newest(runtime, "B").stem == "Which?"
    assert taken.renamed == (("B", "B-2"),)
    with runtime.db.reading() as session:
        assert session.query(QuestionVersion).count() == 4


def test_the_same_question_once_more_adds_nothing(runtime, maker):
    take(runtime, maker, stage(runtime, maker, single("A")), 0)
    number = stage(runtime, maker, single("A"))

    with runtime.db.reading() as session:
        (line,) = looking.page(session, maker, number).lines
    take(runtime, maker, number, 0, as_next=frozenset({0}))

    assert line.meeting is Meeting.SAME
    with runtime.db.reading() as session:
        assert session.query(QuestionVersion).count() == 1


def test_what_a_question_names_and_is_not_here_is_left_out_and_told(runtime, maker):
    number = stage(
        runtime,
        maker,
        single("A", evidence="V9-c01", references=("njoo1994",), lesson="L9.9"),
        replace(sample(Kind.MOMENT), id="M", video="V9"),
        replace(sample(Kind.HOTSPOT), id="H", picture=replace(sample(Kind.HOTSPOT).picture, name="x.png")),
        single("Q", tags=("?",)),
    )

    with runtime.db.reading() as session:
        lines = looking.page(session, maker, number).lines
    taken = take(runtime, maker, number, 0, 1, 2, 3)

    lacks = [[missing.lack for missing in line.fitted.missing] for line in lines]
    assert lacks == [[Lack.STEP, Lack.REFERENCE, Lack.LESSON], [Lack.VIDEO], [Lack.PICTURE], []]
    assert [line.fitted.is_ready for line in lines] == [True, False, False, False]
    kept = newest(runtime, "A")
    assert (kept.evidence, kept.references, kept.lesson) == (None, (), "")
    assert len(taken.drafts) == 3
    with runtime.db.reading() as session:
        drafts = session.query(QuestionVersion).filter_by(status=VersionStatus.DRAFT)
        assert {draft.kind for draft in drafts} == {"moment", "hotspot", "single"}


def test_a_large_file_is_dealt_with_part_by_part(runtime, maker):
    many = [single(f"P-{n}", f"Which {n}?") for n in range(looking.PART + 2)]
    number = stage(runtime, maker, *many)

    first = take(runtime, maker, number, 0, 1, left=len(many))
    with pytest.raises(Conflict):
        take(runtime, maker, number, 0, left=len(many))
    with runtime.db.reading() as session:
        page = looking.page(session, maker, number)

    assert (first.left, page.left, page.taken) == (2, 2, 2)
    assert [line.item.id for line in page.lines] == ["P-50", "P-51"]


def test_nothing_ticked_a_foreign_step_and_a_foreign_file_are_refused(runtime, maker):
    number = stage(runtime, maker, single("A"))

    with pytest.raises(Invalid, match="Tick at least one"):
        take(runtime, maker, number, left=1)
    with pytest.raises(Invalid, match="Choose a step"):
        take(runtime, maker, number, 0, evidence={0: "V9-c01"})
    with pytest.raises(NotFound):
        take(runtime, viewer(runtime), number, 0)


def test_files_that_nobody_takes_are_forgotten_after_a_week_and_none_before(runtime, maker, clock):
    stage(runtime, maker, single("A"))
    clock.advance(timedelta(days=8))

    numbers = [stage(runtime, maker, single("A")) for _ in range(staging.MOST_KEPT)]
    with pytest.raises(Invalid, match="wait already"):
        stage(runtime, maker, single("A"))

    with runtime.db.reading() as session:
        kept = [number for number, _name, _at in staging.waiting(session, maker)]
    assert kept == numbers[::-1]


def test_a_file_without_questions_or_of_no_format_is_refused():
    with pytest.raises(Invalid, match="none of the formats"):
        staging.read(b"hello", "a.txt")
    with pytest.raises(Invalid, match="empty"):
        staging.read(b"", "a.gift")
    with pytest.raises(Invalid, match="no question"):
        staging.read(b"// only a comment\n", "a.gift")
    with pytest.raises(Invalid, match="list"):
        staging.read(b"{}", "a.gift", "docx")


def test_what_was_lost_is_kept_beside_the_questions(runtime, maker):
    _, found = staging.read(b"::A:: Which {=one ~two}\n\n::B:: Tell {}\n", "a.gift")
    with runtime.db.writing() as session:
        row = staging.stage(session, maker, "a.gift", Format.GIFT, found, runtime.clock.now())
        kept = staging.losses(row)

    assert [(loss.place, loss.code, dict(loss.parameters)) for loss in kept] == [
        (loss.place, loss.code, dict(loss.parameters)) for loss in found.losses
    ]
    assert kept
