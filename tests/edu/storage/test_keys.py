"""Keys: what may name an object."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from edu.errors import Invalid
from edu.storage import check_key, media_type, original_key, package_key

SHA = "0f" * 32


@pytest.mark.parametrize("key", ["a", "originals/0f/" + SHA, "videos/12/3/master.m3u8", "_x/A-b.c_d", "a..b"])
def test_a_plain_name_is_a_key(key):
    assert check_key(key) == key


@pytest.mark.parametrize(
    "key",
    [
        *("", "/", "/a", "a/", "a//b", ".", "..", "a/..", "../a", ".hidden", "a/.b", "-a"),
        *("a\\b", "a b", "a\n", "a\x00", "a?b", "a#b", "a%2e", "a:b", "ä", "٣", "a\u202e"),
        *("a" * 201, "/".join(["a" * 100] * 10)),
    ],
)
def test_anything_else_is_not(key):
    with pytest.raises(Invalid) as caught:
        check_key(key)

    assert caught.value.code == "bad_key"


@settings(deadline=None)  # it asks the file system, which may be busy
@given(st.text(alphabet="ab0_-./\\\0\né", max_size=12))
def test_a_key_never_leaves_the_folder_it_is_joined_to(tmp_path_factory, text):
    try:
        key = check_key(text)
    except Invalid:
        return

    root = tmp_path_factory.getbasetemp()
    assert (root / key).resolve().relative_to(root.resolve()).as_posix() == key


def test_an_original_is_named_by_its_content():
    assert original_key(SHA) == f"originals/0f/{SHA}"


@pytest.mark.parametrize("sha", ["", "0f", SHA.upper(), SHA + "\n", "../" + SHA[3:]])
def test_an_original_needs_a_true_digest(sha):
    with pytest.raises(Invalid):
        original_key(sha)


def test_a_package_file_lies_under_its_video_and_version():
    assert package_key(7, "ab12", "720.mp4") == "videos/7/ab12/720.mp4"
    assert package_key(7, "ab12") == "videos/7/ab12"
    with pytest.raises(Invalid):
        package_key(7, "..", "720.mp4")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("v/1/master.m3u8", "application/vnd.apple.mpegurl"),
        ("v/1/720.mp4", "video/mp4"),
        ("v/1/captions.vtt", "text/vtt; charset=utf-8"),
        ("v/1/page.html", "application/octet-stream"),
        ("v/1/picture.svg", "application/octet-stream"),
        ("v.mp4/original", "application/octet-stream"),
    ],
)
def test_only_media_is_served_as_what_it_is(key, expected):
    assert media_type(key) == expected
