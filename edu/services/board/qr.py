"""QR codes as SVG, drawn here by the segno library: no other host learns which address is printed."""

from __future__ import annotations

from functools import lru_cache

import segno

QUIET = 4  # modules of white on each side (ISO/IEC 18004, "quiet zone")
MOST_KEPT = 500


@lru_cache(maxsize=MOST_KEPT)
def code(address: str) -> str:
    """The address as a QR code: an SVG of error level M, its inside decorative, for words stand beside it."""
    made = segno.make_qr(address, error="m", boost_error=False)
    return str(
        made.svg_inline(border=QUIET, omitsize=True, dark="#000", light="#fff", svgclass="qr", lineclass=None)
    )
