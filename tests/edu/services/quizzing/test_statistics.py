"""Statistics of a quiz: first tries, closed attempts, wordings kept apart, what few learners hide."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

import pytest

from edu.clock import FixedClock
from edu.db import Database
from edu.errors import Forbidden, NotFound
from edu.models import AttemptSlot, AttemptState, Role
from edu.policy import Viewer
from edu.runtime import Runtime
from edu.services.quizzing import attempts, first_tries, questions, statistics
from edu.services.quizzing.statistics import StatisticsPage
from quizzes.analysis import Extent, Flag
from tests.learners import BANK, FOUR, WRONG_KEY, Cohort, add_learners, publish_bank
from tests.quizzing import item, items
from tests.statements import Counter

TWO = BANK[BANK.index("[[questions]]", 40) : BANK.index("[[questions]]", BANK.index("S-3") + 10)]
ADMINISTRATOR = Viewer(user_id=1, role=Role.ADMINISTRATOR)


def look(database: Database, edition: int | None = None) -> StatisticsPage:
    """The page as an administrator has it."""
    with database.reading() as session:
        return statistics.page(session, ADMINISTRATOR, "bank", edition)


def take(database: Database, clock: FixedClock, *cohorts: Cohort, **settings: object) -> None:
    """Publish the bank, or its next edition, and let cohorts take it."""
    with database.writing() as session:
        quiz = publish_bank(session, clock.now(), **settings)
        for cohort in cohorts:
            add_learners(session, quiz, clock.now(), cohort)


def test_two_hundred_learners_show_which_key_is_wrong(database: Database, clock: FixedClock) -> None:
    take(database, clock, Cohort(200))

    page = look(database)

    assert (page.learners, page.extent, page.is_uniform) == (200, Extent.FULL, True)
    first, *others = page.items
    found = {(each.flag, each.option) for each in first.figures.flags if each.is_firm}
    assert {(Flag.KEY_DOUBTFUL, "B"), (Flag.ATTRACTIVE_DISTRACTOR, "A")} <= found
    assert not {Flag.KEY_DOUBTFUL} & {each.flag for other in others for each in other.figures.flags}
    assert page.quiz.cic_interval is not None
    assert page.quiz.cic_interval.low < (page.quiz.cic or 0) < page.quiz.cic_interval.high
    assert sum(bar.count for bar in page.bars) == 200


def test_options_are_counted_as_the_document_names_them_however_they_were_shown(
    database: Database, clock: FixedClock
) -> None:
    with database.writing() as session:
        quiz = publish_bank(session, clock.now())
        add_learners(session, quiz, clock.now(), Cohort(20), lambda rng, ability, keyed: "C")

    counts = {option.id: option.count for report in look(database).items for option in report.figures.options}

    assert counts == {"A": 0, "B": 0, "C": 20, "D": 0}


def test_only_first_tries_that_were_closed_count(database: Database, clock: FixedClock) -> None:
    take(
        database,
        clock,
        Cohort(20, seed=1),
        Cohort(20, seed=1, try_number=2),
        Cohort(7, seed=2, state=AttemptState.OPEN),
        Cohort(6, seed=3, state=AttemptState.ABANDONED),
        Cohort(5, seed=4, state=AttemptState.EXPIRED),
    )

    assert look(database).learners == 25


def test_a_question_tried_after_another_counts_for_nothing(database: Database, clock: FixedClock) -> None:
    with database.writing() as session:
        quiz = publish_bank(session, clock.now())
        for attempt_id in add_learners(session, quiz, clock.now(), Cohort(12)):
            first = session.get_one(AttemptSlot, (attempt_id, 1))
            session.add(
                AttemptSlot(attempt_id=attempt_id, position=99, sibling_of=1, option_order=[],
                            question_version_id=first.question_version_id)
            )  # fmt: skip

    page = look(database)

    assert [report.position for report in page.items] == [1, 2, 3, 4, 5, 6]
    assert page.is_uniform


def test_wordings_are_kept_apart_and_editions_can_be_looked_at_alone(
    database: Database, clock: FixedClock
) -> None:
    take(database, clock, Cohort(40, seed=1))
    changed = BANK.replace("Where is the crest?", "Where does the crest lie?")
    take(database, clock, Cohort(30, seed=2), document=changed, pass_mark=80)

    page, second = look(database), look(database, 2)

    first = [report for report in page.items if report.uid == "S-wrong"]
    assert [(r.version, r.figures.learners, r.is_newest) for r in first] == [(2, 30, True), (1, 40, False)]
    assert [report.figures.learners for report in page.items if report.uid == "S-2"] == [70]
    assert page.quiz.cic is not None  # as many questions with the same marks, whatever their words
    assert [(each.number, each.learners) for each in page.editions] == [(1, 40), (2, 30)]
    assert (second.learners, second.pass_mark, len(second.items)) == (30, 80, 6)


def test_quizzes_of_different_make_have_no_alpha_together(database: Database, clock: FixedClock) -> None:
    take(database, clock, Cohort(40, seed=1))
    take(database, clock, Cohort(40, seed=2), document=BANK + f"""
