"""Every file of the video corpus ends as its table says: the second half of the conversions."""

import pytest

from media import package, probe
from tests.media import truth
from tests.media.converted import check_likeness, check_video
from tests.media.corpus_table import ROWS

pytestmark = [pytest.mark.slow, pytest.mark.corpus]


@pytest.mark.parametrize("row", ROWS[1::2], ids=lambda row: row.file)
def test_a_playable_file_is_played_as_it_is_meant(corpus, tmp_path, ffmpeg, row):
    source = corpus / "video" / row.file
    info = probe(source)

    done = package(source, tmp_path, info=info)

    check_video(done, row.size, row.duration)
    assert row.remarks <= done.report.codes
    before = truth.read(
        ffmpeg.path,
        source,
        fields=info.picture.may_be_interlaced,
        matrix="smpte170m" if info.picture.matrix == 0 else "",
        see_through=info.picture.has_alpha,
    )
    made = truth.read(ffmpeg.path, tmp_path / done.renditions[-1].file)
    check_likeness(truth.compare(before, made), row.likeness, row.noise_ratio)
