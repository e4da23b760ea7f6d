"""Rules about options: enough of them, different, of one length and manner, none that gives itself away."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from quizzes.advice.rules import Advice, Rule, blocking, hint, warning
from quizzes.advice.tongues import content, pattern, words
from quizzes.advice.view import View
from quizzes.item import Option
from quizzes.vocabulary import Kind

LEAST_OPTIONS = 3
LONGER = 1.4  # times the longest wrong option
LONGER_BY = 20  # characters
UNEVEN = 4.0  # times the shortest option
UNEVEN_BY = 60  # characters
_LEAST = {Kind.MULTIPLE: 4, Kind.EMQ: 4, Kind.KEYFEATURE: 4}


def longest_right(view: View) -> Iterator[Advice]:
    """The one right option stands out by its length."""
    if view.item.kind is not Kind.SINGLE or len(view.wrong) < 2:
        return
    longest = max(len(option.text) for option in view.wrong)
    for option in view.right:
        if len(option.text) >= max(LONGER * longest, longest + LONGER_BY):
            yield warning(Rule.LONGEST_RIGHT, view.at(option))


def of_the_above(view: View) -> Iterator[Advice]:
    """Options about the other options."""
    if view.item.kind not in {Kind.SINGLE, Kind.MULTIPLE}:
        return
    for option in view.item.options:
        if pattern(view.tongue.all_of).match(option.text.strip()):
            yield warning(Rule.ALL_OF_THE_ABOVE, view.at(option), text=option.text)
        elif pattern(view.tongue.none_of).match(option.text.strip()):
            yield hint(Rule.NONE_OF_THE_ABOVE, view.at(option), text=option.text)


def absolute_words(view: View) -> Iterator[Advice]:
    """Always and never, where only wrong options have them."""
    if any(view.tongue.absolute & set(words(option.text)) for option in view.right):
        return
    yield from _cues(view, view.wrong, view.tongue.absolute, Rule.ABSOLUTE_WORD)


def vague_words(view: View) -> Iterator[Advice]:
    """Usually and often, in any option: readers understand them differently."""
    yield from _cues(view, (*view.right, *view.wrong), view.tongue.vague, Rule.VAGUE_WORD)


def _cues(view: View, options: tuple[Option, ...], cues: frozenset[str], rule: Rule) -> Iterator[Advice]:
    for option in options:
        for before, word in pairwise(("", *words(option.text))):
            if word in cues and before not in view.tongue.how:  # "how often" is a question of number
                yield hint(rule, view.at(option), word=word)
                break


def too_few(view: View) -> Iterator[Advice]:
    """Fewer options than guessing allows; three are enough for one best answer."""
    kind, count = view.item.kind, len(view.item.options)
    least = LEAST_OPTIONS if kind in {Kind.SINGLE, Kind.ORDERING, Kind.MATCHING} else _LEAST.get(kind, 0)
    if count < least:
        yield warning(Rule.TOO_FEW_OPTIONS, view.options_place, count=count, least=least)


def right_ones(view: View) -> Iterator[Advice]:
    """All that apply, where all do, or only one does."""
    if view.item.kind is not Kind.MULTIPLE:
        return
    if not view.wrong:
        yield warning(Rule.NO_WRONG_OPTION, view.options_place)
    elif len(view.right) == 1:
        yield hint(Rule.ONE_RIGHT_OPTION, view.options_place)


def same(view: View) -> Iterator[Advice]:
    """Options in the same words (blocking where one is right and one wrong), or with the same meaning."""
    right = {option.id for option in view.right}
    for first, second in combinations(view.item.options, 2):
        if words(first.text) == words(second.text):
            if not words(first.text) and first.text.strip() != second.text.strip():
                continue  # signs only, such as < and >
            say = blocking if (first.id in right) is not (second.id in right) else warning
            yield say(Rule.SAME_OPTIONS, view.at(second), first=first.id, second=second.id)
        elif _nearly_same(view, first, second):
            yield hint(Rule.NEARLY_SAME_OPTIONS, view.at(second), first=first.id, second=second.id)


def _nearly_same(view: View, first: Option, second: Option) -> bool:
    """The same words of meaning, three or more, in the same order, and neither denies or counts otherwise."""
    if {word for word in words(first.text) if word in view.tongue.negative or word.isdigit()} != {
        word for word in words(second.text) if word in view.tongue.negative or word.isdigit()
    }:
        return False
    one, other = content(first.text, view.tongue), content(second.text, view.tongue)
    few = set(words(first.text)) ^ set(words(second.text))
    return len(one) >= 3 and one == other and all(word in view.tongue.small or len(word) >= 4 for word in few)


def uneven(view: View) -> Iterator[Advice]:
    """Options of very different length, or of which some are sentences with a full stop."""
    texts = [option.text.strip() for option in (*view.right, *view.wrong)]
    if len(texts) < 2:
        return
    shortest, longest = min(map(len, texts)), max(map(len, texts))
    if longest >= UNEVEN * shortest and longest - shortest >= UNEVEN_BY:
        yield hint(Rule.UNEVEN_LENGTHS, view.options_place, longest=longest, shortest=shortest)
    if 0 < sum(text.endswith(".") for text in texts) < len(texts):
        yield hint(Rule.UNEVEN_ENDINGS, view.options_place)


def no_feedback(view: View) -> Iterator[Advice]:
    """No wrong option says why it is wrong."""
    if view.wrong and not any(view.item.feedback.about(option.id) for option in view.wrong):
        yield hint(Rule.NO_OPTION_FEEDBACK, view.options_place)
