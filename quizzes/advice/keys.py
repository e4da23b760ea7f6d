"""Rules about keys of one kind: an open truth, harm, pairs, windows of a video, typed words, panels."""

from collections.abc import Iterator

from quizzes.advice.rules import Advice, Rule, blocking, hint, warning
from quizzes.advice.view import View
from quizzes.kinds.actions import Actions
from quizzes.kinds.gaps import Fillings
from quizzes.kinds.interval import Interval
from quizzes.kinds.moment import Window
from quizzes.kinds.pairs import Pairs
from quizzes.kinds.panel import Panel
from quizzes.kinds.pattern import Pattern
from quizzes.kinds.short import Words
from quizzes.vocabulary import Kind

OPEN = "[?]"
LEAST_WINDOW_MS = 2000
LEAST_PANEL = 15


def open_truth(view: View) -> Iterator[Advice]:
    """The tag or mark [?]: in the statement to be judged, a right option, the explanation of the key."""
    item = view.item
    if {"?", OPEN} & set(item.tags):
        yield blocking(Rule.OPEN_TRUTH, "tags")
    if item.kind is Kind.TRUEFALSE and OPEN in item.stem:
        yield blocking(Rule.OPEN_TRUTH, "stem")
    for option in view.right:
        if OPEN in option.text:
            yield blocking(Rule.OPEN_TRUTH, view.at(option))
    if OPEN in item.feedback.why:
        yield blocking(Rule.OPEN_TRUTH, "why")


def actions(view: View) -> Iterator[Advice]:
    """A key-feature question in which nothing harms, or everything may be done."""
    if not isinstance(view.item.key, Actions):
        return
    if not view.item.key.harmful:
        yield hint(Rule.NO_HARMFUL_ACTION, "harmful")
    if view.item.limit is not None and view.item.limit >= len(view.item.options):
        yield warning(Rule.LIMIT_OF_ALL, "limit")


def pairs(view: View) -> Iterator[Advice]:
    """As many answers as questions, each used once: whoever knows all but one knows all."""
    key = view.item.key
    if not isinstance(key, Pairs) or len(key.pairs) < 2:
        return
    used = [option for _, option in key.pairs]
    if len(set(used)) == len(used) == len(view.item.options):
        yield hint(Rule.LAST_PAIR_GIVEN, view.options_place)


def window(view: View) -> Iterator[Advice]:
    """A window of the video that is over before a hand can stop it."""
    key = view.item.key
    if not isinstance(key, Window | Interval):
        return
    wide = key.end - key.start + 2 * view.item.scoring.tolerance
    if wide < LEAST_WINDOW_MS:
        yield warning(
            Rule.SHORT_WINDOW, "key", seconds=f"{wide / 1000:g}", least=f"{LEAST_WINDOW_MS / 1000:g}"
        )


def typed(view: View) -> Iterator[Advice]:
    """Typed answers: one spelling, or a pattern that whatever is typed fits."""
    key = view.item.key
    if isinstance(key, Words):
        yield from _patterns(key.patterns, "key", "key[{}]")
    elif isinstance(key, Fillings):
        for place, filling in enumerate(key.fillings):
            if filling.patterns:
                yield from _patterns(filling.patterns, f"key[{place}]", f"key[{place}].answers[{{}}]")


def _patterns(patterns: tuple[Pattern, ...], whole: str, one: str) -> Iterator[Advice]:
    right = [pattern for pattern in patterns if pattern.fraction > 0]
    for index, pattern in enumerate(patterns):
        if pattern.fraction > 0 and pattern.text.strip() and not pattern.text.strip("* \t\n"):
            yield blocking(Rule.ANYTHING_FITS, one.format(index), text=pattern.text)
            return
    if len(right) == 1 and "*" not in right[0].text:
        yield hint(Rule.ONE_SPELLING, whole, text=right[0].text)


def panel(view: View) -> Iterator[Advice]:
    """A panel that is small, or of one mind."""
    key = view.item.key
    if not isinstance(key, Panel):
        return
    if key.size < LEAST_PANEL:
        yield warning(Rule.SMALL_PANEL, "key", count=key.size, least=LEAST_PANEL)
    if max(key.votes) == key.size:
        yield hint(Rule.PANEL_OF_ONE_MIND, "key")
