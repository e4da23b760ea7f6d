"""Descriptions as they are written: the gaps of a film's speech, how much fits, and what is said in each."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.orm import Session

from captions.making import gaps as gaps_of
from captions.making.gaps import MARGIN_MS, Gap
from captions.webvtt.cuetext import plain_text
from edu.errors import NotFound
from edu.models import Track, TrackKind, Video
from edu.policy import Viewer
from edu.services.texts import checks, described, draft_forms, drafts, making, track_editing
from edu.services.texts.described import DescribedSound
from edu.services.texts.making import Work
from edu.services.texts.rows import Edit, Row
from edu.services.texts.track_editing import typed_time

STEP: Final = 50
"""Gaps on one page."""
LEAST_SHOWN_MS: Final = 1000
"""For so long, at least, a description stands in its track."""
_SAY = re.compile(r"say-([0-9]{1,9})-([0-9]{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Told:
    """A description: its words, how many `fit` until the next one or the end of its gap, and the excess."""

    row: Row
    words: int
    fit: int

    @property
    def too_many(self) -> int:
        """By so many words it is too long; 0: it fits."""
        return max(self.words - self.fit, 0)

    @property
    def typed_start(self) -> str:
        """Its start as a form sends it."""
        return typed_time(self.row.cue.start)

    @property
    def typed_end(self) -> str:
        """Its end as a form sends it."""
        return typed_time(self.row.cue.end)


@dataclass(frozen=True, slots=True)
class GapView:
    """A gap with the descriptions that begin in it, and the words that fit after the last of them.

    A new one would begin at `free_from`, in milliseconds.
    """

    start: int
    end: int
    words: int
    told: tuple[Told, ...]
    free_from: int
    free_words: int

    @property
    def field(self) -> str:
        """The name of the field for one more description."""
        return f"say-{self.free_from}-{self.end}"


@dataclass(frozen=True, slots=True)
class DescribePage:
    """The gaps of a film, from the one numbered `first` on; `elsewhere` are descriptions in no gap.

    `obstacle` is why no described sound can be made now, as a code; empty: it can.
    """

    track_id: int
    video_id: int
    video_title: str
    kind: str
    language: str
    label: str
    revision: int
    served: int
    is_edited: bool
    is_heard: bool
    gaps: tuple[GapView, ...]
    count: int
    first: int
    elsewhere: tuple[Told, ...]
    sound: DescribedSound | None
    was_lost: bool
    obstacle: str
    work: Work | None


def mine(session: Session, viewer: Viewer, track_id: int) -> tuple[Track, Video]:
    """A track of descriptions that the viewer may edit, with its video; NotFound for another kind."""
    track, video = track_editing.mine(session, viewer, track_id)
    if track.kind is not TrackKind.DESCRIPTIONS:
        raise NotFound("there is no such track")
    return track, video


def page(session: Session, viewer: Viewer, track_id: int, *, first: int = 0) -> DescribePage:
    """The page on which a film is described; NotFound, or Forbidden for somebody else's video."""
    track, video = mine(session, viewer, track_id)
    draft = drafts.of(session, track)
    heard = checks.hearing(session, video)
    found = gaps_of.find(heard, language=track.language) if heard else ()
    views, elsewhere = laid(draft.rows, found, track.language)
    why = described.obstacle(session, video, track)
    first = first // STEP * STEP if first < len(views) else 0
    return DescribePage(
        track_id=track.id,
        video_id=video.id,
        video_title=video.title,
        kind=track.kind.value,
        language=track.language,
        label=track.label,
        revision=draft.revision,
        served=track.current,
        is_edited=draft.is_kept,
        is_heard=heard is not None,
        gaps=views[first : first + STEP],
        count=len(views),
        first=first,
        elsewhere=elsewhere,
        sound=described.find(session, video, track),
        was_lost=described.was_lost(session, video, track),
        obstacle=why.code if why else "",
        work=described.work(session, track),
    )


def have_heard(session: Session, viewer: Viewer, track_id: int, now: datetime) -> bool:
    """Promise that the film is listened to, where nobody has yet; False when that was tried in vain."""
    _track, video = mine(session, viewer, track_id)
    if not video.is_playable or checks.hearing(session, video) is not None:
        return True
    return not making.promise_listening(session, video, now).is_over


def laid(
    rows: Sequence[Row], found: Sequence[Gap], language: str
) -> tuple[tuple[GapView, ...], tuple[Told, ...]]:
    """The descriptions laid into the gaps in which they begin, and those that begin in none."""
    pace = gaps_of.pace(language)
    left = deque(sorted(rows, key=lambda row: row.cue.start))
    views: list[GapView] = []
    elsewhere: list[Row] = []
    for gap in found:
        elsewhere += _taken(left, gap.start - MARGIN_MS)
        inside = _taken(left, gap.end)
        ends = [row.cue.start for row in inside[1:]] + [gap.end]
        told = tuple(
            Told(row, _words(row), gaps_of.room(end - row.cue.start, pace))
            for row, end in zip(inside, ends, strict=bool(inside))
        )
        said = [row.cue.start + _length(_words(row), pace) for row in inside]
        free_from = min(max([gap.start, *said]), gap.end)
        free = gaps_of.room(gap.end - free_from, pace)
        views.append(GapView(gap.start, gap.end, gap.words, told, free_from, free))
    elsewhere += left
    return tuple(views), tuple(Told(row, _words(row), 0) for row in elsewhere)


def _taken(left: deque[Row], until: int) -> list[Row]:
    """Take away those that begin before that moment."""
    found = []
    while left and left[0].cue.start < until:
        found.append(left.popleft())
    return found


def typed(form: Mapping[str, str], language: str) -> list[Edit]:
    """The edits that the posted table of gaps means.

    Descriptions that are there come as in `draft_forms.edits`; emptied, they are removed. For one more in a
    gap the form has `say-START-END`, in milliseconds, with its words; `since` is the revision that was seen.
    """
    known = dict(form)
    for name, value in form.items():
        if name.startswith("text-") and not value.strip():
            known["remove-" + name.removeprefix("text-")] = "1"
    since, pace = form.get("since", "0"), gaps_of.pace(language)
    edits = draft_forms.edits(known)
    for name, value in form.items():
        place = _SAY.fullmatch(name)
        if place is None or not value.strip():
            continue
        start, end = int(place[1]), int(place[2])
        length = max(_length(gaps_of.count(plain_text(value)), pace), LEAST_SHOWN_MS)
        made = draft_forms.cue(start, max(min(start + length, end), start + 1), value)
        # the same form sent twice makes one description
        edits.append(draft_forms.edit(f"d{start}-{since}"[:20], 0, made, None))
    return edits


def _words(row: Row) -> int:
    return gaps_of.count(plain_text(row.cue.text))


def _length(words: int, pace: float) -> int:
    """Milliseconds in which so many words are said."""
    return round(words * 60_000 / pace)
