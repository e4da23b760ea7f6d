"""A small station for tests: two critical steps, a branch, a global rating; and people who rate by it."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any

import pytest

from edu.clock import FixedClock
from edu.models import ChecklistPerformance, ChecklistRun, RaterRole, Role
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services.stations import entries, forms, lists, outcomes, performances
from edu.services.stations.entries import Entry, Kept
from edu.services.stations.outcomes import OutcomePage
from quizzes.checklist import Branch, Checklist, Item, PassRule, Scale, Use
from tests.people import add_user

STATION = Checklist(
    "S",
    "A small station",
    (
        Item("S1", "Washes hands", 2, True, "V1-c01", ("practice",)),
        Item("S2", "Explains", 1, False, "V1-c02", ("known2001",)),
        Item("S3", "Looks", 1),
        Item("E1", "Stops at once", 3, True, branch="E"),
    ),
    slug="small",
    level="student and above",
    time_ms=480_000,
    warning_ms=360_000,
    task="TASK words",
    room="ROOM words",
    patient="PATIENT words",
    hidden="HIDDEN words",
    branches=(Branch("E", "my lips feel odd", "WHEN words", "AFTER words"),),
    scales=(
        Scale(
            "global", "Global rating", Use.GLOBAL, ((1, "unsafe"), (3, "borderline"), (5, "could teach it"))
        ),
        Scale("trust", "Overall entrustment", Use.ENTRUSTMENT, ((1, "observe only"),)),
        Scale("felt", "I felt respected", Use.PATIENT),
    ),
    errors=("Forgets the hands", "Talks too much"),
    passing=PassRule(70, 3),
)
ALL_DONE = {"S1": 2, "S2": 2, "S3": 2, "E1": 2, "rating:global": 4}


def visitor() -> Viewer:
    """Somebody without an account, known by a cookie."""
    return Viewer(visitor_hash=secrets.token_hex(32))


@dataclass(frozen=True)
class Stations:
    """The station in a site, and what people do with it."""

    runtime: Runtime
    clock: FixedClock

    def keep(self, checklist: Checklist = STATION) -> None:
        """Keep the station as a course brings it."""
        with self.runtime.db.writing() as session:
            lists.keep(session, checklist, course_id=None, now=self.clock.now())

    def person(self, role: Role = Role.LEARNER, name: str = "") -> Viewer:
        """Somebody with an account."""
        with self.runtime.db.writing() as session:
            user = add_user(session, now=self.clock.now(), role=role, name=name)
            return Viewer(user_id=user.id, role=role, name=user.name)

    def begin(self, who: Viewer, *, is_self: bool = True, run_id: str = "", label: str = "") -> str:
        """Begin a rating; gives the run's id."""
        with self.runtime.db.writing() as session:
            row = lists.named(session, who, "small")
            return performances.begin(
                session,
                who,
                row,
                run_id or secrets.token_hex(16),
                is_self=is_self,
                label=label,
                now=self.clock.now(),
            ).id

    def mark(self, who: Viewer, run_id: str, values: dict[str, int | None], rev: int = 1) -> tuple[Kept, ...]:
        """Save values under their names, all with this revision."""
        return self.save(who, run_id, *(Entry(name, rev, value) for name, value in values.items()))

    def save(self, who: Viewer, run_id: str, *given: Entry) -> tuple[Kept, ...]:
        """Save entries."""
        with self.runtime.db.writing() as session:
            run, performance = performances.held(session, who, run_id)
            return entries.save(session, run, forms.frozen(performance), list(given), now=self.clock.now())

    def finish(self, who: Viewer, run_id: str, elapsed_ms: int | None = None) -> bool:
        """Finish a run; whether this call did it."""
        with self.runtime.db.writing() as session:
            run, _ = performances.held(session, who, run_id)
            return performances.finish(session, run, elapsed_ms, now=self.clock.now())

    def rated(self, who: Viewer, values: dict[str, Any], *, is_self: bool = True) -> str:
        """A finished rating of a new performance."""
        run_id = self.begin(who, is_self=is_self)
        self.mark(who, run_id, values)
        self.finish(who, run_id)
        return run_id

    def join(self, who: Viewer, run_id: str, values: dict[str, Any] | None = None) -> str:
        """Another rater of the same performance; finished when there are values."""
        role = RaterRole.TEACHER if who.is_instructor else RaterRole.PEER
        with self.runtime.db.writing() as session:
            performance_id = session.get_one(ChecklistRun, run_id).performance_id
            performance = session.get_one(ChecklistPerformance, performance_id)
            made = performances.add_run(
                session, who, performance, secrets.token_hex(16), role, now=self.clock.now()
            ).id
        if values is not None:
            self.mark(who, made, values)
            self.finish(who, made)
        return made

    def result(self, who: Viewer, run_id: str) -> OutcomePage:
        """The result as this person sees it."""
        with self.runtime.db.reading() as session:
            run, performance = performances.seen(session, who, run_id)
            return outcomes.page(session, who, run, performance)


@pytest.fixture
def stations(runtime: Runtime, clock: FixedClock) -> Stations:
    """The small station, kept in an empty site."""
    made = Stations(runtime, clock)
    made.keep()
    return made
