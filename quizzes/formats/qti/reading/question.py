"""An assessmentItem as questions: one for each of its interactions, inline ones together."""

from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

from quizzes.errors import QuizError, Reason, refusal
from quizzes.formats.prose import Lost, once
from quizzes.formats.qti.reading.body import Body, Passage, read_body
from quizzes.formats.qti.reading.choosing import choice, hottext, order
from quizzes.formats.qti.reading.declaration import declarations
from quizzes.formats.qti.reading.draft import Asked, Draft, Reader, said, unsupported
from quizzes.formats.qti.reading.entering import entry, extended_text, slider
from quizzes.formats.qti.reading.filling import cloze
from quizzes.formats.qti.reading.formula import spell_out
from quizzes.formats.qti.reading.pairing import associate, match
from quizzes.formats.qti.reading.pointing import (
    graphic_gap_match,
    hotspot,
    position_object,
    read_picture,
    select_point,
)
from quizzes.formats.qti.reading.processing import processing
from quizzes.formats.qti.reading.telling import tell
from quizzes.formats.qti.reading.unit import cut_unit
from quizzes.formats.xml_tree import child, children, descendant
from quizzes.gap import gaps_in

READERS: dict[str, Reader] = {
    "choiceInteraction": choice,
    "hottextInteraction": hottext,
    "orderInteraction": order,
    "matchInteraction": match,
    "associateInteraction": associate,
    "extendedTextInteraction": extended_text,
    "sliderInteraction": slider,
    "selectPointInteraction": select_point,
    "positionObjectStage": position_object,
    "hotspotInteraction": hotspot,
    "graphicGapMatchInteraction": graphic_gap_match,
}
_BESIDE = {
    "templateProcessing": "values that are drawn at random",
    "assessmentStimulusRef": "a text that several questions share",
    "stylesheet": "style sheets",
    "catalogInfo": "texts for accessibility and translation",
    "apipAccessibility": "texts for accessibility and translation",
    "companionMaterialsInfo": "companion materials",
}
_PLACE = "____"


def read_item(item: Element, lost: Lost) -> list[Draft]:
    """The questions of an item with the names of 2.x; it is taken apart on the way.

    Questions that cannot be used are told to `lost`. Raises QuizError when nothing of it can be.
    """
    lost = once(lost)
    _tell_beside(item, lost)
    if spell_out(item):
        lost(refusal(Reason.NOT_KEPT, what="the setting of formulas"))
    rules = processing(item)
    after = [said(element, lost) for element in children(item, "modalFeedback")]
    body = read_body(item, lost)
    holder = Asked(item, "", declarations(item), rules, lost, [*body.said, *after])
    drafts = list(_drafts(body, holder))
    if rules.unread:
        names = ", ".join(rules.unread)[:200]
        lost(
            refusal(Reason.NOT_KEPT, "responseProcessing", what=f"the rules by which it is marked ({names})")
        )
    if len(drafts) > 1:
        what = f"that {len(drafts)} questions stand together and are marked as one"
        lost(refusal(Reason.NOT_KEPT, what=what))
    tell(drafts, holder.said, rules, lost)
    if body.picture is not None and len(drafts) == 1:
        drafts[0].form["picture"] = read_picture(body.picture, "itemBody")
    return drafts


def _drafts(body: Body, holder: Asked) -> Iterator[Draft]:
    """The questions that can be read, in order."""
    found = list(_questions(body, holder))
    if not found:
        raise unsupported("an item without a question", "itemBody")
    for asked, reader in found:
        try:
            yield reader(asked)
        except QuizError as error:
            holder.lost(error)


def _questions(body: Body, holder: Asked) -> Iterator[tuple[Asked, Reader]]:
    lead = ""
    for place, passage in enumerate(_with_tail(body.passages)):
        text = passage.text
        if any(gap in body.blanks for gap in gaps_in(text)):
            filled, text = _cut_behind_gaps(text) if passage.asked is not None else (text, "")
            yield _inline(replace(holder, stem=filled), body)
        if passage.asked is None:
            continue
        stem = "\n\n".join(part for part in (lead, text, passage.prompt) if part.strip())
        if not place and passage.text == text:
            lead = text  # what stands before the first question is said to all of them
        name = str(passage.asked.tag)
        yield replace(holder, element=passage.asked, stem=stem), READERS.get(name, _refuse)


def _refuse(asked: Asked) -> Draft:
    raise unsupported(str(asked.element.tag), asked.response)


def _with_tail(passages: list[Passage]) -> list[Passage]:
    """The passages; words behind the last interaction that ask nothing go to its stem."""
    *before, last = passages
    if not before or gaps_in(last.text):
        return passages
    ask = before[-1]
    prompt = "\n\n".join(part for part in (ask.prompt, last.text) if part.strip())
    return [*before[:-1], replace(ask, prompt=prompt)]


def _cut_behind_gaps(text: str) -> tuple[str, str]:
    """The paragraphs up to the last that holds a gap, and those behind."""
    parts = text.split("\n\n")
    last = max(place for place, part in enumerate(parts) if gaps_in(part)) + 1
    return "\n\n".join(parts[:last]), "\n\n".join(parts[last:])


def _inline(asked: Asked, body: Body) -> tuple[Asked, Reader]:
    """A cloze, or the only entry of a text as a short or numeric question."""
    blanks = {name: body.blanks[name] for name in gaps_in(asked.stem) if name in body.blanks}
    first = next(iter(blanks.values()))
    if len(blanks) > 1 or first.element.tag != "textEntryInteraction":
        return asked, lambda one: cloze(one, blanks, body.units)
    stem, unit = cut_unit(asked.stem, f"[[{first.name}]]", asked.declarations, first, _PLACE)
    unit = body.units.get(first.name, unit)
    alone = replace(asked, element=first.element, stem=stem)

    def read(one: Asked) -> Draft:
        draft = entry(one)
        return Draft({**draft.form, "unit": unit} if unit else draft.form)

    return alone, read


def _tell_beside(item: Element, lost: Lost) -> None:
    """Tell of what stands beside the question and has no place in ours."""
    if item.get("adaptive", "false") in {"true", "1"}:
        lost(refusal(Reason.NOT_KEPT, what="that it adapts to the answers (adaptive)"))
    if item.get("timeDependent", "false") in {"true", "1"}:
        lost(refusal(Reason.NOT_KEPT, what="that the time counts (timeDependent)"))
    for name, what in _BESIDE.items():
        if child(item, name) is not None:
            lost(refusal(Reason.NOT_KEPT, what=what))
    if descendant(item, "templateBlock", "templateInline") is not None:
        lost(refusal(Reason.NOT_KEPT, what=_BESIDE["templateProcessing"]))
    for outcome in children(item, "outcomeDeclaration"):
        if outcome.get("externalScored") == "human":
            lost(refusal(Reason.NOT_KEPT, what="marks that people give"))
