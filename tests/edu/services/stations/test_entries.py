"""Marks on their way in: by revision, without doubles, and only what the rater was asked."""

from __future__ import annotations

from itertools import permutations

import pytest
from sqlalchemy import func, select

from edu.errors import Conflict, Invalid
from edu.models import ChecklistMark, Role
from edu.policy import Viewer
from edu.services.stations import entries
from edu.services.stations.entries import CLOCK, Entry
from tests.quizzing import together
from tests.stations import Stations, visitor


def values(stations: Stations, run_id: str) -> dict[str, int | None]:
    with stations.runtime.db.reading() as session:
        return {name: entry.value for name, entry in entries.kept(session, [run_id])[run_id].items()}


def test_marks_sent_twice_are_kept_once(stations: Stations) -> None:
    who = visitor()
    run = stations.begin(who)
    mark = Entry("S1", 1, 2, at_ms=5_000, recording_ms=7_000, note="slowly")

    first, second = stations.save(who, run, mark), stations.save(who, run, mark)

    assert first == second
    assert not first[0].is_stale
    with stations.runtime.db.reading() as session:
        assert session.scalar(select(func.count()).select_from(ChecklistMark)) == 1
        assert entries.kept(session, [run])[run]["S1"] == mark


def test_the_newest_revision_stays_in_whatever_order_they_arrive(stations: Stations) -> None:
    who = visitor()

    for order in permutations([1, 2, 3]):
        run = stations.begin(who)
        for rev in order:
            stations.mark(who, run, {"S1": rev - 1}, rev)

        assert values(stations, run) == {"S1": 2}, order


def test_of_two_of_the_same_revision_the_first_stays_and_the_other_is_told(stations: Stations) -> None:
    who = visitor()
    run = stations.begin(who)
    stations.mark(who, run, {"S1": 2})

    told = stations.mark(who, run, {"S1": 0})

    assert told[0].is_stale
    assert told[0].entry.value == 2
    assert values(stations, run) == {"S1": 2}


def test_marks_of_many_windows_at_once_leave_the_newest(stations: Stations) -> None:
    who = visitor()
    run = stations.begin(who)

    together(6, lambda n: stations.save(who, run, Entry("S1", n + 1, n % 3), Entry("S2", 6 - n, n % 3)))

    assert values(stations, run) == {"S1": 2, "S2": 0}


def test_a_mark_can_be_taken_back(stations: Stations) -> None:
    who = visitor()
    run = stations.begin(who)
    stations.mark(who, run, {"S1": 2})

    stations.mark(who, run, {"S1": None}, rev=2)

    assert values(stations, run) == {"S1": None}


REFUSED = [
    (Entry("Q9", 1, 2), "foreign_mark"),
    (Entry("S1", 1, 3), "bad_mark"),
    (Entry("rating:global", 1, 0), "bad_mark"),
    (Entry("rating:trust", 1, 3), "foreign_mark"),
    (Entry("branch:F", 1, 1), "foreign_mark"),
    (Entry("error:2", 1, 1), "foreign_mark"),
    (Entry(CLOCK, 1, 1), "bad_mark"),
    (Entry("S1", 1, 2, at_ms=10**9), "bad_mark"),
    (Entry("S1", 1, 2, note="x" * 1001), "too_long"),
]


def test_what_is_not_asked_is_refused_and_then_nothing_is_kept(stations: Stations) -> None:
    who = visitor()
    run = stations.begin(who)

    for entry, code in REFUSED:
        with pytest.raises(Invalid) as refused:
            stations.save(who, run, Entry("S2", 1, 2), entry)
        assert refused.value.code == code, entry

    assert values(stations, run) == {}


def test_only_a_teacher_says_how_far_somebody_may_be_trusted(stations: Stations) -> None:
    teacher, peer = stations.person(Role.INSTRUCTOR), stations.person()
    run = stations.begin(teacher, is_self=False)
    other = stations.join(peer, run)

    stations.mark(teacher, run, {"rating:trust": 3, "rating:felt": 5})
    stations.mark(peer, other, {"rating:felt": 4})
    with pytest.raises(Invalid):
        stations.mark(peer, other, {"rating:trust": 3})


def test_a_finished_run_takes_no_marks(stations: Stations) -> None:
    who = visitor()
    run = stations.rated(who, {"S1": 2})

    with pytest.raises(Conflict):
        stations.mark(who, run, {"S1": 0}, rev=9)
    assert values(stations, run) == {"S1": 2}


def test_too_many_marks_at_once_are_refused(stations: Stations) -> None:
    who: Viewer = visitor()
    run = stations.begin(who)

    with pytest.raises(Invalid, match="too many"):
        stations.save(who, run, *(Entry("S1", n, 1) for n in range(1, 402)))
