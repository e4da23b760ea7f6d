"""Ratings in the export of an account, and what is left of them when it is erased."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from edu.models import ChecklistMark, ChecklistPerformance, ChecklistRun, Role
from edu.services import erasure, export_account
from edu.services.stations.entries import Entry
from tests.stations import ALL_DONE, Stations


def test_an_export_holds_what_one_rated_and_how_one_was_rated_without_the_others(stations: Stations) -> None:
    who, teacher = stations.person(name="Ada"), stations.person(Role.INSTRUCTOR, name="Dr Gray")
    own = stations.begin(who)
    stations.save(who, own, Entry("S1", 1, 2, at_ms=100, note="slowly"))
    stations.finish(who, own)
    stations.clock.advance(timedelta(minutes=1))
    stations.join(teacher, own, {"S1": 0})

    with stations.runtime.db.writing() as session:
        found = export_account.export(session, who.user_id or 0, stations.clock.now())["ratings"]

    assert [(run["checklist"], run["rated_by_me"], run["performed_by_me"]) for run in found] == [
        ("small", True, True), ("small", False, True),
    ]  # fmt: skip
    assert found[0]["marks"] == [
        {"name": "S1", "value": 2, "at_ms": 100, "recording_ms": None, "note": "slowly"}
    ]
    assert "Dr Gray" not in str(found)


def test_an_erased_person_leaves_marks_and_no_words(stations: Stations) -> None:
    who, teacher = stations.person(name="Ada"), stations.person(Role.INSTRUCTOR)
    own = stations.rated(who, ALL_DONE)
    theirs = stations.join(teacher, own)
    stations.save(teacher, theirs, Entry("S1", 1, 2, note="Ada was slow"))
    labelled = stations.begin(teacher, is_self=False, label="Bob")

    for person in (who, teacher):
        with stations.runtime.db.writing() as session:
            erasure.erase(session, person.user_id or 0, stations.clock.now())

    with stations.runtime.db.reading() as session:
        performed = session.scalars(select(ChecklistPerformance)).all()
        runs = session.scalars(select(ChecklistRun)).all()
        marks = session.scalars(select(ChecklistMark)).all()
    assert {run.id for run in runs} == {own, theirs, labelled}
    assert {(run.rater_id, bool(run.rater_hash)) for run in runs} == {(None, True)}
    assert {(row.subject_id, row.label) for row in performed} == {(None, "")}
    assert len(marks) == 6
    assert {mark.note for mark in marks} == {""}
