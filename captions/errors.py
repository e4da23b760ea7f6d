"""CaptionError: why a caption file is refused, as a sentence, a line and a stable code."""

from enum import StrEnum


class ErrorCode(StrEnum):
    """The stable names of refusals: a page translates by code, the English sentence is the fallback."""

    TOO_LARGE = "too-large"
    TOO_MANY_CUES = "too-many-cues"
    TOO_MANY_CODES = "too-many-codes"
    EMPTY = "empty"
    NOT_WEBVTT = "not-webvtt"
    HTML = "html"
    BINARY = "binary"
    UNKNOWN_ENCODING = "unknown-encoding"
    UNKNOWN_FORMAT = "unknown-format"
    UNSUPPORTED_FORMAT = "unsupported-format"
    NO_CUES = "no-cues"
    NO_TIMED_TEXT = "no-timed-text"
    TOO_LATE = "too-late"
    XML = "xml"
    XML_DOCTYPE = "xml-doctype"
    XML_DEPTH = "xml-depth"
    XML_ELEMENTS = "xml-elements"
    UNWRITABLE = "unwritable"
    CHAPTER_LINE = "chapter-line"
    CHAPTERS = "chapters"
    STEP_ID = "step-id"
    UNKNOWN_PROFILE = "unknown-profile"
    NO_SOUND = "no-sound"
    UNREADABLE_SOUND = "unreadable-sound"
    SOUND_TOO_LONG = "sound-too-long"
    NO_SCRIPT = "no-script"
    SCRIPT_TOO_LONG = "script-too-long"
    SCRIPT_NOT_HEARD = "script-not-heard"
    WORK_CANCELLED = "work-cancelled"
    WORK_TOO_LONG = "work-too-long"
    WORK_TOO_LARGE = "work-too-large"
    WORK_FAILED = "work-failed"
    STRETCH = "stretch"
    ENGINE_UNKNOWN = "engine-unknown"
    ENGINE_MISSING = "engine-missing"
    ENGINE_MODEL = "engine-model"
    ENGINE_LANGUAGE = "engine-language"
    ENGINE_FAILED = "engine-failed"
    VOICE_MISSING = "voice-missing"
    VOICE_LANGUAGE = "voice-language"
    VOICE_FAILED = "voice-failed"
    NARRATION_EMPTY = "narration-empty"
    NARRATION_LONG = "narration-long"
    NARRATION_VOICE = "narration-voice"
    NARRATION_UNREADABLE = "narration-unreadable"


SENTENCES: dict[ErrorCode, str] = {
    ErrorCode.TOO_LARGE: "The file has {size} bytes; at most {limit} are read.",
    ErrorCode.TOO_MANY_CUES: "The file has more than {limit} captions.",
    ErrorCode.TOO_MANY_CODES: "The file has more than {limit} control codes, more than captions need.",
    ErrorCode.EMPTY: "The file is empty.",
    ErrorCode.NOT_WEBVTT: "This is not a WebVTT file: its first line must be the word WEBVTT.",
    ErrorCode.HTML: "This is a web page, not a caption file. Download the caption file itself.",
    ErrorCode.BINARY: "This is not a text file ({what}). Choose a file such as .vtt, .srt or .ttml.",
    ErrorCode.UNKNOWN_ENCODING: "There is no text encoding called {encoding}.",
    ErrorCode.UNKNOWN_FORMAT: "This is not a caption format known here: {format}.",
    ErrorCode.UNSUPPORTED_FORMAT: "{format} is not among the formats handled here: {supported}.",
    ErrorCode.NO_CUES: (
        "No line with the time of a caption was found, such as 00:00:01,000 --> 00:00:04,000, "
        "or 0:00:01.000,0:00:04.000 in a file of YouTube."
    ),
    ErrorCode.NO_TIMED_TEXT: "The file has no text with a time at which it is shown.",
    ErrorCode.TOO_LATE: "All captions begin after {hours} hours, later than any film lasts.",
    ErrorCode.XML: "The XML of the file has an error: {why}.",
    ErrorCode.XML_DOCTYPE: "The XML of the file has a DOCTYPE or entities of its own, which are not read.",
    ErrorCode.XML_DEPTH: "The XML of the file has elements inside elements more than {limit} deep.",
    ErrorCode.XML_ELEMENTS: "The XML of the file has more than {limit} elements.",
    ErrorCode.UNWRITABLE: "Caption {number} cannot be written: {why}.",
    ErrorCode.CHAPTER_LINE: "This is not a chapter line such as “0:00 Title”: {text}",
    ErrorCode.CHAPTERS: "The chapters cannot be used: {why}.",
    ErrorCode.UNKNOWN_PROFILE: "There is no set of caption rules called {profile}.",
    ErrorCode.NO_SOUND: "The recording has no sound that words could be found in.",
    ErrorCode.UNREADABLE_SOUND: "The sound of the recording cannot be read: {why}.",
    ErrorCode.SOUND_TOO_LONG: "The recording is longer than {hours} hours. Cut it into parts.",
    ErrorCode.NO_SCRIPT: "The script has no words to be spoken.",
    ErrorCode.SCRIPT_TOO_LONG: "The script has {size} {unit}; at most {limit} are read.",
    ErrorCode.SCRIPT_NOT_HEARD: (
        "Hardly any word of the script was heard in the recording ({timed} of {words}). "
        "Make sure that the script belongs to this recording."
    ),
    ErrorCode.WORK_CANCELLED: "The work was cancelled.",
    ErrorCode.WORK_TOO_LONG: "Timing the script was stopped, since it took longer than it may.",
    ErrorCode.WORK_TOO_LARGE: "Timing the script was stopped, since it needed more memory than it may.",
    ErrorCode.WORK_FAILED: "Timing the script failed: {why}.",
    ErrorCode.STRETCH: "The times cannot be changed like that: {why}.",
    ErrorCode.ENGINE_UNKNOWN: "There is no speech recogniser called {engine} here; there are {known}.",
    ErrorCode.ENGINE_MISSING: "The speech recogniser {engine} is not installed: add the package {package}.",
    ErrorCode.ENGINE_MODEL: "The speech recogniser {engine} needs a model: {why}.",
    ErrorCode.ENGINE_LANGUAGE: "The speech recogniser {engine} does not know the language “{language}”.",
    ErrorCode.ENGINE_FAILED: "The speech recogniser {engine} gave up: {why}",
    ErrorCode.VOICE_MISSING: (
        "Scripts in this language are timed with the voices of espeak-ng, which is not installed. "
        "Install the system package espeak-ng."
    ),
    ErrorCode.VOICE_LANGUAGE: "espeak-ng has no voice for the language “{language}”.",
    ErrorCode.VOICE_FAILED: "The voice that reads the script gave up: {why}",
    ErrorCode.NARRATION_EMPTY: "None of the descriptions has a word that could be said.",
    ErrorCode.NARRATION_LONG: (
        "The recording is longer than the film. It has to begin with the film and end with it, or before."
    ),
    ErrorCode.NARRATION_VOICE: (
        "The voice of this server, espeak-ng, is not installed or does not know the language of the "
        "descriptions. Upload a recording of them."
    ),
    ErrorCode.NARRATION_UNREADABLE: (
        "No sound could be read from the recording. Save it as WAV, MP3 or M4A, and upload it again."
    ),
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
