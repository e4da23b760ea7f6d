"""Advice about a quiz as a whole: where keys stand, how statements are spread, what gives what away."""

from collections import Counter
from collections.abc import Iterator

from quizzes.advice.rules import Advice, Rule, hint, warning
from quizzes.advice.tongues import words
from quizzes.item import Item
from quizzes.kinds.choice import Choice
from quizzes.kinds.truth import Truth
from quizzes.quiz import Quiz

LEAST_COUNT = 4  # below it a pattern is chance
LOPSIDED = 0.75
TELLING = 12  # characters of a right option that another stem may hold by chance


def advise_quiz(quiz: Quiz) -> tuple[Advice, ...]:
    """What the rules say about the questions together; `quizzes.advice.advise` speaks about each.

    The places are `questions` or `questions[3]`, counted from 0 as in the document.
    """
    return (
        *_lopsided(quiz.items),
        *_places(quiz),
        *_critical(quiz.items),
        *_answered_elsewhere(quiz.items),
        *_same_stems(quiz.items),
    )


def _lopsided(items: tuple[Item, ...]) -> Iterator[Advice]:
    truths = [item.key.value for item in items if isinstance(item.key, Truth)]
    if len(truths) < LEAST_COUNT:
        return
    for value, rule in ((True, Rule.MOSTLY_TRUE), (False, Rule.MOSTLY_FALSE)):
        count = truths.count(value)
        if count >= LOPSIDED * len(truths):
            yield warning(rule, "questions", count=count, all=len(truths))


def _places(quiz: Quiz) -> Iterator[Advice]:
    """Right options in one place: a hint where the options are shuffled, as printed quizzes are not."""
    places = [
        item.option_ids.index(item.key.option) + 1 for item in quiz.items if isinstance(item.key, Choice)
    ]
    if len(places) < LEAST_COUNT:
        return
    place, count = Counter(places).most_common(1)[0]
    if count >= LOPSIDED * len(places):
        say = hint if quiz.settings.shuffle else warning
        yield say(Rule.KEYS_IN_ONE_PLACE, "questions", count=count, all=len(places), number=place)


def _critical(items: tuple[Item, ...]) -> Iterator[Advice]:
    if items and not any(item.critical for item in items):
        yield hint(Rule.NO_CRITICAL_QUESTION, "questions")


def _answered_elsewhere(items: tuple[Item, ...]) -> Iterator[Advice]:
    stems = [(item.id, " ".join(words(item.stem))) for item in items]
    for index, item in enumerate(items):
        if not isinstance(item.key, Choice):
            continue
        right = next(option.text for option in item.options if option.id == item.key.option)
        answer = " ".join(words(right))
        if len(answer) < TELLING:
            continue
        for other, stem in stems:
            if other != item.id and f" {answer} " in f" {stem} ":
                yield warning(Rule.ANSWERED_ELSEWHERE, f"questions[{index}]", other=other)


def _same_stems(items: tuple[Item, ...]) -> Iterator[Advice]:
    first: dict[tuple[str, tuple[str, ...]], str] = {}
    for index, item in enumerate(items):
        asked = (item.kind.value, words(item.stem))
        other = first.setdefault(asked, item.id)
        if other != item.id and asked[1]:
            yield hint(Rule.SAME_STEM, f"questions[{index}]", other=other)
