"""Choices: multiple choice, true or false, multiple answers and ordering as document forms."""

from quizzes.errors import Reason, refusal
from quizzes.fields import tidy
from quizzes.formats.canvas.reading.draft import Draft, option_names
from quizzes.formats.canvas.reading.question import Response
from quizzes.formats.canvas.reading.rules import Rule

TRUTHS = {"true": True, "false": False}


def read_single(draft: Draft) -> None:
    """One best answer: the option with the highest score; lower ones become weights."""
    response = draft.only_response()
    names = _read_options(draft, response)
    scores = _scores(draft, response, names)
    top = max(scores.values(), default=0.0)
    if top <= 0:
        raise refusal(Reason.TOO_FEW, "key", least=1)
    best = next(name for name in names.values() if scores.get(name) == top)
    if min(scores.values()) < 0:
        draft.question.not_kept("a score below 0")
    weights = {name: tidy(score / top) for name, score in scores.items() if score > 0 and name != best}
    draft.fields |= {"kind": "single", "key": best, "weights": weights}


def read_truth(draft: Draft) -> None:
    """True or false; with other words than these two it is read as a choice."""
    response = draft.only_response()
    values = {label.ident: label.text.strip().casefold() for label in response.labels}
    if sorted(values.values()) != sorted(TRUTHS):
        read_single(draft)
        return
    scores = _scores(draft, response, values)
    top = max(scores.values(), default=0.0)
    if top <= 0:
        raise refusal(Reason.TOO_FEW, "key", least=1)
    if len({scores.get(name, 0.0) for name in TRUTHS}) == 1:
        draft.question.not_kept("a second right answer")
    for ident, name in values.items():
        draft.say(name, response.ident, ident)
    draft.fields |= {"kind": "truefalse", "key": TRUTHS[max(scores, key=lambda name: scores[name])]}


def read_multiple(draft: Draft) -> None:
    """All that apply: one rule with all right answers, or a score for each of them."""
    response = draft.only_response()
    names = _read_options(draft, response)
    scored = [rule for rule in draft.question.rules if rule.score is not None and rule.equal]
    draft.fields["kind"] = "multiple"
    if all(rule.adds and len(rule.equal) == 1 for rule in scored) and scored:
        _read_weights(draft, _scores(draft, response, names), len(names))
    else:
        draft.fields["key"] = _right_ones(draft, scored, names)
    if draft.question.metadata.get("scoring_algorithm") == "AllOrNothing":
        draft.fields["scoring"] = "all"
        draft.fields.pop("weights", None)


def read_ordering(draft: Draft) -> None:
    """An order: the answers of the rule with the highest score, in its order."""
    response = draft.only_response()
    names = _read_options(draft, response)
    scored = [rule for rule in draft.question.rules if rule.score is not None and rule.equal]
    draft.fields |= {"kind": "ordering", "key": _right_ones(draft, scored, names)}


def _read_options(draft: Draft, response: Response) -> dict[str, str]:
    """Put the options and the feedback about them into the draft; the names of all labels by identifier."""
    names = option_names([label.ident for label in response.labels])
    draft.fields["options"] = {}
    for label in response.labels:
        if not label.text:
            draft.question.not_kept("an answer without words")
            continue
        draft.fields["options"][names[label.ident]] = label.text
        draft.say(names[label.ident], response.ident, label.ident)
    return names


def _scores(draft: Draft, response: Response, names: dict[str, str]) -> dict[str, float]:
    """What each answer earns by the rules that ask for it alone, by its name."""
    scores: dict[str, float] = {}
    for rule in draft.question.rules:
        if rule.score is None or not rule.equal:
            continue
        for name in _named(rule, names):
            scores[name] = rule.score + (scores.get(name, 0.0) if rule.adds else 0.0)
    return scores


def _named(rule: Rule, names: dict[str, str]) -> list[str]:
    for test in rule.equal:
        if test.value not in names:
            raise refusal(Reason.UNKNOWN_OPTION, "varequal", value=test.value[:80])
    return [names[test.value] for test in rule.equal]


def _right_ones(draft: Draft, scored: list[Rule], names: dict[str, str]) -> list[str]:
    """The answers of the rule with the highest score."""
    best = max(scored, key=lambda rule: rule.score or 0.0, default=None)
    if best is None or not best.score or best.score < 0:
        raise refusal(Reason.TOO_FEW, "key", least=1)
    if any(rule.score for rule in scored if rule is not best):
        draft.question.not_kept("the score of another combination of answers")
    return _named(best, names)


def _read_weights(draft: Draft, scores: dict[str, float], count: int) -> None:
    """A share of the full score for each right answer; where each wrong one takes as much, that is `net`."""
    right = {name: score for name, score in scores.items() if score > 0}
    wrong = {name: score for name, score in scores.items() if score < 0}
    whole = sum(right.values())
    if not right:
        raise refusal(Reason.TOO_FEW, "key", least=1)
    draft.fields["key"] = list(right)
    equal = len({*right.values(), *(-score for score in wrong.values())}) == 1
    if equal and len(right) + len(wrong) == count:
        return
    weights = {name: score / whole for name, score in {**right, **wrong}.items()}
    if min(weights.values()) < -1:
        draft.question.not_kept("a score lower than all right answers together")
    draft.fields |= {
        "scoring": "weights",
        "weights": {name: tidy(max(-1.0, weight)) for name, weight in weights.items()},
    }