[[questions]]
id = "S-7"
kind = "single"
stem = "One more"
key = "A"
why = "Yes."
{FOUR}
""")  # fmt: skip

    page = look(database)

    assert (page.is_uniform, page.quiz.cic) == (False, None)
    assert 0 < (page.quiz.mean or 0) < 100
    assert look(database, 2).quiz.cic is not None


def test_figures_of_the_quiz_are_in_per_cent_whatever_its_marks(
    database: Database, clock: FixedClock
) -> None:
    take(database, clock, Cohort(40), marks=(2.0,) * 6)

    page = look(database)

    mean = sum(report.figures.facility or 0 for report in page.items) / 6
    assert page.quiz.mean == pytest.approx(100 * mean)
    assert [report.share for report in page.items] == pytest.approx([100 / 6] * 6)


def test_a_corrected_key_counts_as_it_is_even_where_nobody_was_to_lose(
    database: Database, clock: FixedClock
) -> None:
    take(database, clock, Cohort(120))
    with database.writing() as session:
        _, version = questions.keep(session, items(WRONG_KEY)[0], now=clock.now())
        corrected = item(WRONG_KEY, {'key = "B"': 'key = "A"'})
        questions.correct_key(session, version, corrected, reason="", now=clock.now(), author_id=None)
        attempts.regrade(session, version.id, now=clock.now())

    first = look(database).items[0].figures

    right = next(option for option in first.options if option.is_key)
    assert right.id == "A"
    assert first.facility == pytest.approx(right.share)  # nobody's spared mark is in it
    assert Flag.KEY_DOUBTFUL not in {each.flag for each in first.flags}


@pytest.mark.parametrize(
    ("learners", "extent", "has_facility", "has_alpha"),
    [
        (0, Extent.COUNTS, False, False),
        (9, Extent.COUNTS, False, False),
        (10, Extent.FEW, True, False),
        (30, Extent.ENOUGH, True, True),
    ],
)
def test_few_learners_show_little(
    database: Database,
    clock: FixedClock,
    learners: int,
    extent: Extent,
    has_facility: bool,
    has_alpha: bool,
) -> None:
    take(database, clock, *([Cohort(learners)] if learners else []))

    page = look(database)

    assert page.extent is extent
    assert any(report.figures.facility is not None for report in page.items) == has_facility
    assert (page.quiz.cic is not None) == has_alpha
    assert bool(page.bars) == has_facility


@pytest.mark.parametrize(
    ("able", "passed"), [(0, 0), (3, None), (5, 5), (16, None), (20, 20)], ids=lambda value: str(value)
)
def test_how_many_passed_is_told_unless_it_would_name_somebody(
    database: Database, clock: FixedClock, able: int, passed: int | None
) -> None:
    turn = count()
    with database.writing() as session:
        quiz = publish_bank(session, clock.now(), document=TWO)
        add_learners(
            session, quiz, clock.now(), Cohort(20), lambda *_: "A" if next(turn) // 2 < able else "B"
        )

    assert look(database).passed == passed


def test_the_newest_learners_stand_for_more_than_can_be_read(database: Database, clock: FixedClock) -> None:
    take(database, clock, Cohort(10, seed=1))
    clock.advance(timedelta(days=1))
    take(database, clock, Cohort(12, seed=2))

    with database.reading() as session:
        found = first_tries.gather(session, statistics.mine(session, ADMINISTRATOR, "bank").id, most=15)

    assert (len(found.tries), found.is_capped) == (15, True)
    assert all(len(answers) == 6 for answers in found.tries)


def test_statements_do_not_grow_with_learners(
    runtime: Runtime, clock: FixedClock, statements: Counter
) -> None:
    counts = []
    for seed in (1, 2):
        take(runtime.db, clock, Cohort(15 * seed, seed=seed))
        with statements() as seen:
            look(runtime.db)
        counts.append(len(seen))

    assert counts == [8, 8]


def test_somebody_elses_quiz_and_none_are_closed(database: Database, clock: FixedClock) -> None:
    take(database, clock)
    with database.reading() as session:
        with pytest.raises(Forbidden):
            statistics.page(session, Viewer(user_id=7, role=Role.INSTRUCTOR), "bank")
        for slug in ("nothing", "ba\0nk"):
            with pytest.raises(NotFound):
                statistics.page(session, ADMINISTRATOR, slug)
        with pytest.raises(NotFound):
            statistics.page(session, ADMINISTRATOR, "bank", 9)
