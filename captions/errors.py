"""CaptionError: why a caption file is refused, as a sentence, a line and a stable code."""

from enum import StrEnum


class ErrorCode(StrEnum):
    """The stable names of refusals: a page translates by code, the English sentence is the fallback."""

    TOO_LARGE = "too-large"
    TOO_MANY_CUES = "too-many-cues"
    EMPTY = "empty"
    NOT_WEBVTT = "not-webvtt"
    HTML = "html"
    BINARY = "binary"
    UNKNOWN_ENCODING = "unknown-encoding"
    UNKNOWN_FORMAT = "unknown-format"
    UNSUPPORTED_FORMAT = "unsupported-format"
    NO_CUES = "no-cues"
    UNWRITABLE = "unwritable"
    CHAPTER_LINE = "chapter-line"
    CHAPTERS = "chapters"
    STEP_ID = "step-id"
    UNKNOWN_PROFILE = "unknown-profile"


SENTENCES: dict[ErrorCode, str] = {
    ErrorCode.TOO_LARGE: "The file has {size} bytes; at most {limit} are read.",
    ErrorCode.TOO_MANY_CUES: "The file has more than {limit} captions.",
    ErrorCode.EMPTY: "The file is empty.",
    ErrorCode.NOT_WEBVTT: "This is not a WebVTT file: its first line must be the word WEBVTT.",
    ErrorCode.HTML: "This is a web page, not a caption file. Download the caption file itself.",
    ErrorCode.BINARY: "This is not a text file ({what}). Choose a .vtt, .srt or .sbv file.",
    ErrorCode.UNKNOWN_ENCODING: "There is no text encoding called {encoding}.",
    ErrorCode.UNKNOWN_FORMAT: "This is not a caption format known here: {format}.",
    ErrorCode.UNSUPPORTED_FORMAT: "{format} is not among the formats handled here: {supported}.",
    ErrorCode.NO_CUES: "No line with the time of a caption was found, such as 00:00:01,000 --> 00:00:04,000.",
    ErrorCode.UNWRITABLE: "Caption {number} cannot be written: {why}.",
    ErrorCode.CHAPTER_LINE: "This is not a chapter line such as “0:00 Title”: {text}",
    ErrorCode.CHAPTERS: "The chapters cannot be used: {why}.",
    ErrorCode.UNKNOWN_PROFILE: "There is no set of caption rules called {profile}.",
    ErrorCode.STEP_ID: "This is not a step id such as V1-c05: {text}",
}


class CaptionError(Exception):
    """A caption file or track that cannot be used.

    `reason` is an English sentence that may be shown to a person, `line` the line of the file (from 1)
    where there is one; `code` and `parameters` let a page say the same in another language.
    """

    def __init__(
        self,
        reason: str,
        line: int | None = None,
        *,
        code: ErrorCode = ErrorCode.UNKNOWN_FORMAT,
        parameters: dict[str, str | int] | None = None,
    ) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.code = code
        self.parameters = parameters or {}

    def __str__(self) -> str:
        return self.reason if self.line is None else f"line {self.line}: {self.reason}"


def refusal(code: ErrorCode, line: int | None = None, **parameters: str | int) -> CaptionError:
    """Make the error of a code; its sentence is filled with the parameters."""
    return CaptionError(SENTENCES[code].format(**parameters), line, code=code, parameters=parameters)
