"""From the content of a package to its questions: sets and interactive videos are opened."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from quizzes.errors import QuizError, Reason, refusal
from quizzes.fields import Fields
from quizzes.formats.h5p.task import Task, inner
from quizzes.formats.prose import Lost, from_html, moved, once

MOST_TASKS = 5000
DEEPEST = 5  # contents within contents
ONE_OF_SET = "H5P.SingleChoiceSet"


def tasks(
    library: str, parameters: Mapping[str, Any], place: str, lost: Lost, ident: str = ""
) -> Iterator[Task]:
    """Every question below this content, in order; what is of no kind that is read here is a Task as well.

    What cannot be opened is told to `lost`, and the rest is still walked through.
    """
    if place.count(".params") > DEEPEST:
        raise refusal(Reason.HOSTILE, place, detail="it is nested too deeply")
    name = library.partition(" ")[0]
    fields = Fields(parameters, place)
    if name == "H5P.QuestionSet":
        yield from _question_set(fields, place, lost)
    elif name == "H5P.InteractiveVideo":
        yield from _video(fields.table("interactiveVideo"), _at(place, "interactiveVideo"), lost)
    elif name == ONE_OF_SET:
        yield from _each(fields, "choices", lost, _single_choice)
    else:
        yield Task(name, parameters, place, ident, once(moved(place, lost) if place else lost))


Opener = Callable[[Mapping[str, Any], str, Lost], Iterator[Task]]


def _each(fields: Fields, name: str, lost: Lost, opened: Opener) -> Iterator[Task]:
    """What each entry of a list opens to; an entry that is broken is lost alone."""
    for place, value in fields.tables(name, MOST_TASKS) if fields.has(name) else ():
        try:
            yield from opened(_table(value, place), place, lost)
        except QuizError as error:
            lost(error)


def _question_set(fields: Fields, place: str, lost: Lost) -> Iterator[Task]:
    introduction = inner(fields, "introPage").text("introduction", "")
    text = from_html(introduction, lambda _: None)
    if text:
        lost(refusal(Reason.NOT_KEPT, _at(place, "introPage"), what=text[:200]))
    yield from _each(fields, "questions", lost, _content)


def _single_choice(choice: Mapping[str, Any], place: str, lost: Lost) -> Iterator[Task]:
    yield Task(ONE_OF_SET, choice, place, _ident(choice), once(moved(place, lost)))


def _video(fields: Fields, place: str, lost: Lost) -> Iterator[Task]:
    """The questions inside a film."""
    yield from _each(inner(fields, "video"), "files", lost, _film)
    assets = inner(fields, "assets")
    yield from _each(assets, "bookmarks", lost, _bookmark)
    yield from _each(assets, "interactions", lost, _interaction)
    task = inner(inner(fields, "summary"), "task")
    if task.has("library") and _has_summary(task):
        library = task.text("library").partition(" ")[0]
        lost(refusal(Reason.UNSUPPORTED_KIND, _at(place, "summary"), kind=library[:80]))


def _film(file: Mapping[str, Any], place: str, lost: Lost) -> Iterator[Task]:
    path = Fields(file, place).text("path", "")
    lost(refusal(Reason.NOT_KEPT, place, what=f"the film {path[:200]}".rstrip()))
    yield from ()


def _bookmark(bookmark: Mapping[str, Any], place: str, lost: Lost) -> Iterator[Task]:
    fields = Fields(bookmark, place)
    what = f"the bookmark {fields.text('label', '')[:200]} at {fields.number('time', 0):g} s"
    lost(refusal(Reason.NOT_KEPT, place, what=what))
    yield from ()


def _has_summary(task: Fields) -> bool:
    """Whether somebody wrote one: H5P puts an empty one into every film."""
    parameters = inner(task, "params")
    found = parameters.tables("summaries") if parameters.has("summaries") else []
    entries = [Fields(value, place) for place, value in found if isinstance(value, Mapping)]
    return any(entry.has("summary") and any(entry.texts("summary")) for entry in entries)


def _interaction(value: Mapping[str, Any], place: str, lost: Lost) -> Iterator[Task]:
    """A question at a time of the film. The time, and where an answer leads, are losses."""
    fields = Fields(value, place)
    shown = inner(fields, "duration")
    start, end = shown.number("from", 0), shown.number("to", 0)
    lost(refusal(Reason.NOT_KEPT, place, what=f"that it is asked at {start:g} to {end:g} s of the film"))
    for name in ("correct", "wrong"):
        answer = inner(inner(fields, "adaptivity"), name)
        if answer.has("seekTo"):
            what = f"that a {name} answer leads to {answer.number('seekTo'):g} s of the film"
            lost(refusal(Reason.NOT_KEPT, place, what=what))
    yield from _content(_table(value.get("action"), f"{place}.action"), f"{place}.action", lost)


def _content(content: Mapping[str, Any], place: str, lost: Lost) -> Iterator[Task]:
    """A content inside another one."""
    library = Fields(content, place).text("library")
    parameters = _table(content.get("params", {}), f"{place}.params")
    yield from tasks(library, parameters, f"{place}.params", lost, _ident(content))


def _ident(content: Mapping[str, Any]) -> str:
    ident = content.get("subContentId")
    return ident if isinstance(ident, str) else ""


def _table(value: Any, place: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise refusal(Reason.WRONG_TYPE, place, expected="a table")
    return value


def _at(place: str, name: str) -> str:
    return f"{place}.{name}" if place else name
