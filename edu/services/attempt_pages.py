"""An attempt as a page: questions to answer without a word of the key, and results where they may be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

import quizzes
from edu.models import (
    Attempt,
    AttemptSlot,
    AttemptState,
    Audience,
    Grading,
    QuestionVersion,
    Quiz,
    QuizVersion,
    Reference,
    Response,
    Step,
    Video,
)
from edu.policy import Viewer
from edu.services import marking, questions
from edu.services import quizzes as quiz_service
from quizzes import Item, Kind, Mode, Outcome


@dataclass(frozen=True, slots=True)
class OptionView:
    """An option under an id that says nothing about the document."""

    id: str
    label: str


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
    """What the learner reads after answering; `outcome` is right, partly, wrong or unanswered."""

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


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question of the attempt; `feedback` only when it is closed."""

    id: str
    position: int
    number: int
    kind: str
    stem: str
    options: tuple[OptionView, ...]
    chosen: tuple[str, ...]
    certainty: int | None
    asks_certainty: bool
    rev: int
    feedback: FeedbackView | None


@dataclass(frozen=True, slots=True)
class Result:
    """What the whole attempt came to; `certainty` is counted apart from the marks."""

    earned: float
    possible: float
    percent: int
    pass_mark: int
    is_passed: bool
    missed_critical: tuple[int, ...]
    certainty: int | None


@dataclass(frozen=True, slots=True)
class AttemptPage:
    """An attempt, open or closed."""

    id: str
    title: str
    quiz_url: str
    state: str
    mode: str
    number: int
    deadline_at: datetime | None
    is_open: bool
    can_check: bool
    is_claimable: bool
    questions: tuple[QuestionView, ...]
    result: Result | None
    save_url: str
    action: str
    lesson_url: str | None
    lesson_title: str | None


@dataclass(frozen=True, slots=True)
class _Secrets:
    """What only the view of a closed question may hold."""

    items: Mapping[int, questions.Keyed]
    gradings: Mapping[int, Grading]
    clips: Mapping[str, ClipView]
    references: Mapping[str, SourceLink]


def page(session: Session, viewer: Viewer, attempt: Attempt) -> AttemptPage:
    """The attempt as its owner may see it now. Keys are loaded only for the questions that are closed."""
    version = session.get_one(QuizVersion, attempt.quiz_version_id)
    quiz = session.get_one(Quiz, version.quiz_id)
    settings = quiz_service.settings_of(version)
    slots = marking.slots_of(session, attempt.id)
    answers = marking.responses_of(session, attempt.id)
    is_open = attempt.state is AttemptState.OPEN
    closed = {slot for slot in slots.values() if not is_open or slot.checked_at is not None}
    bodies = _bodies(session, {slot.question_version_id for slot in slots.values()})
    known = _secrets(session, viewer, attempt, closed)
    views = tuple(
        _question(number, slot, bodies[slot.question_version_id], answers.get(slot.position),
                  known if slot in closed else None, settings.certainty)
        for number, slot in enumerate(slots.values(), start=1)
    )  # fmt: skip
    lesson = quiz_service.lesson_of(session, quiz)
    return AttemptPage(
        id=attempt.id,
        title=quiz.title,
        quiz_url=f"/quizzes/{quiz.slug}",
        state=attempt.state.value,
        mode=settings.mode.value,
        number=attempt.number,
        deadline_at=attempt.deadline_at,
        is_open=is_open,
        can_check=is_open and settings.mode is Mode.PRACTICE,
        is_claimable=attempt.user_id is None,
        questions=views,
        result=None if is_open else _result(views, settings.pass_mark),
        save_url=f"/attempts/{attempt.id}/answers",
        action=f"/attempts/{attempt.id}",
        lesson_title=lesson[0] if lesson else None,
        lesson_url=lesson[1] if lesson else None,
    )


def slot_id(position: int) -> str:
    """The name of a slot in a page's form."""
    return f"s{position}"


def _bodies(session: Session, version_ids: set[int]) -> dict[int, dict[str, Any]]:
    rows = session.scalars(select(QuestionVersion).where(QuestionVersion.id.in_(version_ids)))
    return {row.id: row.body for row in rows}


def _secrets(session: Session, viewer: Viewer, attempt: Attempt, closed: set[AttemptSlot]) -> _Secrets:
    if not closed:
        return _Secrets({}, {}, {}, {})
    items = questions.keyed(session, {slot.question_version_id for slot in closed})
    marks = select(Grading).where(Grading.attempt_id == attempt.id).order_by(Grading.key_number)
    gradings = {grading.position: grading for grading in session.scalars(marks)}
    steps = {keyed.item.evidence for keyed in items.values() if keyed.item.evidence}
    keys = {key for keyed in items.values() for key in keyed.item.references}
    return _Secrets(items, gradings, _clips(session, viewer, steps), _sources(session, keys))


