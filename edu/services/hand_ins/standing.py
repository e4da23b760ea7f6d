"""Standing: how far a recording is, as its learner and its instructors are told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import HandIn, HandInState, Job, JobState
from edu.services.hand_ins import files

STATES = {HandInState.ARRIVING: "received"}  # the words of pages for states that are those of videos
SENTENCES = {
    HandInState.ARRIVING: "The recording has arrived and waits for its turn.",
    HandInState.CHECKING: "The recording is being made ready for browsers.",
    HandInState.READY: "Ready.",
    HandInState.FAILED: "The recording could not be made ready.",
}
BROKEN_OFF = "The work on it was broken off. Withdraw it, and hand it in again."


@dataclass(frozen=True, slots=True)
class Standing:
    """`state` is a word of `components/card.html`; `problem` as of a video, or empty."""

    state: str
    sentence: str
    problem: Mapping[str, Any]
    progress: float | None

    @property
    def is_ready(self) -> bool:
        """Whether it can be watched."""
        return self.state == HandInState.READY

    @property
    def is_over(self) -> bool:
        """Whether nothing more happens by itself."""
        return self.state in (HandInState.READY, HandInState.FAILED)


def standing(session: Session, row: HandIn) -> Standing:
    """How far it is. Work that ended without a word, its worker having died too often, counts as failed."""
    problem, progress = row.problem, None
    state = row.state
    if state in (HandInState.ARRIVING, HandInState.CHECKING):
        job = session.scalar(select(Job).where(Job.key == files.check_job(row.id)))
        if job is None or job.state in (JobState.FAILED, JobState.CANCELLED):
            state, problem = (
                HandInState.FAILED,
                {"code": "broken_off", "sentence": BROKEN_OFF, "parameters": {}},
            )
        elif job.state is JobState.RUNNING:
            progress = job.progress
    return Standing(STATES.get(state, state.value), SENTENCES[state], problem, progress)
