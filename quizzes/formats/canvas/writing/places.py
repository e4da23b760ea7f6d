"""Pairs, blanks and drop-down lists: questions with several places to answer, as Canvas asks them."""

from xml.etree.ElementTree import Element, SubElement

from quizzes.formats.canvas.types import QuestionType
from quizzes.formats.canvas.writing import elements as xml
from quizzes.formats.canvas.writing.asking import Asked, Sheet, about_answers, share
from quizzes.formats.canvas.writing.typed import literal
from quizzes.gap import Gap
from quizzes.item import Item
from quizzes.kinds.gaps import Filling, Fillings
from quizzes.kinds.pairs import Pairs
from quizzes.vocabulary import GapKind


def write_pairs(sheet: Sheet, key: Pairs) -> Asked:
    """A left side for each prompt, each with all right sides."""
    item = sheet.item
    right = [(option.id, option.text) for option in item.options]
    for left in item.prompts:
        xml.labels(_place(sheet, left.id, left.text), right, is_html=False)
    said: dict[str, str] = {}
    for prompt, option in key.pairs:
        rule, place = xml.condition(sheet.processing)
        xml.equal(place, option, f"response_{prompt}")
        sheet.give(rule, share(1, len(key.pairs)), adds=True)
        text = item.feedback.about(prompt)
        if text:
            rule, place = xml.condition(sheet.processing)
            xml.equal(SubElement(place, "not"), option, f"response_{prompt}")
            xml.shows(rule, f"{prompt}_fb")
            said[f"{prompt}_fb"] = text
    return Asked(QuestionType.MATCHING, item.prompt_ids, said)


def write_blanks(sheet: Sheet, key: Fillings) -> Asked:
    """A text with [name] where a gap is, and below it what each gap takes."""
    item = sheet.item
    fillings = {filling.gap: filling for filling in key.fillings}
    answers = {gap.id: _answers(sheet, gap, fillings[gap.id]) for gap in item.gaps}
    said: dict[str, str] = {}
    for gap in item.gaps:
        xml.labels(_place(sheet, gap.id, gap.id), answers[gap.id], is_html=False)
        own = {ident: ident for ident, _ in answers[gap.id]}
        said |= about_answers(sheet, own, f"response_{gap.id}")
    whole = sum(filling.weight for filling in key.fillings)
    for gap in item.gaps:
        _score_gap(sheet, gap, fillings[gap.id], answers[gap.id], whole)
    stem = item.stem
    for gap in item.gaps:
        stem = stem.replace(f"[[{gap.id}]]", f"[{gap.id}]")
    lists = all(gap.kind is GapKind.CHOICE for gap in item.gaps)
    idents = tuple(ident for found in answers.values() for ident, _ in found)
    return Asked(QuestionType.DROPDOWNS if lists else QuestionType.BLANKS, idents, said, stem)


def is_of_one_sort(item: Item) -> bool:
    """Whether all gaps are lists or all are typed into: Canvas asks no other, and no numbers in a text."""
    sorts = {gap.kind for gap in item.gaps}
    return len(sorts) == 1 and GapKind.NUMERIC not in sorts


def _place(sheet: Sheet, ident: str, words: str) -> Element:
    place = xml.leaf(sheet.presentation, "response_lid", ident=f"response_{ident}")
    xml.material(place, words, is_html=False)
    return place


def _answers(sheet: Sheet, gap: Gap, filling: Filling) -> list[tuple[str, str]]:
    """The answers of a gap by identifier: its list, or the texts that earn everything."""
    if gap.kind is GapKind.CHOICE:
        return [(option.id, option.text) for option in sheet.item.options if gap.owns(option.id)]
    texts = [literal(pattern.text) for pattern in filling.patterns if pattern.fraction == 1]
    return [(f"{gap.id}.{place}", text) for place, text in enumerate(texts, start=1)]


def _score_gap(
    sheet: Sheet, gap: Gap, filling: Filling, answers: list[tuple[str, str]], whole: float
) -> None:
    """The rule for a gap's right answer; Canvas takes every text of a blank, but scores the first."""
    full = {gap.option_id(name) for name, fraction in filling.options if fraction == 1}
    right = next(ident for ident, _ in answers if ident in full or not full)
    rule, place = xml.condition(sheet.processing)
    xml.equal(place, right, f"response_{gap.id}")
    sheet.give(rule, share(filling.weight, whole), adds=True)
