"""Which of a video's files a player is given, and what a browser is told about them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction

from babel import Locale, UnknownLocaleError

from edu.models import Video, VideoFile
from edu.policy import Action
from edu.services.delivery import needed

RENDITION, AV1, SOUND = "rendition", "rendition-av1", "rendition-sound"
DESCRIBED = "described"
"""In the detail of a sound in which the descriptions of the film are said, too."""
AV1_CODEC = "av01."
MIDDLE = 720  # pixels
USUAL_RATE = 30.0  # pictures per second


@dataclass(frozen=True, slots=True)
class Source:
    """One file that a browser can play; `type` names the codecs where not every browser has them."""

    url: str
    type: str
    height: int


@dataclass(frozen=True, slots=True)
class SoundView:
    """The film with the sound of one language; the default is what all other sources play.

    Where the sound `is_described`, pages have a word for it, and `label` is the name of its language, empty
    when that is the film's.
    """

    language: str
    label: str
    url: str
    is_default: bool
    is_described: bool = False


@dataclass(frozen=True, slots=True)
class SignView:
    """The film that tells another one in sign language, as the window over that one plays it."""

    title: str
    url: str
    type: str


@dataclass(frozen=True, slots=True)
class Download:
    """The film as a file to take along: one size that plays everywhere; `megabytes` has one decimal."""

    url: str
    name: str
    height: int
    megabytes: float


def download(media: str, video: Video, files: list[VideoFile]) -> Download | None:
    """The file that viewers may take along; None where its maker does not offer it, or only makers see it."""
    found = next(iter(_of_role(files, RENDITION)), None)
    if found is None or not (video.may_download and video.is_published):
        return None
    ending = found.name.rpartition(".")[2]
    megabytes = round(found.bytes / 1_000_000, 1)
    return Download(_address(media, found), f"{video.slug}.{ending}", _number(found, "height"), megabytes)


def sign(media: str, video: Video, files: list[VideoFile]) -> SignView | None:
    """The smallest picture of a film in sign language, which is all that its window needs."""
    found = min(_of_role(files, RENDITION), key=lambda file: _number(file, "height"), default=None)
    return SignView(video.title, _address(media, found), _type(found)) if found else None


def address_of(media: str, files: list[VideoFile], role: str) -> str | None:
    """The address of the file with that role."""
    return next((_address(media, file) for file in files if file.role == role), None)


def poster(media: str, video: Video, files: list[VideoFile]) -> str | None:
    """The picture that was chosen, else the one that the pipeline took."""
    chosen = (file for file in files if video.poster and file.name == video.poster)
    shown = next((_address(media, file) for file in chosen if needed(video, file) is Action.READ), None)
    return shown or address_of(media, files, "poster")


def playable(media: str, files: list[VideoFile]) -> tuple[Source, ...]:
    """AV1 first, for the browsers that can; then what plays everywhere."""
    ordered = [file for role in (AV1, RENDITION, "sound") for file in _of_role(files, role)]
    return tuple(Source(_address(media, file), _type(file), _number(file, "height")) for file in ordered)


def av1(files: list[VideoFile], frame_rate: str) -> str:
    """The largest AV1 picture as a VideoConfiguration (Media Capabilities, section 2.1.3); "" without one."""
    largest = max(_of_role(files, AV1), key=lambda file: _number(file, "height"), default=None)
    codecs = str(largest.detail.get("codecs", "")).split(",") if largest else []
    picture = next((codec for codec in codecs if codec.startswith(AV1_CODEC)), "")
    if largest is None or not picture:
        return ""
    asked = {
        "contentType": f'{largest.content_type}; codecs="{picture}"',
        "width": _number(largest, "width"),
        "height": _number(largest, "height"),
        "bitrate": _number(largest, "bandwidth"),
        "framerate": _frames_per_second(frame_rate),
    }
    return json.dumps(asked)


def sounds(media: str, files: list[VideoFile], language: str) -> tuple[SoundView, ...]:
    """The film's own sound, then the others by their numbers, described ones last; nothing where there is no
    choice.
    """
    usual = _of_role(files, RENDITION)[:1]
    others = sorted((file for file in files if file.role == SOUND), key=_place)
    if not usual or not others:
        return ()
    return tuple(_sound(media, file, language) for file in (*usual, *others))


def own_name(language: str) -> str:
    """A language as its speakers call it, such as Español; the tag itself where nobody knows it."""
    if language in ("", "und"):
        return language
    try:
        name = Locale.parse(language, sep="-").get_display_name() or language
    except (UnknownLocaleError, ValueError):
        return language
    return name[:1].upper() + name[1:]


def _address(media: str, file: VideoFile) -> str:
    return f"{media}/{file.version}/{file.name}"


def _of_role(files: list[VideoFile], role: str) -> list[VideoFile]:
    """The files of a role, the middle size first: it is what a browser without adaptive streaming takes."""
    found = [file for file in files if file.role == role]
    return sorted(found, key=lambda file: (_number(file, "height") > MIDDLE, -_number(file, "height")))


def _number(file: VideoFile, name: str) -> int:
    return int(file.detail.get(name, 0))


def _type(file: VideoFile) -> str:
    """The content type; with the codecs for AV1, so that a browser without it passes the file over."""
    codecs = str(file.detail.get("codecs", ""))
    return f'{file.content_type}; codecs="{codecs}"' if file.role == AV1 and codecs else file.content_type


def _frames_per_second(frame_rate: str) -> float:
    """The rate as a number; where it is not known, the commonest, since a browser answers no question
    without one.
    """
    try:
        return round(float(Fraction(frame_rate)), 3) or USUAL_RATE
    except (ValueError, ZeroDivisionError):
        return USUAL_RATE


def _place(file: VideoFile) -> tuple[bool, int, str]:
    """`sound-10.mp4` comes after `sound-2.mp4`; the name of a described sound has a mark and no number."""
    if file.detail.get(DESCRIBED):
        return True, 0, str(file.detail.get("language", ""))
    number = "".join(mark for mark in file.name if mark.isdigit())
    return False, int(number or 0), file.name


def _sound(media: str, file: VideoFile, usual: str) -> SoundView:
    is_default = file.role == RENDITION
    language = str(file.detail.get("language") or (usual if is_default else "und"))
    if file.detail.get(DESCRIBED):
        label = "" if language == usual else own_name(language)
        return SoundView(language, label, _address(media, file), is_default=False, is_described=True)
    label = str(file.detail.get("label") or own_name(language))
    return SoundView(language, label, _address(media, file), is_default)
