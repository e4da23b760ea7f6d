"""What points into a film, moved when the film changes: text tracks, steps and questions about a moment.

Nothing is lost. A cue that the new film leaves out is set aside beside the track, in the time of the
recording it was made for, and comes back with the next film that shows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import captions
from captions import Cue, TextTrack, layer_pieces
from captions.move import Move, moved, moves
from captions.webvtt.cuetext import plain_text
from edu.models import (
    Film,
    FilmState,
    Question,
    QuestionVersion,
    Timing,
    Track,
    TrackKind,
    TrackVersion,
    Video,
)
from edu.services.quizzing import questions
from edu.services.texts import drafts, tracks
from media import Edit, TimeMap
from quizzes.kinds.moment import Window

ENDLESS = 24 * 3600 * 1000
"""Milliseconds; stands for the length of a recording where only its order matters."""
MOST_WORDS, MOST_TOLD = 120, 20
LISTS = (
    "steps_gone", "questions_moved", "questions_gone", "words_in_silence", "asked_moved", "asked_gone",
)  # fmt: skip
KINDS = {kind.value: captions.TrackKind(kind.value) for kind in captions.TrackKind}


@dataclass(frozen=True, slots=True)
class Change:
    """From the film before to the film after; lengths in milliseconds.

    `shift_ms` is how much later the new original shows the same, where the original is another one and that
    is known; None: nothing is known, the times are kept as they are and everything is flagged.
    """

    before: Edit
    after: Edit
    is_same_original: bool
    timing: Timing
    shift_ms: int | None
    original_ms: int
    film_ms: int
    original_before: str = ""  # SHA-256
    original_after: str = ""

    @property
    def is_unsure(self) -> bool:
        """Whether the times must be looked at by a person."""
        if self.is_same_original or self.timing is Timing.SAME:
            return False
        return self.timing is Timing.ANEW or self.shift_ms is None

    @property
    def between_originals(self) -> TimeMap:
        """From the time of the original before to that of the new one."""
        shift = 0 if self.is_same_original or self.timing is Timing.SAME else self.shift_ms or 0
        return TimeMap.shifted(shift, ENDLESS, ENDLESS if self.is_same_original else self.original_ms)


@dataclass(frozen=True, slots=True)
class Moved:
    """What became of one track: how many cues stayed, were cut short, were set aside, came back."""

    kind: str
    language: str
    kept: int
    shortened: int
    aside: int
    returned: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a change of film did. `questions_gone` ask about a moment that is no longer shown.

    `asked_moved` and `asked_gone` are quizzes that stand in the film, by their address names: those whose
    times were moved, and those of which a question has no time in it any more.
    """

    is_unsure: bool = False
    tracks: tuple[Moved, ...] = ()
    steps_gone: tuple[str, ...] = ()
    questions_moved: tuple[str, ...] = ()
    questions_gone: tuple[str, ...] = ()
    words_in_silence: tuple[str, ...] = ()  # captions of times that are silenced: they say what is not heard
    asked_moved: tuple[str, ...] = ()
    asked_gone: tuple[str, ...] = ()

    def plain(self) -> dict[str, Any]:
        """As a JSON document."""
        return asdict(self)

    @classmethod
    def read(cls, document: dict[str, Any]) -> Report:
        """The report of a document made by `plain`; an empty one for an empty document."""
        fields = dict(document)
        fields["tracks"] = tuple(Moved(**each) for each in fields.get("tracks", ()))
        for name in LISTS:
            fields[name] = tuple(fields.get(name, ()))
        return cls(**fields)

    @property
    def needs_a_look(self) -> bool:
        """Whether a person should look at something."""
        lost = any(track.shortened or track.aside for track in self.tracks)
        gone = self.steps_gone or self.questions_gone or self.words_in_silence or self.asked_gone
        return self.is_unsure or lost or bool(gone)


@dataclass(frozen=True, slots=True)
class Timed:
    """A cue in the time of a recording; `seen` is where and how a film showed it, None: not at all."""

    cue: Cue
    source: str
    seen: Cue | None = None

    def plain(self) -> list[Any]:
        """As kept beside a track."""
        return [_plain(self.cue), self.source, _plain(self.seen) if self.seen else None]

    @classmethod
    def read(cls, kept: list[Any]) -> Timed:
        """As `plain` wrote it."""
        cue, source, seen = kept
        return cls(Cue(*cue), source, Cue(*seen) if seen else None)


def move_all(session: Session, video: Video, change: Change, author_id: int | None, now: datetime) -> Report:
    """Move all that points into the film of this video, and tell what became of it."""
    before = {step.identifier for step in tracks.steps_of(session, video.id)}
    rows = served_tracks(session, video)
    told = tuple(_move_track(session, video, row, change, author_id, now) for row in rows)
    drafts.follow(session, video, lambda cue: _placed(cue, change), video.film, now)
    after = {step.identifier for step in tracks.steps_of(session, video.id)}
    went, gone = _move_questions(session, video, change, now)
    words = words_in_silence(session, video, change.after)
    return Report(change.is_unsure, told, tuple(sorted(before - after)), went, gone, words)


