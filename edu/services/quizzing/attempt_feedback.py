"""What a learner reads about a closed question: its mark, the right answer, why, and the step to watch."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.models import AttemptSlot, Grading, Reference, Step, Video
from edu.policy import Action, Viewer, can
from edu.services.quizzing import marking, questions
from edu.services.quizzing.questions import Keyed
from quizzes import Item, Kind, Outcome


@dataclass(frozen=True, slots=True)
class ClipView:
    """The seconds of a video that show a step."""

    url: str
    title: str
    start_ms: int
    end_ms: int
    step: str


@dataclass(frozen=True, slots=True)
class SourceLink:
    """A reference of the explanation."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class OptionNote:
    """What is said about one option when the answer is in."""

    id: str
    is_right: bool
    note: str


@dataclass(frozen=True, slots=True)
class FeedbackView:
    """What the learner reads after answering; `outcome` is right, partly, wrong or unanswered.

    `fraction` is exact, `earned` rounded for reading; `is_corrected` when the key was put right since.
    """

    outcome: str
    fraction: float
    earned: float
    possible: float
    text: str
    options: tuple[OptionNote, ...]
    certainty_mark: int | None
    grade: str
    references: tuple[SourceLink, ...]
    clip: ClipView | None
    is_critical: bool
    is_corrected: bool


@dataclass(frozen=True, slots=True)
class Secrets:
    """What may be shown of closed questions: items with their keys, clips by step and sources by key."""

    items: Mapping[int, Keyed]
    clips: Mapping[str, ClipView]
    sources: Mapping[str, SourceLink]


def secrets_of(
    session: Session, viewer: Viewer, version_ids: Collection[int], course_id: int | None
) -> Secrets:
    """Everything the feedback on these question versions needs; three statements, none without versions."""
    if not version_ids:
        return Secrets({}, {}, {})
    items = questions.keyed(session, version_ids)
    steps = {keyed.item.evidence for keyed in items.values() if keyed.item.evidence}
    keys = {key for keyed in items.values() for key in keyed.item.references}
    return Secrets(items, _clips(session, viewer, steps), _sources(session, keys, course_id))


def feedback(slot: AttemptSlot, response: Any, grading: Grading | None, known: Secrets) -> FeedbackView:
    """The words about one closed question. Its mark is the one written down, not one worked out again."""
    keyed = known.items[slot.question_version_id]
    item, outcome = keyed.item, marking.outcome_of(keyed, slot, response)
    fraction = grading.fraction if grading else outcome.fraction
    return FeedbackView(
        outcome=_word(response, fraction),
        fraction=fraction,
        earned=round(fraction * slot.max_mark, 2),
        possible=slot.max_mark,
        text=item.feedback.why,
        options=_notes(item, slot, outcome),
        certainty_mark=grading.certainty_mark if grading else outcome.certainty_mark,
        grade=item.strength.value if item.strength else "",
        references=tuple(known.sources[key] for key in item.references if key in known.sources),
        clip=known.clips.get(item.evidence or ""),
        is_critical=item.critical,
        is_corrected=grading is not None and grading.key_number > 0,
    )


def right_options(item: Item) -> frozenset[str]:
    """The ids of the options that the key holds to be right, for the kinds that have such."""
    key = item.key.plain().get("key")
    if isinstance(key, bool):
        return frozenset({"true" if key else "false"})
    return frozenset([key] if isinstance(key, str) else key or ())


def _word(response: Any, fraction: float) -> str:
    if response in (None, []) and not fraction:
        return "unanswered"
    if math.isclose(fraction, 1):
        return "right"
    return "partly" if fraction > 0 else "wrong"


def _notes(item: Item, slot: AttemptSlot, outcome: Outcome) -> tuple[OptionNote, ...]:
    said = {remark.about: remark.text for remark in outcome.feedback if remark.about}
    right = right_options(item)
    if item.kind is Kind.TRUEFALSE:
        return tuple(OptionNote(word, word in right, said.get(word, "")) for word in ("true", "false"))
    return tuple(
        OptionNote(str(place), identifier in right, said.get(identifier, ""))
        for place, identifier in enumerate(slot.option_order, start=1)
    )


def _clips(session: Session, viewer: Viewer, steps: set[str]) -> dict[str, ClipView]:
    asked = (
        select(Step, Video)
        .join(Video, Video.id == Step.video_id)
        .where(Step.identifier.in_(steps), Step.start_ms.is_not(None), Video.version != "")
    )
    clips = {}
    for step, video in session.execute(asked):
        if can(viewer, Action.READ, video):
            start, end = step.start_ms or 0, step.end_ms or 0
            url = f"/videos/{video.slug}#t={start / 1000:g},{end / 1000:g}"
            clips[step.identifier] = ClipView(url, step.title, start, end, step.identifier)
    return clips


def _sources(session: Session, keys: set[str], course_id: int | None) -> dict[str, SourceLink]:
    """References by key, of the quiz's own course: another may use the same key for another work."""
    asked = select(Reference).where(Reference.key.in_(keys)).order_by(Reference.course_id.desc())
    if course_id is not None:
        asked = asked.where(Reference.course_id == course_id)
    found = {}
    for row in session.scalars(asked):
        words = [part for part in (row.authors, row.year) if part]
        address = str(row.fields.get("link", ""))
        url = address if address.startswith(("https://", "http://")) else ""
        found[row.key] = SourceLink(" ".join(words) or row.title, url)
    return found
