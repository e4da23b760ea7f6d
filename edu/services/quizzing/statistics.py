"""The statistics of a quiz: how its questions did with those who met them first, for its instructor."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from edu.errors import NotFound
from edu.models import REVIEW_QUIZ, Question, QuestionVersion, Quiz
from edu.policy import Action, Facts, Viewer, can, require
from edu.services.quizzing import first_tries, questions, results
from edu.services.quizzing.attempt_feedback import right_options
from edu.services.quizzing.first_tries import Edition, FirstTries, Given
from edu.services.quizzing.results import Mark
from quizzes import Item, Kind, QuizError, Settings, undisguise
from quizzes.analysis import (
    Bar,
    Chosen,
    Extent,
    ItemFigures,
    Offered,
    QuizFigures,
    QuizStatistics,
    Try,
    analyse,
    extent,
    histogram,
    reportable,
    tabulate,
)
from quizzes.gap import parts

CHOSEN_FROM = frozenset({Kind.SINGLE, Kind.MULTIPLE, Kind.TRUEFALSE, Kind.KEYFEATURE})
RESAMPLES = 200
Answers = tuple[Given, ...]  # one learner's


@dataclass(frozen=True, slots=True)
class ItemReport:
    """One wording of a question: where it stands, what it asks, and its figures.

    `options` are ids and texts; a statement has "true" and "false" without texts. `weight` is the mark that
    it can give, `share` of all marks of the quiz in per cent. `is_whole`: it was wholly right or wholly wrong
    with everybody. `is_newest`: no later wording is in this table. `is_mine`: the reader may correct its key.
    `is_unanswered`: it was asked and nobody answered, so that nothing can be said about it.
    """

    position: int
    uid: str
    version: int
    kind: str
    stem: str
    options: tuple[tuple[str, str], ...]
    weight: float
    share: float
    is_critical: bool
    is_whole: bool
    is_newest: bool
    figures: ItemFigures
    is_mine: bool = True
    is_unanswered: bool = False


@dataclass(frozen=True, slots=True)
class StatisticsPage:
    """What the instructor reads. Figures of the quiz are in per cent of the marks that could be earned.

    `edition` is None for all editions together. `passed` is how many passed; None where that would name
    somebody. `is_uniform`: everybody had the same number of questions with the same marks.
    """

    slug: str
    title: str
    edition: int | None
    editions: tuple[Edition, ...]
    learners: int
    extent: Extent
    pass_mark: int
    passed: int | None
    quiz: QuizFigures
    bars: tuple[Bar, ...]
    items: tuple[ItemReport, ...]
    is_uniform: bool
    is_capped: bool


def page(session: Session, viewer: Viewer, slug: str, edition: int | None = None) -> StatisticsPage:
    """The statistics of a quiz over closed first tries; eight statements, however many there are.

    What a learner would lose by a corrected key and was left counts as the newest key has it: an item is
    judged by its key. NotFound, or Forbidden for somebody else's quiz.
    """
    quiz = mine(session, viewer, slug)
    found = first_tries.gather(session, quiz.id, edition)
    if edition is not None and edition not in {each.number for each in found.editions}:
        raise NotFound("there is no such edition of this quiz")
    settings = _settings(found, quiz.current if edition is None else edition)
    versions = _columns(session, viewer, found.tries)
    items = questions.keyed(session, [column.version_id for column in versions]) if versions else {}
    known = {version_id: keyed.item for version_id, keyed in items.items()}
    statistics = _of_items(found.tries, versions, known, Random(quiz.id))  # noqa: S311 (resampling, no secret)
    critical = {version_id for version_id, item in known.items() if item.critical}
    scores = [_score(answers, critical, settings.pass_mark) for answers in found.tries]
    is_uniform = len({_shape(answers) for answers in found.tries}) <= 1
    learners = len(found.tries)
    return StatisticsPage(
        slug=quiz.slug,
        title=quiz.title,
        edition=edition,
        editions=tuple(each for each in found.editions if each.learners),
        learners=learners,
        extent=extent(learners),
        pass_mark=settings.pass_mark,
        passed=_unnamed(sum(passed for _, passed in scores), learners),
        quiz=_of_quiz(found.tries, is_uniform, Random(quiz.id)),  # noqa: S311
        bars=histogram([percent for percent, _ in scores], 100),
        items=_reports(versions, known, statistics, found.tries),
        is_uniform=is_uniform,
        is_capped=found.is_capped,
    )


def mine(session: Session, viewer: Viewer, slug: str) -> Quiz:
    """A quiz that the viewer may edit; NotFound, or Forbidden for somebody else's."""
    is_none = "\0" in slug or slug == REVIEW_QUIZ
    quiz = None if is_none else session.scalar(select(Quiz).where(Quiz.slug == slug))
    if quiz is None:
        raise NotFound("there is no such quiz")
    require(viewer, Action.EDIT, Facts(quiz.audience, quiz.current > 0, quiz.owner_id))
    return quiz


def _settings(found: FirstTries, number: int) -> Settings:
    kept = next((each.settings for each in found.editions if each.number == number), {})
    return Settings(pass_mark=int(kept.get("pass_mark", Settings().pass_mark)))


# -- columns: one for each wording that was asked ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Column:
    position: int
    version_id: int
    question_id: int
    uid: str
    version: int
    weight: float
    is_mine: bool