def _clips(session: Session, viewer: Viewer, steps: set[str]) -> dict[str, ClipView]:
    asked = (
        select(Step, Video)
        .join(Video, Video.id == Step.video_id)
        .where(Step.identifier.in_(steps), Step.start_ms.is_not(None), Video.version != "")
    )
    clips = {}
    for step, video in session.execute(asked):
        if video.audience is Audience.PRO and not viewer.passes_gate:
            continue
        if not (video.is_published or viewer.is_instructor):
            continue
        start, end = step.start_ms or 0, step.end_ms or 0
        url = f"/videos/{video.slug}#t={start / 1000:g},{end / 1000:g}"
        clips[step.identifier] = ClipView(url, step.title, start, end, step.identifier)
    return clips


def _sources(session: Session, keys: set[str]) -> dict[str, SourceLink]:
    found = {}
    for row in session.scalars(select(Reference).where(Reference.key.in_(keys))):
        words = [part for part in (row.authors, row.year) if part]
        found[row.key] = SourceLink(" ".join(words) or row.title, str(row.fields.get("address", "")))
    return found


def _question(
    number: int,
    slot: AttemptSlot,
    body: dict[str, Any],
    answer: Response | None,
    known: _Secrets | None,
    asks_certainty: bool,
) -> QuestionView:
    shown = quizzes.disguise(body, slot.option_order)
    response = answer.body if answer else None
    return QuestionView(
        id=slot_id(slot.position),
        position=slot.position,
        number=number,
        kind=body["kind"],
        stem=body["stem"],
        options=tuple(OptionView(option["id"], option["text"]) for option in shown["options"]),
        chosen=_chosen(response),
        certainty=response.get("certainty") if isinstance(response, dict) else None,
        asks_certainty=asks_certainty and body["kind"] == Kind.TRUEFALSE,
        rev=answer.rev if answer else 0,
        feedback=_feedback(slot, response, known) if known else None,
    )


def _chosen(response: Any) -> tuple[str, ...]:
    if isinstance(response, str):
        return (response,)
    if isinstance(response, list):
        return tuple(str(entry) for entry in response)
    if isinstance(response, dict) and isinstance(response.get("answer"), bool):
        return ("true" if response["answer"] else "false",)
    return ()


def _feedback(slot: AttemptSlot, response: Any, known: _Secrets) -> FeedbackView:
    keyed = known.items[slot.question_version_id]
    outcome = marking.outcome_of(keyed, slot, response)
    grading = known.gradings.get(slot.position)
    fraction = grading.fraction if grading else outcome.fraction
    item = keyed.item
    return FeedbackView(
        outcome=_word(response, fraction),
        fraction=fraction,
        earned=round(fraction * slot.max_mark, 2),
        possible=slot.max_mark,
        text=item.feedback.why,
        options=_notes(item, slot, outcome),
        certainty_mark=grading.certainty_mark if grading else outcome.certainty_mark,
        grade=item.strength.value if item.strength else "",
        references=tuple(known.references[key] for key in item.references if key in known.references),
        clip=known.clips.get(item.evidence or ""),
        is_critical=item.critical,
    )


def _word(response: Any, fraction: float) -> str:
    if response is None:
        return "unanswered"
    return "right" if fraction >= 1 else "partly" if fraction > 0 else "wrong"


def _notes(item: Item, slot: AttemptSlot, outcome: Outcome) -> tuple[OptionNote, ...]:
    said = {remark.about: remark.text for remark in outcome.feedback if remark.about}
    right = right_options(item)
    if item.kind is Kind.TRUEFALSE:
        return tuple(OptionNote(word, word in right, said.get(word, "")) for word in ("true", "false"))
    return tuple(
        OptionNote(str(place), identifier in right, said.get(identifier, ""))
        for place, identifier in enumerate(slot.option_order, start=1)
    )


def right_options(item: Item) -> frozenset[str]:
    """The ids of the options that the key holds to be right, for the kinds that have such."""
    key = item.key.plain().get("key")
    if isinstance(key, bool):
        return frozenset({"true" if key else "false"})
    return frozenset([key] if isinstance(key, str) else key or ())


def _result(views: tuple[QuestionView, ...], pass_mark: int) -> Result:
    marks = [view.feedback for view in views if view.feedback]
    earned = sum(mark.earned for mark in marks)
    possible = sum(mark.possible for mark in marks)
    missed = tuple(
        view.number
        for view in views
        if view.feedback and view.feedback.is_critical and view.feedback.fraction < 1
    )
    sure = [mark.certainty_mark for mark in marks if mark.certainty_mark is not None]
    # the share is compared before it is rounded, so that 59.6 % does not pass a mark of 60
    share = 100 * earned / possible if possible else 0.0
    return Result(
        earned=round(earned, 2),
        possible=possible,
        percent=int(share),
        pass_mark=pass_mark,
        is_passed=share >= pass_mark and not missed,
        missed_critical=missed,
        certainty=sum(sure) if sure else None,
    )
