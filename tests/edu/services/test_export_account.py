"""Everything the site keeps about an account, as a file."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from edu.db import Database
from edu.errors import NotFound
from edu.models import (
    AttemptState,
    ClipWatch,
    QuizAllowance,
    QuizVersion,
    Track,
    TrackDraft,
    TrackKind,
    Watching,
)
from edu.services import export_account, gate, passwords, sessions
from tests.answers import add_attempt
from tests.filming import add_video
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_the_export_holds_what_the_account_did_and_no_secret(database: Database) -> None:
    kept = passwords.hashed("a quiet harbour")
    with database.writing() as session:
        ada = add_user(session, now=NOW, email="ada@example.org", name="Ada", password_hash=kept)
        other = add_user(session, now=NOW, email="bob@example.org")
        token = sessions.begin(session, ada.id, now=NOW, device="Firefox (Linux)")
        gate.declare(session, user_id=ada.id, visitor_hash=None, profession="nurse", version="1", now=NOW)
        add_attempt(session, ada.id, NOW)
        add_attempt(session, other.id, NOW)

    with database.writing() as session:
        content = export_account.export(session, ada.id, NOW)

    text = json.dumps(content)
    assert content["account"]["email"] == "ada@example.org"
    assert content["sessions"][0]["device"] == "Firefox, Linux"
    assert content["declarations"][0]["profession"] == "nurse"
    assert len(content["attempts"]) == 1
    assert content["attempts"][0]["answers"][0]["answer"] == "A"
    assert content["attempts"][0]["answers"][0]["fractions"] == [1.0]
    assert [deed["deed"] for deed in content["deeds"]] == ["gate.declared"]
    for secret in (kept, token, "bob@example.org", "argon2", '"key"'):
        assert secret not in text


def test_an_open_attempt_tells_its_answers_and_no_marks(database: Database) -> None:
    with database.writing() as session:
        ada = add_user(session, now=NOW)
        add_attempt(session, ada.id, NOW, state=AttemptState.OPEN)

    with database.writing() as session:
        answer = export_account.export(session, ada.id, NOW)["attempts"][0]["answers"][0]

    assert (answer["answer"], answer["fractions"]) == ("A", [])


def test_what_was_watched_and_allowed_and_begun_is_told_of_this_person_alone(database: Database) -> None:
    with database.writing() as session:
        ada, bob = add_user(session, now=NOW), add_user(session, now=NOW)
        video = add_video(session, ada.id, NOW)
        track = Track(video_id=video.id, kind=TrackKind.CAPTIONS, language="en", updated_at=NOW)
        session.add(track)
        session.flush()
        session.add(TrackDraft(track_id=track.id, author_id=ada.id, updated_at=NOW))
        for person in (ada, bob):
            attempt = add_attempt(session, person.id, NOW)
            quiz_id = session.get_one(QuizVersion, attempt.quiz_version_id).quiz_id
            session.add(ClipWatch(attempt_id=attempt.id, position=1, step="V1-c01", length_ms=900,
                                  watched_ms=700, first_at=NOW, last_at=NOW))  # fmt: skip
            session.add(QuizAllowance(quiz_id=quiz_id, user_id=person.id, extra_percent=25, given_by=bob.id,
                                      given_at=NOW))  # fmt: skip
            session.add(
                Watching(
                    user_id=person.id,
                    video_id=video.id,
                    film=0,
                    spans=[[0, 700]],
                    played_ms=900,
                    place_ms=700,
                    placed_at=NOW,
                    told_at=NOW,
                    begun_at=NOW,
                )
            )

    with database.writing() as session:
        content = export_account.export(session, ada.id, NOW)

    (watched,), (clip,), (allowed,) = content["watching"], content["clips"], content["allowances"]
    assert (watched["video"], watched["watched_ms"], watched["played_ms"]) == ("Film", [[0, 700]], 900)
    assert (clip["step"], clip["watched_ms"], clip["times"]) == ("V1-c01", 700, 1)
    assert (allowed["extra_percent"], "given_by" in allowed) == (25, False)
    assert [copy["kind"] for copy in content["works"]["working_copies"]] == ["captions"]
    assert json.dumps(content)


def test_there_is_no_export_of_nobody(database: Database) -> None:
    with pytest.raises(NotFound), database.writing() as session:
        export_account.export(session, 999, NOW)
