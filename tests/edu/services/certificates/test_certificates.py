"""What a certificate asks and what is met of it, how it is given, kept, withdrawn and removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from edu.clock import FixedClock
from edu.errors import Conflict, Forbidden, Invalid, NotFound, SignInNeeded
from edu.models import (
    AuditEntry,
    Certificate,
    Checklist,
    ChecklistPerformance,
    ChecklistRun,
    Course,
    GateMode,
    Lesson,
    Module,
    PageState,
    RaterRole,
    Role,
    RunState,
    Video,
)
from edu.policy import NOBODY, Viewer
from edu.runtime import Runtime
from edu.services import erasure, gate
from edu.services.certificates import giving, kept
from edu.services.certificates.asking import Demand, Standing, standing
from edu.services.certificates.kept import CertificatePage
from edu.services.coursing import paths
from edu.services.quizzing.answers import Answer
from edu.services.stations import lists
from edu.services.watching import keeping
from edu.services.watching.telling import Told
from quizzes import Pool
from tests.people import add_user
from tests.quizzing import MULTIPLE, NUMERIC, SINGLE, TRUEFALSE, Crest, add_lesson, publish
from tests.stations import STATION

MODES = frozenset({GateMode.DECLARATION})
PATH = {
    "slug": "student", "title": "Student", "audience": "open", "modules": ["M1"], "certificate": "Theory",
    "certificate_note": "not proof of competence", "pass_mark": 60,
}  # fmt: skip
RIGHT = {1: "2", 2: ["1", "3"], 3: {"answer": True}}


@dataclass(frozen=True)
class Way(Crest):
    """A course with a path: one lesson with a film of one step, and a quiz of three questions."""

    me: Viewer

    def standing(self, who: Viewer | None = None) -> Standing:
        with self.runtime.db.reading() as session:
            who = who or self.me
            found = standing(session, who, paths.page(session, who, "c", "student", self.clock.now()), MODES)
        assert found is not None
        return found

    def met(self) -> dict[Demand, bool]:
        return {part.demand: part.is_met for part in self.standing().asked}

    def lay(self, **changes: Any) -> None:
        """Change the path in the course's file."""
        with self.runtime.db.writing() as session:
            course = session.scalars(select(Course)).one()
            course.notices = {**course.notices, "paths": [{**PATH, **changes}]}

    def watch(self) -> None:
        with self.runtime.db.writing() as session:
            keeping.keep(session, self.me, "film", Told(0, (), 0, 0), self.clock.now())
            self.clock.advance(timedelta(seconds=9))
            keeping.keep(session, self.me, "film", Told(0, ((31_200, 39_800),), 0, 39_800), self.clock.now())

    def answer(self, **given: Any) -> None:
        """Hand an attempt in: `answer(q1="2")`; the others are left blank."""
        self.clock.advance(timedelta(minutes=1))
        attempt = self.begin(self.me)
        for name, response in given.items():
            self.give(self.me, attempt, Answer(position=int(name[1:]), rev=1, response=response))
        self.hand_in(self.me, attempt)

    def learn(self) -> None:
        """Meet all that the path asks."""
        self.watch()
        self.answer(**{f"q{position}": response for position, response in RIGHT.items()})

    def give_out(self, name: str = "Ada Lovelace", who: Viewer | None = None) -> CertificatePage:
        with self.runtime.db.writing() as session:
            who = who or self.me
            made = giving.give(session, who, "c", "student", name=name, modes=MODES, now=self.clock.now())
            return kept.page(session, who, made.url.removeprefix("/certificates/"))

    def deeds(self) -> list[str]:
        with self.runtime.db.reading() as session:
            found = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id))
            return [deed for deed in found if deed.startswith("certificate.")]


@pytest.fixture
def way(runtime: Runtime, clock: FixedClock) -> Way:
    with runtime.db.writing() as session:
        lesson = add_lesson(session, clock.now())
        video = session.scalars(select(Video)).one()
        video.duration_ms, lesson.video_id = 60_000, video.id
        course = session.scalars(select(Course)).one()
        course.notices = {"paths": [PATH], "evidence_line": "Little is known [?]."}
        publish(session, clock.now(), document=SINGLE + MULTIPLE + TRUEFALSE, lesson_id=lesson.id)
        me = Viewer(user_id=add_user(session, now=clock.now()).id, role=Role.LEARNER, name="Ada")
    return Way(runtime, clock, me)


