"""What the templates of the quiz editor are given: the form, its places, the bank, advice."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from edu.models import Audience, Lesson, Video
from edu.policy import Viewer
from edu.services.contents import facts
from edu.services.quizzing import allowances
from edu.services.quizzing.arranging import advising, films, form, pools, saving
from edu.services.quizzing.arranging import bank as banking
from edu.services.quizzing.arranging.bank import Bank, Entry, Wanted
from edu.services.quizzing.arranging.pools import Supply
from edu.services.quizzing.arranging.saving import Work
from edu.services.quizzing.arranging.sheet import Row, Sheet
from edu.services.quizzing.writing import offers
from edu.services.quizzing.writing.reading import Faults
from edu.services.typed import row_id
from edu.web.studio import menu, quiz_words
from edu.web.studio.quiz_words import RemarkLine
from edu.web.wording import sentence_for
from edu.web.words import gettext as _


@dataclass(frozen=True, slots=True)
class PlaceView:
    """A place of the form: a question of the bank (None: it is gone), or a pool with what there is for it."""

    n: int
    row: Row
    entry: Entry | None
    supply: Supply | None
    words: str


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the form: how large the quiz is, what stands in the way, what advice says."""

    questions: int
    marks: float
    short: int  # pools that are too small
    remarks: tuple[RemarkLine, ...]
    faults: tuple[tuple[str, str, str], ...]  # field, its label, what is wrong with what stands there

    @property
    def blocking(self) -> int:
        """How many things stand in the way of publishing."""
        return self.short + len(self.faults) + sum(line.severity == "blocking" for line in self.remarks)


def values(
    session: Session, viewer: Viewer, work: Work, sheet: Sheet, wanted: Wanted, base: int | None = None
) -> dict[str, object]:
    """All that the page of a quiz needs; `base` is the version that the form was made from."""
    bank = banking.bank(session, viewer)
    video = films.chosen(session, viewer, sheet.said("video"))
    offered = offers.offers(session, viewer)
    places = _places(session, sheet, bank, video)
    quiz = saving.mine(session, viewer, work.slug) if work.slug else None
    return {
        "work": work,
        "form": sheet,
        "base": work.version if base is None else base,
        "mark": work.mark,
        "places": places,
        "beside": _beside(session, sheet, bank, places),
        "found": bank.search(wanted, set(sheet.questions)),
        "wanted": wanted,
        "bank": bank,
        "kinds": dict(quiz_words.kinds()),
        "steps": films.steps(session, video),
        "in_video": video is not None,
        "choices": _choices(session, viewer, sheet, offered),
        "modes": quiz_words.modes(),
        "certainties": quiz_words.certainties(),
        "allowances": allowances.listed(session, quiz) if quiz else (),
    }


def _places(session: Session, sheet: Sheet, bank: Bank, video: Video | None) -> list[PlaceView]:
    faults = Faults()
    read = [
        form.pool(row, f"places-{n}", faults) if row.is_pool else None for n, row in enumerate(sheet.places)
    ]
    found = pools.supplies(bank, read, set(sheet.questions), is_gated=_is_pro(session, sheet, video))
    return [
        PlaceView(n, row, bank.entries.get(row.question), found[n], quiz_words.pool_line(row))
        for n, row in enumerate(sheet.places)
    ]


def _is_pro(session: Session, sheet: Sheet, video: Video | None) -> bool:
    """Whether the quiz would be for professionals, as far as its form tells."""
    number = row_id(sheet.said("lesson"))
    lesson = session.get(Lesson, number) if number else None
    around = [facts(lesson).audience] if lesson else []
    around += [video.audience] if video else []
    return Audience.PRO in around or sheet.said("audience") == Audience.PRO


def _beside(session: Session, sheet: Sheet, bank: Bank, places: list[PlaceView]) -> Beside:
    faults = Faults()
    settings = form.settings(sheet, faults)
    known = advising.items(session, bank, sheet.questions)
    at = {row.question: n for n, row in enumerate(sheet.places) if row.question}
    found = advising.advice(sheet, known, settings, sheet.said("language") or "en")
    counts = [place.supply.wanted if place.supply else int(not place.row.is_pool) for place in places]
    marks = [form.mark(place.row, f"places-{place.n}", faults) for place in places]
    return Beside(
        questions=sum(counts),
        marks=sum(count * mark for count, mark in zip(counts, marks, strict=True)),
        short=sum(place.supply is not None and not place.supply.is_enough for place in places),
        remarks=quiz_words.remarks(found, at),
        faults=_told(faults),
    )


def _told(faults: Faults) -> tuple[tuple[str, str, str], ...]:
    """What cannot stay as it is, with its field; what is still empty is asked for when it is published."""
    labels = quiz_words.fields({})
    wrong = [fault for fault in faults.found if fault.code != "blank"]
    named = [(str(fault.parameters.get("field", "")), sentence_for(fault)) for fault in wrong]
    return tuple((name, labels[name], sentence) for name, sentence in named)


def _choices(
    session: Session, viewer: Viewer, sheet: Sheet, offered: offers.Offers
) -> dict[str, quiz_words.Choices]:
    """The lists of the form's selects, with what is chosen now, even where it is not offered any more."""
    lessons = [(str(lesson.id), f"{lesson.code} {lesson.title}".strip()) for lesson in offered.lessons]
    videos = [(str(film.id), f"{film.code} {film.title}") for film in films.choices(session, viewer)]
    gone = _("The one it has now")
    return {
        "lesson": _with([("", _("No lesson")), *lessons], sheet.said("lesson"), gone),
        "video": _with([("", _("Not in a video")), *videos], sheet.said("video"), gone),
        "audience": menu.audiences(),
        "review": quiz_words.reviews(),
    }


def _with(offered: quiz_words.Choices, chosen: str, words: str) -> quiz_words.Choices:
    if not chosen or any(value == chosen for value, _label in offered):
        return offered
    return [*offered, (chosen, words)]
