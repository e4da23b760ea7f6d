"""Scripts as people paste them: which tokens are said, by whom, on which line, and what is a direction."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from captions.errors import ErrorCode, refusal
from captions.making.saying import IsWord, say
from captions.making.unspoken import Unspoken, Why

MOST_CHARACTERS: Final = 600_000
MOST_TOKENS: Final = 70_000
"""Six hours of fast speech."""
MOST_SPOKEN, LONGEST_TOKEN = 40, 200
"""Words that one token may stand for, and its characters; a longer one is an accident."""

BRACKETS: Final = re.compile(r"\[[^\[\]]{0,600}\]|(?<![^\W\d_])\([^()]{0,600}\)")
"""A bracket that touches a letter before it, as in "nodule(s)", belongs to the word."""
BULLET: Final = re.compile(r"\s*(?:[-*+•‣▪●◦–—]\s+|\d{1,3}[.)]\s+|[a-zA-Z]\)\s+|#{1,6}\s+|>{1,3}\s*)")
CLOCK: Final = re.compile(r"\s*\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s+[-–—]\s+|\s+)(?=\D)")
RULER: Final = re.compile(r"\s*[-*_=~]{3,}\s*")
NAME: Final = re.compile(r"(?:\*\*|__)?([^\W\d_][\w.'’ \t-]*)(?:\*\*|__)?")
MARKS: Final = "*_ \t"
EMPHASIS: Final = re.compile(r"\*\*|__|`|(?<!\w)[*_](?=\w)|(?<=[\w.,!?])[*_](?!\w)")
UNSPACED_END: Final = re.compile(r"([。！？]+[”’」』）]*)")
LONGEST_NAME, MOST_NAMES = 30, 4
"""Characters, and words, of the name of a speaker."""
ROLES: Final = frozenset(
    [
        "narrator",
        "presenter",
        "speaker",
        "instructor",
        "teacher",
        "doctor",
        "nurse",
        "patient",
        "host",
        "interviewer",
        "student",
        "voice-over",
        "voiceover",
        "demonstrator",
        "examiner",
        "physician",
        "model",
    ]
)
NO_NAMES: Final = frozenset(
    [
        "note",
        "notes",
        "warning",
        "caution",
        "tip",
        "tips",
        "step",
        "steps",
        "remember",
        "important",
        "summary",
        "question",
        "answer",
        "example",
        "objective",
        "objectives",
        "equipment",
        "indications",
        "contraindications",
        "danger",
        "attention",
        "reminder",
    ]
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word as it is written, with its punctuation, and the words that are said for it.

    `paragraph` and `line` count from 0: blocks between blank lines, and the lines of the text.
    """

    text: str
    spoken: tuple[str, ...]
    paragraph: int
    line: int
    speaker: str = ""


@dataclass(frozen=True, slots=True)
class Script:
    """The tokens in their order, and what was left out."""

    tokens: tuple[Token, ...]
    unspoken: tuple[Unspoken, ...] = ()


def parse(text: str, is_word: IsWord | None) -> Script:
    """Read a pasted script. Raises CaptionError when it is too long or has nothing to say.

    Left out and listed: [directions] and (directions), names before a colon, bullets, numbers of lists and
    times at the beginning of a line. `is_word` tells whether the dictionary has a word; without one, as for
    all languages but English, each token stands for itself.
    """
    if len(text) > MOST_CHARACTERS:
        raise refusal(ErrorCode.SCRIPT_TOO_LONG, size=len(text), unit="characters", limit=MOST_CHARACTERS)
    lines, directions = _without_brackets(_lines(text))
    unspoken: list[Unspoken] = []
    names = _names(lines)
    tokens: list[Token] = []
    speaker, paragraph, is_open = "", 0, False
    for number, line in enumerate(lines):
        if not line.strip():
            paragraph += is_open
            is_open = False
            unspoken += _placed(directions.get(number, []), line, number, range(len(tokens), len(tokens)))
            continue
        first, left_out = len(tokens), list[Unspoken]()
        said, speaker = _spoken_part(line, number, speaker, names, left_out)
        tokens += _tokens(said, Token("", (), paragraph, number, speaker), is_word)
        unspoken += [replace(one, before=first) for one in left_out]
        unspoken += _placed(directions.get(number, []), line, number, range(first, len(tokens)))
        is_open = is_open or bool(said.strip())
        if len(tokens) > MOST_TOKENS:
            raise refusal(ErrorCode.SCRIPT_TOO_LONG, size=len(tokens), unit="words", limit=MOST_TOKENS)
    if not any(token.spoken for token in tokens):
        raise refusal(ErrorCode.NO_SCRIPT)
    return Script(tuple(tokens), tuple(sorted(unspoken, key=lambda one: one.line)))


