"""The XML that Canvas's questions are made of."""

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement

from quizzes.formats.canvas.types import ABOUT_ALL, ABOUT_RIGHT, ABOUT_WRONG
from quizzes.formats.prose import to_html

RESPONSE = "response1"  # the only place to answer


def leaf(parent: Element, name: str, text: str = "", **attributes: str) -> Element:
    """A new element below `parent` with this text."""
    element = SubElement(parent, name, attributes)
    if text:
        element.text = legal(text)
    return element


def legal(text: str) -> str:
    """The text without the two characters that XML cannot hold."""
    return text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")


def material(parent: Element, text: str, *, is_html: bool = True) -> None:
    """Words: as HTML, or plain where Canvas shows no HTML."""
    kind = "text/html" if is_html else "text/plain"
    leaf(SubElement(parent, "material"), "mattext", to_html(text) if is_html else text, texttype=kind)


def metadata(parent: Element, entries: dict[str, str]) -> Element:
    """The metadata of a question, an assessment or a bank."""
    place = SubElement(parent, "qtimetadata")
    for label, entry in entries.items():
        field = SubElement(place, "qtimetadatafield")
        leaf(field, "fieldlabel", label)
        leaf(field, "fieldentry", entry)
    return place


def chooser(presentation: Element, options: Sequence[tuple[str, str]], *, several: bool = False) -> None:
    """The options of a question that has one list of them."""
    place = leaf(
        presentation, "response_lid", ident=RESPONSE, rcardinality="Multiple" if several else "Single"
    )
    labels(place, options)


def labels(place: Element, options: Sequence[tuple[str, str]], *, is_html: bool = True) -> None:
    """A list of answers by identifier."""
    choice = SubElement(place, "render_choice")
    for ident, text in options:
        material(leaf(choice, "response_label", ident=ident), text, is_html=is_html)


def writer(presentation: Element, *, is_number: bool) -> None:
    """A field to type into."""
    place = leaf(presentation, "response_str", ident=RESPONSE, rcardinality="Single")
    if is_number:
        leaf(leaf(place, "render_fib", fibtype="Decimal"), "response_label", ident="answer1")
    else:
        leaf(leaf(place, "render_fib"), "response_label", ident="answer1", rshuffle="No")


def condition(processing: Element, goes_on: bool | None = None) -> tuple[Element, Element]:
    """A new rule and the place of its tests; `goes_on` says whether the rules behind it are looked at."""
    rule = SubElement(processing, "respcondition")
    if goes_on is not None:
        rule.set("continue", "Yes" if goes_on else "No")
    return rule, SubElement(rule, "conditionvar")


def equal(place: Element, value: str, response: str = RESPONSE) -> None:
    """A test for one answer."""
    leaf(place, "varequal", value, respident=response)


def scores(rule: Element, score: str, *, adds: bool = False) -> None:
    """What a rule gives."""
    leaf(rule, "setvar", score, action="Add" if adds else "Set", varname="SCORE")


def shows(rule: Element, ident: str) -> None:
    """What a rule says."""
    leaf(rule, "displayfeedback", feedbacktype="Response", linkrefid=ident)


def shows_always(processing: Element, ident: str) -> None:
    """A rule that says something whatever was answered."""
    rule, place = condition(processing, goes_on=True)
    leaf(place, "other")
    shows(rule, ident)


def said(item: Element, texts: dict[str, str]) -> None:
    """The feedback by identifier."""
    for ident, text in texts.items():
        material(leaf(leaf(item, "itemfeedback", ident=ident), "flow_mat"), text)


def general(right: str, wrong: str, why: str) -> dict[str, str]:
    """What is said of the whole answer, by Canvas's identifiers; what is empty is left out."""
    texts = {ABOUT_ALL: why, ABOUT_RIGHT: right, ABOUT_WRONG: wrong}
    return {ident: text for ident, text in texts.items() if text}
