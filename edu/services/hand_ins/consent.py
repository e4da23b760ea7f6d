"""What a learner confirms about the people in a recording, before it leaves the device."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from edu.errors import Invalid, InvalidFields
from edu.services import typed

VERSION = "2026-11-26"
"""Of the words below: a change of them is another version."""


class Seen(StrEnum):
    """Who is seen in the recording; that a patient is seen cannot be said."""

    SELF = "self"
    OTHER = "other"


WORDS = {
    Seen.SELF: "Only my own hands and a practice model are seen and heard.",
    Seen.OTHER: "Another person is seen or heard, who has agreed: I have their written consent.",
}
NO_PATIENT = "No patient is seen or heard in it."
SHOWN_TO = "The makers of this film and the administrators of this site may see it and write to me about it."


def confirmed(seen: str, *, no_patient: bool, now: datetime) -> dict[str, Any]:
    """What is kept of the confirmation: version, choice, the sentences and the time. Invalid without it."""
    faults: list[Invalid] = []
    choice = Seen.SELF
    try:
        choice = typed.word(seen, Seen, "seen")
    except Invalid:
        faults.append(Invalid("Say who is seen in the recording.", code="not_one_of", field="seen"))
    if not no_patient:
        faults.append(
            Invalid(
                "A recording in which a patient is seen or heard cannot be handed in here.",
                code="patient_seen",
                field="no_patient",
            )
        )
    if faults:
        raise InvalidFields(faults)
    return {
        "version": VERSION,
        "seen": choice.value,
        "text": [WORDS[choice], NO_PATIENT, SHOWN_TO],
        "at": now.isoformat(),
    }
