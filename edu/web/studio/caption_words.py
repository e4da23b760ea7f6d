"""The words for captions in the studio: what rules find, what reading mended and lost, how far work is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import captions.errors
from captions import Cue, DropCode, Dropped, Problem, Repair, RepairCode
from captions.findings import DROPS, REPAIRS
from edu.models import JobState, TrackKind
from edu.services.texts import making
from edu.services.texts.caption_files import Judged
from edu.services.texts.making import Work
from edu.services.texts.track_losses import Losses
from edu.web.studio import menu
from edu.web.studio.menu import Studio
from edu.web.words import gettext as _
from edu.web.words import ngettext


@dataclass(frozen=True, slots=True)
class ToldWork:
    """Work in words; `state` as badges have it."""

    state: str
    label: str
    message: str
    is_fault: bool


def problem(found: Problem) -> str:
    """The sentence of a problem, its numbers filled in."""
    return _(found.template).format(*found.parameters)


def repair(found: Repair) -> str:
    """What was mended in reading a file."""
    return _(REPAIRS[RepairCode(found.code)])


def loss(found: Dropped) -> str:
    """What was left out in reading a file."""
    return _(DROPS[DropCode(found.code)])


def taken(said: Losses, judged: Judged | None, cues: Sequence[Cue]) -> list[tuple[str, str]]:
    """How a file was taken, in sentences and their kinds: what it lost, what was mended, if it is served.

    `cues` are those of the file; `judged` None: it was opened in the editor, where its problems are told.
    """
    lost = [(_lost(said), "warning")] if said.lost else []
    if judged is not None and judged.errors:
        return [*lost, (_not_served(judged, cues), "warning")]
    if judged is not None and judged.mended:
        words = ngettext(
            "%(num)s caption had an error and was mended before it was served: see below.",
            "%(num)s captions had errors and were mended before they were served: see below.",
            judged.mended,
        )
        return [*lost, (words, "warning")]
    if said.is_changed and not lost:
        lost = [(_changed(said), "warning")]
    if lost or judged is None:
        return lost
    return [(_("The track is saved and served from now on."), "success")]


def _lost(said: Losses) -> str:
    reasons = {
        DropCode.BAD_TIMING: _("this time cannot be read"),
        DropCode.PAST_END: _("it begins after the end of the video"),
    }
    return ngettext(
        "%(num)s of %(total)s captions was left out (line %(line)s: %(why)s).",
        "%(num)s of %(total)s captions were left out (the first in line %(line)s: %(why)s).",
        said.lost, total=said.total, line=said.line, why=reasons[DropCode(said.code)],
    )  # fmt: skip


def _changed(said: Losses) -> str:
    if said.silent:
        return ngettext(
            "%(num)s caption without a word was left out, all others were taken: see below.",
            "%(num)s captions without a word were left out, all others were taken: see below.",
            said.silent,
        )
    return _("All captions were taken, but something else was mended or left out: see below.")


def _not_served(judged: Judged, cues: Sequence[Cue]) -> str:
    """That a person has to look first, and at what."""
    first = judged.errors[0]
    line = cues[first.cue].line if first.cue < len(cues) else 0
    return ngettext(
        "The file is not shown to learners yet: %(num)s of its captions has an error (caption %(n)s, line "
        "%(line)s: %(what)s) Mend it here, then approve the captions.",
        "The file is not shown to learners yet: %(num)s of its captions have errors (the first is caption "
        "%(n)s, line %(line)s: %(what)s) Mend them here, then approve the captions.",
        judged.wrong, n=first.cue + 1, line=line or "–", what=problem(first),
    )  # fmt: skip


def approved(kind: TrackKind) -> str:
    """That a working copy is served now."""
    if kind is TrackKind.SUBTITLES:
        return _("The subtitles are approved and served from now on.")
    if kind is TrackKind.DESCRIPTIONS:
        return _("The descriptions are approved and served from now on.")
    return _("The captions are approved and served from now on.")


def work(found: Work) -> ToldWork:
    """What a worker does for a track, or why it could not."""
    kinds = {
        making.ALIGN: _("The words of the script are being found in the sound."),
        making.RECOGNISE: _(
            "The film is being listened to. What comes out is a draft, to be read by a person."
        ),
        making.RESYNC: _("The captions are being compared with the sound."),
    }
    if found.state is JobState.READY:
        return ToldWork("received", _("Waiting"), _("It waits for its turn."), is_fault=False)
    if found.state is JobState.RUNNING:
        return ToldWork("checking", _("Working"), kinds[found.kind], is_fault=False)
    if found.state is JobState.DONE:
        return ToldWork("ready", _("Done"), _("The captions are ready to be looked at."), is_fault=False)
    if found.state is JobState.CANCELLED:
        return ToldWork("failed", _("Stopped"), _("The work was stopped."), is_fault=False)
    return ToldWork("failed", _("Not made"), _why(found), is_fault=True)


def frame() -> dict[str, Studio]:
    """The frame of the studio, with the labels of the caption pages' fields."""
    studio = menu.studio()["studio"]
    fields = {
        "script": _("Script"), "script_file": _("File with the script"), "source": _("Track to translate"),
        "way": _("What to do"), "shift": _("Seconds later"), "from1": _("First time, as it is"),
        "to1": _("First time, as it should be"), "from2": _("Second time, as it is"),
        "to2": _("Second time, as it should be"), "rate": _("Frame rates"), "anyway": _("Approve"),
        "new-start": _("From"), "new-end": _("To"), "new-text": _("Text"),
    }  # fmt: skip
    return {"studio": replace(studio, fields={**studio.fields, **fields})}


def _why(found: Work) -> str:
    if found.problem == "internal":  # its sentence is for those who keep the site
        return _("Something went wrong on our side. It was noted; please begin again.")
    sentence = captions.errors.SENTENCES.get(found.problem)  # type: ignore[call-overload]
    return _(sentence) if sentence and "{" not in sentence else _(found.sentence)
