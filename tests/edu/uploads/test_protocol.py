"""The headers of tus are read strictly."""

from __future__ import annotations

import hashlib
from base64 import b64encode

import pytest

from edu.uploads import ProtocolError, protocol


@pytest.mark.parametrize(("text", "value"), [("0", 0), ("007", 7), ("9" * 18, 10**18 - 1)])
def test_a_number_is_ascii_digits(text, value):
    assert protocol.number(text, "Upload-Length") == value


@pytest.mark.parametrize(
    "text", [None, "", " 1", "1 ", "-1", "+1", "1.0", "1e3", "٣", "²", "1_000", "0x1", "9" * 19]
)
def test_anything_else_is_no_number(text):
    with pytest.raises(ProtocolError) as error:
        protocol.number(text, "Upload-Length")

    assert error.value.status == 400
    assert "Upload-Length" in error.value.sentence


def test_metadata_are_pairs_of_a_key_and_base64():
    read = protocol.metadata("filename " + b64encode("Übung.mov".encode()).decode() + ", empty ,flag")

    assert read.pairs == {"filename": "Übung.mov", "empty": "", "flag": ""}


def test_no_header_is_no_metadata():
    assert protocol.metadata(None).pairs == {}


@pytest.mark.parametrize(
    "text", ["a b c", "a YQ==,", "a YQ==,a YQ==", "a Y", "a /w==", "a YQ", ",", "ä YQ=="]
)
def test_malformed_metadata_are_refused(text):
    with pytest.raises(ProtocolError):
        protocol.metadata(text)


def test_endless_metadata_are_refused():
    with pytest.raises(ProtocolError):
        protocol.metadata(",".join(f"k{n} YQ==" for n in range(protocol.MOST_PAIRS + 1)))


def test_a_checksum_begins_the_hash_it_names():
    checksum = protocol.checksum(
        "sha1 " + b64encode(hashlib.new("sha1", b"abc", usedforsecurity=False).digest()).decode()
    )

    assert checksum is not None
    hashed = checksum.begin()
    hashed.update(b"abc")
    assert hashed.digest() == checksum.digest
