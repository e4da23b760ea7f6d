"""Figures in plain words: how many got it right, what a coefficient means, in the reader's language."""

from __future__ import annotations

from dataclasses import dataclass

from babel.numbers import format_decimal

from edu.web.language import chosen
from edu.web.words import gettext as _
from quizzes.analysis import Interval, QuizFigures


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure: its name, its value as text, and what it means here."""

    name: str
    value: str
    meaning: str


def locale() -> str:
    """The reader's language under the name that Babel has for it."""
    return chosen().replace("-", "_")


def number(value: float | None, digits: int = 0) -> str:
    """A number with so many decimals; a dash for none."""
    if value is None:
        return "–"
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    # no minus before a zero that was rounded
    return format_decimal(round(value, digits) + 0.0, format=pattern, locale=locale())


def percent(value: float | None, digits: int = 0) -> str:
    """A number of 0 to 100 with its sign; a dash for none."""
    return "–" if value is None else _("%(number)s %%", number=number(value, digits))


def between(interval: Interval | None, digits: int = 0, scale: float = 1.0) -> str:
    """An interval as "0.6 to 0.8"; nothing for none."""
    if interval is None:
        return ""
    low, high = number(interval.low * scale, digits), number(interval.high * scale, digits)
    return _("%(low)s to %(high)s", low=low, high=high)


def between_shares(low: float, high: float) -> str:
    """The results that a bar holds, in per cent: "20 to 30 %"."""
    return _("%(low)s to %(high)s %%", low=number(low), high=number(high))


def of_ten(share: float) -> str:
    """A share (0 to 1) as a frequency: "7 of 10"."""
    return _("%(count)s of 10", count=round(10 * share))


def got_right(facility: float, *, is_whole: bool) -> str:
    """How hard a question was, in a sentence; `is_whole`: it was only ever wholly right or wholly wrong."""
    if not is_whole:
        return _("On average it earned %(share)s of its marks.", share=percent(100 * facility))
    if facility >= 1:
        return _("Everybody got this right.")
    if facility <= 0:
        return _("Nobody got this right.")
    tenths = round(10 * facility)
    if tenths == 10:
        return _("Nearly everybody got this right.")
    if tenths == 0:
        return _("Hardly anybody got this right.")
    return _("About %(share)s got this right.", share=of_ten(facility))


def tells_apart(discrimination: float | None) -> str:
    """What a discrimination index (per cent) says; the bounds are those of Moodle's report."""
    if discrimination is None:
        return _("There is nothing to tell: all got the same mark.")
    if discrimination < 0:
        return _("Learners who did worse in the rest did better here.")
    if discrimination < 20:
        return _("It hardly tells those who know the rest from those who do not.")
    if discrimination < 30:
        return _("It tells them apart a little.")
    if discrimination < 50:
        return _("It tells them apart well enough.")
    return _("It tells them apart very well.")


def reliable(alpha: float | None) -> str:
    """What an alpha (per cent) says about the result of one person."""
    if alpha is None:
        return _("It cannot be reckoned.")
    if alpha < 0:
        return _("The questions pull against each other: look for a wrong key.")
    if alpha < 50:
        return _("A single result is mostly chance. Good enough for practice, not to decide anything.")
    if alpha < 70:
        return _("A single result depends a good deal on chance.")
    if alpha < 80:
        return _("Good enough to tell people where they stand.")
    return _("Good enough to base a decision on.")


def quiz_figures(quiz: QuizFigures) -> tuple[Figure, ...]:
    """The figures that are read first."""
    name = _("Reliability (KR-20)") if quiz.is_kr20 else _("Reliability (Cronbach's alpha)")
    found = [
        Figure(
            _("Average result"),
            percent(quiz.mean, 1),
            _("Half of the learners had %(median)s or more.", median=percent(quiz.median, 1)),
        ),
        Figure(
            _("Spread (standard deviation)"),
            _("%(points)s points", points=number(quiz.standarddeviation, 1)),
            _("About two of three results lie within so many points of the average."),
        ),
    ]
    if quiz.cic is not None:
        found.append(Figure(name, number(quiz.cic / 100, 2), _with_interval(reliable(quiz.cic), quiz)))
        found.append(
            Figure(
                _("Standard error of measurement"),
                _("%(points)s points", points=number(quiz.standarderror, 1)),
                _("So far would a second try miss the first by chance alone, in two of three cases."),
            )
        )
    return tuple(found)


def more_quiz_figures(quiz: QuizFigures) -> tuple[Figure, ...]:
    """The figures for those who look for them."""
    if quiz.skewness is None and quiz.errorratio is None:
        return ()
    return (
        Figure(_("Error ratio"), percent(quiz.errorratio, 1), _("How much of the spread is chance.")),
        Figure(_("Skewness"), number(quiz.skewness, 2), _skew(quiz.skewness)),
        Figure(
            _("Kurtosis"),
            number(quiz.kurtosis, 2),
            _("Above 0: more very low and very high results than in a bell; below 0: fewer."),
        ),
    )


def _with_interval(words: str, quiz: QuizFigures) -> str:
    likely = between(quiz.cic_interval, 2, 0.01)
    return f"{words} {_('With other learners like these: %(range)s.', range=likely)}" if likely else words


def _skew(skewness: float | None) -> str:
    if skewness is None:
        return ""
    if skewness < -0.5:
        return _("A tail of low results: most did well.")
    if skewness > 0.5:
        return _("A tail of high results: most found it hard.")
    return _("About as many low results as high ones.")
