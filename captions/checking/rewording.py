"""Mendings of text: breaks, markup, rolling lines, marks of speakers and sounds; when asked, spelling."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from captions.checking import breaking, manners
from captions.checking.atoms import atoms, parted
from captions.checking.bench import Bench, Edit
from captions.checking.phrases import ends_sentence
from captions.checking.text import FLASH, FOREIGN_MARK
from captions.checking.view import View
from captions.findings import Findings
from captions.formats import markup
from captions.track import Cue, TrackKind
from captions.webvtt import cuetext, settings

_PLACE: Final = re.compile(r"\{\\an?(\d{1,2})")
_ENTITY: Final = re.compile(r"&amp;(?=(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")
_TAGS: Final = re.compile(r"(<[^>]*>?)")
_SENTENCE: Final = re.compile(r"(?:^|(?<=[.!?…]))(\W*)([^\W\d_])")
_LONE_I: Final = re.compile(r"\bi\b")


def empty(bench: Bench, at: int) -> Iterator[Edit]:
    """C02: a caption without text goes; a chapter is a step, and stays until somebody names it."""
    if bench.kind is not TrackKind.CHAPTERS:
        yield Edit(at, at + 1, ())


def lines(bench: Bench, at: int) -> Iterator[Edit]:
    """C06 and C07: the best lines, else several captions."""
    yield from breaks(bench, at)
    cue = bench.items[at].view.cue
    if cue.end > cue.start:
        parts = breaking.split(cue, bench.profile, bench.language, words=bench.words)
        if len(parts) > 1:
            yield Edit(at, at + 1, parts)


def breaks(bench: Bench, at: int) -> Iterator[Edit]:
    """C12 and C13: the best lines."""
    cue = bench.items[at].view.cue
    text = breaking.rebreak(cue.text, bench.profile, bench.language)
    if text is not None:
        yield _written(cue, at, text)


def roll_up(bench: Bench, at: int) -> Iterator[Edit]:
    """C20: the repeated line goes; so does a flash of what stands in a neighbour."""
    view, above, below = bench.items[at].view, bench.view(at - 1), bench.view(at + 1)
    if above is not None and len(view.lines) > 1 and above.lines[-1:] == view.lines[:1]:
        pieces = atoms(view.cue.text)
        broken = [count for count, piece in enumerate(pieces, start=1) if piece.is_broken]
        if broken and broken[0] < len(pieces):
            rest = [count - broken[0] for count in broken[1:]]
            yield _written(view.cue, at, parted(pieces, ((), rest), broken[:1])[1])
    if view.duration >= FLASH:
        return
    count = len(view.lines)
    if above is not None and above.lines[-count:] == view.lines:
        yield Edit(at, at + 1, ())
    if below is not None and below.lines[:count] == view.lines:
        yield Edit(at, at + 2, (replace(below.cue, start=view.cue.start),))


def tidy(bench: Bench, at: int) -> Iterator[Edit]:
    """C21: unknown tags go, open ones are closed, ASS marks become settings, double encoding is undone."""
    cue = bench.items[at].view.cue
    text = markup.tidy(cue.text, 0, Findings())
    placed = cue.settings
    mark = _PLACE.search(text)
    if mark and not placed:
        placed = settings.parse(markup.ALIGNMENTS.get(int(mark[1]), "")).text
    text = _ENTITY.sub("&", FOREIGN_MARK.sub("", text))
    yield Edit(at, at + 1, (replace(cue, text=text, settings=placed),))


def sound_style(bench: Bench, at: int) -> Iterator[Edit]:
    """C19: brackets, as the other sounds have them."""
    view = bench.items[at].view
    sound = manners.other_sound(view)
    if sound and sound in view.cue.text:
        yield _written(view.cue, at, view.cue.text.replace(sound, f"[{sound[1:-1]}]", 1))


def speaker(bench: Bench, at: int) -> Iterator[Edit]:
    """C18: a name in capitals becomes a voice tag."""
    view = bench.items[at].view
    if view.voices:
        return
    done: list[str] = []
    is_open = False
    for line in view.cue.text.split("\n"):
        match = manners.LABEL.match(line)
        name = manners.name_of(line)
        if match and name:
            if is_open:
                done[-1] += "</v>"
            line = f"<v {cuetext.escape(name)}>{line[match.end() :]}"
            is_open = True
        done.append(line)
    if is_open:
        yield _written(view.cue, at, "\n".join(done))


def sentence_case(bench: Bench, at: int) -> Iterator[Edit]:
    """C22: small letters but for the beginnings of sentences, `I`, and terms as the glossary writes them."""
    view, above = bench.items[at].view, bench.view(at - 1)
    begins = above is None or not above.lines or ends_sentence(above.lines[-1])
    parts = _TAGS.split(view.cue.text)
    for place in range(0, len(parts), 2):
        text = _LONE_I.sub("I", parts[place].lower())
        for term in bench.terms:
            pattern = rf"\b{re.escape(cuetext.escape(term.text))}\b"
            text = re.sub(pattern, cuetext.escape(term.text).replace("\\", r"\\"), text, flags=re.IGNORECASE)
        parts[place] = _SENTENCE.sub(_capital, text) if begins else _SENTENCE.sub(_capital_inside, text)
        begins = begins and not any(map(str.isalpha, text))
    yield _written(view.cue, at, "".join(parts))


def glossary(bench: Bench, at: int) -> Iterator[Edit]:
    """C26: the glossary's spelling for what is near to it."""
    view = bench.items[at].view
    text = view.cue.text
    for near in bench.lexicon.find(view.plain):
        written = re.escape(cuetext.escape(near.written))
        term = cuetext.escape(near.term)
        text = re.sub(rf"(?<!\w){written}(?!\w)", term.replace("\\", r"\\"), text, count=1)
    yield _written(view.cue, at, text)
    again = breaking.rebreak(text, bench.profile, bench.language)
    if again is not None:
        yield _written(view.cue, at, again)


def is_near_term(bench: Bench, view: View) -> bool:
    """Is a word of the caption near a term?"""
    return bool(bench.terms) and any(bench.lexicon.find(view.plain))


def _capital(match: re.Match[str]) -> str:
    return match[1] + match[2].upper()


def _capital_inside(match: re.Match[str]) -> str:
    """A capital after a full stop, not at the beginning of the text."""
    return match[0] if match.start() == 0 else _capital(match)


def _written(cue: Cue, at: int, text: str) -> Edit:
    return Edit(at, at + 1, (replace(cue, text=text),))
