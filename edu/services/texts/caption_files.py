"""Caption files that are sent: judged by the rules, mended where they can be, served without an error."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

import captions
from captions import Change, Cue, Problem, Repair, RepairCode, Repaired, RuleId, TextTrack
from captions.timecode import strict
from captions.webvtt.cuetext import plain_text
from edu.models import DraftOrigin, Track, TrackKind, Video
from edu.policy import Viewer
from edu.services.texts import checks, drafts, tracks
from edu.services.texts.checks import PROFILE, Grounds

BY_THEMSELVES = frozenset(
    {
        RuleId.EMPTY_CUE,
        RuleId.NEGATIVE,
        RuleId.OVERLAP,
        RuleId.LINE_LENGTH,
        RuleId.LINES,
        RuleId.SPEED,
        RuleId.PAST_END,
    }
)
"""Rules whose errors are mended without asking, by what stands in the file itself. Captions that are out of
step with what was heard in the film are moved by a person, who looks."""
MOST_MENDED = 100
"""Captions with an error above which a file is looked at by a person and not mended."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A file as the rules see it. `track` is mended where `mended` counts captions that were; `errors` are
    those that keep it from being served, of the file as it was sent.
    """

    track: TextTrack
    mended: int = 0
    errors: tuple[Problem, ...] = ()

    @property
    def wrong(self) -> int:
        """How many captions have an error."""
        return len({problem.cue for problem in self.errors})


def judge(session: Session, video: Video, found: TextTrack, kind: TrackKind, language: str) -> Judged:
    """What the rules say of a file: without an error, mended so that none is left, or with its errors.

    Chapters are not read while they are shown; their own rules are held where they are kept.
    """
    if kind is TrackKind.CHAPTERS:
        return Judged(found)
    track = replace(found, kind=captions.TrackKind(kind.value), language=language)
    known = checks.grounds(session, video, language)
    errors = checks.severe(checks.problems(track, known))
    if not errors:
        return Judged(found)
    done = _mended(track, known, errors)
    if done is None:
        return Judged(found, errors=errors)
    told = tuple(_told(found.cues, change) for change in done.changes)
    places = {place for change in done.changes for place in change.places}
    mended = replace(found, cues=done.track.cues, repairs=(*found.repairs, *told))
    return Judged(mended, mended=len(places))


def take(
    session: Session,
    video: Video,
    judged: Judged,
    *,
    kind: TrackKind,
    language: str,
    label: str,
    name: str,
    viewer: Viewer,
    now: datetime,
) -> Track:
    """Serve a file without errors as the next version; with errors it becomes the working copy, which a
    person mends and approves, and what is served stays. What the copy held before is put by as a version.
    """
    if not judged.errors:
        same = _standing(session, video, judged.track, kind, language, name)
        if same is not None:
            same.label = label or same.label
            return same
        return tracks.keep(
            session, video, judged.track, kind=kind, language=language, label=label, now=now,
            author_id=viewer.user_id, note=name[:300],
        )  # fmt: skip
    track = drafts.begun(session, video, kind, language, label, now)
    drafts.replace_all(
        session, track, judged.track.cues, origin=DraftOrigin.FILE, viewer=viewer, now=now,
        report={"name": name[:300]},
    )  # fmt: skip
    return track


def _standing(
    session: Session, video: Video, track: TextTrack, kind: TrackKind, language: str, name: str
) -> Track | None:
    """The track that serves this very file already: sent twice, by a double click, it is one version."""
    row = tracks.find(session, video.id, kind, language)
    served = tracks.version_of(session, row, row.current) if row else None
    if row is None or served is None or kind is TrackKind.CHAPTERS:
        return None
    is_same = served.note == name[:300] and served.film == video.film
    return row if is_same and served.document == captions.write(track, "vtt").decode() else None


def _mended(track: TextTrack, known: Grounds, errors: tuple[Problem, ...]) -> Repaired | None:
    """The track without its errors; None where that cannot be done without a person."""
    rules, places = {problem.rule for problem in errors}, {problem.cue for problem in errors}
    if not rules <= BY_THEMSELVES or len(places) > MOST_MENDED:
        return None
    done = captions.repair(
        track, PROFILE, duration=known.duration_ms or None, hearing=known.hearing, terms=known.terms,
        rules=rules, cues=places,
    )  # fmt: skip
    is_right = done.track.cues and not checks.severe(checks.problems(done.track, known))
    return done if is_right else None


def _told(cues: tuple[Cue, ...], change: Change) -> Repair:
    """A change as a repair of the line that the caption stands in."""
    line = cues[change.places[0]].line if change.places else 0
    return Repair(line, RepairCode.RULE, _shown(change.before), _shown(change.after))


def _shown(cues: tuple[Cue, ...]) -> str:
    return "\n".join(f"{strict(cue.start)} --> {strict(cue.end)} {plain_text(cue.text)}" for cue in cues)[
        :200
    ]
