"""The errors that edu raises: the class says what the caller can do, the sentence may be shown to people."""

from __future__ import annotations

from collections.abc import Sequence


class EduError(Exception):
    """Something a person can be told: an English sentence, and a stable code with parameters for translation.

    The sentence may hold blanks such as `%(most)s`, which the parameters fill; `template` is what a page
    translates before it fills them.
    """

    code = "error"

    def __init__(self, sentence: str, *, code: str | None = None, **parameters: object) -> None:
        filled = sentence % parameters if parameters and "%(" in sentence else sentence
        super().__init__(filled)
        self.sentence = filled
        self.template = sentence
        self.code = code or type(self).code
        self.parameters = parameters


class NotFound(EduError):
    """There is no such thing, or the caller may not know that there is."""

    code = "not_found"


class Forbidden(EduError):
    """The caller is known and may not do this."""

    code = "forbidden"


class SignInNeeded(EduError):
    """The caller may do this after signing in."""

    code = "sign_in_needed"


class GateClosed(EduError):
    """For professionals only: the self-declaration of the gate is missing."""

    code = "gate_closed"


class Invalid(EduError):
    """What was sent cannot be accepted; the sentence says what to change."""

    code = "invalid"


class InvalidFields(Invalid):
    """Several fields of a form are wrong: one of `faults` for each; the first speaks where one must."""

    def __init__(self, faults: Sequence[Invalid]) -> None:
        first = faults[0]
        super().__init__(first.template, code=first.code, **first.parameters)
        self.faults = tuple(faults)


class Conflict(EduError):
    """The thing has changed or ended meanwhile."""

    code = "conflict"


class Gone(EduError):
    """A link that was used, has expired or never was."""

    code = "gone"


class TooLarge(EduError):
    """More bytes or more parts than are accepted."""

    code = "too_large"


class TooMany(EduError):
    """Too many tries in a short time; `retry_after` seconds is among the parameters."""

    code = "too_many"


class NoRoom(EduError):
    """The disk or the quota is full."""

    code = "no_room"


class SettingsError(EduError):
    """A setting is missing or wrong; the sentence names it and says what to write."""

    code = "settings"