def _placed(cue: Cue, change: Change) -> Cue | None:
    """Where the new film shows a cue; None: nowhere."""
    return next(iter(moved_cues((cue,), (), change)[0].cues), None)


def words_in_silence(session: Session, video: Video, edit: Edit) -> tuple[str, ...]:
    """What captions and subtitles still say while the film is silent there: perhaps the very name."""
    way = edit.time_map(ENDLESS)
    silent = [span for mute in edit.mutes if (span := way.span(mute.start, mute.end))]
    if not silent:
        return ()
    found = [
        plain_text(cue.text)[:MOST_WORDS]
        for entry in tracks.of_video(session, video.id)
        if entry.track.kind in (TrackKind.CAPTIONS, TrackKind.SUBTITLES)
        for cue in tracks.cues_of(entry)
        if any(cue.start < end and start < cue.end for start, end in silent)
    ]
    return tuple(dict.fromkeys(found))[:MOST_TOLD]


def into_film(session: Session, video: Video, cues: tuple[Cue, ...]) -> tuple[tuple[Cue, ...], list[Any]]:
    """Cues in the time of the present recording, as the film shows them, and what a version keeps aside."""
    film = session.scalar(select(Film).where(Film.video_id == video.id, Film.number == video.film))
    change = Change(
        before=Edit(),
        after=Edit.read(film.edit) if film else Edit(),
        is_same_original=True,
        timing=Timing.SAME,
        shift_ms=None,
        original_ms=ENDLESS,
        film_ms=video.duration_ms or ENDLESS,
    )
    track, left = moved_cues(cues, (), change)
    return track.cues, [entry.plain() for entry in left]


def moved_cues(
    cues: tuple[Cue, ...], aside: Iterable[Timed], change: Change, *, are_shapes: bool = False
) -> tuple[TextTrack, list[Timed]]:
    """The cues in the new film and those set aside; pure, for `move_all` and its tests.

    Shapes are cut where the films are, so that one lies at the same place over the same picture.
    """
    kept = list(aside)
    if are_shapes:
        cues = _cut_shapes(cues, {entry.seen for entry in kept}, change.before)
    timed = _whole(_timed(cues, change.before), kept)
    placed: list[Cue] = []
    left: list[Timed] = []
    for there in _there(timed, change, are_shapes=are_shapes):
        (done,) = moves((there.cue,), change.after.time_map(ENDLESS, there.source).span)
        if done.after is not None:
            placed.append(_held(done.after, change.film_ms))
        if done.after is None or done.is_shortened:
            left.append(replace(there, seen=placed[-1] if done.after else None))
    stay = tuple(Move(cue, cue) for cue in placed)
    return moved(TextTrack(), stay), left


def _there(timed: list[Timed], change: Change, *, are_shapes: bool) -> list[Timed]:
    """What is to be placed, in the time of the new original; shapes in pieces that are shown whole or not."""
    if not are_shapes:
        return [_in_new_original(entry, change) for entry in timed]
    whole = _joined(timed)
    if not change.is_same_original:
        ours = _borders(change.between_originals)
        pieces = [piece for entry in whole for piece in _pieces(entry, () if entry.source else ours)]
        whole = _joined([_in_new_original(piece, change) for piece in pieces])
    return [
        piece
        for entry in whole
        for piece in _pieces(entry, _borders(change.after.time_map(ENDLESS, entry.source)))
    ]


def _joined(timed: list[Timed]) -> list[Timed]:
    """Pieces of shapes that come from one recording and go on in each other, as one."""
    return [
        Timed(cue, source)
        for source in dict.fromkeys(entry.source for entry in timed)
        for cue in layer_pieces.joined(entry.cue for entry in timed if entry.source == source)
    ]


def _pieces(entry: Timed, borders: Iterable[int]) -> list[Timed]:
    return [Timed(cue, entry.source) for cue in layer_pieces.cut(entry.cue, borders)]


def _borders(way: TimeMap) -> set[int]:
    return {moment for each in way.stretches for moment in (each.old, each.old_end)}


def _cut_shapes(cues: tuple[Cue, ...], cut_before: set[Cue | None], edit: Edit) -> tuple[Cue, ...]:
    """Shapes of a film cut where it changes from one part of a recording to another."""
    ways = (edit.time_map(ENDLESS, source).inverse() for source in ("", *edit.sources))
    borders = {moment for way in ways for moment in _borders(way)}
    return tuple(
        piece for cue in cues for piece in ((cue,) if cue in cut_before else layer_pieces.cut(cue, borders))
    )


def served_tracks(session: Session, video: Video) -> list[Track]:
    """Those that are served. All are held, those being worked on too, so that what somebody saves meanwhile
    is moved as well or comes after.
    """
    asked = select(Track).where(Track.video_id == video.id).order_by(Track.id)
    held = session.scalars(asked.with_for_update().execution_options(populate_existing=True))
    return [row for row in held if row.current]


