"""The tables of readers and writers: every format that is told apart is handled."""

from captions.formats.readers import BYTES_READERS, LANGUAGE_READERS, READERS
from captions.formats.sniff import FORMATS, CaptionFormat
from captions.writing import WRITERS


def test_every_format_but_plain_text_is_read() -> None:
    assert READERS.keys() | LANGUAGE_READERS.keys() == FORMATS - {CaptionFormat.TXT}
    assert not READERS.keys() & LANGUAGE_READERS.keys()
    assert set(BYTES_READERS) == {CaptionFormat.STL}


def test_six_formats_are_written() -> None:
    assert set(WRITERS) == {"vtt", "srt", "sbv", "ttml", "ass", "txt"}
