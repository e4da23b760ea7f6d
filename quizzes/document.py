"""Quiz documents: TOML files of one quiz, or of questions only (a bank)."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from quizzes import toml
from quizzes.errors import QuizError, Reason, refusal
from quizzes.fields import Fields, read_table, tidy
from quizzes.form import plain, read_item
from quizzes.item import Item
from quizzes.quiz import Pool, Quiz, Settings, Slot, every_item_once
from quizzes.vocabulary import Audience, Kind, Mode, Review

MOST_QUESTIONS = 5000
_QUESTION = re.compile(rb"^[ \t]*\[\[[ \t]*questions[ \t]*\]\]", re.M)


def read_quiz(data: bytes) -> Quiz:
    """A quiz from its TOML document. Raises QuizError at the first thing that is wrong."""
    with Fields(_parsed(data)) as fields:
        return _read_quiz(fields, _refuse)


def read_bank(data: bytes, lost: Callable[[QuizError], None] | None = None) -> tuple[Item, ...]:
    """The questions of a document, be it a bank or a quiz. Raises QuizError.

    With `lost`, an unusable question is reported to it and the others are still read.
    """
    with Fields(_parsed(data)) as fields:
        if fields.has("id"):
            return _read_quiz(fields, lost or _refuse).items
        return _read_items(fields, "", Audience.OPEN, lost or _refuse)


def read(data: bytes, lost: Callable[[QuizError], None]) -> tuple[Item, ...]:
    """The questions of a document, as every format reads them."""
    return read_bank(data, lost)


def write(items: Sequence[Item], lost: Callable[[QuizError], None]) -> bytes:
    """A bank of the items, as every format writes them; nothing is lost."""
    return write_bank(tuple(items))


def write_quiz(quiz: Quiz) -> bytes:
    """The TOML document of a quiz; reading it gives an equal quiz."""
    document: dict[str, Any] = {
        "id": quiz.id,
        "title": quiz.title,
        "lesson": quiz.lesson,
        "video": quiz.video,
        "audience": quiz.audience.value,
        "language": quiz.language,
        "intro": quiz.intro,
    }
    document = {name: value for name, value in document.items() if value != ""}
    document["settings"] = plain_settings(quiz.settings)
    if quiz.slots != every_item_once(quiz.items):
        document["slots"] = [_plain_slot(slot) for slot in quiz.slots]
    if quiz.items:
        document["questions"] = [_plain(item, quiz.lesson, quiz.audience) for item in quiz.items]
    return toml.dump(document)


def write_bank(items: tuple[Item, ...]) -> bytes:
    """The TOML document of questions without a quiz."""
    return toml.dump({"questions": [_plain(item, "", Audience.OPEN) for item in items]})


def _parsed(data: bytes) -> dict[str, Any]:
    """The tables of a document. Raises QuizError; for too many questions before anything is parsed."""
    if len(data) <= toml.LARGEST_FILE and len(_QUESTION.findall(data)) > MOST_QUESTIONS:
        raise refusal(Reason.TOO_MANY, "questions", most=MOST_QUESTIONS)
    return toml.parse(data)


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
        fields.text("video", ""),
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
    pool = None
    if fields.has("pool"):
        with fields.table("pool") as table:
            pool = read_pool(table)
    return Slot(
        fields.text("question", "") if pool else fields.text("question"),
        fields.number("mark", 1.0),
        pool,
        fields.integer("at_ms") if fields.has("at_ms") else None,
    )


def read_pool(fields: Fields) -> Pool:
    """A pool from its document fields. Raises QuizError."""
    kinds = [Fields({"kind": kind}, "kinds").word("kind", Kind) for kind in fields.texts("kinds", ())]
    return Pool(
        fields.integer("count", 1),
        fields.texts("tags", ()),
        tuple(kinds),
        fields.text("lesson", ""),
        fields.text("video", ""),
        fields.flag("critical", False),
    )


def plain_pool(pool: Pool) -> dict[str, Any]:
    """The document fields of a pool."""
    form = {
        "count": pool.count,
        "tags": list(pool.tags),
        "kinds": [kind.value for kind in pool.kinds],
        "lesson": pool.lesson,
        "video": pool.video,
        "critical": pool.critical,
    }
    return {name: value for name, value in form.items() if value}


def _plain_slot(slot: Slot) -> dict[str, Any]:
    form: dict[str, Any] = {"pool": plain_pool(slot.pool)} if slot.pool else {"question": slot.question}
    form["mark"] = tidy(float(slot.mark))
    return form if slot.at_ms is None else {**form, "at_ms": slot.at_ms}


def read_settings(table: Fields) -> Settings:
    """Settings from their document fields; what is left out is as usual. Raises QuizError."""
    standard = Settings()
    return Settings(
        table.word("mode", Mode, standard.mode),
        table.integer("pass_mark", standard.pass_mark),
        table.integer("attempts", standard.attempts),
        table.integer("time_limit_ms", standard.time_limit_ms),
        table.flag("shuffle", standard.shuffle),
        table.flag("certainty", standard.certainty),
        table.flag("hints", standard.hints),
        table.word("review", Review, standard.review),
    )


def plain_settings(settings: Settings) -> dict[str, Any]:
    """The document fields of settings; those that older documents do not know only where they differ."""
    standard = Settings()
    form: dict[str, Any] = {
        "mode": settings.mode.value,
        "pass_mark": settings.pass_mark,
        "attempts": settings.attempts,
        "time_limit_ms": settings.time_limit_ms,
        "shuffle": settings.shuffle,
        "certainty": settings.certainty,
    }
    if settings.hints is not standard.hints:
        form["hints"] = settings.hints
    if settings.review is not standard.review:
        form["review"] = settings.review.value
    return form


def _read_settings(fields: Fields) -> Settings:
    if not fields.has("settings"):
        return Settings()
    with fields.table("settings") as table:
        return read_settings(table)


def _plain(item: Item, lesson: str, audience: Audience) -> dict[str, Any]:
    """The form of an item without what it would inherit."""
    form = plain(item)
    if item.lesson == lesson:
        del form["lesson"]
    if item.audience is audience:
        del form["audience"]
    return form
