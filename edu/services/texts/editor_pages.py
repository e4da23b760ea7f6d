"""A track's working copy as its editor's page shows it, and what the editor asks for while it is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from captions import Problem
from captions.webvtt.cuetext import plain_text
from edu.errors import NotFound
from edu.models import Track, TrackKind, Video, VideoFile
from edu.policy import Viewer
from edu.services import players, sources
from edu.services.delivery import Addresses
from edu.services.texts import checks, drafts, missing, track_editing
from edu.services.texts.drafts import Draft
from edu.services.texts.missing import Missing
from edu.services.texts.rows import Row

SPOKEN = (TrackKind.CAPTIONS, TrackKind.SUBTITLES, TrackKind.DESCRIPTIONS)
"""The kinds of tracks that this editor is for; chapters have their own."""


@dataclass(frozen=True, slots=True)
class Beside:
    """Another track of the video, to be shown beside this one."""

    id: int
    kind: str
    language: str
    label: str


@dataclass(frozen=True, slots=True)
class EditPage:
    """The editor. `served` is the version that learners get now, 0: none; times in milliseconds."""

    track_id: int
    video_id: int
    video_title: str
    video_slug: str
    kind: str
    language: str
    label: str
    revision: int
    based_on: int
    served: int
    origin: str
    is_kept: bool
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    report: dict[str, Any]
    duration_ms: int
    frame_ms: float
    profile: str
    screening: players.Screening
    peaks_url: str
    hearing: dict[str, Any]
    others: tuple[Beside, ...]
    terms: tuple[str, ...]
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A cue of another track, its text plain."""

    start: int
    end: int
    text: str


def page(session: Session, viewer: Viewer, track_id: int, addresses: Addresses) -> EditPage:
    """The editor's page; NotFound for a track of chapters, Forbidden for somebody else's video."""
    track, video = mine(session, viewer, track_id)
    draft = drafts.of(session, track)
    known = checks.grounds(session, video, track.language)
    heard = known.hearing
    return EditPage(
        track_id=track.id,
        video_id=video.id,
        video_title=video.title,
        video_slug=video.slug,
        kind=track.kind.value,
        language=track.language,
        label=track.label,
        revision=draft.revision,
        based_on=draft.based_on,
        served=track.current,
        origin=draft.origin.value,
        is_kept=draft.is_kept,
        rows=draft.rows,
        problems=checks.problems(drafts.text_track(track, draft), known),
        report=draft.report,
        duration_ms=video.duration_ms,
        frame_ms=checks.frame_ms(video.frame_rate),
        profile=checks.PROFILE,
        screening=players.screening(session, video, addresses, language=track.language),
        peaks_url=_peaks(session, video, addresses),
        hearing={
            "speech": [[each.start, each.end] for each in heard.speech] if heard else [],
            "cuts": list(heard.cuts) if heard else [],
        },
        others=_others(session, track),
        terms=tuple(term.text for term in known.terms),
        missing=missing.of(draft.report, draft.rows),
    )


def mine(session: Session, viewer: Viewer, track_id: int) -> tuple[Track, Video]:
    """A track that the viewer may edit here, with its video."""
    track, video = track_editing.mine(session, viewer, track_id)
    if track.kind not in SPOKEN:
        raise NotFound("there is no such track")
    return track, video


def problems(session: Session, track: Track, video: Video, draft: Draft) -> tuple[Problem, ...]:
    """What the rules say of the working copy."""
    known = checks.grounds(session, video, track.language)
    return checks.problems(drafts.text_track(track, draft), known)


def lines(session: Session, viewer: Viewer, track_id: int, other_id: int) -> tuple[str, tuple[Line, ...]]:
    """The language and lines of another track of the same video: its working copy where it has one."""
    _, video = mine(session, viewer, track_id)
    other = session.get(Track, other_id)
    if other is None or other.video_id != video.id:
        raise NotFound("there is no such track")
    rows = drafts.of(session, other).rows
    found = tuple(Line(row.cue.start, row.cue.end, plain_text(row.cue.text)) for row in rows)
    return other.language, found


def _others(session: Session, track: Track) -> tuple[Beside, ...]:
    asked = select(Track).where(
        Track.video_id == track.video_id, Track.id != track.id, Track.kind.in_(SPOKEN)
    )
    found = [
        row for row in session.scalars(asked.order_by(Track.kind, Track.language)) if has_words(session, row)
    ]
    return tuple(Beside(row.id, row.kind.value, row.language, row.label) for row in found)


def has_words(session: Session, track: Track) -> bool:
    """Whether there is anything in a track to look at."""
    return bool(track.current) or bool(drafts.of(session, track).rows)


def _peaks(session: Session, video: Video, addresses: Addresses) -> str:
    asked = select(VideoFile).where(VideoFile.video_id == video.id, VideoFile.version == video.version)
    files = list(session.scalars(asked)) if video.version else []
    return sources.address_of(addresses.media(video), files, "waveform") or ""
