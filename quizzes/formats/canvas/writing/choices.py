"""Single and multiple choice, and true or false, as Canvas asks them."""

from xml.etree.ElementTree import SubElement

from quizzes.formats.canvas.types import QuestionType
from quizzes.formats.canvas.writing import elements as xml
from quizzes.formats.canvas.writing.asking import Asked, Sheet, about_answers
from quizzes.kinds.choice import Choice, Choices
from quizzes.kinds.truth import Truth


def write_single(sheet: Sheet, key: Choice) -> Asked:
    """One best answer."""
    item = sheet.item
    xml.chooser(sheet.presentation, [(option.id, option.text) for option in item.options])
    said = about_answers(sheet, {option: option for option in item.option_ids})
    _score_one(sheet, key.option)
    return Asked(QuestionType.MULTIPLE_CHOICE, item.option_ids, said)


def write_truth(sheet: Sheet, key: Truth) -> Asked:
    """True or false; Canvas knows these two by their English words."""
    answers = {"true": "True", "false": "False"}
    xml.chooser(sheet.presentation, list(answers.items()))
    said = about_answers(sheet, {name: name for name in answers})
    _score_one(sheet, "true" if key.value else "false")
    return Asked(QuestionType.TRUE_FALSE, tuple(answers), said)


def write_multiple(sheet: Sheet, key: Choices) -> Asked:
    """All that apply: one rule with every right option and without every wrong one."""
    item = sheet.item
    xml.chooser(sheet.presentation, [(option.id, option.text) for option in item.options], several=True)
    said = about_answers(sheet, {option: option for option in item.option_ids})
    rule, place = xml.condition(sheet.processing, goes_on=False)
    both = SubElement(place, "and")
    for option in item.option_ids:
        xml.equal(both if option in key.options else SubElement(both, "not"), option)
    sheet.give(rule)
    return Asked(QuestionType.MULTIPLE_ANSWERS, item.option_ids, said)


def _score_one(sheet: Sheet, ident: str) -> None:
    rule, place = xml.condition(sheet.processing, goes_on=False)
    xml.equal(place, ident)
    sheet.give(rule)
