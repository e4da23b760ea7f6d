"""Whether the program that converts videos is there and what it cannot do, for the studio's pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock

from edu.policy import Viewer
from edu.runtime import Runtime
from edu.web.wording import sentence_for
from edu.web.words import gettext as _
from media import MediaError
from media.running.features import Lack, lacking
from media.running.tools import examine, find_ffmpeg

KEPT_FOR = timedelta(minutes=1)
"""A program that is put right, or taken away, is noticed so much later at most."""


@dataclass(frozen=True, slots=True)
class Tooling:
    """What was found: the error that stops all work, else what is off."""

    error: MediaError | None
    fatal: tuple[Lack, ...] = ()
    off: tuple[Lack, ...] = ()

    @property
    def is_usable(self) -> bool:
        """Whether videos can be processed at all."""
        return self.error is None and not self.fatal


_found: dict[str, tuple[datetime, Tooling]] = {}
_looking = Lock()


def tooling(house: Runtime, now: datetime) -> Tooling:
    """What is known of this machine's ffmpeg, looked at once a minute.

    One thread looks; the others go on with what was known, for a program that hangs takes its time.
    """
    configured = house.settings.ffmpeg
    known = _found.get(configured)
    if known is not None and abs(now - known[0]) < KEPT_FOR:
        return known[1]
    if not _looking.acquire(blocking=known is None) and known is not None:
        return known[1]
    try:
        known = _found.get(configured)
        if known is None or abs(now - known[0]) >= KEPT_FOR:
            known = _found[configured] = (now, _look(configured))
        return known[1]
    finally:
        _looking.release()


def notice(house: Runtime, viewer: Viewer, now: datetime) -> str:
    """Why no video can be processed, for the head of every studio page; empty while all is well.

    Administrators read what to do.
    """
    found = tooling(house, now)
    if found.is_usable:
        return ""
    lead = _("The program that converts videos (ffmpeg) is missing or cannot be used.")
    if not viewer.is_administrator:
        return f"{lead} {_('Tell an administrator. Nothing is lost.')}"
    why = sentence_for(found.error) if found.error else _(
        "What is wrong: %(what)s. Name another one by EDU_FFMPEG; `edu doctor` tells more.",
        what=_told(found.fatal),
    )  # fmt: skip
    return f"{lead} {why}"


def upload_notes(house: Runtime, viewer: Viewer, now: datetime) -> tuple[str, ...]:
    """What whoever uploads should know of it: that nothing is processed; for administrators, what is off."""
    found = tooling(house, now)
    if not found.is_usable:
        return (
            _("No video can be processed at the moment. What you upload is kept; try its work again later."),
        )
    if not found.off or not viewer.is_administrator:
        return ()
    return (_("Off on this site: %(off)s. `edu doctor` tells more.", off=_told(found.off)),)


def _told(lacks: tuple[Lack, ...]) -> str:
    return "; ".join(_(lack.template, **lack.parameters) for lack in lacks)


def _look(configured: str) -> Tooling:
    try:
        ffmpeg = examine(find_ffmpeg(Path(configured) if configured else None))
    except MediaError as error:
        return Tooling(error)
    lacks = lacking(ffmpeg)
    fatal = tuple(lack for lack in lacks if lack.is_fatal)
    return Tooling(None, fatal, tuple(lack for lack in lacks if not lack.is_fatal))
