"""Questions as instructors write them: a form becomes a checked item, the item a question's next version."""

from __future__ import annotations

import re
import secrets
import string
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import Invalid, NotFound
from edu.models import Lesson, Question, QuestionVersion, Quiz, QuizSlot, QuizVersion, Reference
from edu.policy import Action, Facts, Viewer, require
from edu.services import audit, lesson_editing, slugs, typed
from edu.services.audit import Deed
from edu.services.contents import facts
from edu.services.quizzing import questions
from edu.services.quizzing import quizzes as quiz_service
from edu.services.texts import tracks
from quizzes import Audience as QuizAudience
from quizzes import Feedback, Item, Kind, Option, QuizError, Settings
from quizzes.item import Key
from quizzes.kinds.choice import Choice, Choices
from quizzes.kinds.truth import Truth

MOST_OPTIONS = 8
MOST_TEXT = 5000
EMPTIED = "emptied"  # noted in a quiz whose last question was removed


@dataclass(frozen=True, slots=True)
class OptionForm:
    """A row of the form."""

    text: str = ""
    is_right: bool = False
    feedback: str = ""


@dataclass(frozen=True, slots=True)
class QuestionForm:
    """What the form says; `truth` is "true", "false" or nothing, and only for statements."""

    kind: str
    stem: str
    options: tuple[OptionForm, ...]
    truth: str
    feedback_true: str
    feedback_false: str
    why: str
    evidence: str
    critical: bool
    references: str


EMPTY = QuestionForm("single", "", (OptionForm(),) * MOST_OPTIONS, "", "", "", "", "", False, "")


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """A question in a lesson's list."""

    id: int
    stem: str
    kind: str
    version: int
    is_critical: bool
    is_editable: bool


@dataclass(frozen=True, slots=True)
class QuestionWork:
    """A question in the studio, with the lesson whose self-assessment asks it and the steps it can show."""

    id: int
    form: QuestionForm
    version: int
    lesson_id: int | None
    lesson_title: str
    steps: tuple[tuple[str, str], ...]


def of_lesson(session: Session, lesson_id: int) -> tuple[QuestionRow, ...]:
    """The questions that a lesson's self-assessment asks, in their order."""
    quiz = _quiz_of(session, lesson_id)
    return tuple(_row(session, question) for question, _ in _slots(session, quiz)) if quiz else ()


def blank(session: Session, viewer: Viewer, lesson_id: int) -> QuestionWork:
    """What the form of a new question needs."""
    lesson = lesson_editing.mine(session, viewer, lesson_id)
    return QuestionWork(0, EMPTY, 0, lesson.id, lesson.title, _steps(session, lesson, None))


def page(session: Session, viewer: Viewer, question_id: int) -> QuestionWork:
    """A question with its form as it stands."""
    question = mine(session, viewer, question_id)
    item, version = _latest(session, question)
    lesson = _lesson_of(session, question)
    return QuestionWork(
        id=question.id,
        form=_form(item),
        version=version.number,
        lesson_id=lesson.id if lesson else None,
        lesson_title=lesson.title if lesson else "",
        steps=_steps(session, lesson, item.evidence),
    )


def mine(session: Session, viewer: Viewer, question_id: int, *, locked: bool = False) -> Question:
    """A question the viewer may edit; NotFound, or Forbidden for somebody else's."""
    question = session.get(Question, question_id, with_for_update=locked or None)
    if question is None or question.kind not in questions.ASKED:
        raise NotFound("there is no such question")
    require(viewer, Action.EDIT, Facts(question.audience, True, question.owner_id))
    return question


def create(session: Session, viewer: Viewer, lesson_id: int, form: QuestionForm, now: datetime) -> Question:
    """A new question at the end of the lesson's self-assessment, which begins with its first one."""
    lesson = lesson_editing.mine(session, viewer, lesson_id, locked=True)
    item = _item(session, form, lesson, None)
    question, _ = questions.keep(session, item, now=now, author_id=viewer.user_id)
    quiz = _quiz_of(session, lesson.id)
    slots = [*_slots(session, quiz), (question, 1.0)] if quiz else [(question, 1.0)]
    _publish(session, viewer, lesson, quiz, slots, now)
    _note(session, Deed.QUESTION_SAVED, viewer, question, now)
    return question


def save(session: Session, viewer: Viewer, question_id: int, form: QuestionForm, now: datetime) -> Question:
    """The next version of a question; attempts that were begun keep the version they began with."""
    question = mine(session, viewer, question_id, locked=True)
    before, _ = _latest(session, question)
    item = _item(session, form, _lesson_of(session, question), before)
    questions.keep(session, item, now=now, author_id=viewer.user_id)
    _note(session, Deed.QUESTION_SAVED, viewer, question, now)
    return question


