"""Quiz documents: TOML files of one quiz, or of questions only (a bank)."""

from collections.abc import Callable
from typing import Any

from quizzes import toml
from quizzes.errors import QuizError, Reason, refusal
from quizzes.fields import Fields, read_table, tidy
from quizzes.form import plain, read_item
from quizzes.item import Item
from quizzes.quiz import Quiz, Settings, Slot, every_item_once
from quizzes.vocabulary import Audience, Mode

MOST_QUESTIONS = 5000


def read_quiz(data: bytes) -> Quiz:
    """A quiz from its TOML document. Raises QuizError at the first thing that is wrong."""
    with Fields(toml.parse(data)) as fields:
        return _read_quiz(fields, _refuse)


def read_bank(data: bytes, lost: Callable[[QuizError], None] | None = None) -> tuple[Item, ...]:
    """The questions of a document, be it a bank or a quiz. Raises QuizError.

    With `lost`, an unusable question is reported to it and the others are still read.
    """
    with Fields(toml.parse(data)) as fields:
        if fields.has("id"):
            return _read_quiz(fields, lost or _refuse).items
        return _read_items(fields, "", Audience.OPEN, lost or _refuse)


def write_quiz(quiz: Quiz) -> bytes:
    """The TOML document of a quiz; reading it gives an equal quiz."""
    document: dict[str, Any] = {
        "id": quiz.id,
        "title": quiz.title,
        "lesson": quiz.lesson,
        "audience": quiz.audience.value,
        "language": quiz.language,
        "intro": quiz.intro,
    }
    document = {name: value for name, value in document.items() if value != ""}
    document["settings"] = _plain_settings(quiz.settings)
    if quiz.slots != every_item_once(quiz.items):
        document["slots"] = [
            {"question": slot.question, "mark": tidy(float(slot.mark))} for slot in quiz.slots
        ]
    if quiz.items:
        document["questions"] = [_plain(item, quiz.lesson, quiz.audience) for item in quiz.items]
    return toml.dump(document)


def write_bank(items: tuple[Item, ...]) -> bytes:
    """The TOML document of questions without a quiz."""
    return toml.dump({"questions": [_plain(item, "", Audience.OPEN) for item in items]})


def _refuse(error: QuizError) -> None:
    raise error


def _read_quiz(fields: Fields, lost: Callable[[QuizError], None]) -> Quiz:
    lesson = fields.text("lesson", "")
    audience = fields.word("audience", Audience, Audience.OPEN)
    items = _read_items(fields, lesson, audience, lost) if fields.has("questions") else ()
    slots = fields.each("slots", _read_slot) if fields.has("slots") else every_item_once(items)
    return Quiz(
        fields.text("id"),
        fields.text("title"),
        items,
        slots,
        lesson,
        audience,
        fields.text("language", "en"),
        fields.text("intro", ""),
        _read_settings(fields),
    )


def _read_items(
    fields: Fields, lesson: str, audience: Audience, lost: Callable[[QuizError], None]
) -> tuple[Item, ...]:
    items: dict[str, Item] = {}

    def read(question: Fields) -> Item:
        item = read_item(question, lesson=lesson, audience=audience)
        if item.id in items:
            raise refusal(Reason.DUPLICATE, "id", value=item.id)
        return item

    for place, value in fields.tables("questions", MOST_QUESTIONS):
        try:
            item = read_table(value, read, place)
        except QuizError as error:
            lost(error)
        else:
            items[item.id] = item
    return tuple(items.values())


def _read_slot(fields: Fields) -> Slot:
    return Slot(fields.text("question"), fields.number("mark", 1.0))


def _read_settings(fields: Fields) -> Settings:
    standard = Settings()
    if not fields.has("settings"):
        return standard
    with fields.table("settings") as table:
        return Settings(
            table.word("mode", Mode, standard.mode),
            table.integer("pass_mark", standard.pass_mark),
            table.integer("attempts", standard.attempts),
            table.integer("time_limit_ms", standard.time_limit_ms),
            table.flag("shuffle", standard.shuffle),
            table.flag("certainty", standard.certainty),
        )


def _plain_settings(settings: Settings) -> dict[str, Any]:
    return {
        "mode": settings.mode.value,
        "pass_mark": settings.pass_mark,
        "attempts": settings.attempts,
        "time_limit_ms": settings.time_limit_ms,
        "shuffle": settings.shuffle,
        "certainty": settings.certainty,
    }


def _plain(item: Item, lesson: str, audience: Audience) -> dict[str, Any]:
    """The form of an item without what it would inherit."""
    form = plain(item)
    if item.lesson == lesson:
        del form["lesson"]
    if item.audience is audience:
        del form["audience"]
    return form
