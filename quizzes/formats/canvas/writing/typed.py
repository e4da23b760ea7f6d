"""Short answers and numbers as Canvas asks them."""

from decimal import Decimal
from xml.etree.ElementTree import SubElement

from quizzes.fields import tidy
from quizzes.formats.canvas.reading.typed import EXACT
from quizzes.formats.canvas.types import QuestionType
from quizzes.formats.canvas.writing import elements as xml
from quizzes.formats.canvas.writing.asking import Asked, Sheet, about_answers, share
from quizzes.kinds.quantity import Quantity
from quizzes.kinds.short import Words
from quizzes.vocabulary import ToleranceKind


def write_short(sheet: Sheet, key: Words) -> Asked:
    """A short answer: the texts that earn everything. Canvas knows no wildcard: a star is left out."""
    xml.writer(sheet.presentation, is_number=False)
    texts = {str(place): literal(pattern.text) for place, pattern in enumerate(key.patterns, start=1)}
    said = about_answers(sheet, texts)
    rule, place = xml.condition(sheet.processing, goes_on=False)
    for pattern in key.patterns:
        if pattern.fraction == 1:
            xml.equal(place, literal(pattern.text))
    sheet.give(rule)
    return Asked(QuestionType.SHORT_ANSWER, tuple(texts), said)


def literal(text: str) -> str:
    """A pattern as an answer that fits it."""
    hidden = text.replace("\\*", "\0")
    return hidden.replace("*", "").replace("\0", "*").strip() or text


def write_number(sheet: Sheet, key: Quantity) -> Asked:
    """A number and its bounds, in exact decimals; further accepted numbers follow with their share."""
    xml.writer(sheet.presentation, is_number=True)
    scoring = sheet.item.scoring
    _write_range(sheet, key.value, scoring.tolerance, scoring.tolerance_kind, "100")
    for near in key.also:
        _write_range(sheet, near.value, near.tolerance, ToleranceKind.ABSOLUTE, share(near.fraction, 1))
    return Asked(QuestionType.NUMERICAL, ("answer1",), {})


def _write_range(sheet: Sheet, value: float, tolerance: float, kind: ToleranceKind, score: str) -> None:
    rule, place = xml.condition(sheet.processing, goes_on=False)
    either = SubElement(place, "or")
    middle, reach = _decimal(value), _decimal(tolerance)
    exact = {"respident": xml.RESPONSE}
    if kind is ToleranceKind.RELATIVE:
        exact |= {"margintype": "percent", "margin": _plain(EXACT.multiply(reach, Decimal(100)))}
    xml.leaf(either, "varequal", _plain(middle), **exact)
    both = SubElement(either, "and")
    for name, bound in zip(("vargte", "varlte"), _bounds(middle, reach, kind), strict=True):
        xml.leaf(both, name, _plain(bound), respident=xml.RESPONSE)
    sheet.give(rule, score)


def _bounds(middle: Decimal, reach: Decimal, kind: ToleranceKind) -> tuple[Decimal, Decimal]:
    if kind is ToleranceKind.GEOMETRIC:
        factor = 1 + float(reach)
        return _decimal(float(middle) / factor), _decimal(float(middle) * factor)
    distance = EXACT.multiply(reach, abs(middle)) if kind is ToleranceKind.RELATIVE else reach
    return EXACT.subtract(middle, distance), EXACT.add(middle, distance)


def _decimal(value: float) -> Decimal:
    return Decimal(repr(tidy(value)))


def _plain(number: Decimal) -> str:
    """The number in figures, as Canvas writes it; an exponent only where it would be endless."""
    return f"{number:f}" if -30 < number.adjusted() < 30 else str(number)
