"""Files of the video corpus end as their table says: every third of the second half, all by SOAK_CORPUS=1."""

import os

import pytest

from tests.media.converted import check_row
from tests.media.corpus_table import ROWS

pytestmark = [pytest.mark.slow, pytest.mark.corpus]
STEP = 2 if os.environ.get("SOAK_CORPUS") == "1" else 6


@pytest.mark.parametrize("row", ROWS[1::STEP], ids=lambda row: row.file)
def test_a_playable_file_is_played_as_it_is_meant(corpus, tmp_path, ffmpeg, row):
    check_row(ffmpeg, corpus / "video", row, tmp_path)
