"""Leftover: stored objects that nothing needs, told from those whose rows come or whose removal waits."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.keeping.needed import needed, sha256_in
from edu.models import Job, JobState, Video
from edu.runtime import Runtime
from edu.services import originals, packages
from edu.services.hand_ins import files as hand_ins
from edu.storage import StoredEntry

OLD = timedelta(days=1)
_PACKAGE = re.compile(r"videos/(\d+)/([^/]+)/.+", re.ASCII)
_UNFINISHED = (JobState.READY, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class _Spared:
    """What is not to be touched although no row names it."""

    videos: frozenset[int]  # a job makes something of them at this moment
    versions: frozenset[tuple[int, str]]  # a job waits that removes them
    originals: frozenset[str]  # likewise, by SHA-256
    hand_ins: frozenset[str]  # a job makes them ready, or waits that removes them


def objects(runtime: Runtime) -> list[StoredEntry]:
    """The objects that nothing needs and nothing else will remove.

    They are listed first and the rows are read after that. A file that is made into the store meanwhile is
    not in the list; one whose job ran while we listed has its row by now, or its job still runs; what its job
    left behind when it was lost is never published, for the job's token has gone to another. Being a day old
    is asked besides. Objects under names that are not ours are left alone.
    """
    before = runtime.clock.now() - OLD
    listed = [entry for entry in runtime.store.list() if entry.modified < before]
    with runtime.db.reading() as session:
        wanted = needed(session.connection(), Video.metadata.sorted_tables)
        spared = _spared(session)
    return sorted(
        (entry for entry in listed if entry.key not in wanted and _may_go(entry.key, spared)),
        key=lambda entry: entry.key,
    )


def version_of(key: str) -> tuple[int, str] | None:
    """Video and version of an object of a package; None for another object."""
    found = _PACKAGE.fullmatch(key)
    return (int(found[1]), found[2]) if found else None


def _may_go(key: str, spared: _Spared) -> bool:
    if sha256 := sha256_in(key):
        return sha256 not in spared.originals
    if hand_in_id := hand_ins.id_in(key):
        return hand_in_id not in spared.hand_ins
    version = version_of(key)
    return version is not None and version[0] not in spared.videos and version not in spared.versions


def _spared(session: Session) -> _Spared:
    making, versions, shas, handed_in = set(), set(), set(), set()
    asked = select(Job.kind, Job.state, Job.payload).where(Job.state.in_(_UNFINISHED))
    for kind, state, payload in session.execute(asked):
        if kind == originals.REMOVE:
            shas.add(str(payload["sha256"]))
        elif kind == packages.REMOVE:
            versions.add((int(payload["video_id"]), str(payload["version"])))
        elif kind in (hand_ins.CHECK, hand_ins.REMOVE):
            handed_in.add(str(payload["hand_in_id"]))
        elif state is JobState.RUNNING and "video_id" in payload:
            making.add(int(payload["video_id"]))
    return _Spared(frozenset(making), frozenset(versions), frozenset(shas), frozenset(handed_in))
