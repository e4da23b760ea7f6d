"""What the pages about a video's films show: the film to cut, its recording, its history, what it moved."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import Film, Question, Step, User, Video, VideoState
from edu.policy import Action, Facts, Viewer, can
from edu.services import film_lines, film_looks, film_previews, films, players, posters, videos
from edu.services.delivery import Addresses
from edu.services.film_lines import Lines, Recordings
from edu.services.film_moves import Moved
from edu.services.film_previews import Preview
from edu.services.films import FilmRow
from edu.services.players import PlayerView
from edu.services.recordings import Recording, length_of, recording
from edu.services.sources import Source
from edu.services.texts import offers
from edu.services.video_editing import mine
from edu.services.videos import Standing
from media.edit import ORIGINAL, Edit


@dataclass(frozen=True, slots=True)
class Stage:
    """The film that is played while one cuts.

    `pieces` are start and end in the recording, in milliseconds, and whether it is ours. `is_whole`: it is a
    preview of the whole recording, not the film that is shown to people.
    """

    player: PlayerView
    pieces: tuple[tuple[int, int, bool], ...]
    is_whole: bool

    @property
    def length_ms(self) -> int:
        """As far as the stage knows the recording."""
        return max((end for _, end, is_ours in self.pieces if is_ours), default=0)


@dataclass(frozen=True, slots=True)
class Other:
    """Another video whose recording may be joined."""

    slug: str
    title: str
    duration_ms: int


@dataclass(frozen=True, slots=True)
class QuestionLink:
    """A question that was moved or lost its moment; `id` 0: it was removed since, or is not the viewer's."""

    id: int
    uid: str


@dataclass(frozen=True, slots=True)
class FilmView:
    """A film in the history, with what became of all that points into it."""

    row: FilmRow
    author: str
    again: int | None  # the number of the film that it brought back
    is_another_recording: bool  # than the film before
    tracks: tuple[Moved, ...]
    steps_gone: tuple[tuple[str, str], ...]
    questions_moved: tuple[QuestionLink, ...]
    questions_gone: tuple[QuestionLink, ...]
    is_looked_at: bool  # somebody said so; of the film that is shown


@dataclass(frozen=True, slots=True)
class FilmPage:
    """Everything that the page of cutting shows."""

    video_id: int
    title: str
    frame_rate: str
    stage: Stage
    recording: Recording
    recordings: Recordings
    lines: Lines
    sound: int | None
    note: str
    preview: Preview | None
    last_preview: int | None  # one that is there and is not shown
    waiting: FilmRow | None
    standing: Standing
    sentence: str  # of the standing
    films: tuple[FilmView, ...]
    others: tuple[Other, ...]
    can_cut: bool
    has_original: bool


@dataclass(frozen=True, slots=True)
class Extras:
    """What the video's own page shows besides: pictures to choose from, offers, its films."""

    posters: tuple[posters.PosterChoice, ...]
    offers: tuple[offers.OfferRow, ...]
    film_count: int
    waiting: FilmRow | None
    has_original: bool
    needs_a_look: bool
    shown_number: int


def page(
    session: Session,
    viewer: Viewer,
    video_id: int,
    addresses: Addresses,
    now: datetime,
    *,
    preview_id: int | None = None,
) -> FilmPage:
    """The page of cutting a video's film, perhaps with a preview. NotFound, or Forbidden."""
    video = mine(session, viewer, video_id)
    edit = films.edit_of(session, video)
    preview = film_previews.find(session, video, preview_id, addresses) if preview_id else None
    waiting = films.waiting(session, video.id)
    rows = films.rows(session, video)
    draft = preview.draft if preview else _draft(video, waiting, edit)
    recordings = recordings_of(session, viewer, video)
    last = None if preview else film_previews.newest(session, video, addresses)
    return FilmPage(
        video_id=video.id,
        title=video.title,
        frame_rate=video.frame_rate,
        stage=_stage(session, video, edit, preview, addresses),
        recording=recording(video, edit.plain()),
        recordings=recordings,
        lines=film_lines.write(draft, recordings),
        sound=draft.sound,
        note=preview.note if preview else "",
        preview=preview,
        last_preview=last.id if last and last.draft != draft else None,
        waiting=next((row for row in rows if row.is_waiting), None),
        standing=videos.standing(session, video, now),
        sentence=players.state_sentence(video),
        films=_views(session, viewer, video, rows),
        others=_others(session, viewer, video),
        can_cut=video.is_playable and bool(video.original_key),
        has_original=bool(video.original_key),
    )


def extras(session: Session, video: Video, addresses: Addresses) -> Extras:
    """What a video's own page shows of its films, pictures and offers."""
    rows = films.rows(session, video)
    shown = next((row for row in rows if row.is_shown), None)
    return Extras(
        posters=posters.choices(session, video, addresses),
        offers=offers.rows(session, video.id),
        film_count=sum(1 for row in rows if not row.is_waiting),
        waiting=next((row for row in rows if row.is_waiting), None),
        has_original=bool(video.original_key),
        needs_a_look=shown is not None and shown.moved.needs_a_look and not film_looks.is_looked_at(video),
        shown_number=video.film,
    )


