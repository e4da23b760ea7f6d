"""The words for errors: a stable code with parameters becomes a sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter
from typing import Any

from werkzeug.exceptions import HTTPException

import captions.errors
import media.errors
import media.making.report
import quizzes.errors
from captions import CaptionError, layer_faults
from captions.layer_faults import LayersError
from edu.errors import EduError, TooMany
from edu.web.words import gettext, kept
from media import MediaError
from quizzes import QuizError


def sentence_for(error: Exception) -> str:
    """The translated sentence for an error; its own English one where no translation is known."""
    if isinstance(error, HTTPException):
        return _http_sentence(error.code or 500)
    if getattr(error, "code", "") == "stale_form":
        return gettext(
            "This form was open for too long, or cookies are off. Go back, reload the page and try again."
        )
    if isinstance(error, TooMany) and "retry_after" in error.parameters:
        return gettext(
            "Too many tries in a short time. Please try again in %(seconds)s seconds.",
            seconds=error.parameters["retry_after"],
        )
    cause = error.__cause__
    is_quoted = cause is not None and str(error) in (str(cause), getattr(cause, "reason", ""))
    if said := _said_by_library(cause if cause is not None and is_quoted else error):
        return said
    if isinstance(error, EduError) and error.template != error.sentence:
        return _as_sentence(gettext(error.template, **error.parameters))
    return _as_sentence(gettext(str(getattr(error, "sentence", "") or error)))


def _said_by_library(error: BaseException) -> str:
    """What a library says, by its code and parameters; "" for what none of them said."""
    if isinstance(error, CaptionError):
        return _in_line(error.line, _filled(captions.errors.SENTENCES[error.code], error.parameters))
    if isinstance(error, LayersError):
        return _in_line(error.line, _filled(layer_faults.SENTENCES[error.code], error.parameters))
    if isinstance(error, QuizError):
        return gettext(quizzes.errors.SENTENCES[error.code]) % error.parameters
    return media_sentence(error.code, error.parameters) if isinstance(error, MediaError) else ""


def _in_line(line: int | None, said: str) -> str:
    return said if line is None else gettext("Line %(line)s: %(what)s", line=line, what=said)


def problem_sentence(problem: Mapping[str, Any]) -> str:
    """What is wrong with a video, from the record of it; nothing for an empty one."""
    if not problem:
        return ""
    return media_sentence(str(problem["code"]), problem["parameters"], str(problem["sentence"]))


def media_sentence(code: str, parameters: Mapping[str, object], fallback: str = "") -> str:
    """What the media library says under a code, in the reader's language; the fallback where it is silent, or
    where the parameters of its sentence are not known."""
    template = media.errors.SENTENCES.get(code) or media.making.report.TEXTS.get(code)
    if not template:
        return kept(fallback)
    if fallback and not _can_fill(template, parameters):
        return fallback  # filled in by an earlier edu
    return _filled(template, parameters)


def _can_fill(template: str, parameters: Mapping[str, object]) -> bool:
    return {name for _, name, _, _ in Formatter().parse(template) if name} <= set(parameters)


def _filled(template: str, parameters: Mapping[str, object]) -> str:
    try:
        return gettext(template).format(**parameters)
    except (KeyError, IndexError):  # a blank that the error, kept by an earlier edu, does not fill
        return template


def _as_sentence(words: str) -> str:
    """The words with a capital and a full stop: inside the program they are a clause."""
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!", ":")) else ".")


def _http_sentence(status: int) -> str:
    if status == 404:
        return gettext("There is no such page. Perhaps the address was mistyped, or the page was moved.")
    if status == 405:
        return gettext("This address does not take that kind of request.")
    if status == 413:
        return gettext("That is more than this address accepts at once.")
    if status == 400:
        return gettext("The request could not be understood.")
    if status < 500:
        return gettext("The request could not be answered.")
    return gettext("Something went wrong on our side. It was noted; please try again in a minute.")
