"""Rules of text: emptiness, lines and their breaks, rolling text, markup, capitals."""

import re
from typing import Final

from captions.checking.phrases import CLOSERS, is_unspaced
from captions.checking.view import Found, Limits, Severity, View, width
from captions.findings import Findings
from captions.formats import markup
from captions.webvtt import cuetext

FLASH: Final = 50
"""Milliseconds: a caption this short is a step of scrolling text and cannot be seen."""

AT_ONCE: Final = 250
"""Milliseconds: what is said again after a longer pause is another time."""

FOREIGN_MARK: Final = re.compile(r"\{\\[^{}\n]{1,200}\}?")
"""A mark of ASS, such as `{\\an8}`."""

_USUAL: Final = re.compile(r"(?:<v(?:\.[\w-]+)* [\w .’'-]+>)?[^<]*(?:</v>)?")
_PERHAPS_CAPITAL: Final = re.compile(r"[^\W\d_a-zß-öø-ÿ]")
_HYPHENATED: Final = re.compile(r"[^\W\d_]-$")
_DASHES: Final = ("-", "–", "—")
MANY_LETTERS: Final = 20
MOST_CAPITALS: Final = 0.8


def empty(view: View, _above: View | None, _below: View | None, _limits: Limits) -> Found | None:
    """C02: a caption with no text."""
    return None if view.lines else Found(Severity.ERROR, "The caption has no text.")


def markup_faults(view: View, _above: View | None, _below: View | None, _limits: Limits) -> Found | None:
    """C21: unknown or unclosed tags, marks of other formats, entities that are encoded twice."""
    text = view.cue.text
    if "-->" in text or not _USUAL.fullmatch(text):
        findings = Findings()
        markup.tidy(text, 0, findings)
        if findings.dropped:
            return Found(Severity.WARN, "Captions have no markup {0}.", (findings.dropped[0].text,))
        if findings.repairs:
            return Found(Severity.WARN, "A tag is not closed or not in turn.")
    if "{\\" in view.plain:
        return Found(Severity.WARN, "A mark of another format, such as {0}, is shown as text.", ("{\\an8}",))
    if "&amp;" in text and cuetext.decode_entities(view.plain) != view.plain:
        return Found(Severity.WARN, "A character is encoded twice.")
    return None


def line_length(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C06: the longest line against the profile; more than a quarter over is an error."""
    limit = limits.profile.line_length
    longest = max(map(width, view.lines), default=0)
    if longest <= limit:
        return None
    severity = Severity.ERROR if longest > limit * 1.25 else Severity.WARN
    return Found(severity, "A line has {0} characters; the limit is {1}.", (longest, limit))


def line_count(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C07: the number of lines."""
    limit, count = limits.profile.lines, len(view.lines)
    if count <= limit:
        return None
    severity = Severity.ERROR if count > limit + 1 else Severity.WARN
    return Found(severity, "The caption has {0} lines; the limit is {1}.", (count, limit))


def bad_break(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C12: a line that ends on an article, a preposition or the like, or inside a hyphenated word."""
    lines = view.lines
    for place, line in enumerate(lines, start=1):
        if line[-1] in CLOSERS:
            if place < len(lines) and _parts_a_word(line, lines[place], limits):
                return Found(Severity.INFO, "A line ends on “{0}”.", (line.split()[-1],), fixable=False)
            continue
        word = line.rpartition(" ")[2]
        if word.lower() in limits.weak:
            fixable = place < len(lines)
            return Found(Severity.INFO, "A line ends on “{0}”.", (word,), fixable=fixable)
    return None


def _parts_a_word(line: str, following: str, limits: Limits) -> bool:
    """Is a hyphenated pair parted? `pre-` before `and post-operative` is none."""
    if line[-1] != "-" or not _HYPHENATED.search(line):
        return False
    return following[0].islower() and following.partition(" ")[0] not in limits.weak


def is_dialogue(view: View) -> bool:
    """Does each line begin with a dash, one speaker a line?"""
    return len(view.lines) > 1 and all(line.startswith(_DASHES) for line in view.lines)


def unbalanced(view: View, _above: View | None, _below: View | None, limits: Limits) -> Found | None:
    """C13: two lines where one would do, or a long line over a short one with no pause or phrase between."""
    if len(view.lines) != 2 or len(view.voices) > 1 or is_dialogue(view):
        return None
    first, second = view.lines
    if is_unspaced(first[-1]):
        # a break stands for a space there
        return None
    if width(first) + 1 + width(second) <= limits.profile.line_length:
        return Found(Severity.INFO, "The two lines would fit on one.")
    is_phrase = first[-1] in CLOSERS or second.split()[0].casefold() in limits.leading
    if len(first) > 2 * len(second) and not is_phrase:
        return Found(Severity.INFO, "The first line is more than twice as long as the second.")
    return None


def roll_up(view: View, above: View | None, _below: View | None, _limits: Limits) -> Found | None:
    """C20: captions that scroll: the last line again, or a step too short to see."""
    duration = view.cue.end - view.cue.start
    if 0 < duration < FLASH:
        return Found(Severity.WARN, "The caption is shown for {0} ms only.", (duration,))
    if above is None or not view.lines or above.lines[-1:] != view.lines[:1]:
        return None
    if len(view.lines) == 1 and view.cue.start - above.cue.end >= AT_ONCE:
        return None
    # a line alone may have been said twice
    sentence = "The caption repeats the last line of the one above it."
    return Found(Severity.WARN, sentence, fixable=len(view.lines) > 1)


def all_caps(view: View, _above: View | None, _below: View | None, _limits: Limits) -> Found | None:
    """C22: more than four fifths of over 20 letters are capitals. Only on request is it put in lower case."""
    if len(_PERHAPS_CAPITAL.findall(view.plain)) <= MOST_CAPITALS * MANY_LETTERS:
        return None
    cased = [letter for letter in view.plain if letter.isupper() or letter.islower()]
    capitals = sum(map(str.isupper, cased))
    if len(cased) <= MANY_LETTERS or capitals <= MOST_CAPITALS * len(cased):
        return None
    return Found(Severity.INFO, "The caption is written in capitals.")
