"""The words for work on a video: what happens, how long it will take, since when, and what stops it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services import workshop
from edu.services.videos import Standing
from edu.services.workshop import Disk
from edu.web.studio import tooling
from edu.web.wording import problem_sentence
from edu.web.words import gettext as _
from edu.web.words import ngettext

QUIET = timedelta(seconds=10)
"""A worker that was heard of since is not worth a word."""


CANCELLED = "cancelled"
"""The code of a problem that somebody wished for."""


@dataclass(frozen=True, slots=True)
class Badge:
    """The state as a badge has it: `state` gives the colour, none for a word that it does not know."""

    state: str
    label: str


def badge(standing: Standing) -> Badge:
    """The state of a video in a word or two; of work that only waits, that it waits."""
    if is_cancelled(standing):
        return Badge(CANCELLED, _("Cancelled"))
    if standing.is_over or standing.place is None:
        return Badge(standing.state.value, state_words()[standing.state.value])
    if standing.is_without_room:
        return Badge(standing.state.value, _("Waiting for room"))
    return Badge(standing.state.value, _("Waiting for its turn"))


def is_cancelled(standing: Standing) -> bool:
    """Whether the work ended because somebody cancelled it, which is no fault."""
    return standing.is_over and standing.problem.get("code") == CANCELLED


def state_words() -> dict[str, str]:
    """The states as badges say them."""
    return {
        "received": _("Received"), "checking": _("Being checked"), "watchable": _("Watchable"),
        "improving": _("Being improved"), "ready": _("Ready"), "failed": _("Failed"),
    }  # fmt: skip


def told(standing: Standing, sentence: str) -> str:
    """The state in a sentence, with what is wrong, what it waits for or how long it will take."""
    if is_cancelled(standing):
        return _("The work was cancelled.")
    if standing.is_over:
        return problem_sentence(standing.problem) if standing.problem else _(sentence)
    if standing.is_without_room:
        return _("It waits for room on the disk and then goes on by itself.")
    if standing.is_stalled:
        return _("Its worker has fallen silent. The work will be begun anew.")
    if standing.place is not None:
        return _waiting(standing)
    if standing.seconds_left is None:
        return _(sentence)
    left = standing.seconds_left
    time = _("%(n)s s", n=left) if left < 90 else _("%(n)s min", n=-(-left // 60))
    return _("%(state)s About %(time)s left.", state=_(sentence), time=time)


def signs(standing: Standing, now: datetime) -> str:
    """Since when the state holds, and when its worker was last heard of where that is long ago."""
    since = _("In this state for %(time)s.", time=span(now - standing.since))
    if standing.progress is None or standing.last_sign is None or now - standing.last_sign < QUIET:
        return since
    last = _("Last sign of life of the worker %(time)s ago.", time=span(now - standing.last_sign))
    return f"{since} {last}"


def notices(house: Runtime, viewer: Viewer, now: datetime) -> tuple[str, ...]:
    """What stops the work of the whole site, for the head of every studio page.

    Administrators read what to do. Costs one system call and one or two small queries, and once a minute a
    look for the program that converts.
    """
    found = (_notice(house, viewer, now), tooling.notice(house, viewer, now))
    return tuple(words for words in found if words)


def _notice(house: Runtime, viewer: Viewer, now: datetime) -> str:
    disk = workshop.disk_of(house.settings.data_dir)
    with house.db.reading() as session:
        found = workshop.outlook(session, disk, now)
    if found.is_without_room:
        lead = _("The disk of this site is full: videos wait, and are worked on as soon as there is room.")
        remedy = _room(house, disk)
    elif found.is_without_worker:
        lead = _("No worker is running: uploaded videos wait.")
        remedy = _("Start one with `edu worker`, or start the site with `edu run`.")
    else:
        return ""
    return f"{lead} {remedy if viewer.is_administrator else _('Tell an administrator. Nothing is lost.')}"


def _room(house: Runtime, disk: Disk) -> str:
    if disk.has_room_for():
        return _("Make room where the worker keeps its files, for here there is some.")
    return _(
        "Make room under %(folder)s, or move it to a larger disk: %(free)s MB are free, "
        "%(reserve)s MB are kept for what people do.",
        folder=house.settings.data_dir,
        free=disk.free // 1_000_000,
        reserve=disk.reserve // 1_000_000,
    )


def span(time: timedelta) -> str:
    """A length of time by its largest unit: 12 s, 3 min, 5 h, 2 days."""
    seconds = max(0, round(time.total_seconds()))
    if seconds < 90:
        return _("%(n)s s", n=seconds)
    if seconds < 90 * 60:
        return _("%(n)s min", n=round(seconds / 60))
    if seconds < 48 * 3600:
        return _("%(n)s h", n=round(seconds / 3600))
    return ngettext("%(num)s day", "%(num)s days", round(seconds / 86400))


def _waiting(standing: Standing) -> str:
    """Not what is done when its turn has come: nothing is being done."""
    lead = _("It can be watched already.") if standing.is_playable else ""
    if standing.place:
        words = ngettext("Waiting: %(num)s before it.", "Waiting: %(num)s before it.", standing.place)
    else:
        words = _("Its turn is next.")
    return f"{lead} {words}".strip()
