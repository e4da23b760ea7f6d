"""ASS (V4+), written: one style, hundredths of a second; bold, italic, underlined and speakers are kept."""

from typing import Final

from captions.errors import CaptionError
from captions.formats.ass_tags import WORD_JOINER
from captions.formats.markup import ALIGNMENTS
from captions.limits import MAX_TIME, check_count
from captions.track import Cue, TextTrack
from captions.webvtt import cuetext, vtt
from captions.webvtt.cuetext import EndTag, Tag, TagName

_HEAD: Final = """\
[Script Info]
ScriptType: v4.00+
WrapStyle: 0
PlayResX: 1280
PlayResY: 720
ScaledBorderAndShadow: yes

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, \
Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, \
MarginR, MarginV, Encoding
Style: Default,Arial,48,&H00FFFFFF,&H000000FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,2,1,2,40,40,40,1

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
"""
_STYLES: Final = frozenset({TagName.BOLD, TagName.ITALIC, TagName.UNDERLINE})
_PLACES: Final = {settings: number for number, settings in ALIGNMENTS.items() if settings}
_SAFE: Final = str.maketrans(
    {"{": "\\{", "}": "\\}", "\\": f"\\{WORD_JOINER}", "\n": "\\N", "\u00a0": "\\h", "\r": " ", "\0": " "}
)


def write(track: TextTrack) -> bytes:
    r"""The track as an ASS file.

    Times are rounded to hundredths of a second. A voice around the whole text becomes the name of the event,
    others stand as `Name: ` before their words. Settings that are one of the nine places become `\an`; the
    rest, identifiers, classes, languages and times inside cues are lost. Raises CaptionError for too many
    cues and for a time that no file holds.
    """
    check_count(len(track.cues))
    rows = [_HEAD]
    for number, cue in enumerate(sorted(track.cues, key=lambda cue: cue.start), start=1):
        if cue.start > MAX_TIME or cue.end > MAX_TIME:
            raise vtt.unwritable(number, vtt.TOO_LATE)
        rows.append(_event(cue))
    try:
        return "".join(rows).encode("utf-8")
    except UnicodeEncodeError as error:
        raise _half() from error


def _half() -> CaptionError:
    return vtt.unwritable(0, "a character is half of a pair")


def _event(cue: Cue) -> str:
    name, text = _text(cue.text)
    place = f"{{\\an{_PLACES[cue.settings]}}}" if cue.settings in _PLACES else ""
    return f"Dialogue: 0,{_clock(cue.start)},{_clock(cue.end)},Default,{name},0,0,0,,{place}{text}\n"


def _text(text: str) -> tuple[str, str]:
    """The name of the only speaker, or nothing, and the text with override tags."""
    if "<" not in text and "&" not in text:
        return "", text.translate(_SAFE)
    nodes = cuetext.tree(text)
    name = _speaker(nodes)
    parts: list[str] = []
    depths = dict.fromkeys(_STYLES, 0)
    for node in cuetext.walk(nodes):
        if isinstance(node, str):
            parts.append(node.translate(_SAFE))
        elif isinstance(node, Tag | EndTag) and node.name in _STYLES:
            parts.append(_style(node, depths))
        elif isinstance(node, Tag) and node.name is TagName.VOICE and node.annotation and not name:
            parts.append(f"{node.annotation}: ".translate(_SAFE))
    return name, "".join(parts)


def _style(node: Tag | EndTag, depths: dict[TagName, int]) -> str:
    """The override tag where a style begins or ends; one inside the same style says nothing new."""
    name = TagName(node.name)
    before = depths[name]
    depths[name] += 1 if isinstance(node, Tag) else -1
    return f"{{\\{name}{min(depths[name], 1)}}}" if 0 in (before, depths[name]) else ""


def _speaker(nodes: tuple[cuetext.Node, ...]) -> str:
    """Who speaks the whole cue; a name with a comma cannot stand in a field of an event."""
    if len(nodes) != 1 or not isinstance(nodes[0], Tag) or nodes[0].name is not TagName.VOICE:
        return ""
    inside = any(
        isinstance(node, Tag) and node.name is TagName.VOICE for node in cuetext.walk(nodes[0].children)
    )
    return "" if inside or "," in nodes[0].annotation else nodes[0].annotation


def _clock(ms: int) -> str:
    """A time of ASS: one digit of hours and hundredths, the nearest."""
    seconds, hundredths = divmod((ms + 5) // 10, 100)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}.{hundredths:02}"
