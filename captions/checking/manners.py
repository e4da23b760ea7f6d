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
DASHED: Final = re.compile(r"[-–—](?: \w|[^\W\d])")
"""The beginning of a line by which captions without names say that another speaks."""
BRACKETED: Final = re.compile(r"\[[^\[\]\n]{1,60}\]")
_IN_CAPITALS: Final = re.compile(r"[A-ZÀ-ÖØ-Þ]{4,}(?: [A-ZÀ-ÖØ-Þ]{2,}){0,2}")
"""A whole caption such as `LAUGHS`; shorter ones are names of things."""
OTHER_SOUND: Final = re.compile(r"\(([^()\n]{1,60})\)|\*([^*\n]{1,60})\*")
_LONGEST_SOUND: Final = 5
"""Words: more between parentheses are said, not heard."""


def name_of(line: str) -> str:
    """The speaker whom a line names as `ANNA:`, else nothing."""
    match = LABEL.match(line)
    if match is None or match[1].split()[0] in _NO_NAMES:
        return ""
    return match[1].strip()


def speaker(view: View, _above: View | None, _below: View | None, _limits: Limits) -> Found | None:
    """C18: a name in capitals, or a dash, where `<v Name>` could be; two voices that look like one."""
    for line in view.lines:
        if ":" in line and (name := name_of(line)):
            return Found(Severity.INFO, "“{0}:” is text; a voice tag can name the speaker.", (name,))
    if not view.voices and any(map(DASHED.match, view.lines)):
        return Found(Severity.INFO, "A dash marks a speaker whom no voice tag names.", fixable=False)
    dashes = any(line.startswith(_DASHES) for line in view.lines)
    if len(view.voices) > 1 and not dashes and "- " not in view.plain:
        return Found(Severity.INFO, "Two voices in one caption look like one.", fixable=False)
    return None


def sound_style(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C19: a sound in another style than the brackets that the track has elsewhere."""
    if not limits.mixes_sounds:
        return None
    sound = other_sound(view)
    if not sound and not in_capitals(view):
        return None
    # whether capitals are a sound or a shout, only a person can tell
    sentence = "“{0}” is not written as the other sounds are."
    return Found(Severity.INFO, sentence, (sound or view.plain.strip(),), fixable=bool(sound))


def in_capitals(view: View) -> bool:
    """Is the whole caption a few words in capitals, as some write sounds?"""
    return len(view.lines) == 1 and _IN_CAPITALS.fullmatch(view.lines[0]) is not None


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
    told = [sound for view in views if "[" in view.plain for sound in BRACKETED.findall(view.plain)]
    if not told:
        return False
    if any(other_sound(view) for view in views if "(" in view.plain or "*" in view.plain):
        return True
    # where brackets hold capitals, all may be written so
    return not any(map(str.isupper, told)) and any(map(in_capitals, views))