def _columns(session: Session, viewer: Viewer, tries: Sequence[Answers]) -> list[_Column]:
    """The wordings asked, where and with what mark they last were; the newest first at each place."""
    last = {given.version_id: given for answers in tries for given in answers}
    asked = (
        select(QuestionVersion.id, QuestionVersion.number, Question)
        .join(Question, Question.id == QuestionVersion.question_id)
        .where(QuestionVersion.id.in_(last))
    )
    made = [
        _Column(
            position=last[key].position,
            version_id=key,
            question_id=question.id,
            uid=question.uid,
            version=number,
            weight=last[key].maximum,
            is_mine=can(viewer, Action.EDIT, Facts(question.audience, True, question.owner_id)),
        )
        for key, number, question in session.execute(asked)
    ]
    return sorted(made, key=lambda column: (column.position, column.question_id, -column.version))


def _of_items(
    tries: Sequence[Answers], columns: Sequence[_Column], items: Mapping[int, Item], rng: Random
) -> QuizStatistics:
    weights = {column.version_id: column.weight for column in columns}
    table = tabulate(
        (
            Try(learner, 1, given.version_id, _mark(given, weights[given.version_id]))
            for learner, answers in enumerate(tries)
            for given in answers
        ),
        list(weights),
    )
    offered = [_offered(items[version_id]) for version_id in weights]
    by_version = [{given.version_id: given for given in answers} for answers in tries]
    chosen = [
        [_chosen(row.get(version_id), items[version_id]) for version_id in weights] for row in by_version
    ]
    return reportable(
        analyse(
            table.marks,
            list(weights.values()),
            chosen=chosen,
            offered=offered,
            asked=table.asked,
            rng=rng,
            resamples=RESAMPLES,
        )
    )


def _mark(given: Given, weight: float) -> float | None:
    return None if is_blank(given.body) else given.by_key * weight


def is_blank(body: object) -> bool:
    """Whether a kept answer is none: never given, taken back, or nothing chosen."""
    return body is None or body in ([], {}, "")


def _offered(item: Item) -> Offered | None:
    if item.kind not in CHOSEN_FROM:
        return None
    options = ("true", "false") if item.kind is Kind.TRUEFALSE else item.option_ids
    return Offered(options, right_options(item))


def _chosen(given: Given | None, item: Item) -> Chosen:
    """The ids of the document that were chosen; answers of another form count as none."""
    if given is None or item.kind not in CHOSEN_FROM or is_blank(given.body):
        return None
    try:
        response = undisguise(item.kind, given.body, given.order)
    except QuizError:
        return None
    if isinstance(response, dict):
        return "true" if response.get("answer") else "false"
    return tuple(response) if isinstance(response, list) else str(response)


# -- the quiz as a whole: by places, in per cent -------------------------------------------------------------


def _of_quiz(tries: Sequence[Answers], is_uniform: bool, rng: Random) -> QuizFigures:
    """The figures of the totals. Where people had quizzes of different make, there is no alpha over them."""
    if not tries:
        return QuizFigures(0)
    possible = [sum(given.maximum for given in answers) or 1.0 for answers in tries]
    marks = [
        [100 * given.fraction * given.maximum / whole for given in answers]
        for answers, whole in zip(tries, possible, strict=True)
    ]
    if not is_uniform:
        marks = [[sum(row)] for row in marks]
    maxima = [100 * given.maximum / possible[0] for given in tries[0]] if is_uniform else [100.0]
    return reportable(analyse(marks, maxima, rng=rng, resamples=RESAMPLES)).quiz


def _shape(answers: Answers) -> tuple[tuple[int, float], ...]:
    return tuple((given.position, given.maximum) for given in answers)


def _score(answers: Answers, critical: Collection[int], pass_mark: int) -> tuple[float, bool]:
    """The result in per cent and whether it passed, by the rule of every list of results."""
    marks = [Mark(given.fraction, given.maximum, given.version_id in critical) for given in answers]
    possible = sum(mark.possible for mark in marks)
    earned = sum(mark.fraction * mark.possible for mark in marks)
    return (100 * earned / possible if possible else 0.0), results.score_of(marks, pass_mark).is_passed


def _unnamed(count: int, learners: int) -> int | None:
    """The count unless it, or what is left, would name one to four learners."""
    small = any(0 < each < 5 for each in (count, learners - count))
    return None if small or extent(learners) is Extent.COUNTS else count


def _reports(
    columns: Sequence[_Column],
    items: Mapping[int, Item],
    statistics: QuizStatistics,
    tries: Sequence[Answers],
) -> tuple[ItemReport, ...]:
    newest: dict[int, int] = {}
    for column in columns:
        newest[column.question_id] = max(newest.get(column.question_id, 0), column.version)
    partly = {given.version_id for answers in tries for given in answers if 1e-9 < given.by_key < 1 - 1e-9}
    whole = sum(given.maximum for given in tries[-1]) if tries else 0.0
    return tuple(
        ItemReport(
            position=column.position,
            uid=column.uid,
            version=column.version,
            kind=item.kind.value,
            stem=_spoken(item),
            options=_option_texts(item),
            weight=column.weight,
            share=100 * column.weight / whole if whole else 0.0,
            is_critical=item.critical,
            is_whole=column.version_id not in partly,
            is_newest=newest[column.question_id] == column.version,
            figures=figures,
            is_mine=column.is_mine,
            is_unanswered=figures.learners > 0 and figures.answered == 0,
        )
        for column, figures in zip(columns, statistics.items, strict=True)
        for item in (items[column.version_id],)
    )


def _spoken(item: Item) -> str:
    """The words of a question; a gap is three points instead of its mark."""
    if not item.gaps:
        return item.stem
    return "".join(f"{words}…" if name else words for words, name in parts(item.stem))


def _option_texts(item: Item) -> tuple[tuple[str, str], ...]:
    if item.kind is Kind.TRUEFALSE:
        return (("true", ""), ("false", ""))
    return tuple((option.id, option.text) for option in item.options)
