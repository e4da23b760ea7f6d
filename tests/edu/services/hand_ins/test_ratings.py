"""How learners rate themselves on a recording, and who may show which rating beside it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from edu.errors import Invalid, NotFound
from edu.models import ChecklistPerformance, Role, Step, Video, Visibility
from edu.policy import NOBODY
from edu.services.hand_ins import ratings
from tests.filming import add_video
from tests.handing_in import add_hand_in
from tests.stations import ALL_DONE, STATION, Stations


@pytest.fixture
def video(stations: Stations) -> Video:
    """The film whose steps the small station rates."""
    maker = stations.person(Role.INSTRUCTOR)
    with stations.runtime.db.writing() as session:
        made = add_video(session, maker, stations.clock.now(), visibility=Visibility.PUBLISHED)
        session.add(Step(identifier="V1-c01", video_id=made.id))
        return made


def test_a_film_is_rated_by_the_stations_that_look_at_its_steps(stations: Stations, video: Video) -> None:
    elsewhere = tuple(replace(item, step="V7-c01" if item.step else "") for item in STATION.items)
    stations.keep(replace(STATION, slug="elsewhere", items=elsewhere))

    with stations.runtime.db.reading() as session:
        found = ratings.checklists_of(session, NOBODY, video)

    assert [(each.title, each.url) for each in found] == [("A small station", "/checklists/small")]


def test_a_learner_shows_one_of_the_own_finished_ratings_and_no_other(
    stations: Stations, video: Video
) -> None:
    ada, bob, now = stations.person(), stations.person(), stations.clock.now()
    stations.rated(ada, {**ALL_DONE, "S2": 0})
    stations.begin(ada)
    stations.rated(bob, ALL_DONE)
    with stations.runtime.db.writing() as session:
        row = add_hand_in(session, ada.user_id or 0, video.id, now)
        (own,) = ratings.of_learner(session, ada.user_id or 0, video)
        others = select(ChecklistPerformance.id).where(ChecklistPerformance.subject_id == bob.user_id)
        foreign = session.scalars(others).one()

        ratings.attach(session, ada, row.id, own.performance_id)
        assert ratings.attached(session, row) == own
        assert 0 < own.points < own.maximum
        with pytest.raises(Invalid):
            ratings.attach(session, ada, row.id, foreign)
        with pytest.raises(NotFound):
            ratings.attach(session, bob, row.id, "")
        ratings.attach(session, ada, row.id, "")
        assert ratings.attached(session, row) is None
