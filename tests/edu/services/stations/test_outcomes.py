"""Results: what was missed first, what to watch again, and how the runs of one performance compare."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from edu.errors import Invalid
from edu.models import Role
from edu.services.stations import entries, performances
from edu.services.stations.entries import Entry
from tests.edu.conftest import Site
from tests.stations import ALL_DONE, STATION, Stations, visitor


def test_a_critical_step_decides_whatever_the_points(stations: Stations) -> None:
    who = visitor()

    page = stations.result(who, stations.rated(who, {**ALL_DONE, "S1": 1}))

    assert (page.score.points, page.score.needed, page.score.passed, page.percent) == (12, 10, False, 85)
    assert [row.name for row in page.missed] == ["S1"]


def test_times_are_told_since_the_mark_before_and_in_the_recording(stations: Stations) -> None:
    who = visitor()
    run = stations.begin(who)
    stations.save(
        who,
        run,
        Entry("S2", 1, 2, at_ms=20_000, recording_ms=65_000),
        Entry("S1", 1, 2, at_ms=5_000, note="well"),
    )
    stations.finish(who, run, 61_000)

    page = stations.result(who, run)

    rows = {row.name: (row.spent, row.recording, row.note) for row in page.rows}
    assert rows["S1"] == ("0:05", "", "well")
    assert rows["S2"] == ("0:15", "1:05", "")
    assert (page.elapsed, page.limit) == ("1:01", "8:00")


def test_the_chapters_to_watch_again_are_those_of_steps_that_were_not_done_well(site: Site) -> None:
    made = Stations(site.runtime, site.runtime.clock)
    made.keep()
    who = visitor()

    page = made.result(who, made.rated(who, {"S1": 2, "S2": 1, "S3": 0}))

    assert [(c.moment.step, c.items, c.moment.url) for c in page.chapters] == [
        ("V1-c02", ("S2",), "/videos/find?t=9,18")
    ]
    site.change_video("V1", version="")  # its film is being made anew: the place is still told
    assert made.result(who, made.rated(who, {})).chapters[0].moment.step == "V1-c01"


def test_before_and_after_watching_are_set_side_by_side(stations: Stations) -> None:
    who = visitor()
    run = stations.rated(who, {"S1": 0, "S2": 2, "S3": 1})
    assert stations.result(who, run).can_rate_again
    with stations.runtime.db.writing() as session:
        first, _ = performances.held(session, who, run)
        again = performances.again(session, who, first, "f" * 32, now=stations.clock.now()).id
    stations.mark(who, again, {"S1": 2, "S2": 1, "S3": 1})
    stations.finish(who, again)

    page = stations.result(who, again)

    assert [(pair.kind, pair.higher, pair.lower) for pair in page.pairs] == [
        ("before_after", ("S1",), ("S2",))
    ]
    assert not page.can_rate_again
    assert not any(row.is_apart for row in page.rows)  # a change of mind is no disagreement


def test_self_and_raters_are_compared_and_two_points_apart_ask_for_a_comment(stations: Stations) -> None:
    who, first, second = stations.person(), stations.person(Role.INSTRUCTOR), stations.person()
    own = stations.rated(who, {"S1": 2, "S2": 2, "S3": 1})
    stations.clock.advance(timedelta(minutes=1))
    theirs = stations.join(first, own, {"S1": 0, "S2": 2, "S3": 1})
    stations.clock.advance(timedelta(minutes=1))
    others = stations.join(second, own, {"S1": 0, "S2": 0, "S3": 2})

    page = stations.result(first, theirs)

    assert [(pair.kind, pair.agreement.apart) for pair in page.pairs] == [
        ("self_rater", ("S1",)),
        ("self_rater", ("S1", "S2")),
        ("raters", ("S2",)),
    ]
    assert [row.name for row in page.rows if row.can_comment] == ["S1", "S2"]
    assert not any(row.can_comment for row in stations.result(who, theirs).rows), "not one's own marks"

    def comment(run_id: str, name: str, note: str) -> None:
        with stations.runtime.db.writing() as session:
            run, _ = performances.held(session, second, run_id)
            entries.comment(session, run, name, note, now=stations.clock.now())

    comment(others, "S2", "she never spoke")
    row = next(row for row in stations.result(first, theirs).rows if row.name == "S2")
    assert row.comments == ((second.name, "she never spoke"),)
    with pytest.raises(Invalid):
        comment(others, "E1", "not marked")


def test_a_rater_sees_what_the_performer_may_be_called_and_others_do_not(stations: Stations) -> None:
    teacher = stations.person(Role.INSTRUCTOR)
    run = stations.begin(teacher, is_self=False, label="Candidate 12")
    stations.mark(teacher, run, {**ALL_DONE, "rating:trust": 1, "error:1": 1})
    stations.finish(teacher, run)

    page = stations.result(teacher, run)

    assert (page.subject, page.can_offer, page.errors_seen) == ("Candidate 12", True, ("Talks too much",))
    assert {rating.title: rating.value for rating in page.ratings} == {
        "Global rating": 4, "Overall entrustment": 1, "I felt respected": None,
    }  # fmt: skip


def test_the_branch_counts_whether_it_was_opened_or_not(stations: Stations) -> None:
    who = visitor()
    cases: list[tuple[dict[str, Any], int]] = [({}, 0), (ALL_DONE, STATION.maximum), ({"E1": 2}, 6)]

    points = [stations.result(who, stations.rated(who, marks)).score.points for marks, _ in cases]

    assert points == [expected for _, expected in cases]
