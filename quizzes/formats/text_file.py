"""Text from strangers: decoded, bounded, with one kind of line end."""

import codecs

from quizzes.errors import Reason, refusal

LARGEST_FILE = 4 * 1024 * 1024  # bytes
MOST_LINES = 200_000  # forty for each of as many questions as a file may hold
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def decoded(data: bytes) -> str:
    """The text of a file in UTF-8, UTF-16 (with a mark) or, if it is neither, Windows-1252; lines end in \\n.

    Raises QuizError: TOO_LARGE, HOSTILE for too many lines, UNREADABLE with the line where a byte means no
    letter.
    """
    if len(data) > LARGEST_FILE:
        raise refusal(Reason.TOO_LARGE, limit=LARGEST_FILE)
    text = _in_unicode(data)
    if text is None:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            raise refusal(Reason.UNREADABLE, f"line {line}", detail="it is not text") from error
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise refusal(Reason.UNREADABLE, f"line {line}", detail="it is not text")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.count("\n") > MOST_LINES:
        raise refusal(Reason.HOSTILE, detail=f"it holds more than {MOST_LINES} lines")
    return text


def _in_unicode(data: bytes) -> str | None:
    """The text, or None when it is not Unicode. Raises QuizError for broken UTF-16."""
    if data.startswith(_WIDE):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise refusal(Reason.UNREADABLE, detail="it is not UTF-16 text") from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
