"""Correcting keys: what it would change, what it changes, and who may."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from edu.clock import FixedClock
from edu.db import Database
from edu.errors import Conflict, Forbidden, Invalid, NotFound
from edu.models import AuditEntry, Grading, Role
from edu.policy import Viewer
from edu.services.audit import Deed
from edu.services.quizzing import key_editing, key_forms, questions
from edu.services.quizzing.key_editing import Effect, KeyWork
from edu.services.quizzing.key_forms import Control, KeyForm
from quizzes import Item, Kind
from tests.learners import ORDER, WRONG_KEY, Cohort, add_learners, publish_bank
from tests.people import add_user
from tests.quizzes.samples import sample
from tests.quizzing import MULTIPLE, NUMERIC, SINGLE, TRUEFALSE, items


@pytest.fixture
def maker(database: Database, clock: FixedClock) -> Viewer:
    """An administrator, who may edit what came with a course."""
    with database.writing() as session:
        return Viewer(user_id=add_user(session, now=clock.now(), name="Ada").id, role=Role.ADMINISTRATOR)


@pytest.fixture
def taken(database: Database, clock: FixedClock) -> Database:
    """Twelve learners answered the question with the wrong key: A A A A A A B B B B C C."""
    chosen = iter("AAAAAABBBBCC")
    with database.writing() as session:
        quiz = publish_bank(session, clock.now(), document=WRONG_KEY)
        add_learners(session, quiz, clock.now(), Cohort(12), lambda *_: next(chosen))
    return database


def look(database: Database, maker: Viewer, uid: str = "S-wrong", version: int | None = None) -> KeyWork:
    """The page of a key."""
    with database.reading() as session:
        return key_editing.page(session, maker, uid, version)


def correct(database: Database, maker: Viewer, clock: FixedClock, form: KeyForm, **changes: object) -> int:
    """Correct the key of the question that was taken."""
    said = {"expected": 0, "reason": "misread", "may_lower": False, **changes}
    with database.writing() as session:
        return key_editing.correct(session, maker, "S-wrong", 1, form, now=clock.now(), **said)


def fractions(database: Database, key_number: int) -> list[float]:
    """The marks by that key, in the order of the learners."""
    asked = select(Grading.fraction).where(Grading.key_number == key_number).order_by(Grading.id)
    with database.reading() as session:
        return list(session.scalars(asked))


def form(right: str, why: str = "There.") -> KeyForm:
    """The form of a single answer."""
    return KeyForm(Control.ONE, right=(right,), why=why)


def test_the_page_shows_the_key_and_how_many_answers_hang_on_it(taken: Database, maker: Viewer) -> None:
    page = look(taken, maker)

    assert (page.uid, page.kind, page.version, page.newest, page.answers) == ("S-wrong", "single", 1, 1, 12)
    assert page.current.form == form("B")
    assert dict(page.options)["C"] == "At the knee"


def test_what_a_key_would_change_is_told_and_nothing_is_changed(taken: Database, maker: Viewer) -> None:
    with taken.reading() as session:
        effect = key_editing.weigh(session, maker, "S-wrong", 1, form("A"))

    assert effect == Effect(up=6, down=4, same=2)
    assert fractions(taken, 1) == []
    assert look(taken, maker).current.number == 0


@pytest.mark.parametrize(("may_lower", "of_b"), [(False, 1.0), (True, 0.0)])
def test_correcting_marks_anew_and_takes_away_only_when_told_to(
    taken: Database, maker: Viewer, clock: FixedClock, may_lower: bool, of_b: float
) -> None:
    assert correct(taken, maker, clock, form("A", "Here."), may_lower=may_lower) == 12

    assert sorted(fractions(taken, 1)) == sorted([1.0] * 6 + [of_b] * 4 + [0.0] * 2)
    page = look(taken, maker)
    assert [(r.number, r.form.right, r.form.why, r.reason) for r in page.revisions] == [
        (1, ("A",), "Here.", "misread"),
        (0, ("B",), "There.", ""),
    ]
    assert page.current.author == "Ada"


def test_a_correction_is_noted_in_the_audit_trail(taken: Database, maker: Viewer, clock: FixedClock) -> None:
    correct(taken, maker, clock, form("A"), may_lower=True)

    with taken.reading() as session:
        entry = session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor_id) == (Deed.KEY_CORRECTED, maker.user_id)
    assert entry.detail == {"version": 1, "key": 1, "marked": 12, "may_lower": 1}


def test_after_a_spared_mark_the_next_correction_is_weighed_against_what_learners_have(
    taken: Database, maker: Viewer, clock: FixedClock
) -> None:
    correct(taken, maker, clock, form("A"))

    with taken.reading() as session:
        assert key_editing.weigh(session, maker, "S-wrong", 1, form("B")) == Effect(0, 6, 6)


def test_two_who_correct_at_once_do_not_overrun_each_other(
    taken: Database, maker: Viewer, clock: FixedClock
) -> None:
    correct(taken, maker, clock, form("A"))

    with pytest.raises(Conflict):
        correct(taken, maker, clock, form("C"))


@pytest.mark.parametrize(
    ("said", "changes", "field"),
    [
        (form("B"), {}, ""),  # the key as it is
        (form("A"), {"reason": " "}, "reason"),
        (form("Z"), {}, "right"),
        (form("A", ""), {}, "why"),
        (KeyForm(Control.ONE, right=("A", "B"), why="x"), {}, "right"),
        (KeyForm(Control.TRUTH, truth="true", why="x"), {}, ""),
    ],
)
def test_a_wrong_form_is_refused_with_its_field_and_changes_nothing(
    taken: Database, maker: Viewer, clock: FixedClock, said: KeyForm, changes: dict, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        correct(taken, maker, clock, said, **changes)

    assert refused.value.parameters.get("field", "") == field
    assert fractions(taken, 1) == []


def test_an_older_wording_is_corrected_on_its_own(taken: Database, maker: Viewer, clock: FixedClock) -> None:
    with taken.writing() as session:
        changed = items(WRONG_KEY.replace("Where is", "Where lies"))[0]
        questions.keep(session, changed, now=clock.now())

    correct(taken, maker, clock, form("A"))

    old, new = look(taken, maker, version=1), look(taken, maker)
    assert (old.newest, old.current.form.right, old.answers) == (2, ("A",), 12)
    assert (new.version, new.current.form.right, new.answers) == (2, ("B",), 0)


def test_somebody_elses_question_and_none_are_closed(taken: Database, maker: Viewer) -> None:
    other = Viewer(user_id=(maker.user_id or 0) + 1, role=Role.INSTRUCTOR)
    with pytest.raises(Forbidden):
        look(taken, other)
    for uid, version in (("S-none", None), ("S\0", None), ("S-wrong", 2)):
        with pytest.raises(NotFound):
            look(taken, maker, uid, version)


# -- forms, kind by kind -------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
def test_the_form_of_every_kind_read_back_is_the_same_key(kind: Kind) -> None:
    item = sample(kind)

    assert key_forms.corrected(item, key_forms.form_of(item)) == item


@pytest.mark.parametrize(
    ("document", "changes", "key"),
    [
        (SINGLE, {"right": ("C",)}, {"key": "C"}),
        (MULTIPLE, {"right": ("D", "A", "B")}, {"key": ["A", "B", "D"]}),
        (TRUEFALSE, {"truth": "false"}, {"key": False}),
        (NUMERIC, {"number": "2,5", "tolerance": "0.5"}, {"key": 2.5}),
        (ORDER, {"places": (("A", "1"), ("B", "2"), ("C", "3"))}, {"key": ["A", "B", "C"]}),
    ],
    ids=["single", "multiple", "truefalse", "numeric", "ordering"],
)
def test_a_form_makes_the_key_that_it_says(document: str, changes: dict, key: dict) -> None:
    item = answered(document)

    found = key_forms.corrected(item, replace(key_forms.form_of(item), **changes))

    assert found.key.plain() == key
    assert found.stem == item.stem


def answered(document: str) -> Item:
    """The question of a document, with an explanation."""
    return items(document if "why" in document else f'{document}why = "So."')[0]


@pytest.mark.parametrize(
    ("document", "changes", "field"),
    [
        (MULTIPLE, {"right": ()}, "right"),
        (TRUEFALSE, {"truth": ""}, "truth"),
        (NUMERIC, {"number": "many"}, "number"),
        (NUMERIC, {"number": "nan"}, "number"),
        (NUMERIC, {"tolerance": "-1"}, "tolerance"),
        (NUMERIC, {"tolerance_kind": "odd"}, "tolerance_kind"),
        (ORDER, {"places": (("A", "1"), ("B", "1"), ("C", "3"))}, "order"),
        (ORDER, {"places": ()}, "order"),
    ],
)
def test_a_form_that_is_no_key_is_refused_with_its_field(document: str, changes: dict, field: str) -> None:
    item = answered(document)

    with pytest.raises(Invalid) as refused:
        key_forms.corrected(item, replace(key_forms.form_of(item), **changes))

    assert refused.value.parameters["field"] == field


def test_a_tolerance_is_corrected_with_its_number() -> None:
    item = answered(NUMERIC)
    said = replace(key_forms.form_of(item), tolerance="0.1", tolerance_kind="relative")

    scoring = key_forms.corrected(item, said).scoring

    assert (scoring.tolerance, scoring.tolerance_kind) == (0.1, "relative")


@pytest.mark.parametrize(
    "document", ["key = ", 'key = "%(odd)s"', 'why = "another"', "", 'key = {L1 = "Z"}', "x" * 100_001]
)
def test_a_document_that_is_no_key_is_refused(document: str) -> None:
    item = sample(Kind.MATCHING)

    with pytest.raises(Invalid) as refused:
        key_forms.corrected(item, replace(key_forms.form_of(item), document=document))

    assert refused.value.parameters["field"] == "document"


def test_a_document_holds_the_key_and_nothing_beside_it() -> None:
    found = key_forms.form_of(sample(Kind.MATCHING, feedback={"L1": "No."}, references=["a2001"]))

    assert "key" in found.document
    assert not {"why", "feedback", "references"} & set(found.document.replace("=", " ").split())


def test_an_acceptable_answer_that_becomes_the_key_loses_its_weight() -> None:
    item = items(SINGLE.replace('key = "B"', 'key = "B"\nweights = {C = 0.5, A = 0.25}'))[0]

    found = key_forms.corrected(item, replace(key_forms.form_of(item), right=("C",)))

    assert found.key.plain() == {"key": "C", "weights": {"A": 0.25}}


def test_what_is_said_is_corrected_with_the_key_and_left_where_the_form_says_nothing() -> None:
    item = sample(Kind.SINGLE, feedback={"A": "Above.", "B": "Yes.", "C": "Nearly."}, key="B")
    before = key_forms.form_of(item)
    form = replace(before, right=("C",), said=(("B", "No."), ("C", ""), ("Z", "Nobody can choose it.")))

    found = key_forms.corrected(item, form)

    assert found.feedback.options == (("A", "Above."), ("B", "No."))
    assert key_forms.contradicted(before, form) == frozenset()
    assert key_forms.contradicted(before, replace(form, said=())) == {"B", "C"}


def test_a_statement_that_turns_out_false_has_words_of_its_own_for_each_answer() -> None:
    item = items(TRUEFALSE.rstrip() + '\nfeedback = {true = "So it is.", false = "No."}\n')[0]
    form = replace(key_forms.form_of(item), truth="false" if item.key.plain()["key"] else "true")

    assert key_forms.contradicted(key_forms.form_of(item), form) == {"true", "false"}