def test_what_is_lacking_is_told_with_its_way_and_when_nothing_is_it_is_given(way: Way):
    parts = {part.demand: part for part in way.standing().asked}
    assert {demand: (part.have, part.need) for demand, part in parts.items()} == {
        Demand.MODULES: (1, 1), Demand.QUESTIONS: (0, 3), Demand.CRITICAL: (0, 1), Demand.FILMS: (0, 1),
    }  # fmt: skip
    assert [thing.url for thing in parts[Demand.CRITICAL].lacking] == ["/quizzes/crest"]
    assert [(thing.url, thing.have) for thing in parts[Demand.FILMS].lacking] == [("/courses/c/l", 0)]
    with pytest.raises(Conflict, match="no certificate yet"):
        way.give_out()

    way.learn()
    page = way.give_out("  Ada   Lovelace ")

    assert way.standing().is_met
    assert (page.name, page.title, page.given_at) == ("Ada Lovelace", "Theory", way.clock.now())
    facts = page.facts
    assert (facts.questions, facts.right, facts.percent, facts.pass_mark) == (3, 3, 100, 60)
    assert (facts.critical, facts.films, facts.modules) == (1, 1, ("M1 M",))
    assert (facts.course_state, facts.evidence_line) == ("under_construction", "Little is known [?].")
    assert (facts.note, facts.gate_version, facts.checklists) == ("not proof of competence", "", ())


def test_a_question_counts_by_its_last_answer_and_only_when_it_is_wholly_right(way: Way):
    way.answer(q1="2", q2=["1"], q3={"answer": False})
    assert (way.standing().questions.right, way.standing().questions.percent) == (1, 33)

    way.answer(q2=["1", "3"])
    assert way.standing().questions.right == 2  # what is left blank is no answer

    way.answer(q1="1", q3={"answer": True})
    questions = way.standing().questions
    assert (questions.right, questions.critical, questions.critical_right) == (2, 1, 0)
    assert not way.met()[Demand.CRITICAL]
    assert way.met()[Demand.QUESTIONS]


def test_an_answer_counts_once_it_is_marked(way: Way):
    attempt = way.begin(way.me)
    way.give(way.me, attempt, Answer(position=1, rev=1, response="2"))
    assert way.standing().questions.right == 0

    way.check(way.me, attempt, 1)
    assert way.standing().questions.right == 1


@pytest.mark.parametrize(("mark", "is_met"), [(66, True), (67, False)])
def test_the_share_is_compared_before_it_is_rounded(way: Way, mark: int, is_met: bool):
    way.lay(pass_mark=mark)
    way.answer(q1="2", q2=["1", "3"])

    assert way.met()[Demand.QUESTIONS] is is_met


def test_a_question_of_two_quizzes_counts_once_and_pools_count_their_places(way: Way):
    with way.runtime.db.writing() as session:
        session.scalars(select(Module)).one().details = {"quiz": "second"}
        publish(session, way.clock.now(), document=SINGLE + NUMERIC, slug="second", pools=(Pool(count=2),))
    questions = way.standing().questions

    assert [quiz.total for quiz in questions.quizzes] == [3, 4]
    assert questions.total == 6


def test_without_a_question_there_is_no_certificate(way: Way):
    with way.runtime.db.writing() as session:
        session.scalars(select(Lesson)).one().state = PageState.DRAFT

    assert way.met() == {Demand.MODULES: False, Demand.QUESTIONS: False}
    assert not way.standing().is_met


def test_a_module_that_is_not_written_keeps_a_certificate_back(way: Way):
    way.learn()
    way.lay(modules=["M1", "M2"])

    (modules, *_) = way.standing().asked
    assert (modules.have, modules.need, [thing.code for thing in modules.lacking]) == (1, 2, ["M2"])


def test_for_professionals_the_gate_and_each_checklist_is_asked(way: Way):
    now = way.clock.now()
    with way.runtime.db.writing() as session:
        course = session.scalars(select(Course)).one()
        for slug, course_id in (("own", course.id), ("other", None)):
            lists.keep(session, replace(STATION, id="A", slug=slug), course_id=course_id, now=now)
    way.lay(audience="pro", checklists=["A"])
    way.learn()
    found = {part.demand: part for part in way.standing().asked if not part.is_met}
    assert set(found) == {Demand.GATE, Demand.CHECKLISTS}
    assert [thing.url for thing in found[Demand.GATE].lacking] == ["/professionals"]
    assert [thing.url for thing in found[Demand.CHECKLISTS].lacking] == ["/checklists/own"]

    with way.runtime.db.writing() as session:
        gate.declare(
            session, user_id=way.me.user_id, visitor_hash=None, profession="physician", version="1", now=now
        )
        own = session.scalars(select(Checklist).where(Checklist.slug == "own")).one()
        session.add(
            ChecklistPerformance(
                id="p", checklist_id=own.id, subject_id=way.me.user_id, print="x", created_at=now
            )
        )
        session.flush()
        run = ChecklistRun(id="r", performance_id="p", role=RaterRole.SELF, rater_id=way.me.user_id)
        run.started_at = now
        session.add(run)
    assert not way.met()[Demand.CHECKLISTS]  # it is not handed in yet
    with way.runtime.db.writing() as session:
        session.get_one(ChecklistRun, "r").state = RunState.FINISHED

    assert way.give_out(who=replace(way.me, is_professional=True)).facts.gate_version == "1"


