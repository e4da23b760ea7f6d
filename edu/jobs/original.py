"""The removal of an uploaded original whose video was deleted, unless another video has the same file."""

from __future__ import annotations

from edu.jobs.progress import Progress
from edu.queue import Claim
from edu.runtime import Runtime
from edu.services import video_editing
from edu.storage import original_key


def remove_original(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Delete the original of a deleted video, unless another video came with the same bytes meanwhile."""
    sha256 = str(claim.payload["sha256"])
    with runtime.db.writing() as session:
        is_used = video_editing.is_original_used(session, sha256)
        progress.finish(session)
    if not is_used:
        runtime.store.delete(original_key(sha256))
