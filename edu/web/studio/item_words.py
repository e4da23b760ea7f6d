"""A question's statistics in words: its sentence, what to look at and do, its figures and its options."""

from __future__ import annotations

from dataclasses import dataclass

from babel.lists import format_list

from edu.services.quizzing.statistics import ItemReport
from edu.web.studio.figures import Figure, between, got_right, locale, number, percent, tells_apart
from edu.web.words import gettext as _
from edu.web.words import ngettext
from quizzes.analysis import Extent, Flag, ItemFigures, OptionFigures, extent


@dataclass(frozen=True, slots=True)
class Advice:
    """A flag in words: its name, what is seen, and what to do; `asks_key`: that is to look at the key."""

    name: str
    title: str
    deed: str
    is_firm: bool
    asks_key: bool = False


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option with its figures as text; `bar` is its share in per cent, for the drawing."""

    id: str
    text: str
    is_key: bool
    count: str
    share: str
    bar: float
    likely: str
    mean: str
    correlation: str


@dataclass(frozen=True, slots=True)
class ItemView:
    """A question as the page shows it. `facility` and `discrimination` are texts for the table of all."""

    number: int
    report: ItemReport
    sentence: str
    answered: str
    facility: str
    discrimination: str
    advice: tuple[Advice, ...]
    figures: tuple[Figure, ...]
    options: tuple[OptionRow, ...]

    @property
    def anchor(self) -> str:
        """The id of its part of the page."""
        return f"item-{self.number}"


def view(number_: int, report: ItemReport) -> ItemView:
    """The question as the page shows it, under this number of the table."""
    seen = report.figures
    words = _("Nobody answered it.") if report.is_unanswered else ""
    if seen.facility is not None:
        words = got_right(seen.facility, is_whole=report.is_whole)
    texts = dict(report.options)
    return ItemView(
        number=number_,
        report=report,
        sentence=words,
        answered=_answered(seen),
        facility=percent(None if seen.facility is None else 100 * seen.facility),
        discrimination=percent(seen.discriminationindex),
        advice=_advice(report, texts),
        figures=() if extent(seen.learners) is Extent.COUNTS or report.is_unanswered else _figures(report),
        options=_options(seen, texts),
    )


def _answered(seen: ItemFigures) -> str:
    asked = ngettext("%(num)s learner was asked", "%(num)s learners were asked", seen.learners)
    if not seen.answered:  # nobody did, or how many would name somebody
        return _("%(asked)s.", asked=asked)
    if seen.answered == seen.learners:
        return _("%(asked)s, and all answered.", asked=asked)
    return _("%(asked)s; %(count)s answered.", asked=asked, count=seen.answered)


def _figures(report: ItemReport) -> tuple[Figure, ...]:
    seen = report.figures
    found = [
        Figure(
            _("Facility"),
            percent(None if seen.facility is None else 100 * seen.facility, 1),
            _("The share of the marks that was earned. Likely range: %(range)s %%.",
              range=between(seen.facility_interval, 0, 100)),
        ),
        Figure(_("Standard deviation"), number(seen.sd, 2), _("How much the marks differ.")),
    ]  # fmt: skip
    if not extent(seen.learners).allows_discrimination:
        return tuple(found)
    likely = between(seen.discrimination_interval)
    reach = f" {_('Likely range: %(range)s %%.', range=likely)}" if likely else ""
    return (
        *found,
        Figure(
            _("Discrimination index"),
            percent(seen.discriminationindex, 1),
            tells_apart(seen.discriminationindex) + reach,
        ),
        Figure(
            _("Discriminative efficiency"),
            percent(seen.discriminativeefficiency, 1),
            _("How well it tells learners apart, of what a question as hard as this could."),
        ),
        Figure(
            _("Best 27 % against weakest 27 %"),
            _("%(points)s points", points=number(_hundredfold(seen.upper_lower))),
            _("How much more of its marks the best learners earned."),
        ),
        Figure(
            _("Effective weight"),
            percent(seen.effectiveweight, 1),
            _("How much it decides of who is ahead; meant to be %(share)s.", share=percent(report.share, 1)),
        ),
    )


def _hundredfold(share: float | None) -> float | None:
    return None if share is None else 100 * share


def _options(seen: ItemFigures, texts: dict[str, str]) -> tuple[OptionRow, ...]:
    if extent(seen.learners) is Extent.COUNTS:
        return ()
    return tuple(_option(option, texts) for option in seen.options)


def _option(option: OptionFigures, texts: dict[str, str]) -> OptionRow:
    return OptionRow(
        id="" if option.id in _TRUTH else option.id,
        text=_option_words(option.id, texts),
        is_key=option.is_key,
        count=_("not shown") if option.count is None else number(option.count),
        share=percent(_hundredfold(option.share)),
        bar=round(100 * (option.share or 0.0), 2),
        likely=between(option.share_interval, 0, 100),
        mean=number(option.mean, 1),
        correlation=number(option.pointbiserial, 2),
    )


_TRUTH = frozenset({"true", "false"})


def _option_words(identifier: str, texts: dict[str, str]) -> str:
    if text := texts.get(identifier):
        return text
    return _("True") if identifier == "true" else _("False")


def _advice(report: ItemReport, texts: dict[str, str]) -> tuple[Advice, ...]:
    """The flags in words, each once, with all the options that it is about."""
    about: dict[Flag, list[str]] = {}
    for flagged in report.figures.flags:
        about.setdefault(flagged.flag, [])
        if flagged.option:
            about[flagged.flag].append(_("“%(option)s”", option=_option_words(flagged.option, texts)))
    is_firm = any(flagged.is_firm for flagged in report.figures.flags)
    return tuple(
        _WORDS[flag](report, format_list(options, "or-short", locale=locale()), is_firm)
        for flag, options in about.items()
    )


def _doubtful(_report: ItemReport, options: str, is_firm: bool) -> Advice:
    return Advice(
        _("wrong key?"),
        _("The key is probably wrong: those who chose %(options)s, which counts as right, did worse in the "
          "quiz than those who did not.", options=options),
        _("Look at the key. If it is wrong, correct it there: everybody's marks are then given anew."),
        is_firm,
        asks_key=True,
    )  # fmt: skip


def _attractive(_report: ItemReport, options: str, is_firm: bool) -> Advice:
    return Advice(
        _("wrong option attracts"),
        _("Good learners chose %(options)s, which counts as wrong.", options=options),
        _("Ask whether it can be defended. If so, reword it, or count it as right as well."),
        is_firm,
    )


def _low(report: ItemReport, _options: str, is_firm: bool) -> Advice:
    if (report.figures.discriminationindex or 0) < 0:
        return Advice(
            _("runs against the rest"),
            _("Learners who did worse in the rest did better here."),
            _("Look at the key first, then at the wording: does it mislead those who know more?"),
            is_firm,
            asks_key=True,
        )
    return Advice(
        _("tells little apart"),
        _("It hardly tells those who know the rest from those who do not."),
        _("Read it as a learner would: can it be misunderstood, or is it about something else?"),
        is_firm,
    )


def _hard(_report: ItemReport, _options: str, is_firm: bool) -> Advice:
    return Advice(
        _("very hard"),
        _("Fewer than 3 of 10 marks were earned."),
        _("See whether the lesson and the video show it, whether its words are clear, and whether the key is "
          "right."),
        is_firm,
    )  # fmt: skip


def _easy(report: ItemReport, _options: str, is_firm: bool) -> Advice:
    if report.is_critical:
        deed = _("Good: this one must be right to pass. Leave it.")
    elif report.options:
        deed = _("Fine as a beginning. To learn more about learners, make its wrong options likelier.")
    else:
        deed = _("Fine as a beginning. To learn more about learners, ask something harder.")
    return Advice(_("very easy"), _("More than 9 of 10 marks were earned."), deed, is_firm)


def _dead(_report: ItemReport, options: str, is_firm: bool) -> Advice:
    return Advice(
        _("option hardly chosen"),
        _("Hardly anybody chose %(options)s.", options=options),
        _("Put mistakes there that people really make."),
        is_firm,
    )


_WORDS = {
    Flag.KEY_DOUBTFUL: _doubtful,
    Flag.ATTRACTIVE_DISTRACTOR: _attractive,
    Flag.LOW_DISCRIMINATION: _low,
    Flag.TOO_HARD: _hard,
    Flag.TOO_EASY: _easy,
    Flag.DEAD_DISTRACTOR: _dead,
}
