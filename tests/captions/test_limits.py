"""Limits: what is just within is read, what is beyond is refused with its numbers."""

import pytest

from captions import limits
from captions.errors import CaptionError, ErrorCode


def test_a_size_up_to_the_limit_passes_and_one_byte_more_is_refused() -> None:
    limits.check_size(limits.MAX_BYTES)

    with pytest.raises(CaptionError, match="16000001") as refused:
        limits.check_size(limits.MAX_BYTES + 1)

    assert refused.value.code is ErrorCode.TOO_LARGE
    assert refused.value.parameters == {"size": 16_000_001, "limit": 16_000_000}


def test_an_upload_has_its_own_limits() -> None:
    limits.check_count(20_000, limit=limits.UPLOAD_MAX_CUES)

    with pytest.raises(CaptionError, match="20000") as refused:
        limits.check_count(20_001, 9, limits.UPLOAD_MAX_CUES)

    assert (refused.value.code, refused.value.line) == (ErrorCode.TOO_MANY_CUES, 9)
