"""The words about closed questions, as far as they are released: marks, right answers, why, what to watch."""

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
from edu.services.quizzing.views import solution
from edu.services.quizzing.views.feedback import ClipView, FeedbackView, OptionNote, SourceLink
from quizzes import Item, Kind, Outcome, QuizError, undisguise
from quizzes.kinds.choice import Choice, Choices

__all__ = [
    "ClipView",
    "FeedbackView",
    "OptionNote",
    "Secrets",
    "SourceLink",
    "feedback",
    "mark_alone",
    "right_options",
    "secrets_of",
    "withheld",
]


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


def feedback(
    slot: AttemptSlot,
    response: Any,
    grading: Grading | None,
    known: Secrets,
    *,
    certainty: int | None = None,
    is_unsure: bool = False,
    is_corrected: bool = False,
    duration_ms: int = 0,
) -> FeedbackView:
    """The words about one closed question. Its mark is the one written down, not one worked out again.

    `certainty` is what is kept beside the answer. `is_corrected`: its key was put right since. `duration_ms`
    is the length of the film that a moment was looked for in.
    """
    keyed = known.items[slot.question_version_id]
    item, outcome = keyed.item, marking.outcome_of(keyed, slot, response, certainty)
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
        is_corrected=is_corrected,
        overall=item.feedback.overall(fraction) if response is not None else "",
        is_harmful=outcome.harmful,
        is_unsure=is_unsure,
        solution=solution.of(item, _in_own_words(item, slot, response), duration_ms),
    )


def mark_alone(slot: AttemptSlot, response: Any, grading: Grading | None, *, critical: bool) -> FeedbackView:
    """Whether the answer was right, and nothing of the key: it is not even loaded."""
    fraction = grading.fraction if grading else 0.0
    return _bare(slot, _word(response, fraction), fraction, grading, critical=critical)


def withheld(slot: AttemptSlot, grading: Grading | None, *, critical: bool) -> FeedbackView:
    """Nothing but that the question is closed; what it earned is in the view for the sum alone."""
    return _bare(slot, "", grading.fraction if grading else 0.0, grading, critical=critical)


def _bare(
    slot: AttemptSlot, outcome: str, fraction: float, grading: Grading | None, *, critical: bool
) -> FeedbackView:
    return FeedbackView(
        outcome=outcome,
        fraction=fraction,
        earned=round(fraction * slot.max_mark, 2),
        possible=slot.max_mark,
        text="",
        options=(),
        certainty_mark=grading.certainty_mark if grading else None,
        grade="",
        references=(),
        clip=None,
        is_critical=critical,
    )


def right_options(item: Item) -> frozenset[str]:
    """The ids of the options that the key holds to be right, for the kinds that have such."""
    if item.kind not in solution.CHOSEN_FROM:
        return frozenset()
    key = item.key.plain()["key"]
    if isinstance(key, bool):
        return frozenset({"true" if key else "false"})
    return frozenset([key] if isinstance(key, str) else key)


def _word(response: Any, fraction: float) -> str:
    if response in (None, []) and not fraction:
        return "unanswered"
    if math.isclose(fraction, 1):
        return "right"
    return "partly" if fraction > 0 else "wrong"


def _in_own_words(item: Item, slot: AttemptSlot, response: Any) -> Any:
    """The response with the document's ids; None for one that a corrected key would no longer take."""
    try:
        own = undisguise(item.kind, response, slot.option_order)
        if own is not None:
            item.key.mark(item, own)
    except QuizError:
        return None
    return own


def _notes(item: Item, slot: AttemptSlot, outcome: Outcome) -> tuple[OptionNote, ...]:
    if item.kind not in solution.CHOSEN_FROM:
        return ()
    said = {remark.about: remark.text for remark in outcome.feedback if remark.about}
    right = right_options(item)
    if item.kind is Kind.TRUEFALSE:
        return tuple(OptionNote(word, word in right, said.get(word, "")) for word in ("true", "false"))
    harmful = frozenset(item.key.plain().get("harmful", ()))
    worth = dict(item.key.weights) if isinstance(item.key, Choice | Choices) else {}
    return tuple(
        OptionNote(
            str(place),
            identifier in right or worth.get(identifier, 0.0) >= 1,
            said.get(identifier, ""),
            identifier in harmful,
            is_partly=identifier not in right and 0 < worth.get(identifier, 0.0) < 1,
        )
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
            url = f"/videos/{video.slug}?t={start / 1000:g},{end / 1000:g}"
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
