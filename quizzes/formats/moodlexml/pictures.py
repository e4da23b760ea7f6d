"""Moodle's labels and markers on a picture (ddimageortext, ddmarker), as places to label or a hotspot."""

import base64
import binascii
import re
import struct
import zlib
from functools import lru_cache
from xml.etree.ElementTree import Element

from quizzes.errors import Reason, refusal
from quizzes.fields import tidy
from quizzes.formats.carried import Form, identifiers, letters, numbered
from quizzes.formats.moodlexml.question import Question, as_prose, source_of
from quizzes.formats.weighted import read_number
from quizzes.formats.xml_tree import attribute, child, text_of
from quizzes.vocabulary import Kind

MARKER = "Here"  # the text of the marker that we write where a point is asked for
_NUMBERS = re.compile(r"[^\d.+-]+")
_FRAME_MARKS = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}  # the JPEG segments that tell the size


def labels(question: Question) -> Form:
    """Texts to drag to places on a picture: each place is the corner of Moodle's box."""
    picture = _picture(question)
    drags = {_number(element): _label(element, question) for element in question.children("drag")}
    drops = question.children("drop")
    question.value("shuffleanswers")
    return _labelled(question, picture, drags, drops, [_corner(drop) for drop in drops])


def markers(question: Question) -> Form:
    """Markers to put on a picture: one sort is a hotspot, several sorts are labels for the zones' centres."""
    picture = _picture(question)
    drags = {_number(element): _label(element, question) for element in question.children("drag")}
    drops = question.children("drop")
    for name in ("shuffleanswers", "showmisplaced"):
        question.value(name)
    zones = [_zone(drop) for drop in drops]
    asked = {_choice(drop) for drop in drops}
    if len(drags) > 1 or len(asked) > 1:
        question.lost(refusal(Reason.NOT_KEPT, what="the zones of the labels (their centres are kept)"))
        return _labelled(question, picture, drags, drops, [_centre(zone) for zone in zones])
    for text in drags.values():
        if text != MARKER:
            question.lost(refusal(Reason.NOT_KEPT, what=f"the marker {text[:80]}"))
    limit = max(len(zones), *(_points_allowed(drag) for drag in question.children("drag")), 1)
    return {"kind": Kind.HOTSPOT.value, "picture": picture, "key": zones, "limit": limit}


def _picture(question: Question) -> Form:
    """Name and size of the picture; the picture itself is told as a loss. Raises QuizError without one."""
    file = question.child("file")
    if file is None:
        raise refusal(Reason.MISSING, "picture", field="file")
    name = attribute(file, "name").strip()
    try:
        size = picture_size(base64.b64decode(text_of(file), validate=False))
    except (binascii.Error, ValueError) as error:
        raise refusal(Reason.UNREADABLE, "picture", detail="it is not in base64") from error
    if size is None:
        raise refusal(Reason.UNREADABLE, "picture", detail="it is no PNG, JPEG or GIF")
    question.lost(refusal(Reason.NOT_KEPT, what=f"the picture {name} itself (its name and size are)"))
    return {"name": name, "width": size[0], "height": size[1]}


def picture_size(data: bytes) -> tuple[int, int] | None:
    """Width and height in pixels of a PNG, GIF or JPEG, from its header; None for anything else."""
    if data[:8] == b"\x89PNG\r\n\x1a\n" and len(data) >= 24:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data[:6] in {b"GIF87a", b"GIF89a"} and len(data) >= 10:
        width, height = struct.unpack("<HH", data[6:10])
        return width, height
    return _jpeg_size(data) if data[:2] == b"\xff\xd8" else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        mark, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if mark in _FRAME_MARKS:
            height, width = struct.unpack(">HH", data[at + 5 : at + 9])
            return width, height
        at += 2 + max(2, length)
    return None


@lru_cache(maxsize=8)
def blank_picture(width: int, height: int) -> bytes:
    """A white PNG of this size in pixels: one bit for each, a few hundred bytes packed."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    row = b"\0" + b"\xff" * ((width + 7) // 8)
    packing = zlib.compressobj(9)
    packed = b"".join([*(packing.compress(row) for _ in range(height)), packing.flush()])
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def _labelled(
    question: Question,
    picture: Form,
    drags: dict[str, str],
    drops: list[Element],
    points: list[tuple[float, float]],
) -> Form:
    """The form of labels on a picture."""
    ids = identifiers(len(drags), question.facts.get("ids"), letters())
    named = dict(zip(drags, ids, strict=True))
    places = identifiers(len(drops), question.facts.get("prompt_ids"), numbered("P"))
    pins, key = [], {}
    for place, drop, (x, y) in zip(places, drops, points, strict=True):
        text = as_prose(source_of(drop), "", question.lost) or f"place {place.removeprefix('P')}"
        pins.append({"id": place, "text": text, "x": tidy(x), "y": tidy(y)})
        if _choice(drop) not in named:
            raise refusal(Reason.UNKNOWN_OPTION, f"key.{place}", value=_choice(drop)[:80])
        key[place] = named[_choice(drop)]
    texts = {named[number]: text for number, text in drags.items()}
    return {"kind": Kind.DRAGLABELS.value, "picture": picture, "places": pins, "labels": texts, "key": key}


def _number(element: Element) -> str:
    return text_of(child(element, "no")).strip()


def _choice(element: Element) -> str:
    return text_of(child(element, "choice")).strip()


def _label(element: Element, question: Question) -> str:
    text = as_prose(source_of(element), "", question.lost)
    file = child(element, "file")
    if file is not None:
        name = attribute(file, "name")[:80]
        question.lost(refusal(Reason.NOT_KEPT, what=f"the picture {name} of a label"))
        return text or name
    return text


def _points_allowed(element: Element) -> int:
    """How many of a marker there are; Moodle's 0 means any number."""
    text = text_of(child(element, "noofdrags")).strip()
    return min(int(text), 100) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _corner(drop: Element) -> tuple[float, float]:
    return read_number(text_of(child(drop, "xleft"))), read_number(text_of(child(drop, "ytop")))


def _zone(drop: Element) -> Form:
    """A zone from its shape and coordinates. Raises QuizError."""
    shape = text_of(child(drop, "shape")).strip().casefold()
    source = text_of(child(drop, "coords"))
    values = [read_number(value) for value in _NUMBERS.split(source.strip()) if value]
    x, y, *rest = [*values, 0.0, 0.0]
    if shape == "circle" and len(values) == 3:
        return {"shape": "circle", "x": tidy(x), "y": tidy(y), "r": tidy(rest[0])}
    if shape == "rectangle" and len(values) == 4:
        corners = {"x0": x, "x1": x + rest[0], "y0": y, "y1": y + rest[1]}
        return {"shape": "rect", **{name: tidy(value) for name, value in corners.items()}}
    if shape in {"poly", "polygon"} and len(values) >= 6 and len(values) % 2 == 0:
        pairs = zip(values[::2], values[1::2], strict=True)
        return {"shape": "polygon", "points": [[tidy(across), tidy(down)] for across, down in pairs]}
    raise refusal(Reason.NOT_ONE_OF, "key", value=f"{shape} {source}"[:80], allowed="circle, rectangle, poly")


def _centre(zone: Form) -> tuple[float, float]:
    if zone["shape"] == "circle":
        return zone["x"], zone["y"]
    if zone["shape"] == "rect":
        return (zone["x0"] + zone["x1"]) / 2, (zone["y0"] + zone["y1"]) / 2
    across, down = zip(*zone["points"], strict=True)
    return sum(across) / len(across), sum(down) / len(down)
