"""What points into a film, as it was when that film was last shown: for films that are brought back.

Between two recordings nothing need be known of their times for that: the earlier versions are still there.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

import captions
from edu.models import Film, FilmState, Question, QuestionVersion, Track, TrackVersion, VersionStatus, Video
from edu.services.film_moves import Moved, Report, moment_questions, served_tracks, words_in_silence
from edu.services.quizzing import questions
from edu.services.texts import drafts, tracks
from media import Edit
from quizzes.kinds.moment import Window


def restore(session: Session, video: Video, film: Film, author_id: int | None, now: datetime) -> Report:
    """Bring back tracks, steps and windows of the earlier film that this one shows again.

    A track that did not exist then is kept as it is, and so is a question; both are told.
    """
    alike = _alike(session, video, film)
    until = _last_shown(session, video, alike, now)
    before = {step.identifier for step in tracks.steps_of(session, video.id)}
    told, is_unsure = [], False
    for row in served_tracks(session, video):
        version = _version(session, row, {each.number for each in alike}, until)
        if version is None:
            is_unsure = True
            continue
        if version.number != row.current:
            _serve(session, video, row, version, author_id, now)
        kept = captions.read(version.document.encode(), format="vtt").cues
        hidden = sum(1 for entry in version.aside if entry[2] is None)
        told.append(Moved(row.kind.value, row.language, len(kept), len(version.aside) - hidden, hidden, 0))
    # between two recordings no way is known: working copies keep their times, and what they were is put by
    drafts.follow(session, video, lambda cue: cue, video.film, now)
    after = {step.identifier for step in tracks.steps_of(session, video.id)}
    went, gone = _restore_questions(session, video, until, now)
    words = words_in_silence(session, video, Edit.read(film.edit))
    return Report(is_unsure, tuple(told), tuple(sorted(before - after)), went, gone, words)


def _alike(session: Session, video: Video, film: Film) -> list[Film]:
    """The films shown before that have the same recording and the same edit."""
    asked = select(Film).where(
        Film.video_id == video.id,
        Film.state == FilmState.SHOWN,
        Film.original_sha256 == film.original_sha256,
        Film.number != film.number,
    )
    return [each for each in session.scalars(asked.order_by(Film.number)) if each.edit == film.edit]


def _last_shown(session: Session, video: Video, alike: list[Film], now: datetime) -> datetime:
    """When the last of these films was replaced by another."""
    if not alike:
        return now
    asked = select(func.min(Film.shown_at)).where(
        Film.video_id == video.id, Film.state == FilmState.SHOWN, Film.number > alike[-1].number
    )
    return session.scalar(asked) or now


def _version(session: Session, row: Track, films: set[int], until: datetime) -> TrackVersion | None:
    """The track's last version that told the times of those films."""
    asked = select(TrackVersion).where(
        TrackVersion.track_id == row.id, or_(TrackVersion.film.in_(films), TrackVersion.created_at < until)
    )
    found = list(session.scalars(asked.order_by(TrackVersion.number)))
    marked = [version for version in found if version.film in films]
    return next(reversed(marked or found), None)


def _serve(
    session: Session, video: Video, row: Track, version: TrackVersion, author_id: int | None, now: datetime
) -> None:
    track = captions.read(version.document.encode(), format="vtt")
    tracks.keep_moved(session, video, row, track, list(version.aside), author_id, now)


def _restore_questions(
    session: Session, video: Video, until: datetime, now: datetime
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    went, gone = [], []
    for question in moment_questions(session, video):
        newest, old = questions.latest(session, question.id), _asked_then(session, question, until)
        if newest is None:
            continue
        if old is None:
            gone.append(question.uid)
            continue
        known = questions.keyed(session, {newest.id, old.id})
        item, key = known[newest.id].item, known[old.id].item.key
        if not isinstance(key, Window) or item.key == key:
            continue
        questions.keep_window(session, item, key, now=now, author_id=newest.created_by)
        went.append(question.uid)
    return tuple(went), tuple(gone)


def _asked_then(session: Session, question: Question, until: datetime) -> QuestionVersion | None:
    asked = select(QuestionVersion).where(
        QuestionVersion.question_id == question.id,
        QuestionVersion.status == VersionStatus.READY,
        QuestionVersion.created_at < until,
    )
    return session.scalar(asked.order_by(QuestionVersion.number.desc()).limit(1))
