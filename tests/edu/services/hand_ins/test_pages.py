"""Who sees a recording, what is said to it and by whom, and how far it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from edu import queue
from edu.db import Database
from edu.errors import Conflict, Invalid, NotFound
from edu.models import HandInRemark, HandInState, Job, JobState, Role, Visibility
from edu.policy import NOBODY, Viewer
from edu.services import video_editing
from edu.services.delivery import Addresses, Signer
from edu.services.hand_ins import access, files, lists, pages, remarks
from edu.services.hand_ins.standing import BROKEN_OFF, standing
from tests.filming import add_video
from tests.handing_in import add_hand_in
from tests.people import add_user

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ADDRESSES = Addresses(Signer("a key for tests"), "", NOW)


def somebody(session: Session, role: Role = Role.LEARNER, name: str = "") -> Viewer:
    user = add_user(session, now=NOW, role=role, name=name)
    return Viewer(user_id=user.id, role=role, name=user.name)


class House:
    """A film of an instructor, and a recording of a learner beside it."""

    def __init__(self, session: Session) -> None:
        self.ada = somebody(session, name="Ada")
        self.maker = somebody(session, Role.INSTRUCTOR, "Ivy")
        self.video = add_video(session, self.maker, NOW, visibility=Visibility.PUBLISHED)
        self.row = add_hand_in(session, self.ada.user_id or 0, self.video.id, NOW, own_ms=500, film_ms=2500)

    @property
    def id(self) -> str:
        return self.row.id


def test_a_recording_is_there_for_its_learner_the_makers_of_the_film_and_administrators_alone(
    database: Database,
) -> None:
    with database.writing() as session:
        house = House(session)
        others = [NOBODY, somebody(session), somebody(session, Role.INSTRUCTOR)]

        for viewer in (house.ada, house.maker, somebody(session, Role.ADMINISTRATOR)):
            assert access.seen(session, viewer, house.id) is house.row
        for viewer in others:
            with pytest.raises(NotFound):
                access.seen(session, viewer, house.id)
        with pytest.raises(NotFound):
            access.own(session, house.maker, house.id)
        with pytest.raises(NotFound):
            access.judged(session, house.ada, house.id)


def test_lists_hold_ones_own_and_what_was_handed_in_to_one(database: Database) -> None:
    with database.writing() as session:
        house = House(session)
        admin, stranger = somebody(session, Role.ADMINISTRATOR), somebody(session, Role.INSTRUCTOR)

        assert [(row.id, row.learner) for row in lists.mine(session, house.ada).rows] == [(house.id, "")]
        for viewer, found in (
            (house.maker, [(house.id, "Ada")]),
            (admin, [(house.id, "Ada")]),
            (stranger, []),
        ):
            assert [(row.id, row.learner) for row in lists.handed_in(session, viewer).rows] == found
        assert lists.mine(session, house.maker).rows == ()
        assert lists.handed_in(session, house.ada).rows == ()


def test_lists_have_pages_with_the_newest_first_and_what_nobody_has_answered_yet_can_be_seen_alone(
    database: Database,
) -> None:
    with database.writing() as session:
        house, later = House(session), timedelta(minutes=1)
        added = [
            add_hand_in(session, house.ada.user_id or 0, house.video.id, NOW + n * later)
            for n in range(1, lists.PER_PAGE + 2)
        ]
        added[-1].state = HandInState.FAILED  # nothing can be said to it
        remarks.add(session, house.maker, house.id, at_ms=0, text="Softer.", now=NOW)
        newest = [row.id for row in reversed(added)] + [house.id]

        for found in (lists.mine(session, house.ada), lists.handed_in(session, house.maker, -3)):
            assert [row.id for row in found.rows] == newest[: lists.PER_PAGE]
            assert (found.page, found.pages, found.total, found.waiting) == (1, 2, 22, 20)
        assert [row.id for row in lists.mine(session, house.ada, 10**9).rows] == newest[lists.PER_PAGE :]
        waiting = lists.handed_in(session, house.maker, 2, only_waiting=True)
        assert [row.id for row in waiting.rows] == newest[1:-1]
        assert (waiting.page, waiting.pages) == (1, 1)


def test_what_is_said_to_a_moment_is_shown_to_the_learner_in_order(database: Database) -> None:
    with database.writing() as session:
        house = House(session)
        remarks.add(session, house.maker, house.id, at_ms=12_000, text="Softer here.", now=NOW)
        remarks.add(session, house.maker, house.id, at_ms=99_000, text="Well ended.", now=NOW)
        remarks.add(session, house.maker, house.id, at_ms=3000, text="The thumb lies well.", now=NOW)

        page = pages.page(session, house.ada, house.id, ADDRESSES)

        assert [(each.at_ms, each.author, each.is_mine) for each in page.remarks] == [
            (3000, "Ivy", False), (12_000, "Ivy", False), (20_000, "Ivy", False),
        ]  # fmt: skip
        assert (page.own_ms, page.film_ms, page.row.remark_count, page.is_recut) == (500, 2500, 3, False)


def test_only_who_said_something_takes_it_back(database: Database) -> None:
    with database.writing() as session:
        house, admin = House(session), somebody(session, Role.ADMINISTRATOR)
        said = remarks.add(session, house.maker, house.id, at_ms=0, text="Softer.", now=NOW)

        with pytest.raises(NotFound):
            remarks.remove(session, admin, house.id, said.id)
        with pytest.raises(NotFound):
            remarks.remove(session, house.ada, house.id, said.id)
        remarks.remove(session, house.maker, house.id, said.id)

        assert remarks.of(session, house.ada, house.id) == ()


def test_nothing_is_said_without_words_nor_to_what_cannot_be_watched(database: Database) -> None:
    with database.writing() as session:
        house = House(session)

        with pytest.raises(Invalid):
            remarks.add(session, house.maker, house.id, at_ms=0, text="  ", now=NOW)
        house.row.state = HandInState.CHECKING
        with pytest.raises(Conflict):
            remarks.add(session, house.maker, house.id, at_ms=0, text="Softer.", now=NOW)


def test_work_that_ended_without_a_word_is_told_as_failed(database: Database) -> None:
    with database.writing() as session:
        house = House(session)
        house.row.state, house.row.original_key = HandInState.ARRIVING, files.key(house.id, "original")
        job = files.promise_check(session, house.row, NOW)
        assert standing(session, house.row).state == "received"

        job.state = JobState.FAILED
        session.flush()

        found = standing(session, house.row)
        assert (found.state, found.problem["sentence"], found.is_over) == ("failed", BROKEN_OFF, True)


def test_withdrawn_it_is_gone_with_what_was_said_and_its_work_and_its_files_are_promised_to_go(
    database: Database,
) -> None:
    with database.writing() as session:
        house = House(session)
        house.row.original_key = files.key(house.id, "original")
        check = files.promise_check(session, house.row, NOW)
        remarks.add(session, house.maker, house.id, at_ms=0, text="Softer.", now=NOW)

        files.let_go(session, [house.id], NOW + timedelta(hours=1))

        assert lists.mine(session, house.ada).rows == ()
        assert not session.scalars(select(HandInRemark)).all()
        assert check.state is JobState.CANCELLED
        removal = queue.promise(session, files.REMOVE, key=f"remove_hand_in:{house.id}", payload={}, now=NOW)
        assert removal.payload == {"hand_in_id": house.id}


def test_recordings_of_a_film_that_is_deleted_go_with_it(database: Database) -> None:
    with database.writing() as session:
        house = House(session)
        hand_in_id = house.id

        video_editing.delete(session, house.maker, house.video.id, NOW)

        assert lists.mine(session, house.ada).rows == ()
        removal = session.scalars(select(Job).where(Job.kind == files.REMOVE)).one()
        assert removal.payload == {"hand_in_id": hand_in_id}


@pytest.mark.parametrize(
    ("key", "found"),
    [(files.key("ab" * 16, "original"), "ab" * 16), ("hand-ins/short/x", ""), ("videos/1/v/720.mp4", "")],
)
def test_an_object_is_known_by_its_key(key: str, found: str) -> None:
    assert files.id_in(key) == found
