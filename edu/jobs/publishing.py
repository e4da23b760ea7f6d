"""A lesson comes out at its time."""

from __future__ import annotations

from edu.jobs.progress import Progress
from edu.queue import Claim
from edu.runtime import Runtime
from edu.services.authoring import publishing


def publish_lesson(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Publish the lesson, unless its time was changed or taken back since.

    What keeps it from coming out fails the job and is told on the lesson's page: it stays a draft.
    """
    with runtime.db.writing() as session:
        publishing.come_out_when_due(session, int(claim.payload["lesson_id"]), runtime.clock.now())
        progress.finish(session)
