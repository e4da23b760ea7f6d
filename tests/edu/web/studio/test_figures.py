"""Figures and drawings: numbers in plain words, and where shapes lie."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from edu.services.quizzing.statistics import ItemReport
from edu.web import language
from edu.web.studio import figures, item_words, plots
from quizzes.analysis import Bar, Flag, Flagged, Interval, ItemFigures, OptionFigures, QuizFigures


@pytest.fixture(autouse=True)
def speaking() -> Iterator[None]:
    """A request, whose language the words are in; words need no site."""
    app = Flask(__name__)
    language.install(app)
    with app.test_request_context():
        yield


def report(**changes: object) -> ItemReport:
    """A question that two hundred learners answered."""
    seen = ItemFigures(200, 200, **{"facility": 0.7, "discriminationindex": 40.0, **changes})
    return ItemReport(
        1, "Q1", 1, "single", "Where?", (("A", "here"), ("B", "there"), ("C", "nowhere")), 1.0, 50.0,
        is_critical=False, is_whole=True, is_newest=True, figures=seen,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("facility", "is_whole", "words"),
    [
        (0.7, True, "About 7 of 10 got this right."),
        (0.97, True, "Nearly everybody got this right."),
        (0.02, True, "Hardly anybody got this right."),
        (1.0, True, "Everybody got this right."),
        (0.0, True, "Nobody got this right."),
        (0.625, False, "On average it earned 62 % of its marks."),
    ],
)
def test_how_hard_a_question_was_is_told_as_people_speak(facility, is_whole, words):
    assert figures.got_right(facility, is_whole=is_whole) == words


@pytest.mark.parametrize(
    ("index", "words"),
    [
        (-5, "did worse in the rest did better here"),
        (10, "hardly tells"),
        (25, "a little"),
        (40, "well enough"),
        (70, "very well"),
        (None, "nothing to tell"),
    ],
)
def test_a_discrimination_index_is_told_in_words(index, words):
    assert words in figures.tells_apart(index)


@pytest.mark.parametrize(
    ("alpha", "words"),
    [
        (-87.2, "pull against each other"),
        (40, "mostly chance"),
        (65, "a good deal on chance"),
        (75, "where they stand"),
        (90, "base a decision"),
        (None, "cannot be reckoned"),
    ],
)
def test_an_alpha_is_told_in_words(alpha, words):
    assert words in figures.reliable(alpha)


def test_a_negative_alpha_is_shown_as_it_is():
    quiz = QuizFigures(25, 64.3, 66.0, 11.6, cic=-87.2, standarderror=15.9, cic_interval=Interval(-120, -40))

    found = {figure.name: figure for figure in figures.quiz_figures(quiz)}

    alpha = found["Reliability (Cronbach's alpha)"]
    assert alpha.value == "-0.87"
    assert "-1.20 to -0.40" in alpha.meaning


def test_a_number_that_is_none_is_a_dash():
    assert (figures.number(None), figures.percent(None), figures.between(None)) == ("–", "–", "")
    assert figures.number(-0.001, 1) == "0.0"


@pytest.mark.parametrize("flag", Flag)
def test_every_flag_says_what_is_seen_and_what_to_do(flag):
    option = "" if flag in (Flag.TOO_HARD, Flag.TOO_EASY, Flag.LOW_DISCRIMINATION) else "B"

    (advice,) = item_words.view(1, report(flags=(Flagged(flag, option, True),))).advice

    assert advice.is_firm
    assert all((advice.name, advice.title, advice.deed))
    assert ("there" in advice.title) == bool(option)


def test_one_flag_about_several_options_is_said_once():
    flags = tuple(Flagged(Flag.DEAD_DISTRACTOR, option) for option in ("B", "C"))

    (advice,) = item_words.view(1, report(flags=flags)).advice

    assert advice.title == "Hardly anybody chose “there” or “nowhere”."


def test_an_item_that_runs_against_the_rest_leads_to_its_key():
    view = item_words.view(1, report(discriminationindex=-9.0, flags=(Flagged(Flag.LOW_DISCRIMINATION),)))

    assert [(each.asks_key, each.is_firm) for each in view.advice] == [(True, False)]


def test_a_withheld_count_is_said_to_be_withheld_and_never_a_number():
    view = item_words.view(1, report(options=(OptionFigures("B", False, None),)))

    option = view.options[0]
    assert (option.count, option.share, option.bar, option.correlation) == ("not shown", "–", 0, "–")


def test_the_height_of_a_bar_is_its_number_of_learners_and_its_ends_are_named():
    plot = plots.histogram([Bar(0, 50, 10), Bar(50, 60, 5), Bar(60, 100, 0)], 60)

    wide, narrow, empty = plot.columns
    assert wide.width == pytest.approx(5 * narrow.width, abs=0.5)
    assert wide.height == pytest.approx(2 * narrow.height, abs=0.5)
    assert [tick.words for tick in plot.ticks] == ["0", "50", "60", "100"]
    assert (wide.words, narrow.words, empty.words, empty.height) == ("10", "5", "", 0)
    assert plot.mark == narrow.x + narrow.width


def test_without_bars_or_points_there_is_no_drawing():
    assert plots.histogram([], 60) is None
    assert plots.scatter([report(discriminationindex=None)]) is None


def test_points_lie_where_their_figures_say_inside_the_drawing():
    items = [
        report(facility=0.0, discriminationindex=-35.0),
        report(facility=1.0, discriminationindex=95.0, flags=(Flagged(Flag.TOO_EASY, is_firm=True),)),
        report(facility=0.5, discriminationindex=None),
    ]

    plot = plots.scatter(items)

    low, high = plot.points
    assert (low.x, high.x) == (plots.LEFT, plots.WIDTH - plots.RIGHT)
    assert plots.TOP <= high.y < low.y <= plots.HEIGHT - plots.BOTTOM
    assert [(point.number, point.sign) for point in plot.points] == [(1, ""), (2, "firm")]
    assert [tick.words for tick in plot.up] == ["-40", "0", "40", "80"]
