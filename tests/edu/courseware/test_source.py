"""Text files of a course and the hash of their content."""

import pytest

from edu.courseware.finding import CourseError
from edu.courseware.source import MAX_BYTES, read_text, source_hash


@pytest.mark.parametrize(
    "text",
    [
        "caf\u00e9\n",
        "cafe\u0301\n",
        "\ufeffcaf\u00e9\n",
        "caf\u00e9\r\n",
        "caf\u00e9",
        "caf\u00e9\n\n\n",
        "# Note\ncaf\u00e9\n",
    ],
)
def test_what_an_editor_does_to_the_bytes_is_no_change(text):
    assert source_hash(text) == source_hash("caf\u00e9\n")


@pytest.mark.parametrize("text", ["caf\u00e9 \n", "Caf\u00e9\n", "caf\u00e9\n# Note\n", "\ncaf\u00e9\n"])
def test_what_a_person_changes_is_a_change(text):
    assert source_hash(text) != source_hash("caf\u00e9\n")


def test_a_file_that_is_not_utf8_is_refused_with_the_line(tmp_path):
    (tmp_path / "a.md").write_bytes(b"one\ntwo \xff\n")

    with pytest.raises(
        CourseError, match=r"a\.md:2: the file is not UTF-8 text\. Save it with the encoding UTF-8"
    ):
        read_text(tmp_path, "a.md")


def test_a_file_of_more_than_a_megabyte_is_refused(tmp_path):
    (tmp_path / "a.md").write_bytes(b"a" * (MAX_BYTES + 1))

    with pytest.raises(CourseError, match="larger than 1 MB"):
        read_text(tmp_path, "a.md")


def test_a_folder_in_place_of_a_file_is_refused(tmp_path):
    (tmp_path / "a.md").mkdir()

    with pytest.raises(CourseError, match="the file cannot be read"):
        read_text(tmp_path, "a.md")
