"""Previews: a quick look at how an edit would come out, for the makers of a video alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Conflict, NotFound
from edu.models import Job, JobState, Video, VideoFile
from edu.policy import Viewer
from edu.services import films, packages, video_jobs
from edu.services.delivery import Addresses
from edu.services.video_editing import mine
from media.edit import Edit


@dataclass(frozen=True, slots=True)
class Preview:
    """A preview and how far it is; `url` is empty until it can be played, and when its files are gone again.

    `edit` is what it shows, `draft` what was typed when it was asked for, which differs when the whole
    recording was asked for; `note` came with the draft. `problem` is the code of what went wrong, with the
    English sentence and the last lines of the tool.
    """

    id: int
    state: JobState
    progress: float | None
    edit: Edit
    draft: Edit
    note: str
    url: str
    content_type: str
    problem: str
    sentence: str
    tool_lines: str

    @property
    def is_whole(self) -> bool:
        """Whether it shows the recording without any cut."""
        return self.edit.is_plain

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in (JobState.DONE, JobState.FAILED, JobState.CANCELLED)

    @property
    def shows_draft(self) -> bool:
        """Whether it shows what was typed."""
        return self.edit == self.draft


def ask(
    session: Session, viewer: Viewer, video_id: int, edit: Edit, draft: Edit, now: datetime, *, note: str = ""
) -> Job:
    """Promise a preview of the edit; `draft` and `note` are kept with it and come back to the form.

    Conflict where there is no recording to make it from.
    """
    video = mine(session, viewer, video_id, locked=True)
    if not video.original_key:
        raise Conflict(
            "The original recording was deleted: upload it again to change the film.", code="original_gone"
        )
    films.require_sources(session, viewer, video, edit)
    job = video_jobs.promise_preview(session, video, edit.plain(), now)
    job.payload = {**job.payload, "draft": draft.plain(), "note": note[:300]}
    return job


def find(session: Session, video: Video, job_id: int, addresses: Addresses) -> Preview:
    """A preview of this video; NotFound for any other job."""
    job = session.get(Job, job_id)
    if job is None or job not in video_jobs.previews(session, video.id):
        raise NotFound("there is no such preview")
    return _preview(session, video, job, addresses)


def newest(session: Session, video: Video, addresses: Addresses) -> Preview | None:
    """The last preview of the present recording that was not taken back, if it can be played or will be."""
    for job in video_jobs.previews(session, video.id):
        if job.state is not JobState.CANCELLED and job.payload.get("original") == video.original_key:
            found = _preview(session, video, job, addresses)
            return found if found.url or not found.is_over else None
    return None


def _preview(session: Session, video: Video, job: Job, addresses: Addresses) -> Preview:
    file = _file(session, video, job)
    edit = Edit.read(job.payload.get("edit", {}))
    draft = job.payload.get("draft")
    sentence, _, tool_lines = job.error.partition("\n")
    is_failed = job.state is JobState.FAILED
    return Preview(
        id=job.id,
        state=job.state,
        progress=job.progress if job.state is JobState.RUNNING else None,
        edit=edit,
        draft=edit if draft is None else Edit.read(draft),
        note=str(job.payload.get("note", "")),
        url=f"{addresses.media(video)}/{file.version}/{file.name}" if file else "",
        content_type=file.content_type if file else "",
        problem=job.error_code if is_failed else "",
        sentence=sentence if is_failed else "",
        tool_lines=tool_lines if is_failed else "",
    )


def _file(session: Session, video: Video, job: Job) -> VideoFile | None:
    """What can be played of a preview: only the files of the last one that was made are kept."""
    done = (each for each in video_jobs.previews(session, video.id) if each.state is JobState.DONE)
    if job is not next(done, None):
        return None
    asked = select(VideoFile).where(VideoFile.video_id == video.id, VideoFile.role == packages.PREVIEW)
    return session.scalar(asked.order_by(VideoFile.id.desc()).limit(1))
