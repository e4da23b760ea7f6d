"""Rules about what stands around a key: explanation, evidence, references."""

from collections.abc import Iterator

from quizzes.advice.rules import Advice, Rule, hint, warning
from quizzes.advice.view import View


def explanation(view: View) -> Iterator[Advice]:
    """No explanation."""
    if not view.item.feedback.why.strip():
        yield warning(Rule.NO_EXPLANATION, "why")


def evidence(view: View) -> Iterator[Advice]:
    """No step of a video that shows the answer."""
    if view.item.evidence is not None:
        return
    if view.item.critical:
        yield warning(Rule.CRITICAL_WITHOUT_EVIDENCE, "evidence")
    else:
        yield hint(Rule.NO_EVIDENCE, "evidence")


def references(view: View) -> Iterator[Advice]:
    """No reference."""
    if not view.item.references:
        yield warning(Rule.NO_REFERENCES, "references")
