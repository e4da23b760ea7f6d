"""QuizError: what is wrong with a document or a response, where, and under which stable code."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from types import MappingProxyType


class Reason(StrEnum):
    """The stable code of an error; a page translates SENTENCES[code] and fills in the parameters."""

    TOO_LARGE = "too_large"
    UNREADABLE = "unreadable"
    UNKNOWN_FORMAT = "unknown_format"
    MISSING = "missing"
    UNKNOWN_FIELD = "unknown_field"
    WRONG_TYPE = "wrong_type"
    NOT_ONE_OF = "not_one_of"
    OUT_OF_RANGE = "out_of_range"
    BLANK = "blank"
    TOO_LONG = "too_long"
    CONTROL_CHARACTER = "control_character"
    BAD_ID = "bad_id"
    DUPLICATE = "duplicate"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    UNKNOWN_OPTION = "unknown_option"
    UNKNOWN_QUESTION = "unknown_question"
    KEY_INCOMPLETE = "key_incomplete"
    KEY_KIND = "key_kind"
    WEIGHTS = "weights"
    RIGHT_AND_HARMFUL = "right_and_harmful"
    LIMIT_TOO_LOW = "limit_too_low"
    OUTSIDE_PICTURE = "outside_picture"
    EMPTY_WINDOW = "empty_window"
    PRO_IN_OPEN = "pro_in_open"
    MALFORMED_RESPONSE = "malformed_response"
    NOT_A_NUMBER = "not_a_number"
    GAPS = "gaps"
    PANEL_SIZE = "panel_size"
    UNSETTLED = "unsettled"
    POOL_OR_QUESTION = "pool_or_question"
    POOL_TOO_SMALL = "pool_too_small"
    UNSUPPORTED_KIND = "unsupported_kind"
    NOT_KEPT = "not_kept"
    HOSTILE = "hostile"
    NOT_ALLOWED = "not_allowed"


SENTENCES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.TOO_LARGE: "The file is larger than %(limit)s bytes.",
        Reason.UNREADABLE: "The file cannot be read: %(detail)s.",
        Reason.UNKNOWN_FORMAT: "The format %(format)s is not known.",
        Reason.MISSING: "The field %(field)s is missing.",
        Reason.UNKNOWN_FIELD: "The field %(field)s is not known here.",
        Reason.WRONG_TYPE: "This should be %(expected)s.",
        Reason.NOT_ONE_OF: "%(value)s is not one of: %(allowed)s.",
        Reason.OUT_OF_RANGE: "The value should lie between %(low)s and %(high)s.",
        Reason.BLANK: "The text is empty.",
        Reason.TOO_LONG: "The text is longer than %(limit)s characters.",
        Reason.CONTROL_CHARACTER: "The text holds a character that cannot be shown (U+%(code_point)s).",
        Reason.BAD_ID: "%(value)s is not a valid identifier.",
        Reason.DUPLICATE: "%(value)s stands here twice.",
        Reason.TOO_FEW: "There should be at least %(least)s.",
        Reason.TOO_MANY: "There may be at most %(most)s.",
        Reason.UNKNOWN_OPTION: "%(value)s is not an option of this question.",
        Reason.UNKNOWN_QUESTION: "There is no question %(value)s.",
        Reason.KEY_INCOMPLETE: "The key says nothing about %(value)s.",
        Reason.KEY_KIND: "This key does not fit a question of the kind %(kind)s.",
        Reason.WEIGHTS: "The weights of the right actions should be above 0 and add up to 1.",
        Reason.RIGHT_AND_HARMFUL: "%(value)s is both right and harmful.",
        Reason.LIMIT_TOO_LOW: "The limit should be at least %(least)s, or the full mark cannot be reached.",
        Reason.OUTSIDE_PICTURE: "The zone does not lie inside the picture.",
        Reason.EMPTY_WINDOW: "The window should end after it starts.",
        Reason.PRO_IN_OPEN: "An open quiz may not hold a question for professionals.",
        Reason.MALFORMED_RESPONSE: "The response should be %(expected)s.",
        Reason.NOT_A_NUMBER: "The response is not a number with or without a unit.",
        Reason.GAPS: "Each gap should stand in the text once as [[gap]], and no other: %(value)s.",
        Reason.PANEL_SIZE: "The panel should have %(least)s to %(most)s members.",
        Reason.UNSETTLED: "A statement whose truth is open cannot be the key of a question.",
        Reason.POOL_OR_QUESTION: "A slot holds either a question or a pool.",
        Reason.POOL_TOO_SMALL: "The pool has %(found)s questions where %(wanted)s are to be drawn.",
        Reason.UNSUPPORTED_KIND: "Questions of the kind %(kind)s cannot be taken over.",
        Reason.NOT_KEPT: "This cannot be kept: %(what)s.",
        Reason.HOSTILE: "The file is not safe to read: %(detail)s.",
        Reason.NOT_ALLOWED: "%(value)s is not allowed here.",
    }
)

Parameter = str | int | float


class QuizError(Exception):
    """A document or a response that cannot be used.

    `reason` is the English sentence, `place` a path such as `questions[3].options.B` (counted from 0; empty
    for the whole), `code` and `parameters` are what a page translates from.
    """

    def __init__(
        self,
        reason: str,
        place: str = "",
        *,
        code: Reason = Reason.UNREADABLE,
        parameters: Mapping[str, Parameter] | None = None,
    ) -> None:
        super().__init__(f"{place}: {reason}" if place else reason)
        self.reason = reason
        self.place = place
        self.code = code
        self.parameters: Mapping[str, Parameter] = dict(parameters or {})

    def moved(self, prefix: str) -> "QuizError":
        """The same error, its place seen from further outside."""
        joint = "" if not self.place or self.place.startswith("[") else "."
        place = f"{prefix}{joint}{self.place}"
        return QuizError(self.reason, place, code=self.code, parameters=self.parameters)


def refusal(code: Reason, place: str = "", **parameters: Parameter) -> QuizError:
    """The error of this code with its sentence filled in, ready to be raised."""
    return QuizError(SENTENCES[code] % parameters, place, code=code, parameters=parameters)


@contextmanager
def within(place: str) -> Iterator[None]:
    """Put `place` before the place of any QuizError raised inside."""
    try:
        yield
    except QuizError as error:
        raise error.moved(place) from error.__cause__
