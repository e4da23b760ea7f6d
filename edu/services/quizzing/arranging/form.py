"""From the form of a quiz to its settings and places, and back; every fault is kept with its field."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from edu.errors import EduError, Invalid
from edu.models import Quiz
from edu.services import typed
from edu.services.quizzing.arranging.sheet import MOST_TEXT, Row, Sheet
from edu.services.quizzing.publishing import Place
from edu.services.quizzing.views import clock
from edu.services.quizzing.writing.reading import Faults, several
from quizzes import Kind, Mode, Pool, QuizError, Review, Settings
from quizzes.errors import SENTENCES
from quizzes.fields import tidy
from quizzes.quiz import LARGEST_MARK, LARGEST_POOL, LONGEST_TIME_MS, MOST_ATTEMPTS

MOST_TITLE = 200
MINUTE = 60_000  # milliseconds
FLAGS = ("shuffle", "certainty", "hints")


def blank(audience: str = "open", lesson_id: int = 0, title: str = "") -> Sheet:
    """The form of a new quiz, with the settings that most have."""
    values = _settings_of(Settings())
    lesson = str(lesson_id) if lesson_id else ""
    return Sheet({**values, "title": title, "audience": audience, "lesson": lesson, "language": "en"})


def sheet_of(quiz: Quiz, settings: Settings, places: Sequence[Place]) -> Sheet:
    """The form as it would have been filled in to make this version."""
    values = {
        "title": quiz.title,
        "intro": str(quiz.details.get("intro", "")),
        "language": str(quiz.details.get("language", "en")),
        "lesson": str(quiz.lesson_id or ""),
        "audience": quiz.audience.value,
        "video": str(quiz.video_id or ""),
    }
    return Sheet({**values, **_settings_of(settings)}, tuple(_row_of(place) for place in places))


def _settings_of(settings: Settings) -> dict[str, str]:
    said = {
        "mode": settings.mode.value,
        "pass_mark": str(settings.pass_mark),
        "attempts": str(settings.attempts or ""),
        "minutes": str(tidy(settings.time_limit_ms / MINUTE)) if settings.time_limit_ms else "",
        "review": settings.review.value,
    }
    return said | {name: "1" if getattr(settings, name) else "" for name in FLAGS}


def _row_of(place: Place) -> Row:
    mark = str(tidy(place.mark))
    at = "" if place.at_ms is None else clock.written(place.at_ms)
    if place.question is not None:
        return Row(place.question.id, mark=mark, at=at)
    pool = place.pool or Pool()
    return Row(
        mark=mark,
        at=at,
        count=str(pool.count),
        tags=", ".join(pool.tags),
        kinds=tuple(kind.value for kind in pool.kinds),
        lesson=pool.lesson,
        film=pool.video,
        critical="1" if pool.critical else "",
    )


def title(sheet: Sheet, faults: Faults) -> str:
    """The title in one line."""
    return _words(typed.line, sheet, "title", MOST_TITLE, faults)


def intro(sheet: Sheet, faults: Faults) -> str:
    """What stands above the quiz before it begins."""
    return _words(typed.text, sheet, "intro", MOST_TEXT, faults, optional=True)


def language(sheet: Sheet, faults: Faults) -> str:
    """The language of its questions."""
    try:
        return typed.language(sheet.said("language") or "en")
    except Invalid as error:
        faults.found.append(error)
        return "en"


def settings(sheet: Sheet, faults: Faults) -> Settings:
    """The settings; what cannot be read is noted and left as it is usual."""
    usual = Settings()
    pass_mark = _within(sheet, "pass_mark", usual.pass_mark, 100, faults)
    attempts = _within(sheet, "attempts", 0, MOST_ATTEMPTS, faults)
    minutes = faults.number(sheet.said("minutes"), "minutes", default=0.0)
    if not 0 <= minutes * MINUTE <= LONGEST_TIME_MS:
        _out_of_range(faults, "minutes", LONGEST_TIME_MS // MINUTE)
        minutes = 0.0
    try:
        mode, review = Mode(sheet.said("mode") or usual.mode), Review(sheet.said("review") or usual.review)
    except ValueError:
        faults.add("Choose one of the list.", "mode", "not_one_of")
        mode, review = usual.mode, usual.review
    return Settings(
        mode=mode,
        pass_mark=pass_mark,
        attempts=attempts,
        time_limit_ms=round(minutes * MINUTE),
        shuffle=bool(sheet.said("shuffle")),
        certainty=bool(sheet.said("certainty")),
        hints=bool(sheet.said("hints")),
        review=review,
    )


def pool(row: Row, name: str, faults: Faults) -> Pool | None:
    """The pool of a place; None, and a fault, when it cannot be read."""
    before = len(faults.found)
    count = faults.whole(row.count, f"{name}-count")
    if len(faults.found) == before and not 1 <= count <= LARGEST_POOL:
        _out_of_range(faults, f"{name}-count", LARGEST_POOL, least=1)
    if len(faults.found) > before:
        return None
    kinds = tuple(Kind(kind) for kind in row.kinds)
    try:
        return Pool(count, tuple(several(row.tags)), kinds, row.lesson, row.film, bool(row.critical))
    except QuizError as error:
        faults.add(SENTENCES[error.code], f"{name}-tags", error.code, **error.parameters)
        return None


def mark(row: Row, name: str, faults: Faults) -> float:
    """What a place is worth."""
    value = faults.number(row.mark, f"{name}-mark", default=1.0)
    if not 0 < value <= LARGEST_MARK:
        faults.add(
            "Write a mark above 0, at most %(most)s.", f"{name}-mark", "out_of_range", most=LARGEST_MARK
        )
        return 1.0
    return value


def at_ms(row: Row, name: str, duration_ms: int, faults: Faults) -> int | None:
    """When a place is asked in a film of this length; None for one that the film does not ask."""
    if not row.at:
        return None
    value = clock.read(row.at)
    if value is None:
        faults.add("Write a time, such as 1:20.5.", f"{name}-at", "no_time")
        return None
    if duration_ms and value > duration_ms:
        end = clock.written(duration_ms)
        faults.add("The video ends at %(end)s.", f"{name}-at", "past_end", end=end)
    return value


def _words(
    read: Callable[..., str], sheet: Sheet, name: str, most: int, faults: Faults, *, optional: bool = False
) -> str:
    try:
        return read(sheet.values.get(name, ""), name, most=most, optional=optional)
    except EduError as error:
        known = {key: value for key, value in error.parameters.items() if key != "field"}
        faults.add(error.template, name, error.code, **known)
        return ""


def _within(sheet: Sheet, name: str, usual: int, most: int, faults: Faults) -> int:
    value = faults.whole(sheet.said(name), name, default=usual)
    if not 0 <= value <= most:
        _out_of_range(faults, name, most)
        return usual
    return value


def _out_of_range(faults: Faults, name: str, most: int, *, least: int = 0) -> None:
    faults.add("Write a number from %(low)s to %(high)s.", name, "out_of_range", low=least, high=most)
