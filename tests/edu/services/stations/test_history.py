"""What somebody has rated, and how they were rated."""

from __future__ import annotations

from datetime import timedelta

from edu.models import Role
from edu.policy import NOBODY, Viewer
from edu.services.stations import history
from edu.services.stations.history import PastRun
from tests.stations import ALL_DONE, Stations, visitor


def past(stations: Stations, who: Viewer) -> tuple[PastRun, ...]:
    with stations.runtime.db.reading() as session:
        return history.of_viewer(session, who)


def test_own_runs_come_newest_first_with_their_score_and_others_have_none(stations: Stations) -> None:
    who = visitor()
    stations.rated(who, ALL_DONE)
    stations.clock.advance(timedelta(minutes=1))
    stations.begin(who)

    found = past(stations, who)

    assert [(run.is_open, run.score.points if run.score else None) for run in found] == [
        (True, None),
        (False, 14),
    ]
    assert past(stations, visitor()) == past(stations, NOBODY) == ()


def test_ratings_by_others_are_listed_once_they_are_finished_and_the_own_one_is(stations: Stations) -> None:
    who, teacher = stations.person(name="Ada"), stations.person(Role.INSTRUCTOR, name="Dr Gray")
    own = stations.begin(who)
    theirs = stations.join(teacher, own)
    assert len(past(stations, who)) == 1
    stations.finish(teacher, theirs)
    assert len(past(stations, who)) == 1, "the own rating is still open"

    stations.finish(who, own)

    assert {(run.rater, run.subject) for run in past(stations, who)} == {("", ""), ("Dr Gray", "")}
    assert [(run.rater, run.subject) for run in past(stations, teacher)] == [("", "Ada")]
