"""Layers: shapes over a film for a while, kept as a WebVTT metadata track of one JSON object per cue."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, NoReturn, TypeVar

from captions.errors import CaptionError
from captions.findings import DropCode
from captions.layer_faults import LayerFault, LayersError
from captions.track import Cue, TextTrack, TrackKind
from captions.webvtt import vtt

MAX_BYTES: Final = 1_000_000
MAX_CUES: Final = 2_000
MAX_POINTS: Final = 200
MAX_LABEL: Final = 80
MAX_LAYERS: Final = 40
"""Different layers in one document: each is a tick for the viewer."""

Point = tuple[float, float]
"""Fractions of the picture's width and height, from its upper left corner."""


class LayerKind(StrEnum):
    """What is drawn; each kind has its own line, beside its colour."""

    BONE = "bone"
    FASCIA = "fascia"
    NERVE = "nerve"
    ZONE = "zone"
    NODULE = "nodule"
    DANGER = "danger"
    OTHER = "other"


class LayerShape(StrEnum):
    """How the points are joined. An ellipse has two: opposite corners of the box around it."""

    POLYLINE = "polyline"
    POLYGON = "polygon"
    ELLIPSE = "ellipse"
    POINT = "point"


class LayerSide(StrEnum):
    """On which side of the patient it lies."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class LayerCue:
    """One shape of a layer from `start` to `end` (milliseconds), moving evenly from `points` to `to`."""

    start: int
    end: int
    layer: str
    label: str
    kind: LayerKind
    shape: LayerShape
    points: tuple[Point, ...]
    side: LayerSide | None = None
    to: tuple[Point, ...] = ()

    def at(self, ms: int) -> tuple[Point, ...]:
        """Where its points are at a time: `points` until its start, `to` from its end, linear between."""
        if not self.to:
            return self.points
        part = min(1.0, max(0.0, (ms - self.start) / (self.end - self.start)))
        rest = 1 - part
        return tuple(
            (ax * rest + bx * part, ay * rest + by * part)
            for (ax, ay), (bx, by) in zip(self.points, self.to, strict=True)
        )


@dataclass(frozen=True, slots=True)
class Layers:
    """All shapes over a film, in the order of their starts; `language` is that of their labels."""

    cues: tuple[LayerCue, ...]
    language: str = ""

    def at(self, ms: int) -> tuple[LayerCue, ...]:
        """The shapes that are seen at a time; at its end one is seen no more."""
        return tuple(cue for cue in self.cues if cue.start <= ms < cue.end)


LEAST_POINTS: Final = {
    LayerShape.POLYLINE: 2,
    LayerShape.POLYGON: 3,
    LayerShape.ELLIPSE: 2,
    LayerShape.POINT: 1,
}
MOST_POINTS: Final = {
    LayerShape.POLYLINE: MAX_POINTS,
    LayerShape.POLYGON: MAX_POINTS,
    LayerShape.ELLIPSE: 2,
    LayerShape.POINT: 1,
}
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}", re.ASCII)
_FIELDS = ("layer", "label", "side", "kind", "shape", "points", "to")
_NEEDED = ("layer", "label", "kind", "shape", "points")
_COMMENTS = (DropCode.COMMENT, DropCode.HEADER)
_MARKS = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
Word = TypeVar("Word", bound=StrEnum)


def read(data: bytes) -> Layers:
    """The layers of a WebVTT file, whatever kind its header names.

    Nothing is repaired, and nothing is passed over but comments, identifiers and settings of cues. Raises
    LayersError with the line that is wrong.
    """
    if len(data) > MAX_BYTES:
        raise LayersError(LayerFault.TOO_LARGE, size=len(data), limit=MAX_BYTES)
    try:
        track = vtt.parse(data)
    except CaptionError as error:
        raise LayersError(LayerFault.NOT_WEBVTT, error.line, why=error.reason) from error
    return of(track)


def of(track: TextTrack) -> Layers:
    """The layers of a track that was read as WebVTT. Raises LayersError."""
    for lost in track.dropped:
        if lost.code not in _COMMENTS:
            raise LayersError(LayerFault.LOST, lost.line, text=lost.text[:100])
    if len(track.cues) > MAX_CUES:
        raise LayersError(LayerFault.TOO_MANY, track.cues[MAX_CUES].line or None, limit=MAX_CUES)
    read_from = [(shape_of(cue), cue.line + 1) for cue in track.cues]
    layers = Layers(tuple(sorted((cue for cue, _ in read_from), key=_start)), track.language)
    _check_all(layers, dict(reversed(read_from)))
    return layers


def to_track(layers: Layers) -> TextTrack:
    """The layers as a metadata track. Raises LayersError for what `read` would not take."""
    for cue in layers.cues:
        _check_cue(cue, None)
    _check_all(layers, {})
    cues = tuple(cue_of(cue) for cue in sorted(layers.cues, key=_start))
    return TextTrack(TrackKind.METADATA, layers.language, cues)


def write(layers: Layers) -> bytes:
    """The layers as a WebVTT file which `read` gives back unchanged. Raises LayersError."""
    data = vtt.write(to_track(layers))
    if len(data) > MAX_BYTES:
        raise LayersError(LayerFault.TOO_LARGE, size=len(data), limit=MAX_BYTES)
    return data


def cue_of(shape: LayerCue) -> Cue:
    """The cue that `shape_of` reads as that shape."""
    return Cue(shape.start, shape.end, _text(shape))


def _start(cue: LayerCue) -> int:
    return cue.start


def _text(cue: LayerCue) -> str:
    """One line of JSON; marks that mean something to WebVTT are escaped, so that no arrow can stand in it."""
    fields: dict[str, Any] = {"layer": cue.layer, "label": cue.label}
    if cue.side:
        fields["side"] = cue.side.value
    fields |= {"kind": cue.kind.value, "shape": cue.shape.value, "points": cue.points}
    if cue.to:
        fields["to"] = cue.to
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).translate(_MARKS)


def shape_of(cue: Cue) -> LayerCue:
    """The shape that a cue tells. Raises LayersError."""
    line = cue.line + 1 if cue.line else None
    fields = _fields(cue.text, line)
    found = LayerCue(
        start=cue.start,
        end=cue.end,
        layer=_string(fields, "layer", line),
        label=_string(fields, "label", line),
        kind=_word(fields, "kind", LayerKind, line),
        shape=_word(fields, "shape", LayerShape, line),
        points=_points(fields, "points", line),
        side=_word(fields, "side", LayerSide, line) if "side" in fields else None,
        to=_points(fields, "to", line) if "to" in fields else (),
    )
    if "to" in fields and len(found.to) != len(found.points):
        raise LayersError(LayerFault.TO, line, points=len(found.points), count=len(found.to))
    _check_cue(found, line)
    return found


def _fields(text: str, line: int | None) -> Mapping[str, Any]:
    """The JSON object of a cue, every name in it known."""
    value = _json(text, line)
    if not isinstance(value, dict):
        raise LayersError(LayerFault.NOT_JSON, line, why="it stands between { and }")
    for name in value:
        if name not in _FIELDS:
            raise LayersError(LayerFault.FIELD, line, name=name[:40], known=", ".join(_FIELDS))
    for name in _NEEDED:
        if name not in value:
            raise LayersError(LayerFault.MISSING, line, name=name)
    return value


def _json(text: str, line: int | None) -> object:
    try:
        return json.loads(text, object_pairs_hook=_once, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        at = line + error.lineno - 1 if line else None
        raise LayersError(LayerFault.NOT_JSON, at, why=f"{error.msg} at column {error.colno}") from error
    except RecursionError as error:
        raise LayersError(LayerFault.NOT_JSON, line, why="it is nested too deep") from error
    except ValueError as error:
        raise LayersError(LayerFault.NOT_JSON, line, why=str(error)[:100]) from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands in it twice")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number")


def _string(fields: Mapping[str, Any], name: str, line: int | None) -> str:
    value = fields[name]
    if isinstance(value, str):
        return value
    fault = LayerFault.LABEL if name == "label" else LayerFault.NAME
    raise LayersError(fault, line, value=str(value)[:40], limit=MAX_LABEL)


def _word(fields: Mapping[str, Any], name: str, words: type[Word], line: int | None) -> Word:
    value = fields[name]
    if isinstance(value, str) and value in set(words):
        return words(value)
    raise LayersError(LayerFault.WORD, line, value=str(value)[:40], name=name, known=", ".join(words))


def _points(fields: Mapping[str, Any], name: str, line: int | None) -> tuple[Point, ...]:
    value = fields[name]
    if not isinstance(value, list) or not all(map(_is_point, value)):
        raise LayersError(LayerFault.POINTS, line, name=name)
    return tuple((x, y) for x, y in value)


def _is_point(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(map(_is_fraction, value))


def _is_fraction(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


def _check_cue(cue: LayerCue, line: int | None) -> None:
    """What one shape must be, wherever it comes from."""
    if cue.end <= cue.start:
        raise LayersError(LayerFault.TIME, line)
    if not _NAME.fullmatch(cue.layer):
        raise LayersError(LayerFault.NAME, line, value=cue.layer[:40])
    if not _is_label(cue.label):
        raise LayersError(LayerFault.LABEL, line, limit=MAX_LABEL)
    least, most = LEAST_POINTS[cue.shape], MOST_POINTS[cue.shape]
    count = len(cue.points)
    if not least <= count <= most:
        raise LayersError(LayerFault.COUNT, line, shape=cue.shape, least=least, most=most, count=count)
    if cue.to and len(cue.to) != count:
        raise LayersError(LayerFault.TO, line, points=count, count=len(cue.to))
    for name, points in (("points", cue.points), ("to", cue.to)):
        if not all(map(_is_point, points)):
            raise LayersError(LayerFault.POINTS, line, name=name)


def _is_label(text: str) -> bool:
    """One line without marks that nobody sees; a space that keeps words together is one that may stand."""
    return 0 < len(text) <= MAX_LABEL and text == text.strip() and text.replace("\u00a0", " ").isprintable()


def _check_all(layers: Layers, lines: Mapping[LayerCue, int]) -> None:
    """What the shapes must be together: some, not too many, a layer the same thing throughout."""
    if not layers.cues:
        raise LayersError(LayerFault.NO_LAYERS)
    if len(layers.cues) > MAX_CUES:
        raise LayersError(LayerFault.TOO_MANY, limit=MAX_CUES)
    known: dict[str, tuple[str, LayerKind]] = {}
    for cue in layers.cues:
        if known.setdefault(cue.layer, (cue.label, cue.kind)) != (cue.label, cue.kind):
            raise LayersError(LayerFault.DIFFERS, lines.get(cue), layer=cue.layer)
    if len(known) > MAX_LAYERS:
        raise LayersError(LayerFault.TOO_MANY_LAYERS, limit=MAX_LAYERS)
