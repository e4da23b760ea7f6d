"""Settling a quiz before it is published: all that its form names is there, and nothing blocks it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from edu.errors import Invalid
from edu.models import Audience, Lesson, Question, Quiz, Video
from edu.policy import Action, Viewer, can
from edu.services import typed as typing
from edu.services.contents import facts
from edu.services.quizzing.arranging import advising, films, form
from edu.services.quizzing.arranging import bank as banking
from edu.services.quizzing.arranging.bank import Bank
from edu.services.quizzing.arranging.pools import supplies
from edu.services.quizzing.arranging.sheet import Row, Sheet
from edu.services.quizzing.publishing import Place
from edu.services.quizzing.writing.reading import Faults
from quizzes import Mode, Pool, Settings

LAST = 10**9  # milliseconds; a place that the film does not ask stands behind those that it does
MOST_NAMED = 5  # questions that one sentence names


@dataclass(frozen=True, slots=True)
class Settled:
    """A quiz that may be published."""

    title: str
    intro: str
    language: str
    settings: Settings
    places: list[Place]
    audience: Audience
    lesson: Lesson | None
    video: Video | None


def settled(session: Session, viewer: Viewer, sheet: Sheet, before: Quiz | None) -> Settled:
    """The quiz of a form. Raises InvalidFields that name every field that is wrong."""
    faults = Faults()
    title, intro, language = (
        form.title(sheet, faults), form.intro(sheet, faults), form.language(sheet, faults)
    )  # fmt: skip
    settings = form.settings(sheet, faults)
    lesson = _lesson(session, viewer, sheet, before, faults)
    video = _video(session, viewer, sheet, faults)
    audience = _audience(sheet, before, lesson, video, faults)
    bank = banking.bank(session, viewer)
    pools = [
        form.pool(row, f"places-{n}", faults) if row.is_pool else None for n, row in enumerate(sheet.places)
    ]
    _check_questions(sheet, bank, audience, faults)
    _check_pools(sheet, bank, pools, audience, faults)
    _check_advice(session, sheet, bank, pools, audience, faults)
    rows = _questions(session, sheet.questions)
    places = [
        _place(row, n, pools[n], rows, video, faults)
        for n, row in enumerate(sheet.places)
        if row.question in rows or pools[n]
    ]
    if not sheet.places:
        faults.add("Add at least one question.", "places", "no_questions")
    if video is not None:
        _check_film(sheet, settings, faults)
        places.sort(key=lambda place: LAST if place.at_ms is None else place.at_ms)
    faults.require_none()
    return Settled(title, intro, language, settings, places, audience, lesson, video)


def _lesson(
    session: Session, viewer: Viewer, sheet: Sheet, before: Quiz | None, faults: Faults
) -> Lesson | None:
    value = sheet.said("lesson")
    if not value:
        return None
    number = typing.row_id(value)
    asked = select(Lesson).where(Lesson.id == number).options(joinedload(Lesson.module, innerjoin=True))
    lesson = session.scalar(asked) if number else None
    is_kept = before is not None and lesson is not None and before.lesson_id == lesson.id
    if lesson is None or not (is_kept or can(viewer, Action.EDIT, facts(lesson))):
        faults.add("Choose one of your lessons.", "lesson", "not_there")
        return None
    return lesson


def _video(session: Session, viewer: Viewer, sheet: Sheet, faults: Faults) -> Video | None:
    video = films.chosen(session, viewer, sheet.said("video"))
    if video is None and sheet.said("video"):
        faults.add("Choose one of the videos.", "video", "not_there")
    return video


def _audience(
    sheet: Sheet, before: Quiz | None, lesson: Lesson | None, video: Video | None, faults: Faults
) -> Audience:
    """For whom it is: with a lesson, for those that is for; in a video, for nobody who may not watch it."""
    around = [facts(lesson).audience] if lesson else []
    around += [video.audience] if video else []
    is_pro = Audience.PRO in around or sheet.said("audience") == Audience.PRO
    audience = Audience.PRO if is_pro else Audience.OPEN
    try:
        typing.is_opened(
            before.audience if before else None, audience, is_meant=bool(sheet.said("open_to_all"))
        )
    except Invalid as error:
        faults.found.append(error)
    return audience


def _check_film(sheet: Sheet, settings: Settings, faults: Faults) -> None:
    """A film asks for practice and waits as long as it takes, or learners would never be asked."""
    if settings.mode is not Mode.PRACTICE:
        faults.add("Inside a video a quiz is for practice.", "mode", "film_test")
    if settings.time_limit_ms:
        faults.add("Inside a video a quiz has no limit of time.", "minutes", "film_limit")
    if sheet.places and not any(row.at for row in sheet.places):
        faults.add("Say at least once when the video asks, such as 1:20.", "places-0-at", "blank")


def _check_questions(sheet: Sheet, bank: Bank, audience: Audience, faults: Faults) -> None:
    seen: set[int] = set()
    for n, row in enumerate(sheet.places):
        if row.is_pool:
            continue
        entry = bank.entries.get(row.question)
        if entry is None:
            faults.add("This question is not there any more: remove it.", f"place-{n}", "not_there")
        elif row.question in seen:
            faults.add("This question stands in the quiz twice.", f"place-{n}", "twice")
        elif entry.is_pro and audience is Audience.OPEN:
            faults.add(
                "This question is for professionals: remove it, or make the quiz for professionals.",
                f"place-{n}", "pro_in_open",
            )  # fmt: skip
        seen.add(row.question)


def _check_pools(
    sheet: Sheet, bank: Bank, pools: list[Pool | None], audience: Audience, faults: Faults
) -> None:
    """An attempt must not begin with fewer questions than the quiz says."""
    found = supplies(bank, pools, sheet.questions, is_gated=audience is Audience.PRO)
    for n, supply in enumerate(found):
        if supply is None or supply.is_enough:
            continue
        if supply.fitting < supply.wanted:
            faults.add(
                "Only %(found)s questions fit, and %(wanted)s are to be drawn: draw fewer, or widen it.",
                f"places-{n}-count", "pool_too_small", found=supply.fitting, wanted=supply.wanted,
            )  # fmt: skip
        else:
            faults.add(
                "%(found)s questions fit, but pools before may take all but %(left)s of them, and %(wanted)s "
                "are to be drawn: draw fewer, or widen it.",
                f"places-{n}-count", "pool_too_small",
                found=supply.fitting, left=supply.sure, wanted=supply.wanted,
            )  # fmt: skip


def _check_advice(
    session: Session,
    sheet: Sheet,
    bank: Bank,
    pools: list[Pool | None],
    audience: Audience,
    faults: Faults,
) -> None:
    """What blocks a question blocks the quiz that asks it, at a place of its own or out of a pool."""
    is_gated = audience is Audience.PRO
    drawn = {
        entry.id
        for entry in bank.entries.values()
        for pool in pools
        if pool and entry.fits(pool) and (is_gated or not entry.is_pro)
    }
    known = advising.items(session, bank, drawn | set(sheet.questions))
    wrong = [ident for ident, _ in advising.blocked(known)]
    for n, row in enumerate(sheet.places):
        if row.question in wrong:
            faults.add(
                "Advice about this question must be followed before anybody is asked it.",
                f"place-{n}", "blocked",
            )  # fmt: skip
    for n, pool in enumerate(pools):
        held = [bank.entries[ident].uid for ident in wrong if pool and bank.entries[ident].fits(pool)]
        if held:
            faults.add(
                "Questions of this pool must be mended before anybody is asked them: %(names)s",
                f"places-{n}-count", "blocked", names=", ".join(sorted(held)[:MOST_NAMED]),
            )  # fmt: skip


def _questions(session: Session, numbers: Collection[int]) -> dict[int, Question]:
    found = session.scalars(select(Question).where(Question.id.in_(numbers)))
    return {question.id: question for question in found}


def _place(
    row: Row, n: int, pool: Pool | None, rows: Mapping[int, Question], video: Video | None, faults: Faults
) -> Place:
    name = f"places-{n}"
    at = form.at_ms(row, name, video.duration_ms, faults) if video else None
    return Place(rows.get(row.question), form.mark(row, name, faults), pool, at)