def _move_track(
    session: Session, video: Video, row: Track, change: Change, author_id: int | None, now: datetime
) -> Moved:
    version = session.scalars(
        select(TrackVersion).where(TrackVersion.track_id == row.id, TrackVersion.number == row.current)
    ).one()
    read = captions.read(version.document.encode(), format="vtt")
    aside = [Timed.read(kept) for kept in version.aside]
    are_shapes = row.kind is TrackKind.METADATA
    track, left = moved_cues(read.cues, aside, change, are_shapes=are_shapes)
    kept = replace(read, cues=track.cues, kind=KINDS[row.kind.value], repairs=(), dropped=())
    if kept.cues != read.cues or left != aside or not change.is_same_original:
        tracks.keep_moved(session, video, row, kept, [entry.plain() for entry in left], author_id, now)
    else:
        version.film = video.film
    shortened = sum(1 for entry in left if entry.seen)
    hidden_before = sum(1 for entry in aside if entry.seen is None)
    hidden = len(left) - shortened
    returned = max(0, hidden_before - hidden)
    return Moved(row.kind.value, row.language, len(kept.cues), shortened, hidden, returned)


def _timed(cues: tuple[Cue, ...], edit: Edit) -> list[Timed]:
    """The cues of a film in the times of the recordings that they belong to by their start."""
    ways = {source: edit.time_map(ENDLESS, source).inverse() for source in ("", *edit.sources)}
    found = []
    for cue in cues:
        source = edit.source_at(cue.start, ENDLESS)
        span = ways[source].span(cue.start, max(cue.end, cue.start + 1))
        start, end = span if span else (cue.start, cue.end)
        found.append(Timed(replace(cue, start=start, end=max(end, start), line=0), source, cue))
    return found


def _whole(timed: list[Timed], aside: list[Timed]) -> list[Timed]:
    """The cues of a film with those that it left out; one that it showed cut short is whole again.

    A cue that somebody changed since is taken as it is now.
    """
    cut = {entry.seen: entry for entry in aside if entry.seen is not None}
    present = [cut.get(entry.seen, entry) if entry.seen else entry for entry in timed]
    return [*present, *(entry for entry in aside if entry.seen is None)]


def _in_new_original(entry: Timed, change: Change) -> Timed:
    """The cue in the time of the new original; one that it does not hold stays in that of the old one."""
    if change.is_same_original:
        return entry
    if entry.source:
        is_ours = entry.source == change.original_after
        return replace(entry, source="") if is_ours else entry
    span = change.between_originals.span(entry.cue.start, entry.cue.end)
    if span is None:
        return replace(entry, source=change.original_before, seen=None)
    return replace(entry, cue=replace(entry.cue, start=span[0], end=span[1]))


def _held(cue: Cue, film_ms: int) -> Cue:
    """A last cue that reaches a moment past the new film ends with it."""
    return replace(cue, end=film_ms) if cue.start < film_ms < cue.end else cue


def _move_questions(
    session: Session, video: Video, change: Change, now: datetime
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Questions about a moment get a version with the moved window; an open attempt keeps the one it has."""
    went, gone = [], []
    earlier = _earlier_films(session, video)
    for question in moment_questions(session, video):
        newest = questions.latest(session, question.id)
        if newest is None:
            continue
        item = questions.keyed(session, {newest.id})[newest.id].item
        if not isinstance(item.key, Window):
            continue
        way = _way(change, _told_in(earlier, newest, question.uid))
        span = way.span(item.key.start, item.key.end) if way else None
        if span is None or span[0] >= span[1]:
            gone.append(question.uid)
        elif span != (item.key.start, item.key.end):
            questions.keep_window(session, item, Window(*span), now=now, author_id=newest.created_by)
            went.append(question.uid)
    return tuple(went), tuple(gone)


def _earlier_films(session: Session, video: Video) -> list[Film]:
    """The films that were shown before the present one, the newest first."""
    asked = select(Film).where(
        Film.video_id == video.id, Film.state == FilmState.SHOWN, Film.number < video.film
    )
    return list(session.scalars(asked.order_by(Film.number.desc())))


def _told_in(films: list[Film], version: QuestionVersion, uid: str) -> Film | None:
    """The film whose time a window tells: where a film left its moment out, it stayed as it was before."""
    for film in films:
        is_left_out = uid in film.moved.get("questions_gone", ())
        if not is_left_out or (film.shown_at is not None and version.created_at > film.shown_at):
            return film
    return None


def _way(change: Change, film: Film | None) -> TimeMap | None:
    """From the time of an earlier film to that of the new one; None where nothing is known of it."""
    edit = Edit.read(film.edit) if film else change.before
    if film and film.original_sha256 != change.original_before:
        return None
    there = edit.time_map(ENDLESS).inverse().then(change.between_originals)
    return there.then(change.after.time_map(ENDLESS))


def moment_questions(session: Session, video: Video) -> list[Question]:
    """The questions that ask for a moment of this video."""
    asked = select(Question).where(Question.kind == "moment", Question.archived_at.is_(None))
    found = []
    for question in session.scalars(asked.order_by(Question.uid)):
        newest = questions.latest(session, question.id)
        if newest is not None and newest.body.get("video") in (video.code, video.slug):
            found.append(question)
    return found


def _plain(cue: Cue) -> list[Any]:
    return [cue.start, cue.end, cue.text, cue.identifier, cue.settings]
