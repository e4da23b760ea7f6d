"""Reading an H5P package: every question of its content becomes an item or a loss."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from quizzes.errors import QuizError, Reason, refusal
from quizzes.fields import Fields
from quizzes.form import read_item
from quizzes.formats.archive import Archive
from quizzes.formats.h5p.choices import read_multi_choice, read_one_of_set, read_true_false
from quizzes.formats.h5p.package import open_package, tell_other_files
from quizzes.formats.h5p.picture import read_hotspot
from quizzes.formats.h5p.task import Task
from quizzes.formats.h5p.texts import read_blanks, read_drag_text
from quizzes.formats.h5p.walk import ONE_OF_SET, tasks
from quizzes.formats.prose import Lost
from quizzes.formats.telling import Telling
from quizzes.item import Item
from quizzes.text import IDENTIFIER

READERS: Mapping[str, Callable[[Task], dict[str, Any]]] = MappingProxyType(
    {
        "H5P.MultiChoice": read_multi_choice,
        "H5P.TrueFalse": read_true_false,
        ONE_OF_SET: read_one_of_set,
        "H5P.Blanks": read_blanks,
        "H5P.DragText": read_drag_text,
        "H5P.ImageHotspotQuestion": read_hotspot,
    }
)


def read(data: bytes, lost: Lost) -> tuple[Item, ...]:
    """The items of an .h5p file.

    A content type that is not on the list, and each part that cannot be kept, is told to `lost` with its path
    in content.json. Raises QuizError when nothing can be read or the file is hostile.
    """
    archive = Archive(data)
    library, parameters = open_package(archive)
    items: dict[str, Item] = {}
    try:
        for task in tasks(library, parameters, "", lost):
            _read_task(task, items)
    except QuizError as error:  # no list of questions where there should be one
        lost(error)
    tell_other_files(archive, lost)
    return tuple(items.values())


def _read_task(task: Task, items: dict[str, Item]) -> None:
    telling = Telling("", task.lost)
    task = replace(task, lost=telling.lost)
    try:
        reader = READERS.get(task.library)
        if reader is None:
            raise refusal(Reason.UNSUPPORTED_KIND, kind=task.library[:80])
        form = {"id": _identifier(task, items), **reader(task)}
        with Fields({name: value for name, value in form.items() if value not in ("", [], {})}) as fields:
            item = read_item(fields)
    except QuizError as error:
        telling.leave_out(error)
    else:
        telling.whose.item = item.id
        items[item.id] = item


def _identifier(task: Task, items: dict[str, Item]) -> str:
    """The identifier that H5P gave, else Q1, Q2, ...; never one that is taken."""
    if IDENTIFIER.fullmatch(task.ident) and task.ident not in items:
        return task.ident
    number = len(items) + 1
    while f"Q{number}" in items:
        number += 1
    return f"Q{number}"
