"""Rules of manners: how speakers and sounds are marked."""

import re
from collections.abc import Sequence
from typing import Final

from captions.checking.view import Found, Limits, Severity, View

LABEL: Final = re.compile(r"(?:>>\s*)?([A-ZÀ-Þ][A-ZÀ-Þ.’' -]{0,28}[A-ZÀ-Þ.](?: ?\d)?):\s+(?=\S)")
"""A speaker's name in capitals with a colon, at the beginning of a line."""

_LABELS: Final = """
    NOTE WARNING CAUTION TIP STEP IMPORTANT REMEMBER DANGER EXAMPLE ANSWER QUESTION PS FAQ URL
"""
_NO_NAMES: Final = frozenset(_LABELS.split())
_DASHES: Final = ("-", "–", "—")
BRACKETED: Final = re.compile(r"\[[^\[\]\n]{1,60}\]")
OTHER_SOUND: Final = re.compile(r"\(([^()\n]{1,60})\)|\*([^*\n]{1,60})\*")
_LONGEST_SOUND: Final = 5
"""Words: more between parentheses are said, not heard."""


def name_of(line: str) -> str:
    """The speaker whom a line names as `ANNA:`, else nothing."""
    match = LABEL.match(line)
    if match is None or match[1].split()[0] in _NO_NAMES:
        return ""
    return match[1].strip()


def speaker(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C18: a name in capitals, or a dash in a track that has voices, instead of `<v Name>`; two voices in a
    caption that the viewer cannot tell apart."""
    for line in view.lines:
        if ":" in line and (name := name_of(line)):
            return Found(Severity.INFO, "“{0}:” is text; a voice tag can name the speaker.", (name,))
    dashes = sum(line.startswith(_DASHES) for line in view.lines)
    if dashes > 1 and limits.mixes_voices and not view.voices:
        return Found(Severity.INFO, "A dash marks a speaker whom no voice tag names.", fixable=False)
    if len(view.voices) > 1 and not dashes and "- " not in view.plain:
        return Found(Severity.INFO, "Two voices in one caption look like one.", fixable=False)
    return None


def sound_style(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C19: a sound in another style than the brackets that the track has elsewhere."""
    if not limits.mixes_sounds:
        return None
    sound = other_sound(view)
    return Found(Severity.INFO, "“{0}” is not written as the other sounds are.", (sound,)) if sound else None


def other_sound(view: View) -> str:
    """The line that is a sound in parentheses or between asterisks, else nothing."""
    for line in view.lines:
        if line[0] not in "(*":
            continue
        match = OTHER_SOUND.fullmatch(line)
        if match and len((match[1] or match[2]).split()) <= _LONGEST_SOUND:
            return line
    return ""


def mixes_sounds(views: Sequence[View]) -> bool:
    """Are sounds written in brackets and in another style too?"""
    brackets = any("[" in view.plain and BRACKETED.search(view.plain) for view in views)
    return brackets and any(other_sound(view) for view in views if "(" in view.plain or "*" in view.plain)
