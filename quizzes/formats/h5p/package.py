"""The two files of an H5P package that are read: what it is, and its content."""

import json
from collections.abc import Mapping
from typing import Any

from quizzes.errors import QuizError, Reason, refusal
from quizzes.fields import Fields
from quizzes.formats.archive import Archive
from quizzes.formats.prose import Lost

ABOUT = "h5p.json"
CONTENT = "content/content.json"
LARGEST_JSON = 4 * 1024 * 1024  # bytes; as objects it may take thirty times as much
MOST_TAGS = 100_000


def open_package(archive: Archive) -> tuple[str, Mapping[str, Any]]:
    """(machine name of the main library, parameters). Raises QuizError where there are none to be read."""
    return Fields(_json(archive, ABOUT), ABOUT).text("mainLibrary"), _json(archive, CONTENT)


def tell_other_files(archive: Archive, lost: Lost) -> None:
    """Tell `lost` of the files beside the two: media by name, the files of the libraries together."""
    for name in archive.names:
        if name.startswith("content/") and name != CONTENT:
            lost(refusal(Reason.NOT_KEPT, name, what="a file of the package"))
    if any(not name.startswith("content/") and name != ABOUT for name in archive.names):
        lost(refusal(Reason.NOT_KEPT, what="the files of H5P's libraries"))


def _json(archive: Archive, name: str) -> Mapping[str, Any]:
    data = archive.read(name)
    if len(data) > LARGEST_JSON:
        raise refusal(Reason.TOO_LARGE, name, limit=LARGEST_JSON)
    if data.count(b"<") + data.lower().count(b"\\u003c") > MOST_TAGS:
        raise refusal(Reason.HOSTILE, name, detail="it holds more markup than questions have")
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except RecursionError as error:
        raise refusal(Reason.HOSTILE, name, detail="it is nested too deeply") from error
    except UnicodeDecodeError as error:
        raise refusal(Reason.UNREADABLE, name, detail="it is not UTF-8 text") from error
    except json.JSONDecodeError as error:
        raise _syntax_error(name, error) from error
    except ValueError as error:  # from int()
        raise refusal(Reason.UNREADABLE, name, detail="a number has thousands of digits") from error
    if not isinstance(value, dict):
        raise refusal(Reason.WRONG_TYPE, name, expected="a table")
    return value


def _syntax_error(name: str, error: json.JSONDecodeError) -> QuizError:
    return refusal(Reason.UNREADABLE, f"{name}, line {error.lineno}", detail=error.msg)
