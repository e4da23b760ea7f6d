"""Every file of the video corpus ends as its table says: the second half of the conversions."""

import pytest

from tests.media.converted import check_row
from tests.media.corpus_table import ROWS

pytestmark = [pytest.mark.slow, pytest.mark.corpus]


@pytest.mark.parametrize("row", ROWS[1::2], ids=lambda row: row.file)
def test_a_playable_file_is_played_as_it_is_meant(corpus, tmp_path, ffmpeg, row):
    check_row(ffmpeg, corpus / "video", row, tmp_path)
