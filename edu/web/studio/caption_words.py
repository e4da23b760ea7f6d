"""The words for captions in the studio: what rules find, what reading mended and lost, how far work is."""

from __future__ import annotations

from dataclasses import dataclass, replace

import captions.errors
from captions import DropCode, Dropped, Problem, Repair, RepairCode
from captions.findings import DROPS, REPAIRS
from edu.models import JobState
from edu.services.texts import making
from edu.services.texts.making import Work
from edu.web.studio import menu
from edu.web.studio.menu import Studio
from edu.web.words import gettext as _


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
