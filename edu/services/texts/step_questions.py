"""The ordering question of a video: its steps, to be put in the order of the film."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from captions.timecode import clock
from edu.errors import Invalid, NotFound
from edu.models import Lesson, Question, QuizSlot, Step, Video
from edu.policy import Viewer
from edu.services import audit
from edu.services.audit import Deed
from edu.services.quizzing import questions
from edu.services.texts import tracks
from quizzes import Audience, Feedback, Item, Kind, Option
from quizzes.kinds.order import Order

FEWEST, MOST = 2, 100


@dataclass(frozen=True, slots=True)
class Wording:
    """Words of a new question, in the language of its author.

    `about` has the blanks number, total and time; `why` opens the explanation, a list of the steps follows.
    """

    stem: str
    why: str
    about: str


@dataclass(frozen=True, slots=True)
class OrderingPage:
    """The question as its author reads it: the steps in the right order."""

    question_id: int
    uid: str
    version: int
    stem: str
    steps: tuple[str, ...]
    why: str
    evidence: str
    is_editable: bool
    is_asked: bool  # by a quiz


def make(session: Session, viewer: Viewer, video: Video, words: Wording, now: datetime) -> Question:
    """The video's ordering question in the bank, in no quiz; one that is there gets the steps of today.

    What its author wrote since (the question, references, whether it is critical) stays. Raises Invalid when
    there are fewer than two steps, or two with one title.
    """
    steps = tracks.steps_of(session, video.id)
    _require_distinct(steps)
    before = _item(session, video)
    item = Item(
        uid_of(video),
        Kind.ORDERING,
        before.stem if before else words.stem,
        tuple(Option(_option_id(step), step.title) for step in steps),
        Order(tuple(_option_id(step) for step in steps)),
        feedback=Feedback(_why(steps, words), _about(steps, words)),
        critical=before.critical if before else False,
        evidence=steps[0].identifier,
        references=before.references if before else (),
        lesson=before.lesson if before else _lesson_code(session, video),
        audience=Audience(video.audience.value),
        strength=before.strength if before else None,
        bloom=before.bloom if before else None,
    )
    question, _ = questions.keep(session, item, now=now, author_id=viewer.user_id)
    audit.record(
        session, Deed.QUESTION_SAVED, now=now, actor_id=viewer.user_id, subject=f"question:{question.id}"
    )
    return question


def page(session: Session, video: Video) -> OrderingPage:
    """The video's ordering question; NotFound when none was made."""
    question = _question(session, video)
    version = questions.latest(session, question.id) if question else None
    if question is None or version is None:
        raise NotFound("there is no such question")
    item = questions.keyed(session, {version.id})[version.id].item
    texts = {option.id: option.text for option in item.options}
    order = item.key.plain()["key"]
    return OrderingPage(
        question_id=question.id,
        uid=question.uid,
        version=version.number,
        stem=item.stem,
        steps=tuple(texts[identifier] for identifier in order),
        why=item.feedback.why,
        evidence=item.evidence or "",
        is_editable=question.kind in questions.ASKED,
        is_asked=session.scalar(select(QuizSlot.position).where(QuizSlot.question_id == question.id).limit(1))
        is not None,
    )


def uid_of(video: Video) -> str:
    """The lasting id of a video's ordering question."""
    return f"order-v{video.id}"


def is_made(session: Session, video: Video) -> bool:
    """Whether the video has one."""
    return _question(session, video) is not None


def _question(session: Session, video: Video) -> Question | None:
    return session.scalar(select(Question).where(Question.uid == uid_of(video)))


def _item(session: Session, video: Video) -> Item | None:
    question = _question(session, video)
    version = questions.latest(session, question.id) if question else None
    return questions.keyed(session, {version.id})[version.id].item if version else None


def _option_id(step: Step) -> str:
    """`c05` of V1-c05, which outlives a change of title. Learners see none: pages shuffle and disguise."""
    return step.identifier.rpartition("-")[2]


def _require_distinct(steps: list[Step]) -> None:
    if not FEWEST <= len(steps) <= MOST:
        raise Invalid(
            "An ordering question is made from %(fewest)s to %(most)s chapters; there are %(count)s.",
            code="too_few_steps", fewest=FEWEST, most=MOST, count=len(steps),
        )  # fmt: skip
    seen: set[str] = set()
    for step in steps:
        title = step.title.casefold()
        if title in seen:
            raise Invalid(
                "Two chapters have the title “%(title)s”: nobody could tell their order.",
                code="same_title", title=step.title,
            )  # fmt: skip
        seen.add(title)


def _why(steps: list[Step], words: Wording) -> str:
    lines = [
        f"{number}. {step.title} ({clock(step.start_ms or 0)})" for number, step in enumerate(steps, start=1)
    ]
    return "\n".join([words.why, "", *lines])


def _about(steps: list[Step], words: Wording) -> tuple[tuple[str, str], ...]:
    return tuple(
        (
            _option_id(step),
            words.about % {"number": number, "total": len(steps), "time": clock(step.start_ms or 0)},
        )
        for number, step in enumerate(steps, start=1)
    )


def _lesson_code(session: Session, video: Video) -> str:
    """The lesson that shows the video, where there is one."""
    asked = select(Lesson.code).where(Lesson.video_id == video.id).order_by(Lesson.id).limit(1)
    return session.scalar(asked) or ""
