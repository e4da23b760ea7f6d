"""The signs of GIFT: escapes, and the four formats that a text can be in."""

import re

from quizzes.errors import Reason, refusal
from quizzes.formats.prose import Lost, check_source, from_html

# An escaped sign becomes a lone surrogate, which no decoded text can hold, until the structure is known.
_SIGNS = "~=#{}:\n\\"
_HIDDEN = {sign: chr(0xD800 + place) for place, sign in enumerate(_SIGNS)}
_SHOWN = str.maketrans({hidden: sign for sign, hidden in _HIDDEN.items()})
# Backslashes first: in a row of them, each two are one, and what is left belongs to the sign behind.
_ESCAPES = {f"\\{'n' if sign == chr(10) else sign}": hidden for sign, hidden in reversed(_HIDDEN.items())}
_CONTROL = re.compile(r"[~=#{}:\\]")
_FORMAT = re.compile(r"\s*\[(html|moodle|plain|markdown)\]")
_LOOKS_LIKE_HTML = re.compile(r"</?[A-Za-z][^<>]*>|&(?:[A-Za-z]+|#[0-9]+);")
_MARKDOWN = re.compile(r"\*\*|__|`|\]\(|^[ \t]*+#", re.MULTILINE)


def hide(text: str) -> str:
    """The text with its escaped signs out of the way of the structure."""
    for escaped, hidden in _ESCAPES.items():
        text = text.replace(escaped, hidden)
    return text


def show(text: str) -> str:
    """The text with its escaped signs as what they stand for."""
    return text.translate(_SHOWN)


def escape(text: str) -> str:
    """The text with the signs escaped that GIFT reads as structure."""
    return _CONTROL.sub(lambda match: "\\" + match[0], text).replace("\n", "\\n")


def literal(text: str) -> str:
    """An escaped text; it says that it is plain where it begins like a format or a weight."""
    return ("[plain]" if text.startswith(("[", "%")) else "") + escape(text)


def text_format(hidden: str, standard: str) -> tuple[str, str]:
    """The format that a hidden text names, or the standard one, and the text behind it."""
    match = _FORMAT.match(hidden)
    return (match[1], hidden[match.end() :]) if match else (standard, hidden)


def prose(hidden: str, standard: str, lost: Lost) -> str:
    """A hidden text as plain prose; in `html` and `moodle`, ends of lines are blanks.

    Raises QuizError for a text longer than prose could be.
    """
    named, text = text_format(hidden.strip(), standard)
    if named in {"plain", "markdown"}:
        shown = show(text).strip()
        check_source(shown)
        if named == "markdown" and _MARKDOWN.search(shown):
            lost(refusal(Reason.NOT_KEPT, what="Markdown (its signs stay in the text)"))
        return shown
    folded = show(_folded(text)).strip()
    if named == "html" or _LOOKS_LIKE_HTML.search(folded):
        return from_html(folded, lost)
    check_source(folded)
    return folded


def _folded(text: str) -> str:
    """The text in one line: a blank for each end of a line with the blanks around it."""
    first, *others = (line.rstrip(" \t") for line in text.split("\n"))
    return " ".join([first, *filter(None, map(str.lstrip, others))])
