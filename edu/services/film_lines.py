"""Film lines: an edit as lines of text that people type, one for each piece, covered place and silence.

    0:05.0 - 1:20.5                                a piece that stays
    0:00.0 - 0:04.0 from first-steps               a piece of another recording, by its video's name
    0:10.0 - 0:20.0 at 30% 40% size 20% 15%        a place that is made unrecognisable
    0:31.2 - 0:33.0                                a time without sound

All times are those of the recording as it came from the camera. Pure: text and values in, values out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from captions.timecode import parse_clock
from edu.errors import Invalid, InvalidFields
from media.edit import ORIGINAL, Cover, Edit, EditError, Mute, Segment

PIECES, COVERS, MUTES = "pieces", "covers", "mutes"
MOST_TEXT = 10_000
"""Characters of one field; more than the entries that an edit may have can take."""
MOST_LINE = 300
"""Characters of one line: the patterns below take the square of it in time."""
SLACK = 500
"""Milliseconds by which a typed end may miss the end of the recording, which is shown rounded."""

_TIME = r"(\S+?)"
_SPAN = rf"{_TIME}\s*(?:-|–|—|\bto\b)\s*{_TIME}"
_NUMBER = r"(\d{1,3}(?:[.,]\d{1,4})?)\s*%?"
_PIECE = re.compile(rf"{_SPAN}(?:\s+from\s+(\S+))?", re.ASCII | re.IGNORECASE)
_COVER = re.compile(
    rf"{_SPAN}\s+at\s+{_NUMBER}\s+{_NUMBER}\s+size\s+{_NUMBER}\s+{_NUMBER}", re.ASCII | re.IGNORECASE
)
_MUTE = re.compile(_SPAN, re.ASCII | re.IGNORECASE)
_SECONDS = re.compile(r"(\d{1,6})(?:[.,](\d{1,3}))?", re.ASCII)

SENTENCES = {
    "piece": "Line %(line)s: write two times, such as 0:05.0 - 1:20.5.",
    "cover": (
        "Line %(line)s: write two times and a place, such as 0:10.0 - 0:20.0 at 30%% 40%% size 20%% 15%%."
    ),
    "mute": "Line %(line)s: write two times, such as 0:31.2 - 0:33.0.",
    "time": "Line %(line)s: “%(time)s” is not a time. Write minutes and seconds, such as 1:20.5.",
    "no-recording": "Line %(line)s: there is no other video of yours called “%(name)s”.",
    "past-end": "Line %(line)s goes past the end of the recording, which lasts %(length)s.",
    "piece-too-short": (
        "Line %(line)s: this piece is shorter than a fifth of a second, or ends before it begins."
    ),
    "pieces-overlap": "Line %(line)s: this piece begins before the piece above it has ended.",
    "cover-time": "Line %(line)s: the end comes before the beginning.",
    "cover-place": "Line %(line)s: this place is too small or lies outside the picture.",
    "mute-time": "Line %(line)s: the end comes before the beginning.",
    "too-many": "These are too many pieces or covered places: fifty of each is the most.",
    "too-many-sources": "These are pieces of too many recordings: ten others are the most.",
    "too-long": "Line %(line)s is too long.",
    "nothing-left": "Nothing of the recording would be left.",
}


@dataclass(frozen=True, slots=True)
class Lines:
    """An edit as typed."""

    pieces: str = ""
    covers: str = ""
    mutes: str = ""


@dataclass(frozen=True, slots=True)
class Recordings:
    """The recordings that lines may name.

    `sources`: the name of a video to the SHA-256 of its recording. `lengths`: milliseconds of a recording
    by its SHA-256, that of the film's own under "" (0, or missing: not known).
    """

    sources: Mapping[str, str] = field(default_factory=dict)
    lengths: Mapping[str, int] = field(default_factory=dict)

    def name_of(self, source: str) -> str:
        """The name of a recording; the beginning of its SHA-256 where no video has it any more."""
        return next((name for name, sha256 in self.sources.items() if sha256 == source), source[:12])


Entry = TypeVar("Entry", Segment, Cover, Mute)


def write(edit: Edit, recordings: Recordings) -> Lines:
    """The lines of an edit; `read` makes the same edit of them."""
    return Lines(
        "\n".join(_piece_line(piece, recordings) for piece in edit.segments),
        "\n".join(_cover_line(cover) for cover in edit.covers),
        "\n".join(f"{time(mute.start)} - {time(mute.end)}" for mute in edit.mutes),
    )


def read(lines: Lines, recordings: Recordings, *, sound: int | None = None) -> Edit:
    """The edit in the lines. InvalidFields names each field that is wrong, with its first wrong line."""
    faults: list[Invalid] = []

    def entries(name: str, text: str, reads: Callable[[str], Entry]) -> dict[int, Entry]:
        try:
            return _entries(name, text, reads, recordings)
        except Invalid as fault:
            faults.append(fault)
            return {}

    pieces = entries(PIECES, lines.pieces, lambda line: _piece(line, recordings))
    covers = entries(COVERS, lines.covers, _cover)
    mutes = entries(MUTES, lines.mutes, _mute)
    if faults:
        raise InvalidFields(faults)
    numbers = {name: list(entries) for name, entries in ((PIECES, pieces), (COVERS, covers), (MUTES, mutes))}
    try:
        edit = Edit(tuple(pieces.values()), tuple(covers.values()), tuple(mutes.values()), sound)
    except EditError as error:
        raise _as_invalid(error, numbers) from error
    length = recordings.lengths.get(ORIGINAL, 0)
    return replace(edit, segments=()) if edit.segments == (Segment(0, length),) else edit


def time(ms: int) -> str:
    """A moment as it is typed: 5000 -> 0:05.0, 80 520 -> 1:20.52, 3 723 000 -> 1:02:03.0."""
    seconds, thousandths = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    part = f"{thousandths:03}".rstrip("0") or "0"
    return f"{hours}:{minutes:02}:{seconds:02}.{part}" if hours else f"{minutes}:{seconds:02}.{part}"


def read_time(text: str) -> int | None:
    """Milliseconds of a typed moment: 1:20.5, 1:02:03, or seconds alone, 80.5; None for anything else."""
    if match := _SECONDS.fullmatch(text):
        return int(match[1]) * 1000 + int((match[2] or "0").ljust(3, "0"))
    return parse_clock(text)


class _Wrong(Exception):
    """What is wrong with a line, for `_entries`, which knows its number."""

    def __init__(self, code: str, **parameters: str) -> None:
        super().__init__(code)
        self.code = code
        self.parameters = parameters


def _entries(name: str, text: str, reads: Callable[[str], Entry], recordings: Recordings) -> dict[int, Entry]:
    """Line number -> entry, each inside its recording."""
    if len(text) > MOST_TEXT:
        raise Invalid(SENTENCES["too-many"], code="too-many", field=name)
    found = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        try:
            if len(line) > MOST_LINE:
                raise _Wrong("too-long")
            found[number] = reads(line.strip())
        except _Wrong as wrong:
            raise Invalid(
                SENTENCES[wrong.code], code=wrong.code, field=name, line=number, **wrong.parameters
            ) from wrong
    _hold_inside(name, found, recordings)
    return found


def _piece(line: str, recordings: Recordings) -> Segment:
    match = _PIECE.fullmatch(line)
    if match is None:
        raise _Wrong("piece")
    source = ORIGINAL
    if match[3]:
        found = recordings.sources.get(match[3])
        if found is None:
            raise _Wrong("no-recording", name=match[3][:60])
        source = found
    return Segment(_moment(match[1]), _moment(match[2]), source)


def _cover(line: str) -> Cover:
    match = _COVER.fullmatch(line)
    if match is None:
        raise _Wrong("cover")
    start, end = _moment(match[1]), _moment(match[2])
    return Cover(start, end, *(_fraction(number) for number in match.groups()[2:]))


def _mute(line: str) -> Mute:
    match = _MUTE.fullmatch(line)
    if match is None:
        raise _Wrong("mute")
    return Mute(_moment(match[1]), _moment(match[2]))


def _moment(text: str) -> int:
    ms = read_time(text)
    if ms is None:
        raise _Wrong("time", time=text[:20])
    return ms


def _fraction(percent: str) -> float:
    return round(float(percent.replace(",", ".")) / 100, 6)


def _hold_inside(name: str, entries: dict[int, Entry], recordings: Recordings) -> None:
    """Invalid for a line past the end of its recording; one that misses it by rounding ends with it."""
    for number, entry in entries.items():
        source = entry.source if isinstance(entry, Segment) else ORIGINAL
        length = recordings.lengths.get(source, 0)
        if not length or entry.end <= length:
            continue
        if entry.start >= length or entry.end > length + SLACK:
            raise Invalid(
                SENTENCES["past-end"], code="past-end", field=name, line=number, length=time(length)
            )
        entries[number] = replace(entry, end=length)


def _as_invalid(error: EditError, numbers: Mapping[str, list[int]]) -> Invalid:
    name = COVERS if error.code.startswith("cover") else MUTES if error.code.startswith("mute") else PIECES
    if not error.place:
        return Invalid(SENTENCES[error.code], code=error.code, field=name)
    line = numbers[name][error.place - 1]
    return Invalid(SENTENCES[error.code], code=error.code, field=name, line=line)


def _piece_line(piece: Segment, recordings: Recordings) -> str:
    written = f"{time(piece.start)} - {time(piece.end)}"
    return written if piece.source == ORIGINAL else f"{written} from {recordings.name_of(piece.source)}"


def _cover_line(cover: Cover) -> str:
    x, y, width, height = (f"{part * 100:.4f}".rstrip("0").rstrip(".") + "%" for part in _parts(cover))
    return f"{time(cover.start)} - {time(cover.end)} at {x} {y} size {width} {height}"


def _parts(cover: Cover) -> tuple[float, float, float, float]:
    return cover.x, cover.y, cover.width, cover.height