def remove(session: Session, viewer: Viewer, lesson_id: int, question_id: int, now: datetime) -> None:
    """Take a question out of a lesson's self-assessment; the question and all attempts stay."""
    lesson = lesson_editing.mine(session, viewer, lesson_id, locked=True)
    quiz = _quiz_of(session, lesson.id)
    slots = _slots(session, quiz) if quiz else []
    left = [slot for slot in slots if slot[0].id != question_id]
    if quiz is None or len(left) == len(slots):
        raise NotFound("there is no such question in this lesson")
    if left:
        _publish(session, viewer, lesson, quiz, left, now)
    else:
        quiz.current, quiz.details = 0, {**quiz.details, EMPTIED: True}
    audit.record(
        session, Deed.QUESTION_REMOVED, now=now, actor_id=viewer.user_id,
        subject=f"question:{question_id}", lesson=lesson.id,
    )  # fmt: skip


def _quiz_of(session: Session, lesson_id: int) -> Quiz | None:
    return session.scalar(select(Quiz).where(Quiz.lesson_id == lesson_id).order_by(Quiz.id).limit(1))


def _slots(session: Session, quiz: Quiz) -> list[tuple[Question, float]]:
    if quiz.details.get(EMPTIED):
        return []
    version = quiz_service.newest_version(session, quiz)
    asked = (
        select(Question, QuizSlot.max_mark)
        .join(QuizSlot, QuizSlot.question_id == Question.id)
        .where(QuizSlot.quiz_version_id == version.id)
        .order_by(QuizSlot.position)
    )
    return [(question, mark) for question, mark in session.execute(asked)]


def _publish(
    session: Session,
    viewer: Viewer,
    lesson: Lesson,
    quiz: Quiz | None,
    slots: list[tuple[Question, float]],
    now: datetime,
) -> None:
    if quiz is None:
        slug = slugs.free(slugs.stem(lesson.title, "quiz"), set(session.scalars(select(Quiz.slug))))
        settings, title, owner = Settings(certainty=True), lesson.title, viewer.user_id
    else:
        settings = quiz_service.settings_of(quiz_service.newest_version(session, quiz))
        slug, title, owner = quiz.slug, quiz.title, quiz.owner_id
    published = quiz_service.publish(
        session,
        slug=slug,
        title=title,
        slots=slots,
        settings=settings,
        now=now,
        audience=quiz.audience if quiz else facts(lesson).audience,
        lesson_id=lesson.id,
        owner_id=owner,
    )
    kept = {name: value for name, value in published.details.items() if name != EMPTIED}
    published.details = {"lesson": lesson.code, "language": lesson.language, **kept}


def _item(session: Session, form: QuestionForm, lesson: Lesson | None, before: Item | None) -> Item:
    """The checked item of a form; Invalid names the field that is wrong."""
    kind = typed.word(form.kind, Kind, "kind")
    if kind not in questions.ASKED:
        raise Invalid("Choose one of the list.", code="not_one_of", field="kind")
    options, key, notes = _truth(form) if kind is Kind.TRUEFALSE else _choices(form, kind, before)
    try:
        return Item(
            before.id if before else f"q-{secrets.token_hex(6)}",
            kind,
            typed.text(form.stem, "stem", most=MOST_TEXT),
            options,
            key,
            feedback=Feedback(typed.text(form.why, "why", most=MOST_TEXT), notes),
            critical=form.critical,
            evidence=_evidence(session, form.evidence, lesson, before),
            references=_references(session, form.references, lesson, before),
            picture=before.picture if before else None,
            lesson=before.lesson if before else lesson.code if lesson else "",
            audience=_audience(lesson, before),
            strength=before.strength if before else None,
            bloom=before.bloom if before else None,
        )
    except QuizError as error:
        raise Invalid(error.reason, code=error.code, field=error.place.split(".")[0]) from error


def _audience(lesson: Lesson | None, before: Item | None) -> QuizAudience:
    """For professionals if the lesson is or the question was: other words take nothing past the gate."""
    if before is not None and before.audience is QuizAudience.PRO:
        return QuizAudience.PRO
    return QuizAudience(facts(lesson).audience.value) if lesson else QuizAudience.OPEN


def _truth(form: QuestionForm) -> tuple[tuple[Option, ...], Key, tuple[tuple[str, str], ...]]:
    if form.truth not in ("true", "false"):
        raise Invalid("Say whether the statement is true.", code="no_key", field="truth")
    said = (("true", form.feedback_true), ("false", form.feedback_false))
    notes = tuple((name, typed.text(words, "truth", most=MOST_TEXT)) for name, words in said if words.strip())
    return (), Truth(form.truth == "true"), notes


