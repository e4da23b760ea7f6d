"""What the rules say of a track as it is worked on, with the film's sound and cuts and the course's terms."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy import select
from sqlalchemy.orm import Session

import captions
from captions import Problem, TextTrack
from captions.hearing import Hearing, Speech
from captions.terms import Term
from edu.models import Hearing as HearingRow
from edu.models import Lesson, Video
from edu.models import Term as TermRow

PROFILE = "teaching"
USUAL_FRAME = 40.0


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a track is checked against. `hearing` None: nobody has listened to this film yet."""

    duration_ms: int
    hearing: Hearing | None
    terms: tuple[Term, ...]
    language: str


def grounds(session: Session, video: Video, language: str) -> Grounds:
    """What is known of a video that its captions can be checked against."""
    return Grounds(video.duration_ms, hearing(session, video), terms(session, video, language), language)


def problems(track: TextTrack, known: Grounds) -> tuple[Problem, ...]:
    """What is wrong with a track, in the order of its cues."""
    return captions.check(
        track, PROFILE, duration=known.duration_ms or None, hearing=known.hearing, terms=known.terms,
        language=known.language,
    )  # fmt: skip


def hearing(session: Session, video: Video) -> Hearing | None:
    """What was heard and seen in the version that is served; None where that is another, or there is none."""
    kept = session.get(HearingRow, video.id)
    if kept is None or kept.version != video.version:
        return None
    speech = tuple(Speech(start, end) for start, end in kept.speech)
    return Hearing(speech, tuple(kept.cuts), kept.duration_ms, frame_ms(video.frame_rate))


def terms(session: Session, video: Video, language: str) -> tuple[Term, ...]:
    """The terms, in that language, of the courses with a lesson that shows the video."""
    asked = (
        select(TermRow)
        .join(Lesson, Lesson.course_id == TermRow.course_id)
        .where(Lesson.video_id == video.id)
        .distinct()
    )
    wanted = language.split("-")[0].lower()
    found = {row.id: row for row in session.scalars(asked) if row.language.split("-")[0].lower() == wanted}
    return tuple(
        Term(row.text, tuple(row.misheard), row.meaning)
        for row in sorted(found.values(), key=lambda row: row.text.casefold())
    )


def frame_ms(frame_rate: str) -> float:
    """How long a picture of that rate stands, in milliseconds."""
    try:
        return float(1000 / Fraction(frame_rate))
    except (ValueError, ZeroDivisionError):
        return USUAL_FRAME


def severe(found: Sequence[Problem]) -> tuple[Problem, ...]:
    """Those that keep captions from being served."""
    return tuple(problem for problem in found if problem.severity is captions.Severity.ERROR)
