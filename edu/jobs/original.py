"""Originals that go: of deleted videos, and of videos whose original the site does not keep."""

from __future__ import annotations

from edu.errors import Conflict
from edu.jobs.progress import Progress
from edu.models import Video
from edu.queue import Claim, LostLease
from edu.runtime import Runtime
from edu.services import originals
from edu.storage import original_key


def remove_original(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Delete an original that nothing needs. The lease on the job is the lock: see services/originals."""
    sha256 = str(claim.payload["sha256"])
    if claim.key != originals.removal_key(sha256):
        _hand_over(runtime, sha256, progress)
        return
    progress(0.0)  # the look and the deletion that follow lie within a fresh lease
    if progress.cancelled():
        raise LostLease("the removal was given to another worker")
    with runtime.db.reading() as session:
        is_used = originals.is_used(session, sha256)
    if not is_used:
        runtime.store.delete(original_key(sha256))


def drop_original(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Give up the original of a video that is ready; while it is worked on, look again in an hour."""
    payload = claim.payload
    with runtime.db.writing() as session:
        progress.finish(session)  # a job's row is locked before its video's
        now = runtime.clock.now()
        video = session.get(Video, int(payload["video_id"]), with_for_update=True)
        if video is None or not video.original_key or video.original_sha256 != payload["sha256"]:
            return  # deleted, done before, or replaced by a film with a job of its own
        try:
            originals.drop(session, video, now)
        except Conflict:
            originals.promise_drop(session, video, now, turn=int(payload["turn"]) + 1)


def _hand_over(runtime: Runtime, sha256: str, progress: Progress) -> None:
    """Leave it to the one job that may remove this file."""
    with runtime.db.writing() as session:
        originals.release(session, sha256, runtime.clock.now(), wait=originals.LOOK_AGAIN * 0)
        progress.finish(session)