def _choices(
    form: QuestionForm, kind: Kind, before: Item | None
) -> tuple[tuple[Option, ...], Key, tuple[tuple[str, str], ...]]:
    """Options keep their ids by their row, so that statistics of an option outlive a change of its words."""
    known = before.options if before and before.kind is not Kind.TRUEFALSE else ()
    letters = iter(sorted(set(string.ascii_uppercase) - {option.id for option in known}))
    options: list[Option] = []
    right, notes = [], []
    for place, row in enumerate(form.options[:MOST_OPTIONS]):
        words = typed.text(row.text, "options", most=MOST_TEXT, optional=True)
        if not words:
            if row.is_right or row.feedback.strip():
                raise _wrong_option("Option %(number)s has no text.", place, "blank")
            continue
        if _plain(words) in {_plain(option.text) for option in options}:
            raise _wrong_option("Option %(number)s says the same as another option.", place, "same_option")
        old = known[place] if place < len(known) else None
        option = Option(old.id if old else next(letters), words, old.last if old else False)
        options.append(option)
        if row.is_right:
            right.append(option.id)
        if row.feedback.strip():
            notes.append((option.id, typed.text(row.feedback, "options", most=MOST_TEXT)))
    return tuple(options), _key(kind, len(options), right), tuple(notes)


def _wrong_option(sentence: str, place: int, code: str) -> Invalid:
    return Invalid(sentence, code=code, field=f"option{place + 1}", number=place + 1)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def _key(kind: Kind, count: int, right: list[str]) -> Key:
    if count < 2:
        raise Invalid("Write at least two options.", code="too_few", field="options")
    if kind is Kind.SINGLE:
        if len(right) != 1:
            raise Invalid("Tick the one right option.", code="no_key", field="options")
        return Choice(right[0])
    if not right:
        raise Invalid("Tick every right option, at least one.", code="no_key", field="options")
    return Choices(tuple(right))


def _evidence(session: Session, value: str, lesson: Lesson | None, before: Item | None) -> str | None:
    if not value or (before is not None and value == before.evidence):
        return value or None
    if value not in {identifier for identifier, _ in _steps(session, lesson, None)}:
        raise Invalid("Choose a step of the lesson's video.", code="no_step", field="evidence")
    return value


def _references(session: Session, value: str, lesson: Lesson | None, before: Item | None) -> tuple[str, ...]:
    """The keys typed, which the course's library must have; those that stood there before may stay."""
    keys = tuple(dict.fromkeys(key.lstrip("@") for key in re.split(r"[\s,;]+", value) if key.strip("@")))
    known = set(before.references) if before else set()
    if lesson is not None:
        known |= set(session.scalars(select(Reference.key).where(Reference.course_id == lesson.course_id)))
    for key in keys:
        if key not in known:
            raise Invalid(
                "The library of this course has no reference %(key)s.",
                code="no_reference", field="references", key=key[:80],
            )  # fmt: skip
    return keys


def _steps(session: Session, lesson: Lesson | None, evidence: str | None) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    if lesson is not None and lesson.video_id is not None:
        found = [(step.identifier, step.title) for step in tracks.steps_of(session, lesson.video_id)]
    if evidence and evidence not in {identifier for identifier, _ in found}:
        found.append((evidence, ""))
    return tuple(found)


def _latest(session: Session, question: Question) -> tuple[Item, QuestionVersion]:
    version = questions.latest(session, question.id)
    if version is None:
        raise NotFound("there is no such question")
    return questions.keyed(session, {version.id})[version.id].item, version


def _lesson_of(session: Session, question: Question) -> Lesson | None:
    """The lesson whose self-assessment asked it last."""
    return session.scalar(
        select(Lesson)
        .join(Quiz, Quiz.lesson_id == Lesson.id)
        .join(QuizVersion, QuizVersion.quiz_id == Quiz.id)
        .join(QuizSlot, QuizSlot.quiz_version_id == QuizVersion.id)
        .where(QuizSlot.question_id == question.id)
        .order_by(QuizVersion.published_at.desc(), Lesson.id)
        .limit(1)
    )


def _row(session: Session, question: Question) -> QuestionRow:
    version = questions.latest(session, question.id)
    body = version.body if version else {}
    return QuestionRow(
        id=question.id,
        stem=str(body.get("stem", question.uid)),
        kind=question.kind,
        version=version.number if version else 0,
        is_critical=bool(body.get("critical")),
        is_editable=question.kind in questions.ASKED and len(body.get("options", ())) <= MOST_OPTIONS,
    )


def _form(item: Item) -> QuestionForm:
    said, key = dict(item.feedback.options), item.key.plain().get("key")
    right = {key} if isinstance(key, str) else set(key) if isinstance(key, list) else set()
    rows = [OptionForm(o.text, o.id in right, said.get(o.id, "")) for o in item.options]
    rows += [OptionForm()] * (MOST_OPTIONS - len(rows))
    return QuestionForm(
        kind=item.kind.value,
        stem=item.stem,
        options=tuple(rows),
        truth=("true" if key else "false") if isinstance(key, bool) else "",
        feedback_true=said.get("true", ""),
        feedback_false=said.get("false", ""),
        why=item.feedback.why,
        evidence=item.evidence or "",
        critical=item.critical,
        references=" ".join(item.references),
    )


def _note(session: Session, deed: Deed, viewer: Viewer, question: Question, now: datetime) -> None:
    audit.record(session, deed, now=now, actor_id=viewer.user_id, subject=f"question:{question.id}")
