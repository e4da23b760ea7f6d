"""The web server's worker killed again and again while learners answer: no answer that it took is lost."""

from __future__ import annotations

import json
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select

from edu.db import Database
from edu.models import Response
from tests.quizzing import THREE, publish
from tests.sites import Site, eventually
from tests.visitors import Visitor

pytestmark = pytest.mark.slow
KILLS = int(os.environ.get("SOAK_WEB_KILLS", "3"))
LEARNERS = 4
CHOICES = ("1", "2", "3")


@pytest.fixture
def site(new_site: Callable[..., Site], database_url: str) -> Iterator[tuple[Site, Database]]:
    """A web server without a worker for jobs, with one quiz, on either database."""
    db = Database(database_url)
    with db.writing() as session:
        publish(session, datetime.now(UTC), document=THREE)
    yield new_site(EDU_COURSES="none", EDU_DATABASE_URL=database_url).start("web"), db
    db.dispose()


@dataclass
class Learner:
    """Somebody who answers the first question over and over; `taken` is what the server said it keeps."""

    visitor: Visitor
    attempt: str
    token: str
    taken: dict[int, str] = field(default_factory=dict)

    def answer_until(self, end: Event) -> None:
        """The next revision each time; one that got no answer is sent again as it is."""
        rev = 1
        while not end.is_set():
            with suppress(OSError, HTTPException):  # no answer, or half of one
                if self.give(rev, CHOICES[rev % 3]):
                    rev += 1

    def give(self, rev: int, choice: str) -> bool:
        """Whether the server said that it keeps this answer."""
        body = json.dumps({"answers": [{"item": "s1", "rev": rev, "response": choice}]}).encode()
        headers = {"Content-Type": "application/json", "X-CSRFToken": self.token}
        answer = self.visitor.ask(
            f"/attempts/{self.attempt}/answers", method="PUT", data=body, headers=headers
        )
        if answer.status != 200:
            return False
        assert json.loads(answer.text) == {"saved": [{"item": "s1", "rev": rev}], "stale": []}
        self.taken[rev] = choice
        return True


def begun(site: Site) -> Learner:
    visitor = Visitor(site.url)
    page = visitor.send("/quizzes/crest", "/quizzes/crest/attempts")
    assert page.status == 200, page.text
    address = page.url.rpartition("/")[2].partition("#")[0]
    return Learner(visitor, address, visitor.token(f"/attempts/{address}"))


def serving(site: Site) -> list[int]:
    """The processes that answer requests: children of the one that was started."""
    assert site.process is not None
    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children")
    return [int(child) for child in children.read_text().split()]


@pytest.mark.timeout(180 + 10 * KILLS)
def test_no_answer_that_was_taken_is_lost_however_often_the_server_is_killed(
    site: tuple[Site, Database],
):
    running, db = site
    learners, end = [begun(running) for _ in range(LEARNERS)], Event()

    with ThreadPoolExecutor(LEARNERS) as pool:
        done = [pool.submit(learner.answer_until, end) for learner in learners]
        try:
            for _ in range(KILLS):
                before = [len(learner.taken) for learner in learners]
                eventually(
                    lambda before=before: all(
                        len(learner.taken) > count for learner, count in zip(learners, before, strict=True)
                    ),
                    "everybody's answers are taken again",
                    30,
                    running,
                )
                for process in serving(running):
                    os.kill(process, signal.SIGKILL)
        finally:
            end.set()
        for learner in done:
            learner.result(timeout=60)

    assert not running.is_dead()
    with db.reading() as session:
        kept = {row.attempt_id: row for row in session.scalars(select(Response))}
    for learner in learners:
        row, last = kept[learner.attempt], max(learner.taken)
        # the answer after the last that was told as taken may have been kept without being told
        assert row.rev in (last, last + 1)
        assert row.body == CHOICES[row.rev % 3]
