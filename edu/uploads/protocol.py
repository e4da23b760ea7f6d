"""The headers of tus 1.0 (https://tus.io/protocols/resumable-upload), read strictly."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from dataclasses import dataclass
from typing import Final, Protocol

from edu.errors import EduError

VERSION: Final = "1.0.0"
EXTENSIONS: Final = "creation,creation-with-upload,checksum,termination,expiration"
CHUNK_TYPE: Final = "application/offset+octet-stream"
ALGORITHMS: Final = ("sha256", "sha1", "md5")
# ASCII digits only: int() would also take signs, blanks, underscores and the digits of other scripts.
_NUMBER = re.compile(r"[0-9]{1,18}", re.ASCII)
_KEY = re.compile(r"[!-+\--~]+", re.ASCII)  # printable, without blank and comma
MOST_PAIRS: Final = 50


class ProtocolError(EduError):
    """A request that tus does not allow; `status` is the HTTP status the protocol names for it."""

    code = "tus"

    def __init__(self, status: int, sentence: str, *, code: str = "tus", **parameters: object) -> None:
        super().__init__(sentence, code=code, **parameters)
        self.status = status


class Hash(Protocol):
    """What hashlib gives."""

    def update(self, data: bytes, /) -> None:
        """Take more bytes in."""
        ...

    def digest(self) -> bytes:
        """The digest of all bytes so far."""
        ...


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a chunk must hash to."""

    algorithm: str
    digest: bytes

    def begin(self) -> Hash:
        """A hash to feed the chunk to."""
        return hashlib.new(self.algorithm, usedforsecurity=False)


@dataclass(frozen=True, slots=True)
class Metadata:
    """The pairs of Upload-Metadata, and the header as it came, since HEAD must give it back."""

    raw: str
    pairs: dict[str, str]


def number(value: str | None, name: str) -> int:
    """The whole number in a header. ProtocolError 400 for anything but 1 to 18 ASCII digits."""
    if value is None or not _NUMBER.fullmatch(value):
        raise ProtocolError(400, "The header %(name)s must be a whole number.", code="tus_number", name=name)
    return int(value)


def metadata(value: str | None) -> Metadata:
    """The pairs of an Upload-Metadata header: `key base64,key base64,key`. ProtocolError 400 if malformed."""
    raw = (value or "").strip()
    pairs: dict[str, str] = {}
    for part in raw.split(",") if raw else ():
        key, *encoded = part.strip(" ").split(" ")
        if len(encoded) > 1 or not _KEY.fullmatch(key) or key in pairs or len(pairs) >= MOST_PAIRS:
            raise ProtocolError(400, "The header Upload-Metadata is malformed.", code="tus_metadata")
        try:
            pairs[key] = base64.b64decode(encoded[0], validate=True).decode() if encoded else ""
        except (ValueError, binascii.Error) as error:
            raise ProtocolError(
                400, "A value in Upload-Metadata is not Base64 of UTF-8 text.", code="tus_metadata"
            ) from error
    return Metadata(raw, pairs)


def checksum(value: str | None) -> Checksum | None:
    """What an Upload-Checksum header asks for; None without one. ProtocolError 400 for what is not known."""
    if value is None:
        return None
    algorithm, _, encoded = value.partition(" ")
    if algorithm not in ALGORITHMS:
        raise ProtocolError(400, "This checksum is not known here.", code="tus_checksum")
    try:
        digest = base64.b64decode(encoded, validate=True)
    except (ValueError, binascii.Error) as error:
        raise ProtocolError(400, "The checksum is not Base64.", code="tus_checksum") from error
    if len(digest) != len(hashlib.new(algorithm, usedforsecurity=False).digest()):
        raise ProtocolError(400, "The checksum has the wrong length.", code="tus_checksum")
    return Checksum(algorithm, digest)
