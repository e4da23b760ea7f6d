"""Repair and Dropped: what reading changed and what it lost, each with its line and a stable code."""

from dataclasses import dataclass, field
from enum import StrEnum

from captions.limits import MAX_FINDINGS

EXCERPT = 200


class RepairCode(StrEnum):
    """What was mended."""

    ENCODING = "encoding"
    BAD_BYTES = "bad-bytes"
    NUL = "nul"
    HEADER = "header"
    TIME = "time"
    ARROW = "arrow"
    NEGATIVE_TIME = "negative-time"
    NUMBERS = "numbers"
    BLANK_MISSING = "blank-missing"
    BLANK_IN_TEXT = "blank-in-text"
    UNSORTED = "unsorted"
    MARKUP = "markup"
    POSITION = "position"
    END = "end"
    PAST_END = "past-end"
    RULE = "rule"


class DropCode(StrEnum):
    """What was left out."""

    COMMENT = "comment"
    HEADER = "header"
    STYLE = "style"
    REGION = "region"
    BAD_TIMING = "bad-timing"
    NOT_A_CUE = "not-a-cue"
    SETTING = "setting"
    MARKUP = "markup"
    COORDINATES = "coordinates"
    TOO_LONG = "too-long"
    TOO_LATE = "too-late"
    NO_TIME = "no-time"
    OTHER_LANGUAGE = "other-language"
    WORD_TIMES = "word-times"
    PICTURE = "picture"
    NO_TEXT = "no-text"
    BROKEN = "broken"
    PAST_END = "past-end"


REPAIRS: dict[RepairCode, str] = {
    RepairCode.ENCODING: "The file is not UTF-8; its characters were read as the encoding named here.",
    RepairCode.BAD_BYTES: "Bytes that are no character were replaced by �.",
    RepairCode.NUL: "Null characters were taken out.",
    RepairCode.HEADER: "The first line was mended to WEBVTT.",
    RepairCode.TIME: "A time was not written as the format asks.",
    RepairCode.ARROW: "The arrow between two times was not written as -->.",
    RepairCode.NEGATIVE_TIME: "A time before zero became zero.",
    RepairCode.NUMBERS: "Caption numbers are missing.",
    RepairCode.BLANK_MISSING: "The blank line before a caption is missing.",
    RepairCode.BLANK_IN_TEXT: "Blank lines inside the text of a caption were taken out.",
    RepairCode.UNSORTED: "A caption stood after a later one and was moved to its time.",
    RepairCode.MARKUP: "Markup was put in order.",
    RepairCode.POSITION: "A position mark was turned into a WebVTT setting.",
    RepairCode.END: "The end of a caption is not in the file; it was set here.",
    RepairCode.PAST_END: "A caption ended after the end of the film and was shortened.",
    RepairCode.RULE: "A caption broke a rule that keeps captions from being served.",
}

DROPS: dict[DropCode, str] = {
    DropCode.COMMENT: "A comment is not kept.",
    DropCode.HEADER: "A line of the header is not kept.",
    DropCode.STYLE: "A style block is not kept.",
    DropCode.REGION: "A region stands after the first caption or has an error.",
    DropCode.BAD_TIMING: "The times of a caption could not be read.",
    DropCode.NOT_A_CUE: "Text without a time belongs to no caption.",
    DropCode.SETTING: "A caption setting is unknown or wrong.",
    DropCode.MARKUP: "Markup that captions do not have was taken out.",
    DropCode.COORDINATES: "Screen coordinates are not kept.",
    DropCode.TOO_LONG: "The text of a caption is too long; its end was cut.",
    DropCode.TOO_LATE: "A caption begins after a hundred hours, later than any film lasts.",
    DropCode.NO_TIME: "Text has no time at which it is shown.",
    DropCode.OTHER_LANGUAGE: "The file holds captions in another language too, which were not taken.",
    DropCode.WORD_TIMES: "The times of single words are not kept.",
    DropCode.PICTURE: "A picture or drawing is not kept.",
    DropCode.NO_TEXT: "A caption has no text.",
    DropCode.BROKEN: "The file is broken here; what follows was not read.",
    DropCode.PAST_END: "A caption began after the end of the film.",
}


@dataclass(frozen=True, slots=True)
class Repair:
    """One change made in reading: the line (from 1, 0 = the whole file), what stood there, what it became."""

    line: int
    code: RepairCode
    before: str = ""
    after: str = ""

    @property
    def what(self) -> str:
        """The change as an English sentence."""
        return REPAIRS[self.code]


@dataclass(frozen=True, slots=True)
class Dropped:
    """One loss: the line (from 1, 0 = unknown), why, and the beginning of the text that was left out."""

    line: int
    code: DropCode
    text: str = ""

    @property
    def why(self) -> str:
        """The reason as an English sentence."""
        return DROPS[self.code]


@dataclass(slots=True)
class Findings:
    """Collects repairs and losses while a file is read, up to MAX_FINDINGS of each, with short excerpts."""

    repairs: list[Repair] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)

    @property
    def has_room(self) -> bool:
        """Would another loss still be listed?"""
        return len(self.dropped) < MAX_FINDINGS

    def repair(self, line: int, code: RepairCode, before: str = "", after: str = "") -> None:
        """Note a change."""
        if len(self.repairs) < MAX_FINDINGS:
            self.repairs.append(Repair(line, code, before[:EXCERPT], after[:EXCERPT]))

    def drop(self, line: int, code: DropCode, text: str = "") -> None:
        """Note a loss."""
        if self.has_room:
            self.dropped.append(Dropped(line, code, text[:EXCERPT]))
