"""H5P packages to test with."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from quizzes.errors import QuizError
from quizzes.formats.h5p import read
from quizzes.item import Item

LATIN = "12345678-1234-1234-1234-123456789abc"  # an identifier as H5P gives them


def package(library: str, parameters: Any, **files: bytes) -> bytes:
    target = BytesIO()
    with ZipFile(target, "w") as archive:
        archive.writestr("h5p.json", json.dumps({"title": "x", "mainLibrary": library}))
        archive.writestr("content/content.json", json.dumps(parameters))
        for name, data in files.items():
            archive.writestr(name, data)
    return target.getvalue()


def unpacked(library: str, parameters: Mapping[str, Any]) -> tuple[tuple[Item, ...], list[str]]:
    """The items of a package, and what was lost as "place: sentence"."""
    lost: list[QuizError] = []
    items = read(package(library, parameters), lost.append)
    return items, [f"{error.place}: {error.reason}" for error in lost]


def only(library: str, parameters: Mapping[str, Any]) -> Item:
    """The one item of a package, of which nothing was lost."""
    items, lost = unpacked(library, parameters)
    assert lost == []
    return items[0]


def choice(right: int = 0, **more: Any) -> dict[str, Any]:
    answers = [{"text": f"<div>{text}</div>", "correct": n == right} for n, text in enumerate(("one", "two"))]
    return {"question": "<p>Which?</p>\n", "answers": answers, **more}


def inside(library: str, parameters: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    return {"library": f"{library} 1.16", "params": parameters, **more}
