"""Blanks and drop-down lists within a text, as the document form of a cloze."""

import re
from typing import Any

from quizzes.errors import Reason, refusal
from quizzes.fields import tidy
from quizzes.formats.canvas.reading.draft import Draft, option_names
from quizzes.formats.canvas.reading.question import Label, Question, Response
from quizzes.formats.canvas.reading.typed import pattern

Form = dict[str, Any]
Earned = dict[str, float]
Scores = dict[str, Earned]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,19}")
_BLANK = re.compile(r"\[([^\[\]]{1,200})\]")
_LISTS = {"dropdown", "wordbank"}
_ANCHORED = re.compile(r"\^?([^\\.^$*+?()\[\]{}|]+)\$?")


def read_blanks(draft: Draft, *, from_lists: bool) -> None:
    """A text with gaps: typed into, or (`from_lists`, or as New Quizzes says of a gap) filled from a list."""
    question = draft.question
    names = _gap_names([response.name for response in question.responses])
    draft.fields |= {"kind": "cloze", "stem": _with_gaps(question.stem, names), "gaps": [], "key": []}
    scores = _scores(question)
    for response in question.responses:
        earned = scores.get(response.ident, {})
        if from_lists or any(label.answer_type in _LISTS for label in response.labels):
            gap, key = _read_list(draft, response, names[response.name], earned)
        else:
            gap, key = _read_typed(draft, response, names[response.name], earned)
        draft.fields["gaps"].append(gap)
        draft.fields["key"].append(key)
    _read_weights(draft, scores)


def _gap_names(found: list[str]) -> dict[str, str]:
    """A valid name for each gap: its own, or where one cannot be kept, g1, g2, ... for all."""
    option_names(found)  # refuses a name that stands there twice
    if all(_NAME.fullmatch(name) for name in found):
        return {name: name for name in found}
    return {name: f"g{place}" for place, name in enumerate(found, start=1)}


def _with_gaps(stem: str, names: dict[str, str]) -> str:
    """The text with [name] written as [[gap]] where there is a place to answer of that name, once each."""
    left = dict(names)

    def gap(match: re.Match[str]) -> str:
        name = left.pop(match[1], None)
        return match[0] if name is None else f"[[{name}]]"

    return _BLANK.sub(gap, stem)


def _read_list(
    draft: Draft, response: Response, gap: str, scores: dict[str, float]
) -> tuple[dict[str, Any], dict[str, Any]]:
    names = _list_names(response, gap)
    top = max(scores.values(), default=0.0)
    if top <= 0:
        raise refusal(Reason.TOO_FEW, f"key.{gap}", least=1)
    for ident, name in names.items():
        draft.say(f"{gap}.{name}", response.ident, ident)
    options = {names[label.ident]: label.text for label in response.labels}
    earned = {
        names[ident]: tidy(score / top) for ident, score in scores.items() if ident in names and score > 0
    }
    return {"id": gap, "kind": "choice", "options": options}, {"gap": gap, "options": earned}


def _list_names(response: Response, gap: str) -> dict[str, str]:
    """A name for each answer of a list: its identifier, without that of the gap where it stands before it."""
    names = option_names([label.ident for label in response.labels], f"{gap}.")
    if all(name.startswith(f"{gap}.") for name in names.values()):
        return {ident: name.removeprefix(f"{gap}.") for ident, name in names.items()}
    return names


def _read_typed(
    draft: Draft, response: Response, gap: str, scores: dict[str, float]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Every label is an accepted answer: Canvas scores the first and accepts them all."""
    top = max(scores.values(), default=0.0) or 1.0
    answers = [pattern_of(draft, label, scores.get(label.ident, top) / top) for label in response.labels]
    return {"id": gap, "kind": "short"}, {"gap": gap, "answers": answers}


def pattern_of(draft: Draft, label: Label, fraction: float) -> dict[str, Any]:
    """The pattern for a label; the ways in which New Quizzes compares texts are kept where they can be.

    Raises QuizError for a regular expression that is more than a text.
    """
    if label.algorithm == "TextRegex":
        literal = _ANCHORED.fullmatch(label.text)
        if literal is None:
            raise refusal(Reason.NOT_ALLOWED, "response_label", value=f"the expression {label.text[:80]}")
        return pattern(literal[1], fraction)
    if label.algorithm == "TextCloseEnough":
        draft.question.not_kept("answers with small mistakes in spelling")
    form = pattern(label.text, fraction)
    return {**form, "text": f"*{form['text']}*"} if label.algorithm == "TextContainsAnswer" else form


def _scores(question: Question) -> Scores:
    """What each answer of each gap earns, by the identifiers of the response and of the answer."""
    scores: Scores = {}
    for rule in question.rules:
        for test in rule.equal if rule.score is not None else ():
            scores.setdefault(test.response, {})[test.value] = rule.score or 0.0
    return scores


def _read_weights(draft: Draft, scores: Scores) -> None:
    """How much each gap counts, where they do not all count the same."""
    found = [scores.get(response.ident, {}) for response in draft.question.responses]
    tops = [max(earned.values(), default=0.0) for earned in found]
    least = min(tops, default=0.0)
    for key, top in zip(draft.fields["key"], tops, strict=True):
        if least > 0 and abs(top - least) > 0.02:  # shares of 100 are written with two decimals
            key["weight"] = tidy(round(top / least, 4))