def _lines(text: str) -> str:
    """With one kind of line break and without signs that nobody sees."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    return re.sub("[\ufeff\u200b-\u200f\u2060\x00]", "", plain)


def _without_brackets(text: str) -> tuple[list[str], dict[int, list[tuple[int, str]]]]:
    """The lines, with blanks in place of directions, which may go over several, and by the number of the line
    in which they begin the directions, with their columns.
    """
    directions: dict[int, list[tuple[int, str]]] = {}
    starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def leave_out(found: re.Match[str]) -> str:
        line = bisect_right(starts, found.start()) - 1
        directions.setdefault(line, []).append((found.start() - starts[line], " ".join(found[0].split())))
        return re.sub(r"[^\n]", " ", found[0])

    return BRACKETS.sub(leave_out, text).split("\n"), directions


def _placed(directions: list[tuple[int, str]], line: str, number: int, tokens: range) -> list[Unspoken]:
    """The directions of a line, each by how many tokens stand before it; counted from the end of the line,
    since what is left out at its beginning is no token.
    """
    found, after, end = [], 0, len(line)
    for column, text in reversed(directions):
        pieces = EMPHASIS.sub("", UNSPACED_END.sub(r"\1 ", line[column:end])).split()
        after += sum(any(sign.isalnum() for sign in piece) for piece in pieces)
        end = column
        found.append(Unspoken(text, number + 1, Why.DIRECTION, max(tokens.stop - after, tokens.start)))
    return found[::-1]


def _label(line: str) -> tuple[str, str] | None:
    """The name that may stand before a colon at the beginning of a line, and the rest of the line."""
    before, colon, after = line.partition(":")
    if not colon or len(before) > LONGEST_NAME + len("****") or "//" in after[:2]:
        return None
    found = NAME.fullmatch(before.strip())
    if found is None or (not after[:1].isspace() and after.strip(MARKS) and after[:2] not in ("**", "__")):
        return None
    return found[1].strip(MARKS), after.removeprefix("**").removeprefix("__")


def _names(lines: list[str]) -> Counter[str]:
    """How often each possible name stands before a colon at the beginning of a line."""
    found = (_label(line) for line in lines)
    return Counter(label[0] for label in found if label is not None)


def _is_name(name: str, names: Counter[str]) -> bool:
    """Capitals are a name, and a known role, and a capitalised one that comes back."""
    words = name.lower().split()
    if not words or len(name) > LONGEST_NAME or len(words) > MOST_NAMES or words[0] in NO_NAMES:
        return False
    is_titled = all(word[0].isupper() or word[0].isdigit() for word in name.split())
    return is_titled and ((name.isupper() and len(name) > 1) or words[0] in ROLES or names[name] > 1)


def _spoken_part(
    line: str, number: int, speaker: str, names: Counter[str], unspoken: list[Unspoken]
) -> tuple[str, str]:
    """What of a line is said, and who says it from here on."""
    if RULER.fullmatch(line):
        unspoken.append(Unspoken(line.strip(), number + 1, Why.LAYOUT))
        return "", speaker
    for pattern in (BULLET, CLOCK):
        found = pattern.match(line)
        if found is not None:
            unspoken.append(Unspoken(found[0].strip(), number + 1, Why.LAYOUT))
            line = line[found.end() :]
    label = _label(line)
    if label is not None and _is_name(label[0], names):
        speaker, line = label
        unspoken.append(Unspoken(f"{speaker}:", number + 1, Why.SPEAKER))
    return EMPHASIS.sub("", line), speaker


def _said(text: str, is_word: IsWord | None, before: str) -> tuple[str, ...]:
    """The words that are said for a token."""
    if len(text) > LONGEST_TOKEN:
        return ()
    if is_word is None:
        return (text,) if any(sign.isalnum() for sign in text) else ()
    return say(text, is_word, before=before)[:MOST_SPOKEN]


def _tokens(line: str, pattern: Token, is_word: IsWord | None) -> Iterator[Token]:
    """The tokens of a line; a dash that stands alone is part of the token before it, or else after it."""
    waiting: Token | None = None
    before, opening = "", ""
    # where no spaces are written, a sentence still ends
    for text in (line if is_word else UNSPACED_END.sub(r"\1 ", line)).split():
        spoken = _said(text, is_word, before)
        if not spoken and not any(sign.isalnum() for sign in text):
            if waiting is None:
                opening += f"{text} "
            else:
                waiting = _token(f"{waiting.text} {text}", waiting.spoken, pattern)
            continue
        if waiting is not None:
            yield waiting
        waiting, before, opening = _token(opening + text, spoken, pattern), text, ""
    if waiting is not None:
        yield waiting


def _token(text: str, spoken: tuple[str, ...], pattern: Token) -> Token:
    return Token(text, spoken, pattern.paragraph, pattern.line, pattern.speaker)
