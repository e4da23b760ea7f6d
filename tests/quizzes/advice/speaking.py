"""What the rules say about an item, short enough to compare."""

from quizzes.advice import Rule, advise
from quizzes.item import Item
from quizzes.vocabulary import Kind
from tests.quizzes.samples import sample

ALWAYS = {Rule.NO_EVIDENCE, Rule.NO_REFERENCES, Rule.NO_OPTION_FEEDBACK}
"""What is said of nearly every sample, since samples are bare."""


def said(item: Item, language: str = "en") -> dict[Rule, str]:
    """The place of each rule that says something; not those about bare samples."""
    return {
        advice.rule: advice.place for advice in advise(item, language=language) if advice.rule not in ALWAYS
    }


def single(stem: str, *options: str, right: str = "A", kind: Kind = Kind.SINGLE) -> Item:
    """An item with these options under A, B, C; `right` names the right ones of several."""
    named = dict(zip("ABCDEFGH", options, strict=False))
    key = list(right) if kind is Kind.MULTIPLE else right
    return sample(kind, stem=stem, options=named, key=key)
