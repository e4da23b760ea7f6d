"""An attempt as programs read it: what the learner's page shows, nothing of a key before its release."""

from __future__ import annotations

from dataclasses import dataclass

from edu.services.quizzing.attempt_pages import AttemptPage, Result
from edu.services.quizzing.views.feedback import FeedbackView
from edu.services.quizzing.views.question import QuestionView


@dataclass(frozen=True, slots=True)
class OptionBody:
    """An option under an id of this attempt."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class OptionFeedback:
    """What is said about an option when the answer is in; a harmful one should not have been chosen."""

    id: str
    is_right: bool
    is_harmful: bool
    note: str


@dataclass(frozen=True, slots=True)
class SourceBody:
    """A reference of the explanation; without an address `url` is empty."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class FeedbackBody:
    """What the learner reads of a closed question; `outcome` is right, partly, wrong or unanswered.

    `grade` is the grade of evidence of the explanation. Texts are Markdown, and empty until released.
    """

    outcome: str
    earned: float
    possible: float
    text: str
    overall: str
    options: tuple[OptionFeedback, ...]
    grade: str
    sources: tuple[SourceBody, ...]
    clip: str | None


@dataclass(frozen=True, slots=True)
class QuestionBody:
    """A question as it was asked; `feedback` is null while it is open and until its marks are released."""

    number: int
    kind: str
    stem: str
    options: tuple[OptionBody, ...]
    chosen: tuple[str, ...]
    is_answered: bool
    certainty: int | None
    feedback: FeedbackBody | None


@dataclass(frozen=True, slots=True)
class ResultBody:
    """What the whole attempt came to; `pass_mark` in per cent, 0 where none is asked."""

    earned: float
    possible: float
    percent: int
    pass_mark: int
    is_passed: bool


@dataclass(frozen=True, slots=True)
class AttemptBody:
    """An attempt; `review` says what is released of a closed one: explanations, marks or score."""

    id: str
    quiz: str
    title: str
    number: int
    state: str
    mode: str
    review: str
    is_under_construction: bool
    result: ResultBody | None
    questions: tuple[QuestionBody, ...]
    url: str


def body(page: AttemptPage) -> AttemptBody:
    """An attempt from its owner's page."""
    return AttemptBody(
        id=page.id,
        quiz=page.quiz_url.rpartition("/")[2],
        title=page.title,
        number=page.number,
        state=page.state,
        mode=page.mode,
        review=page.review,
        is_under_construction=page.is_under_construction,
        result=_result(page.result) if page.result else None,
        questions=tuple(map(_question, page.questions)),
        url=page.action,
    )


def _result(found: Result) -> ResultBody:
    return ResultBody(found.earned, found.possible, found.percent, found.pass_mark, found.is_passed)


def _question(view: QuestionView) -> QuestionBody:
    return QuestionBody(
        number=view.number,
        kind=view.kind,
        stem=view.title,
        options=tuple(OptionBody(option.id, option.label) for option in view.options),
        chosen=view.chosen,
        is_answered=view.is_answered,
        certainty=view.certainty,
        feedback=_feedback(view.feedback),
    )


def _feedback(view: FeedbackView | None) -> FeedbackBody | None:
    if view is None or not view.outcome:
        return None  # where the score alone is told, a view still holds what each question earned
    return FeedbackBody(
        outcome=view.outcome,
        earned=view.earned,
        possible=view.possible,
        text=view.text,
        overall=view.overall,
        options=tuple(OptionFeedback(o.id, o.is_right, o.is_harmful, o.note) for o in view.options),
        grade=view.grade,
        sources=tuple(SourceBody(source.label, source.url) for source in view.references),
        clip=view.clip.url if view.clip else None,
    )
