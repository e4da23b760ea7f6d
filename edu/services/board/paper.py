"""What of a lesson goes onto paper: its steps with addresses to the second, its cautions, one still."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.courseware.course import CalloutKind
from edu.courseware.marks import parser
from edu.errors import NotFound
from edu.models import Video
from edu.services.board import qr
from edu.services.lessons import LessonPage


@dataclass(frozen=True, slots=True)
class PaperStep:
    """A step on paper: `start_ms` in milliseconds, `address` in full, and the same as a QR code.

    `line` is what the lesson says to do in it, as plain words with grades; "" where it has no line for it.
    """

    number: int
    title: str
    start_ms: int
    address: str
    qr: str
    line: str = ""

    @property
    def clock(self) -> str:
        """Its start as minutes and seconds."""
        minutes, seconds = divmod(self.start_ms // 1000, 60)
        return f"{minutes}:{seconds:02}"


@dataclass(frozen=True, slots=True)
class Still:
    """A picture of the film, and the step in which it lies where that is known."""

    url: str
    step: PaperStep | None


@dataclass(frozen=True, slots=True)
class Paper:
    """What is printed of a lesson beside its text; `cautions` are Markdown. `still` is None without a film.

    `path` is the lesson on the site, `address` the same in full.
    """

    path: str
    address: str
    qr: str
    steps: tuple[PaperStep, ...]
    steps_language: str
    cautions: tuple[str, ...]
    still: Still | None


def paper(session: Session, page: LessonPage, path: str, base_url: str) -> Paper:
    """A lesson, which its reader may read, for paper; `path` is that of the lesson on the site."""
    address = f"{base_url.rstrip('/')}{path}"
    player = page.screening.player if page.screening else None
    told = step_lines(page.body)
    steps = tuple(
        _step(number, chapter.title, chapter.start_ms, address, told.get(chapter.id, ""))
        for number, chapter in enumerate(player.chapters if player else (), 1)
    )
    return Paper(
        path=path,
        address=address,
        qr=qr.code(address),
        steps=steps,
        steps_language=player.chapters_language if player else "",
        cautions=cautions(page.body),
        still=_still(session, page, steps),
    )


def cautions(body: str) -> tuple[str, ...]:
    """The boxes of a lesson that warn, as they stand in it, with their titles."""
    lines, found = body.split("\n"), []
    warning = {f"container_{kind}_open" for kind in (CalloutKind.CAUTION, CalloutKind.EMERGENCY)}
    for token in parser().parse(body):
        if token.type in warning and token.map is not None:
            first, after = token.map
            found.append("\n".join([*lines[first:after], token.markup]))
    return tuple(found)


def step_lines(body: str) -> dict[str, str]:
    """By its id, what the items of a lesson's lists say to do in a step, without the sources.

    An item that names several steps belongs to the first, and of several items of a step the first counts.
    """
    found: dict[str, str] = {}
    depth = 0
    for token in parser().parse(body):
        depth += {"list_item_open": 1, "list_item_close": -1}.get(token.type, 0)
        children = token.children or ()
        named = [child.meta["id"] for child in children if child.type == "step"]
        if depth and named and named[0] not in found:
            said = "".join(_WORDS.get(child.type, child.content) for child in children)
            found[named[0]] = " ".join(said.split())
    return found


# What becomes of a piece of a line on paper; every other is told as it stands, a grade with its letter.
_WORDS = {"step": "", "citation": "", "softbreak": " ", "hardbreak": " "}


def require_film(made: Paper) -> Paper:
    """The same; NotFound for a lesson without steps, of which there is no card."""
    if not made.steps:
        raise NotFound("this lesson has no film, so there is no card of it")
    return made


def _step(number: int, title: str, start_ms: int, address: str, line: str) -> PaperStep:
    there = f"{address}?t={start_ms / 1000:.10g}"
    # the title stands before it already
    rest = line.removeprefix(title).lstrip(" .,:") if line.startswith(title) else line
    return PaperStep(number, title, start_ms, there, qr.code(there), rest[:1].upper() + rest[1:])


def _still(session: Session, page: LessonPage, steps: tuple[PaperStep, ...]) -> Still | None:
    """The poster of the film: of its pictures the one that whoever may watch may have.

    Its moment is known where its maker chose it.
    """
    player = page.screening.player if page.screening else None
    if player is None or player.poster_url is None:
        return None
    moment = session.scalar(select(Video.poster_ms).where(Video.slug == player.slug))
    begun = [step for step in steps if moment is not None and step.start_ms <= moment]
    return Still(player.poster_url, begun[-1] if begun else None)
