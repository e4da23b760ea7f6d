"""Editors answer, publish and set aside; two of them never overwrite each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from edu.db import Database
from edu.errors import Conflict, Invalid, InvalidFields, NotFound
from edu.models import AuditEntry, Course, Job, Message, MessageKind, MessageState, Role
from edu.policy import NOBODY, Viewer
from edu.services.messages import consents, deciding, desk, letters, own, shown
from edu.services.messages.deciding import Decision, Verdict
from tests.messaging import add_message, draft, receive
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)
ACCEPT = Verdict(Decision.ACCEPT, "Thank you.", "30 degrees now.", is_public=True)


@pytest.fixture
def editor(database: Database) -> Viewer:
    with database.writing() as session:
        user = add_user(session, now=NOW, role=Role.ADMINISTRATOR, name="Eve Editor")
        return Viewer(user_id=user.id, role=user.role, name=user.name)


def add(database: Database, **values: object) -> int:
    with database.writing() as session:
        return add_message(session, NOW, **values).id


def decide(
    database: Database, viewer: Viewer, number: int, verdict: Verdict, *, can_mail: bool = False
) -> None:
    """Decide on what is there now, unless the verdict says what it saw."""
    with database.writing() as session:
        seen = verdict.seen or desk.sheet(session, viewer, number).seen
        deciding.decide(session, viewer, number, replace(verdict, seen=seen), can_mail=can_mail, now=LATER)


def test_a_correction_is_told_in_the_log_with_who_approved_it_and_no_word_that_was_not_agreed_to(
    database: Database, editor: Viewer
) -> None:
    number = add(database, name="Ada", text="SECRET words", source="A paper")

    decide(database, editor, number, ACCEPT)

    with database.reading() as session:
        (line,) = shown.log(session, NOBODY, 1, LATER).lines
        entry = shown.correction(session, NOBODY, number, LATER)
    assert line.entry == entry
    assert (entry.paragraphs, entry.name, entry.source) == ((), "", "")
    assert (entry.answer, entry.changed) == (("Thank you.",), ("30 degrees now.",))
    assert (entry.approved_by, entry.decided_at) == ("Eve Editor", LATER)


def test_what_the_sender_agreed_to_is_shown(database: Database, editor: Viewer) -> None:
    agreed = {consents.PUBLISH: True, consents.NAME: True}
    number = add(database, name="Ada", text="Two\n\nlines", consent=agreed)

    decide(database, editor, number, ACCEPT)

    with database.reading() as session:
        entry = shown.correction(session, NOBODY, number, LATER)
    assert (entry.paragraphs, entry.name) == (("Two", "lines"), "Ada")


def test_the_log_counts_what_waits_and_is_silent_on_what_is_not_public(
    database: Database, editor: Viewer
) -> None:
    waits, quiet = add(database), add(database)
    decide(database, editor, quiet, replace(ACCEPT, is_public=False))

    with database.reading() as session:
        log = shown.log(session, NOBODY, 1, LATER)

        assert (log.lines, log.waiting) == ((), 1)
        for number in (waits, quiet):
            with pytest.raises(NotFound):
                shown.correction(session, NOBODY, number, LATER)


def test_a_proposal_is_on_its_page_once_accepted_and_gone_when_it_is_taken_back(
    database: Database, editor: Viewer
) -> None:
    made = draft(MessageKind.PROPOSAL, NOW, path="/questions/why", name="Ada")
    with database.writing() as session:
        kept = receive(session, made, NOW)
        assert shown.of_page(session, "/questions/why") == ()

    decide(database, editor, kept.number, Verdict(Decision.ACCEPT, is_public=True))

    with database.writing() as session:
        (proposal,) = shown.of_page(session, "/questions/why")
        assert (proposal.paragraphs, proposal.name) == ((made.text,), "")
        own.take_back(session, LATER, token=kept.token)
        assert shown.of_page(session, "/questions/why") == ()
        with pytest.raises(NotFound):
            own.by_token(session, kept.token)


@pytest.mark.parametrize(
    ("kind", "consent", "verdict"),
    [
        (MessageKind.STORY, {}, ACCEPT),
        (MessageKind.STORY, {consents.PUBLISH: True}, Verdict(Decision.DECLINE, "No.", is_public=True)),
        (MessageKind.STORY, {consents.PUBLISH: True}, Verdict(Decision.ANSWER, "Hm.", is_public=True)),
        (MessageKind.CONTACT, {}, Verdict(Decision.ANSWER, "Yes.", is_public=True)),
    ],
)
def test_a_story_is_public_by_consent_and_acceptance_alone_and_a_question_never(
    database: Database, editor: Viewer, kind: MessageKind, consent: dict[str, bool], verdict: Verdict
) -> None:
    number = add(database, kind=kind, path="/stories", consent=consent)

    decide(database, editor, number, verdict)

    with database.reading() as session:
        assert not session.get_one(Message, number).is_public
        assert shown.of_page(session, "/stories") == ()


@pytest.mark.parametrize(
    ("verdict", "field"),
    [
        (Verdict(Decision.ANSWER), "answer"),
        (Verdict(Decision.DECLINE, " "), "answer"),
        (Verdict(Decision.ACCEPT, "Thank you."), "changed"),
    ],
)
def test_a_decision_needs_its_words(database: Database, editor: Viewer, verdict: Verdict, field: str) -> None:
    number = add(database)

    with pytest.raises(InvalidFields) as refused:
        decide(database, editor, number, verdict)

    assert [fault.parameters["field"] for fault in refused.value.faults] == [field]


def test_a_question_to_the_site_cannot_be_accepted(database: Database, editor: Viewer) -> None:
    number = add(database, kind=MessageKind.CONTACT, path="")

    with pytest.raises(Invalid, match="answered or declined"):
        decide(database, editor, number, ACCEPT)


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(database: Database, editor: Viewer) -> None:
    number = add(database)
    with database.reading() as session:
        before = desk.sheet(session, editor, number).seen
    decide(database, editor, number, ACCEPT)

    with pytest.raises(Conflict):
        decide(database, editor, number, Verdict(Decision.DECLINE, "No.", seen=before))

    with database.reading() as session:
        assert session.get_one(Message, number).state is MessageState.ACCEPTED


def test_the_answer_goes_by_mail_once_for_the_same_words_and_only_to_who_left_an_address(
    database: Database, editor: Viewer
) -> None:
    asked, silent = add(database, email="ada@example.org"), add(database)

    for number in (asked, silent, asked):
        decide(database, editor, number, ACCEPT, can_mail=True)

    with database.reading() as session:
        promised = session.scalars(select(Job.payload).where(Job.kind == letters.ANSWER)).all()
    assert promised == [{"message_id": asked}]


def test_spam_comes_back_and_a_number_is_never_given_again(database: Database, editor: Viewer) -> None:
    number = add(database, text="SECRET")

    decide(database, editor, number, Verdict(Decision.SPAM))
    with database.reading() as session:
        assert desk.listing(session, editor, kind=None, state=None, page=1).lines == ()
        (line,) = desk.listing(session, editor, kind=None, state=MessageState.SPAM, page=1).lines
        assert (line.number, desk.sheet(session, editor, number).reason) == (number, "editor")
    decide(database, editor, number, Verdict(Decision.NOT_SPAM))
    with database.reading() as session:
        assert desk.new_count(session, editor) == 1
    decide(database, editor, number, Verdict(Decision.DELETE))

    assert add(database) == number + 1
    with database.reading() as session:
        left = session.get_one(Message, number)
        assert (left.text, left.email, left.path, left.consent) == ("", "", "", {})
        with pytest.raises(NotFound):
            desk.sheet(session, editor, number)
        deeds = session.scalars(select(AuditEntry.action).order_by(AuditEntry.id)).all()
    assert deeds == ["message.set_aside", "message.brought_back", "message.deleted"]


def test_an_instructor_answers_what_is_about_pages_of_theirs_alone(
    database: Database, editor: Viewer
) -> None:
    with database.writing() as session:
        ida = add_user(session, now=NOW, role=Role.INSTRUCTOR)
        session.add(Course(slug="mine", title="Mine", owner_id=ida.id, created_at=NOW, updated_at=NOW))
        session.add(Course(slug="mine-not", title="Not mine", created_at=NOW, updated_at=NOW))
        viewer = Viewer(user_id=ida.id, role=ida.role)
    paths = ("/courses/mine", "/courses/mine/lesson", "/courses/mine-not", "/courses/mine-not/x", "")
    numbers = [add(database, path=path) for path in paths]

    with database.reading() as session:
        listed = desk.listing(session, viewer, kind=None, state=None, page=1).lines

        assert {line.number for line in listed} == set(numbers[:2])
        assert desk.new_count(session, viewer) == 2
        assert desk.new_count(session, editor) == 5
        with pytest.raises(NotFound):
            desk.sheet(session, viewer, numbers[2])
        with pytest.raises(NotFound):
            desk.sheet(session, NOBODY, numbers[0])


def test_the_preview_is_what_the_log_then_shows(database: Database, editor: Viewer) -> None:
    number = add(database, consent={consents.PUBLISH: True})
    with database.reading() as session:
        sheet = desk.sheet(session, editor, number)
    previewed = deciding.preview(editor, sheet, ACCEPT)

    decide(database, editor, number, ACCEPT)

    with database.reading() as session:
        entry = shown.correction(session, NOBODY, number, LATER)
        assert session.scalar(select(func.count()).where(Message.is_public)) == 1
    assert previewed is not None
    assert replace(previewed, decided_at=entry.decided_at) == entry
    assert deciding.preview(editor, sheet, replace(ACCEPT, is_public=False)) is None
