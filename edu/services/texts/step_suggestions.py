"""Chapters to propose: where pauses, cuts and a change of words say that a step may begin."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

import captions
from captions import TextTrack, timecode
from captions.hearing import Hearing
from captions.making import steps
from edu.errors import Invalid
from edu.models import TrackKind, Video
from edu.services.texts import checks, step_editing, tracks
from edu.services.texts.step_editing import ChapterRow
from edu.services.texts.track_editing import typed_time

NEAR_MS = 1000
"""Nearer than this to the beginning of a chapter that is written already, nothing is proposed."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """A chapter that may begin at `start`, as one types it; `signs` are the words of `steps.Sign`."""

    start: str
    title: str
    signs: tuple[str, ...] = ()


def proposals(session: Session, video: Video, rows: Sequence[ChapterRow]) -> tuple[Proposal, ...]:
    """What could be added to these rows. Invalid when the video has no captions to tell it from."""
    track = _words(session, video)
    if track is None or not track.cues:
        raise Invalid("Chapters are suggested from captions, and there are none yet.", code="no_captions")
    heard = checks.hearing(session, video) or Hearing()
    terms = checks.terms(session, video, track.language)
    found = steps.suggest(track, heard, duration=step_editing.length_of(video), terms=terms)
    taken = [timecode.parse_clock(row.start) for row in rows if not row.is_blank]
    return tuple(
        Proposal(typed_time(each.start), each.title, tuple(sign.value for sign in each.why))
        for each in found
        if all(time is None or abs(time - each.start) >= NEAR_MS for time in taken)
    )


def with_taken(rows: Sequence[ChapterRow], taken: Sequence[Proposal]) -> tuple[ChapterRow, ...]:
    """The rows and the proposals that were taken, by time; what has no readable time stands last."""
    added = [ChapterRow(proposal.start, proposal.title) for proposal in taken]
    every = [row for row in rows if row.is_removed or not row.is_blank] + added
    return tuple(sorted(every, key=_time_of))


def _time_of(row: ChapterRow) -> float:
    time = timecode.parse_clock(row.start)
    return float("inf") if time is None else time


def _words(session: Session, video: Video) -> TextTrack | None:
    """What is said, in the video's own language where there is a choice."""
    kinds = (TrackKind.CAPTIONS, TrackKind.SUBTITLES)
    found = [entry for entry in tracks.of_video(session, video.id) if entry.track.kind in kinds]
    own = [entry for entry in found if tracks.same_language(entry.track.language, video.language)]
    for entry in own or found:
        track = captions.read(entry.document.encode(), format="vtt")
        return TextTrack(track.kind, entry.track.language, track.cues)
    return None
