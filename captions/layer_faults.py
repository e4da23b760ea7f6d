"""LayersError: why a document of layers is refused, as a sentence, a line and a stable code."""

from enum import StrEnum
from typing import Final


class LayerFault(StrEnum):
    """The stable names of what can be wrong; a page translates by them."""

    TOO_LARGE = "layers-too-large"
    TOO_MANY = "layers-too-many"
    TOO_MANY_LAYERS = "layers-too-many-kinds"
    NOT_WEBVTT = "layers-not-webvtt"
    NO_LAYERS = "layers-none"
    LOST = "layers-lost"
    NOT_JSON = "layers-not-json"
    FIELD = "layers-field"
    MISSING = "layers-missing"
    WORD = "layers-word"
    NAME = "layers-name"
    LABEL = "layers-label"
    POINTS = "layers-points"
    COUNT = "layers-count"
    TO = "layers-to"
    TIME = "layers-time"
    DIFFERS = "layers-differs"


SENTENCES: Final[dict[LayerFault, str]] = {
    LayerFault.TOO_LARGE: "The file has {size} bytes; layers have at most {limit}.",
    LayerFault.TOO_MANY: "There are more than {limit} shapes.",
    LayerFault.TOO_MANY_LAYERS: "There are more than {limit} layers to switch on and off.",
    LayerFault.NOT_WEBVTT: "This is not a WebVTT file: {why}",
    LayerFault.NO_LAYERS: "There is not a single layer in it.",
    LayerFault.LOST: "This line belongs to no layer and would be lost: {text}",
    LayerFault.NOT_JSON: "The text of a layer is one JSON object: {why}.",
    LayerFault.FIELD: "“{name}” is not known here; known are {known}.",
    LayerFault.MISSING: "“{name}” is missing.",
    LayerFault.WORD: "“{value}” is no {name}; there are {known}.",
    LayerFault.NAME: "“{value}” is no name of a layer: small letters, digits and hyphens, at most 40.",
    LayerFault.LABEL: "The label is a line of 1 to {limit} characters.",
    LayerFault.POINTS: "“{name}” is a list of [x, y], both numbers from 0 to 1.",
    LayerFault.COUNT: "The shape {shape} has {least} to {most} points, not {count}.",
    LayerFault.TO: "“to” has as many points as “points”: {points}, not {count}.",
    LayerFault.TIME: "A layer ends after it begins.",
    LayerFault.DIFFERS: "The layer “{layer}” has another label or kind above.",
}


class LayersError(Exception):
    """A document of layers that cannot be used: an English sentence, its line (from 1), a code for pages."""

    def __init__(self, code: LayerFault, line: int | None = None, **parameters: str | int) -> None:
        self.reason = SENTENCES[code].format(**parameters)
        super().__init__(self.reason)
        self.code = code
        self.line = line
        self.parameters = parameters

    def __str__(self) -> str:
        return self.reason if self.line is None else f"line {self.line}: {self.reason}"