def test_an_instructors_role_is_no_declaration(way: Way):
    way.lay(audience="pro")
    teacher = replace(way.me, role=Role.INSTRUCTOR)

    assert {part.demand: part.is_met for part in way.standing(teacher).asked}[Demand.GATE] is False


def test_visitors_and_paths_without_one_have_no_certificate(way: Way):
    way.learn()
    with pytest.raises(SignInNeeded):
        way.give_out(who=NOBODY)
    with pytest.raises(Invalid):
        way.give_out(" ")
    way.lay(certificate="")
    with way.runtime.db.reading() as session:
        for who in (way.me, NOBODY):
            page = paths.page(session, who, "c", "student", way.clock.now())
            assert standing(session, who, page, MODES) is None
    with pytest.raises(Conflict):
        way.give_out()


def test_it_is_given_once_and_stays_as_it_was_that_day(way: Way):
    way.learn()
    first = way.give_out()
    way.answer(q1="1")
    with way.runtime.db.writing() as session:
        session.scalars(select(Course)).one().title = "Renamed"

    again = way.give_out("Somebody else")

    assert (again.id, again.name, again.facts) == (first.id, "Ada Lovelace", first.facts)
    assert again.facts.course_title == "C"
    assert way.deeds() == ["certificate.given"]


def test_an_administrator_withdraws_it_for_a_reason_that_stays(way: Way):
    way.learn()
    page = way.give_out()
    boss = Viewer(user_id=99, role=Role.ADMINISTRATOR)

    def deed(what: Callable[..., None], who: Viewer, *more: str) -> None:
        with way.runtime.db.writing() as session:
            what(session, replace(who, user_id=way.me.user_id), page.id, *more, way.clock.now())

    for who, reason, error in ((way.me, "x", Forbidden), (boss, " ", Invalid)):
        with pytest.raises(error):
            deed(kept.withdraw, who, reason)
    deed(kept.withdraw, boss, "The key of Q2 was wrong.")
    with pytest.raises(Conflict):
        deed(kept.withdraw, boss, "again")
    with pytest.raises(Conflict):
        deed(kept.remove, way.me)

    found = way.give_out()
    assert (found.id, found.withdrawn_at, found.reason) == (
        page.id,
        way.clock.now(),
        "The key of Q2 was wrong.",
    )
    assert way.deeds() == ["certificate.given", "certificate.withdrawn"]
    with way.runtime.db.reading() as session:
        assert page.id not in str([entry.detail for entry in session.scalars(select(AuditEntry))])


def test_its_person_removes_it_and_asks_anew_and_nobody_else_does(way: Way):
    way.learn()
    page = way.give_out("Misspelt")
    other = way.learner()
    with way.runtime.db.writing() as session, pytest.raises(Forbidden):
        kept.remove(session, other, page.id, way.clock.now())

    with way.runtime.db.writing() as session:
        kept.remove(session, way.me, page.id, way.clock.now())

    with way.runtime.db.reading() as session:
        for gone in (page.id, "", "x" * 65, "\0"):
            with pytest.raises(NotFound):
                kept.page(session, way.me, gone)
    assert way.give_out("Ada").name == "Ada"


def test_it_is_exported_and_erased_with_the_account(way: Way):
    way.learn()
    page = way.give_out()
    user_id = way.me.user_id or 0
    with way.runtime.db.writing() as session:
        (told,) = kept.export(session, user_id)
        (listed,) = kept.of_person(session, user_id)
        erasure.erase(session, user_id, way.clock.now())

    assert (told["address"], told["name"], told["facts"]["right"]) == (page.url, "Ada Lovelace", 3)
    assert (listed.url, listed.is_withdrawn) == (page.url, False)
    assert way.count(Certificate) == 0
