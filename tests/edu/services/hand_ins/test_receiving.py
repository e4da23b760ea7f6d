"""Handing in: what is confirmed, how much fits, and what is promised for what arrived."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Event

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.db import Database
from edu.errors import GateClosed, Invalid, InvalidFields, NoRoom, NotFound, TooLarge, TooMany
from edu.models import Audience, HandIn, HandInState, Job, Role, Step, Video, Visibility
from edu.policy import Viewer
from edu.services.hand_ins import consent, receiving
from edu.services.hand_ins.receiving import MB, MOST_BYTES, Told
from edu.storage import StoredObject
from tests.filming import add_maker, add_video
from tests.handing_in import add_hand_in
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ID = "ab" * 16


def add_film(session: Session, audience: Audience = Audience.OPEN) -> Video:
    maker = add_maker(session, NOW)
    return add_video(session, maker, NOW, audience=audience, visibility=Visibility.PUBLISHED)


def learner(session: Session) -> Viewer:
    return Viewer(user_id=add_user(session, now=NOW).id, role=Role.LEARNER)


def test_what_is_confirmed_is_kept_with_its_version_its_words_and_the_time() -> None:
    kept = consent.confirmed("other", no_patient=True, now=NOW)

    assert kept == {
        "version": consent.VERSION,
        "seen": "other",
        "text": [consent.WORDS[consent.Seen.OTHER], consent.NO_PATIENT, consent.SHOWN_TO],
        "at": "2026-03-02T09:00:00+00:00",
    }


@pytest.mark.parametrize(
    ("seen", "no_patient", "fields"),
    [("patient", True, ["seen"]), ("self", False, ["no_patient"]), ("", False, ["seen", "no_patient"])],
)
def test_a_recording_of_a_patient_or_of_nobody_knows_whom_is_refused(
    seen: str, no_patient: bool, fields: list[str]
) -> None:
    with pytest.raises(InvalidFields) as refused:
        consent.confirmed(seen, no_patient=no_patient, now=NOW)

    assert [fault.parameters["field"] for fault in refused.value.faults] == fields


def test_what_arrived_is_noted_and_its_work_promised_in_the_same_breath(database: Database) -> None:
    with database.writing() as session:
        who, video = learner(session), add_film(session)
        session.add(Step(identifier="V1-c02", video_id=video.id))
        session.flush()

        row = receiving.receive(
            session, who, video.slug, ID, StoredObject(7, "ef" * 32),
            told=Told("V1-c02", 1500, 12_000), consent={"version": "1"}, now=NOW,
        )  # fmt: skip

        assert (row.state, row.step, row.own_ms, row.film_ms) == (
            HandInState.ARRIVING,
            "V1-c02",
            1500,
            12_000,
        )
        assert row.original_key == f"hand-ins/{ID}/original"
        job = session.scalars(select(Job)).one()
        assert (job.kind, job.payload["hand_in_id"]) == ("check_hand_in", ID)


def test_a_step_of_another_film_and_times_beyond_a_day_are_not_kept(database: Database) -> None:
    with database.writing() as session:
        who, video = learner(session), add_film(session)

        row = receiving.receive(
            session, who, video.slug, ID, StoredObject(7, "ef" * 32),
            told=Told("V9-c02", 10**9, 10**9), consent={}, now=NOW,
        )  # fmt: skip

        assert (row.step, row.own_ms, row.film_ms) == ("", 86_400_000, 86_400_000)


def test_an_empty_file_is_refused(database: Database) -> None:
    with database.writing() as session:
        who, video = learner(session), add_film(session)

        with pytest.raises(Invalid):
            receiving.receive(
                session, who, video.slug, ID, StoredObject(0, ""), told=Told("", 0, 0), consent={}, now=NOW
            )


def test_nothing_is_laid_beside_a_film_that_the_learner_may_not_see(database: Database) -> None:
    with database.writing() as session:
        who, video = learner(session), add_film(session, audience=Audience.PRO)

        with pytest.raises(GateClosed):
            receiving.film_for(session, who, video.slug)
        with pytest.raises(NotFound):
            receiving.film_for(session, who, "no-such-film")


def test_ten_recordings_are_kept_and_three_hundred_megabytes_in_all(database: Database) -> None:
    with database.writing() as session:
        who, video = learner(session), add_film(session)
        user_id = who.user_id or 0
        receiving.check_room(session, user_id, MOST_BYTES, NOW)
        with pytest.raises(TooLarge):
            receiving.check_room(session, user_id, MOST_BYTES + 1, NOW)

        add_hand_in(session, user_id, video.id, NOW, bytes=200 * MB)
        receiving.check_room(session, user_id, 100 * MB, NOW)
        with pytest.raises(NoRoom) as full:
            receiving.check_room(session, user_id, 100 * MB + 1, NOW)
        assert full.value.parameters["used"] == 200

        for _ in range(9):
            add_hand_in(session, user_id, video.id, NOW)
        with pytest.raises(NoRoom) as many:
            receiving.check_room(session, user_id, 1, NOW)
        assert many.value.code == "hand_ins_full"


def test_of_two_that_come_at_once_the_second_counts_the_first(database: Database) -> None:
    with database.writing() as session:
        user_id, video_id = learner(session).user_id or 0, add_film(session).id
    first_is_counted, second_is_counted = Event(), Event()

    def first() -> None:
        with database.writing() as session:
            receiving.check_fits(session, user_id, 200 * MB)
            first_is_counted.set()
            second_is_counted.wait(0.3)  # which it is not before this ends
            add_hand_in(session, user_id, video_id, NOW, bytes=200 * MB)

    def second() -> None:
        assert first_is_counted.wait(10)
        with database.writing() as session:
            receiving.check_fits(session, user_id, 200 * MB)
            second_is_counted.set()

    with ThreadPoolExecutor(2) as pool:
        done = [pool.submit(first), pool.submit(second)]
        done[0].result(timeout=30)
        with pytest.raises(NoRoom):
            done[1].result(timeout=30)


def test_who_hands_in_again_and_again_has_to_wait(database: Database) -> None:
    with database.writing() as session:
        who = learner(session)
        for _ in range(receiving.HANDS_IN.tries):
            receiving.check_room(session, who.user_id or 0, 1, NOW)

        with pytest.raises(TooMany):
            receiving.check_room(session, who.user_id or 0, 1, NOW)
        assert not session.scalars(select(HandIn)).all()