def recordings_of(session: Session, viewer: Viewer, video: Video) -> Recordings:
    """The recordings that the lines of this video's film may name, with their lengths."""
    sources, lengths = {}, {ORIGINAL: length_of(video, films.edit_of(session, video).plain())}
    for other, document in _editable(session, viewer):
        own = other.original_sha256 == video.original_sha256
        sources[other.slug] = ORIGINAL if own else other.original_sha256
        if not own:
            lengths[other.original_sha256] = length_of(other, document)
    return Recordings(sources, lengths)


def _draft(video: Video, waiting: Film | None, shown: Edit) -> Edit:
    """What the form begins with: the cut that waits, where it is one of the same recording."""
    is_same = waiting is not None and waiting.original_sha256 == video.original_sha256
    return Edit.read(waiting.edit) if waiting is not None and is_same else shown


def _stage(
    session: Session, video: Video, edit: Edit, preview: Preview | None, addresses: Addresses
) -> Stage:
    """The film that is shown to people, or the whole recording where a preview of it was made."""
    player = players.screening(session, video, addresses, language=video.language).player
    if preview is None or not preview.is_whole or not preview.url:
        length = length_of(video, edit.plain()) or video.duration_ms
        pieces = tuple((each.start, each.end, each.source == ORIGINAL) for each in edit.pieces(length))
        return Stage(player, pieces, is_whole=False)
    length = length_of(video, edit.plain())
    whole = replace(
        player, sources=(Source(preview.url, preview.content_type, video.height),), hls_url=None,
        hls_av1_url=None, storyboard_url=None, frames_url=None, sounds=(), tracks=(), chapters=(),
        duration_ms=length,
    )  # fmt: skip
    return Stage(whole, ((0, length or 24 * 3_600_000, True),), is_whole=True)


def _editable(session: Session, viewer: Viewer) -> Iterable[tuple[Video, Mapping[str, Any]]]:
    """The videos with a recording that the viewer may change, with how their films are cut."""
    asked = (
        select(Video, Film.edit)
        .outerjoin(Film, (Film.video_id == Video.id) & (Film.number == Video.film))
        .where(Video.original_key != "")
        .order_by(Video.title, Video.id)
    )
    if not viewer.is_administrator:
        asked = asked.where(Video.owner_id == viewer.user_id)
    return [(video, document or {}) for video, document in session.execute(asked)]


def _others(session: Session, viewer: Viewer, video: Video) -> tuple[Other, ...]:
    return tuple(
        Other(other.slug, other.title, length_of(other, document))
        for other, document in _editable(session, viewer)
        if other.original_sha256 != video.original_sha256
        and films.may_join(video, other)
        and other.is_playable
        and other.state is not VideoState.FAILED
    )


def _views(session: Session, viewer: Viewer, video: Video, rows: tuple[FilmRow, ...]) -> tuple[FilmView, ...]:
    """The rows with the names of people, steps and questions; three statements, however many there are."""
    authors = {row.author_id for row in rows if row.author_id is not None}
    people = session.scalars(select(User).where(User.id.in_(authors)))
    names = {user.id: user.name for user in people}
    gone = {step for row in rows for step in row.moved.steps_gone}
    steps = session.scalars(select(Step).where(Step.identifier.in_(gone)))
    titles = {step.identifier: step.title for step in steps}
    questions = _questions(session, viewer, rows)
    earlier = {row.number: row for row in rows}
    return tuple(
        FilmView(
            row=row,
            author=names.get(row.author_id or 0, ""),
            again=_again(row, earlier),
            is_another_recording=before is not None and row.sha256 != before.sha256,
            tracks=row.moved.tracks,
            steps_gone=tuple((step, titles.get(step, "")) for step in row.moved.steps_gone),
            questions_moved=tuple(questions[uid] for uid in row.moved.questions_moved),
            questions_gone=tuple(questions[uid] for uid in row.moved.questions_gone),
            is_looked_at=row.is_shown and film_looks.is_looked_at(video),
        )
        for row, before in zip(rows, (*rows, None)[1:], strict=True)
    )


def _again(row: FilmRow, rows: Mapping[int, FilmRow]) -> int | None:
    """A film that was brought back bears the number of the earlier one, which it equals, as its note."""
    number = int(row.note) if row.note.isdecimal() and len(row.note) < 9 else row.number
    found = rows.get(number)
    if found is None or number >= row.number:
        return None
    return number if (found.edit, found.sha256) == (row.edit, row.sha256) else None


def _questions(session: Session, viewer: Viewer, rows: tuple[FilmRow, ...]) -> dict[str, QuestionLink]:
    uids = {uid for row in rows for uid in (*row.moved.questions_moved, *row.moved.questions_gone)}
    found = {uid: QuestionLink(0, uid) for uid in uids}
    for question in session.scalars(select(Question).where(Question.uid.in_(uids))):
        facts = Facts(question.audience, is_published=True, owner_id=question.owner_id)
        if question.archived_at is None and can(viewer, Action.EDIT, facts):
            found[question.uid] = QuestionLink(question.id, question.uid)
    return found
