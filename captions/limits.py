"""How much caption material is accepted: of the library and, lower, of an upload."""

from typing import Final

from captions.errors import ErrorCode, refusal

MAX_BYTES: Final = 16_000_000
MAX_CUES: Final = 150_000

UPLOAD_MAX_BYTES: Final = 5_000_000
UPLOAD_MAX_CUES: Final = 20_000

MAX_CUE_CHARACTERS: Final = 10_000
"""The text of one cue on import; what goes beyond is cut and listed."""

MAX_TAG_DEPTH: Final = 64
"""Tags inside tags on import; deeper ones are taken off, their text stays."""

MAX_XML_DEPTH: Final = 64
"""Elements inside elements of a TTML file; true ones have about ten."""

MAX_XML_ELEMENTS: Final = 500_000
"""Elements of a TTML file: a paragraph, a line break and a piece of its own look for each of MAX_CUES."""

MAX_SCC_WORDS: Final = 300_000
"""Words of an SCC file: nearly three hours of sending without a pause, or some fifteen of captions."""

MAX_STL_CODES: Final = 200_000
"""Control codes in the texts of an EBU STL file; the captions of a film have some 30 000."""

MAX_IMPORT_TIME: Final = 100 * 3_600_000
"""Captions of a lenient import begin before this, in milliseconds; later ones are listed as lost."""

MAX_EXPANSION: Final = 4
"""Characters for each byte of a file, at most; no encoding offered here comes near."""

MAX_FINDINGS: Final = 10_000
"""Repairs, and likewise losses, that are kept for one file, so that a hostile file cannot fill the memory."""

MAX_HOUR_DIGITS: Final = 10
"""Digits of the hours of a time. The specification sets no end, but endless numbers cost time to convert."""

MAX_TIME: Final = 10**MAX_HOUR_DIGITS * 3_600_000 - 1
"""The latest time, in milliseconds, that can be written and read back."""


def check_size(size: int, limit: int = MAX_BYTES) -> None:
    """Refuse `size` bytes when they are more than the limit. Raises CaptionError."""
    if size > limit:
        raise refusal(ErrorCode.TOO_LARGE, size=size, limit=limit)


def check_count(count: int, line: int | None = None, limit: int = MAX_CUES) -> None:
    """Refuse `count` cues when they are more than the limit. Raises CaptionError."""
    if count > limit:
        raise refusal(ErrorCode.TOO_MANY_CUES, line, limit=limit)
