"""What the templates of the question editor are given: the form, what can be chosen, advice, a preview."""

from __future__ import annotations

from dataclasses import dataclass

from flask import request
from sqlalchemy.orm import Session

import quizzes
from edu.errors import Invalid, InvalidFields
from edu.policy import Viewer
from edu.services.quizzing import pictures
from edu.services.quizzing.pictures import PictureView
from edu.services.quizzing.views import question
from edu.services.quizzing.views.question import Asked, QuestionView
from edu.services.quizzing.writing import document, offers, sheet, still
from edu.services.quizzing.writing.offers import Offers
from edu.services.quizzing.writing.saving import Work
from edu.services.quizzing.writing.sheet import Sheet
from edu.web.studio import menu
from edu.web.studio import question_words as words
from edu.web.wording import sentence_for
from edu.web.words import gettext as _
from quizzes import Item, Kind
from quizzes.advice import advise


@dataclass(frozen=True, slots=True)
class Aside:
    """What stands beside the form: what is missing, what advice says, and the question as learners get it."""

    missing: tuple[tuple[str, str, str], ...]  # field, its label, what is wrong
    advice: tuple[words.AdviceLine, ...]
    question: QuestionView | None

    @property
    def blocking(self) -> int:
        """How many things stand in the way of publishing."""
        return len(self.missing) + sum(line.severity == "blocking" for line in self.advice)


def typed(kind: Kind) -> Sheet:
    """The sheet of the form that was posted."""
    return sheet.typed(kind, request.form)


def kind_of(value: str | None) -> Kind:
    """The kind with this name. Invalid for another word."""
    try:
        return Kind(value or "")
    except ValueError as error:
        raise Invalid("Choose one of the list.", code="not_one_of", field="kind") from error


def aside(form: Sheet, language: str = "en") -> Aside:
    """What the form would make now."""
    try:
        item = document.item(form, "preview")
    except InvalidFields as error:
        labels = words.fields({"why": _("Explanation"), "references": _("References")})
        named = [(str(fault.parameters.get("field", "")), sentence_for(fault)) for fault in error.faults]
        return Aside(tuple((name, labels[name], sentence) for name, sentence in named), (), None)
    lines = words.advice_lines(form, advise(item, language=language))
    return Aside((), tuple(lines), preview(item))


def preview(item: Item) -> QuestionView:
    """The question as an attempt shows it, with its options in the order of the form."""
    body = quizzes.body(item)
    order = [option["id"] for option in body["options"]]
    return question.view(Asked(body, order), picture=pictures.view(body))


def values(
    session: Session, viewer: Viewer, work: Work, form: Sheet, base: int | None = None
) -> dict[str, object]:
    """All that the page of a question needs; `base` is the version that the form was made from."""
    found = offers.offers(session, viewer)
    return {
        "work": work,
        "form": form,
        "base": work.version if base is None else base,
        "kind_words": dict(words.kinds())[form.kind.value],
        "use": words.uses()[form.kind.value],
        "aside": aside(form),
        "still": _still(form),
        "choices": _choices(form, found),
        "videos": found.videos,
        "lessons": found.lessons,
    }


def _still(form: Sheet) -> PictureView | None:
    """The picture under the form's zones, with every layer that it has: its author may see them all."""
    name = form.said("picture")
    size = still.sizes(name)
    if size is None:
        return None
    shown = {"name": name, "width": size[0], "height": size[1], "alt": form.said("picture_alt"), "hidden": []}
    return pictures.view({"picture": shown})


def _choices(form: Sheet, found: Offers) -> dict[str, words.Choices]:
    """The lists of the form's selects, with what is chosen now, even where it is not offered any more."""
    playable = [(video.code, f"{video.code} {video.title}") for video in found.videos if video.is_playable]
    lessons = [(lesson.code, f"{lesson.code} {lesson.title}".strip()) for lesson in found.lessons]
    gone = _("%(name)s (no longer there)")
    return {
        "lesson": _with([("", _("No lesson")), *lessons], form.said("lesson"), gone),
        "video": _with([("", _("Please choose")), *playable], form.said("video"), gone),
        "frame_video": [("", _("Please choose")), *playable],
        "scoring": words.scorings(form.kind),
        "grade": words.strengths(),
        "bloom": words.blooms(),
        "audience": menu.audiences(),
        "truth": [("", _("Please choose")), ("true", _("True")), ("false", _("False"))],
        "shape": words.shapes(),
        "gap": words.gap_kinds(),
        "role": words.roles(),
        "tolerance_kind": words.tolerance_kinds(),
        "layers": words.layers(),
        "scale": words.scale(),
        "answers": _answers(form),
    }


def _answers(form: Sheet) -> words.Choices:
    named = [(row["id"], row.get("text", "").strip()) for row in form.group("options")]
    return [("", _("Please choose")), *((name, text) for name, text in named if text)]


def _with(offered: words.Choices, chosen: str, gone: str) -> words.Choices:
    if not chosen or any(value == chosen for value, _words in offered):
        return offered
    return [*offered, (chosen, gone % {"name": chosen})]
