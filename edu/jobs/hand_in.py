"""The work on recordings that learners hand in: make one ready for browsers, remove one taken back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.jobs import making
from edu.jobs.progress import Progress
from edu.models import HandIn, HandInState, Job
from edu.queue import Claim, LostLease
from edu.runtime import Runtime
from edu.services.hand_ins import files
from edu.services.hand_ins.receiving import MOST_SECONDS, SLACK_SECONDS
from media import MediaError, MediaLimitExceeded, probe
from media.making.single import Single, single


def check_hand_in(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Look at what arrived, make one plain file of it that tells nothing but picture and sound, and drop the
    original, which may tell of place, time and device.
    """
    hand_in_id, original = str(claim.payload["hand_in_id"]), str(claim.payload["original"])
    with runtime.db.writing() as session:
        row = _row(session, claim)
        if row.state is HandInState.READY:
            return
        row.state = HandInState.CHECKING
    with _refusals(runtime, claim):
        made = _make(runtime, progress, original)
    key = files.key(hand_in_id, f"{claim.token[:16]}.mp4")
    try:
        with progress.alive(making.PATIENCE + made.bytes / making.SLOWEST):
            runtime.store.put_file(key, made.path, move=True)
        with runtime.db.writing() as session:
            progress.finish(session)
            row = _row(session, claim)
            row.state, row.problem = HandInState.READY, {}
            row.file_key, row.bytes, row.duration_ms = key, made.bytes, made.duration
            row.original_key = ""
    except (LostLease, NotFound):
        runtime.store.delete(key)
        raise
    runtime.store.delete(original)


def remove_hand_in(runtime: Runtime, claim: Claim, progress: Progress) -> None:
    """Remove every file of a recording that was taken back."""
    hand_in_id = str(claim.payload["hand_in_id"])
    with runtime.db.reading() as session:
        if session.get(HandIn, hand_in_id) is not None:
            return
    with progress.alive():
        runtime.store.delete_tree(files.key(hand_in_id))


def _make(runtime: Runtime, progress: Progress, original: str) -> Single:
    tools = making.tools(runtime, progress)
    with making.recordings(runtime, progress, original) as (path, _):
        info = probe(path, cancelled=progress.cancelled, sandbox=tools.sandbox)
        if info.duration > (MOST_SECONDS + SLACK_SECONDS) * 1000:
            minutes = -(-info.duration // 60_000)
            raise MediaLimitExceeded("too-long", minutes=minutes, limit=MOST_SECONDS // 60)
        return single(
            path,
            progress.folder() / "single",
            info=info,
            tools=tools,
            progress=progress,
            cancelled=progress.cancelled,
        )


@contextmanager
def _refusals(runtime: Runtime, claim: Claim) -> Iterator[None]:
    """Turn what the media library says into a word on the recording's page, and end the job with it."""
    try:
        with making.refused():
            yield
    except making.Refused as error:
        cause = error.__cause__
        said = str(cause) if isinstance(cause, MediaError) else error.sentence
        parameters = cause.parameters if isinstance(cause, MediaError) else error.parameters
        _note(runtime, claim, {"code": error.code, "sentence": said, "parameters": _plain(parameters)})
        raise


def _plain(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int) else str(value) for name, value in parameters.items()}


def _note(runtime: Runtime, claim: Claim, problem: dict[str, Any]) -> None:
    """Write what is wrong beside the recording and give its file up; LostLease for another's job."""
    with runtime.db.writing() as session:
        job = session.get(Job, claim.id, with_for_update=True)
        if job is None or job.token != claim.token:
            raise LostLease("the job was given to another worker")
        row = _row(session, claim)
        row.state, row.problem = HandInState.FAILED, problem
        original, row.original_key, row.bytes = row.original_key, "", 0
    if original:
        runtime.store.delete(original)


def _row(session: Session, claim: Claim) -> HandIn:
    row = session.get(HandIn, str(claim.payload["hand_in_id"]), with_for_update=True)
    if row is None:
        raise NotFound("the recording was withdrawn")
    return row
