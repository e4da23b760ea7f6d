"""Pages: a film to lay a recording beside, and one recording with its film."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from edu.models import Audience, HandIn, Video
from edu.policy import Action, Viewer, can
from edu.services import players
from edu.services.delivery import Addresses
from edu.services.hand_ins import access, lists, ratings, receiving, remarks
from edu.services.hand_ins.lists import HandInRow
from edu.services.hand_ins.ratings import OwnRating, RatedBy
from edu.services.hand_ins.receiving import Room
from edu.services.hand_ins.remarks import Remark
from edu.services.players import ChapterView, PlayerView


@dataclass(frozen=True, slots=True)
class BesidePage:
    """A film, and what a page needs to lay one's own recording beside it. `room` is None for strangers."""

    title: str
    slug: str
    language: str
    is_gated: bool
    player: PlayerView
    step: str
    checklists: tuple[RatedBy, ...]
    room: Room | None


@dataclass(frozen=True, slots=True)
class HandInPage:
    """A recording with its film. The recording shows at `own_ms` what the film shows at `film_ms`.

    `is_recut`: the film was cut anew since, so that the two may have to be laid together again. `player` is
    None where the film may not be seen any more.
    """

    row: HandInRow
    video_title: str
    video_url: str
    language: str
    player: PlayerView | None
    step: str
    own_ms: int
    film_ms: int
    bytes: int
    seen: str
    is_recut: bool
    remarks: tuple[Remark, ...]
    checklists: tuple[RatedBy, ...]
    rating: OwnRating | None
    own_ratings: tuple[OwnRating, ...]  # from which the learner may choose that of the recording


def beside(session: Session, viewer: Viewer, slug: str, step: str, addresses: Addresses) -> BesidePage:
    """The film of that name with its steps; NotFound, or GateClosed for what is for professionals."""
    video = receiving.film_for(session, viewer, slug)
    player = players.screening(session, video, addresses, language=video.language).player
    return BesidePage(
        title=video.title,
        slug=video.slug,
        language=video.language,
        is_gated=video.audience is Audience.PRO,
        player=player,
        step=step if _chapter(player.chapters, step) else "",
        checklists=ratings.checklists_of(session, viewer, video),
        room=receiving.room_of(session, viewer.user_id) if viewer.user_id is not None else None,
    )


def page(session: Session, viewer: Viewer, hand_in_id: str, addresses: Addresses) -> HandInPage:
    """One's own recording, with what was said to it; NotFound for anybody else's."""
    row = access.own(session, viewer, hand_in_id)
    return _page(session, viewer, row, session.get_one(Video, row.video_id), addresses, is_named=False)


def judging(session: Session, viewer: Viewer, hand_in_id: str, addresses: Addresses) -> HandInPage:
    """A recording that was handed in to the viewer; NotFound for any other."""
    row, video = access.judged(session, viewer, hand_in_id)
    return _page(session, viewer, row, video, addresses, is_named=True)


def _page(
    session: Session, viewer: Viewer, row: HandIn, video: Video, addresses: Addresses, *, is_named: bool
) -> HandInPage:
    told = lists.row(session, row, is_named=is_named)
    player = None
    if can(viewer, Action.READ, video):
        player = players.screening(session, video, addresses, language=video.language).player
    return HandInPage(
        row=told,
        video_title=video.title,
        video_url=f"/videos/{video.slug}",
        language=video.language,
        player=player,
        step=row.step,
        own_ms=row.own_ms,
        film_ms=row.film_ms,
        bytes=row.bytes,
        seen=str(row.consent.get("seen", "")),
        is_recut=row.film != video.film,
        remarks=remarks.of(session, viewer, row.id),
        checklists=ratings.checklists_of(session, viewer, video),
        rating=ratings.attached(session, row),
        own_ratings=() if is_named else ratings.of_learner(session, row.user_id, video),
    )


def _chapter(chapters: Iterable[ChapterView], step: str) -> bool:
    return any(chapter.id == step for chapter in chapters)
