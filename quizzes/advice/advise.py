"""Advice about one item: every rule in turn, the worst first."""

from collections.abc import Callable, Iterator

from quizzes.advice import choices, keys, numbers, pictures, stem, surroundings
from quizzes.advice.rules import Advice, Severity
from quizzes.advice.tongues import tongue
from quizzes.advice.view import View, view
from quizzes.item import Item

Test = Callable[[View], Iterator[Advice]]
TESTS: tuple[Test, ...] = (
    stem.negative,
    stem.no_question,
    stem.article,
    stem.repeated_word,
    choices.longest_right,
    choices.of_the_above,
    choices.absolute_words,
    choices.vague_words,
    choices.too_few,
    choices.right_ones,
    choices.same,
    choices.uneven,
    choices.no_feedback,
    numbers.overlapping,
    numbers.typed,
    keys.open_truth,
    keys.actions,
    keys.pairs,
    keys.window,
    keys.typed,
    keys.panel,
    pictures.described,
    pictures.landmarks,
    pictures.zones,
    surroundings.explanation,
    surroundings.evidence,
    surroundings.references,
)
_ORDER = {Severity.BLOCKING: 0, Severity.WARNING: 1, Severity.HINT: 2}


def advise(item: Item, *, language: str = "en") -> tuple[Advice, ...]:
    """What the rules of item writing say about an item, the worst first.

    Words are looked at in English, German, French and Spanish; for another language the rules about words
    are silent and the others speak. The item is as its author wrote it: no rule changes it.
    """
    shown = view(item, tongue(language))
    found = [advice for test in TESTS for advice in test(shown)]
    return tuple(sorted(found, key=lambda advice: _ORDER[advice.severity]))
