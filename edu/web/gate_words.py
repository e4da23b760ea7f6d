"""The words of the professional gate's pages, in the reader's language."""

from __future__ import annotations

from edu.models import GateMode
from edu.services.gate import Profession
from edu.services.gating.trail import Reason
from edu.web.words import gettext as _


def professions() -> dict[str, str]:
    """What somebody who passes may be."""
    words = {
        Profession.PHYSICIAN: _("Physician"),
        Profession.NURSE: _("Nurse with a licence to give injections"),
        Profession.PHYSICIAN_ASSOCIATE: _("Physician associate or assistant"),
        Profession.PHYSIOTHERAPIST: _("Physiotherapist with a licence to give injections"),
        Profession.OSTEOPATH: _("Osteopath with a licence to give injections"),
        Profession.CHIROPRACTOR: _("Chiropractor with a licence to give injections"),
        Profession.OTHER: _("Another health professional with a licence to give injections"),
        Profession.STUDENT: _("Student under the supervision of one of these"),
    }
    return {kind.value: words[kind] for kind in Profession}


def ways() -> dict[str, str]:
    """The ways through the gate."""
    words = {
        GateMode.DECLARATION: _("By your own declaration"),
        GateMode.CODE: _("With an invitation code"),
        GateMode.INSTITUTION: _("With an address of your institution"),
        GateMode.MANUAL: _("By a request that an administrator looks at"),
    }
    return {mode.value: words[mode] for mode in GateMode}


def reasons() -> dict[str, str]:
    """Why a request is refused, as the person reads it."""
    words = {
        Reason.NOT_FOUND: _("We did not find you in the register that you named."),
        Reason.UNCLEAR: _("What you wrote does not say where you are registered."),
        Reason.NOT_LICENSED: _("The profession that you named gives no injections."),
        Reason.OTHER: _("We could not confirm what you wrote. Please write to us by the contact page."),
    }
    return {reason.value: words[reason] for reason in Reason}
