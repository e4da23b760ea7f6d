"""Downloads: the words of a video as a file to take along, written from the track that is served."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

import captions
from captions import chapters
from captions.transcript import plain_text, transcript
from edu.errors import NotFound
from edu.models import Audience, TrackKind
from edu.policy import Action, Viewer, require
from edu.services import players, reviews, videos
from edu.services.texts import tracks

TYPES = {"vtt": "text/vtt", "srt": "application/x-subrip", "txt": "text/plain"}


@dataclass(frozen=True, slots=True)
class Words:
    """A track's text as a file: its name, and what it is made of. `mark` changes whenever the file does."""

    name: str
    content_type: str
    mark: str
    is_public: bool
    document: str
    steps: str  # the document of the chapters that head the paragraphs, or empty
    is_chapters: bool = False  # the document itself is one of chapters

    def data(self) -> bytes:
        """The file. The text of what is said has times and speakers, its steps are headings."""
        ending = self.name.rpartition(".")[2]
        if ending == "vtt":
            return self.document.encode()
        track = _read(self.document)
        if self.is_chapters:
            track = replace(track, kind=captions.TrackKind.CHAPTERS)
        if ending != "txt" or self.is_chapters:
            return captions.write(track, ending)
        steps = chapters.of(_read(self.steps)) if self.steps else ()
        return plain_text(transcript(track, steps), steps, times=True).encode()


def words(
    session: Session, viewer: Viewer, slug: str, kind: str, language: str, ending: str, *, today: date
) -> Words:
    """The file of a track of the video; NotFound, or GateClosed for what is for professionals.

    Forbidden while the film is closed to new learners, as on its page.
    """
    video = videos.named(session, slug)
    require(viewer, Action.READ, video)
    if video.audience is Audience.PRO:
        reviews.require_film_open(session, viewer, video.id, today)
    current = tracks.of_video(session, video.id)
    entry = next((e for e in current if (e.track.kind.value, e.track.language) == (kind, language)), None)
    if entry is None or ending not in TYPES:
        raise NotFound("there is no such file")
    is_headed = ending == "txt" and entry.track.kind is not TrackKind.CHAPTERS
    steps = players.best(current, (TrackKind.CHAPTERS,), language) if is_headed else None
    parts = [(each.track.id, each.track.current) for each in (entry, steps) if each]
    return Words(
        name=f"{slug}.{language}.{ending}",
        content_type=f"{TYPES[ending]}; charset=utf-8",
        mark=f"{ending}-" + "-".join(f"{track}.{version}" for track, version in parts),
        is_public=video.is_published and video.audience is Audience.OPEN,
        document=entry.document,
        steps=steps.document if steps else "",
        is_chapters=entry.track.kind is TrackKind.CHAPTERS,
    )


def _read(document: str) -> captions.TextTrack:
    return captions.read(document.encode(), format="vtt")
