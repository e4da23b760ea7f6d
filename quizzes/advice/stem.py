"""Rules about the stem: it asks a question, asks it without a negative, and gives nothing away."""

import re
from collections.abc import Iterator

from quizzes.advice.rules import Advice, Rule, hint, warning
from quizzes.advice.tongues import content, pattern, words
from quizzes.advice.view import View
from quizzes.vocabulary import Kind

_VOWELS = "aeio"  # not u and h: "a unit", "an hour" are decided by sound
_SENTENCE = re.compile(r"[^.?!\n]+(?:[.](?=\d)[^.?!\n]+)*[.?!:…]*")
_ASIDE = re.compile(r"\([^()]*\)|\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»")
_CHOICE = frozenset({Kind.SINGLE, Kind.MULTIPLE})


def negative(view: View) -> Iterator[Advice]:
    """A negative in the sentence that asks. In capitals it is only a hint: then it is not overlooked.

    What a case tells ("has not passed urine") asks nothing; the last question, or else the last sentence,
    does; what stands in brackets or quotation marks is no part of it. Key-feature questions ask what to do.
    """
    if view.item.kind not in {*_CHOICE, Kind.TRUEFALSE}:
        return
    asking = _ASIDE.sub(" ", _asking(view.item.stem))
    for word in words(asking):
        if word in view.tongue.negative:
            if view.item.kind is Kind.TRUEFALSE:
                yield hint(Rule.NEGATIVE_STATEMENT, "stem", word=word)
            else:
                say = hint if word.upper() in asking else warning
                yield say(Rule.NEGATIVE_STEM, "stem", word=word)
            return


def no_question(view: View) -> Iterator[Advice]:
    """A stem of the one best answer that ends with a statement; a sentence to be completed is no such."""
    if view.item.kind is not Kind.SINGLE:
        return
    stem = view.item.stem.strip()
    if "?" in stem or not stem.endswith((".", "!")) or stem.endswith(("...", "_.")):
        return
    if not any(pattern(view.tongue.asking).match(sentence) for sentence in _sentences(stem)):
        yield warning(Rule.NO_QUESTION, "stem")


def repeated_word(view: View) -> Iterator[Advice]:
    """A word of the stem in the right option only, and no wrong option that repeats any word of the stem.

    Where a wrong option repeats another word, both draw the learner alike, and nothing is given away.
    """
    if view.item.kind is not Kind.SINGLE:
        return
    stem = content(view.item.stem, view.tongue)
    elsewhere = frozenset().union(*(content(option.text, view.tongue) for option in view.wrong))
    if stem & elsewhere:
        return
    for option in view.right:
        shared = sorted(stem & content(option.text, view.tongue), key=lambda word: (-len(word), word))
        if shared:
            yield hint(Rule.REPEATED_WORD, view.at(option), word=shared[0])


def article(view: View) -> Iterator[Advice]:
    """An article at the end of the stem that fits some options only, or tells the gender of the right one."""
    last = words(view.item.stem)[-1:]
    if view.item.kind not in _CHOICE or not last or view.item.stem.rstrip()[-1] in ".?!)":
        return
    if last[0] in view.tongue.before_vowels:
        wants_vowel = last[0] == view.tongue.before_vowels[1]
        unfit = [
            option.id
            for option in view.item.options
            if (sounded := _starts_with_vowel(option.text)) is not None and sounded is not wants_vowel
        ]
        if unfit and len(unfit) < len(view.item.options):
            yield warning(Rule.ARTICLE_DISAGREES, "stem", article=last[0], options=", ".join(unfit))
    elif last[0] in view.tongue.articles:
        yield hint(Rule.ARTICLE_TELLS, "stem", article=last[0])


def _asking(stem: str) -> str:
    sentences = _sentences(stem)
    questions = [sentence for sentence in sentences if sentence.endswith("?")]
    return (questions or sentences or [stem])[-1]


def _sentences(stem: str) -> list[str]:
    return [sentence.strip() for sentence in _SENTENCE.findall(stem) if sentence.strip()]


def _starts_with_vowel(text: str) -> bool | None:
    """Whether it starts with a vowel; None where the letter does not tell the sound."""
    first = text.lstrip("\"'“‘( ")[:1].casefold()
    if not first.isalpha() or first in "uh":
        return None
    return first in _VOWELS
