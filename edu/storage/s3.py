"""S3Store: objects in a bucket of any S3-compatible service, by obstore, with path-style addresses."""

from __future__ import annotations

import errno
import hashlib
import itertools
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

import obstore
from obstore import exceptions
from obstore.store import S3Store as Bucket

from edu.errors import Invalid, NoRoom, NotFound
from edu.storage.keys import check_key, media_type
from edu.storage.store import BLOCK, StoredEntry, StoredObject, StoreUnavailable

_PART = 8 * 1024 * 1024  # of an upload; a service refuses parts under 5 MiB and more than 10 000 of them
_WINDOW = 32 * 1024 * 1024  # of a download: one request each, so that no time limit meets a long film
_TRIES = 12  # to read an object that is replaced between asking for its size and for its bytes
_LONGEST_SIGNATURE = 7 * 24 * 3600  # seconds: the service's own limit


class S3Store:
    """Keeps `a/b` as the object `<prefix>/a/b`; an upload is seen when its last part has arrived."""

    def __init__(self, bucket: str, *, prefix: str, endpoint: str, region: str, scratch: Path) -> None:
        self._scratch = scratch
        self._endpoint = endpoint or f"https://s3.{region}.amazonaws.com"
        self._bucket = Bucket(
            bucket,
            prefix=prefix or None,
            endpoint=self._endpoint,
            region=region,
            virtual_hosted_style_request=False,
            client_options={
                "allow_http": self._endpoint.startswith("http://"),
                "connect_timeout": timedelta(seconds=5),
                "timeout": timedelta(minutes=10),
            },
            retry_config={"max_retries": 3, "retry_timeout": timedelta(seconds=30)},
        )

    def put(self, key: str, source: BinaryIO) -> StoredObject:
        """Keep what the source gives to its end: one request when it is small, else parts."""
        attributes = {"Content-Type": media_type(check_key(key))}
        reading = _Reading(source)
        with _errors_told(key):
            first = reading.part()
            if len(first) < _PART:
                obstore.put(self._bucket, key, first, attributes=attributes)
            else:
                parts = itertools.chain([first], iter(reading.part, b""))
                obstore.put(
                    self._bucket, key, parts, attributes=attributes, chunk_size=_PART, max_concurrency=3
                )
        return StoredObject(reading.size, reading.digest.hexdigest())

    def put_file(self, key: str, path: Path, *, move: bool = False, sha256: str = "") -> StoredObject:
        """Keep a file; with `move` it is removed once the bucket has it."""
        with path.open("rb") as source:
            stored = self.put(key, source)
        if move:
            path.unlink()
        return stored

    def blocks(self, key: str, start: int = 0, length: int | None = None) -> Iterator[bytes]:
        """The bytes from `start`, by range requests which all speak of the same version of the object."""
        if start < 0 or (length is not None and length < 0):
            raise Invalid(f"no bytes lie at {start} for {length}", code="bad_range")
        for _ in range(_TRIES):
            with _errors_told(key):
                found = obstore.head(self._bucket, check_key(key))
            end = found["size"] if length is None else min(found["size"], start + length)
            with suppress(_Replaced):
                first = self._window(key, start, end, found["e_tag"])
                return self._ranges(key, first, start, end, found["e_tag"])
        raise StoreUnavailable(f"the object {key} is being replaced")

    def size(self, key: str) -> int:
        """The size in bytes."""
        with _errors_told(key):
            return obstore.head(self._bucket, check_key(key))["size"]

    def exists(self, key: str) -> bool:
        """Whether there is such an object."""
        try:
            self.size(key)
        except NotFound:
            return False
        return True

    def delete(self, key: str) -> None:
        """Forget the object."""
        with _errors_told(key):
            obstore.delete(self._bucket, check_key(key))

    def delete_tree(self, prefix: str) -> int:
        """Forget every object under the prefix, a thousand in a request."""
        count = 0
        with _errors_told(prefix):
            for found in obstore.list(self._bucket, check_key(prefix), chunk_size=1000):
                obstore.delete(self._bucket, [each["path"] for each in found])
                count += len(found)
        return count

    def list(self, prefix: str = "") -> Iterator[StoredEntry]:
        """The objects under the prefix."""
        with _errors_told(prefix):
            for found in obstore.list(self._bucket, check_key(prefix) if prefix else None, chunk_size=1000):
                for each in found:
                    yield StoredEntry(each["path"], each["size"], each["last_modified"])

    def copy(self, source: str, target: str) -> None:
        """Keep the same bytes under a second key, without their passing through here."""
        if source == target:  # a service refuses this
            self.size(source)
            return
        with _errors_told(source):
            obstore.copy(self._bucket, check_key(source), check_key(target))

    def local_path(self, key: str) -> Path | None:
        """None: the bucket is elsewhere."""
        check_key(key)
        return None

    def presigned_url(self, key: str, seconds: int) -> str | None:
        """An address good for that long, at most a week."""
        if not 0 < seconds <= _LONGEST_SIGNATURE:
            raise Invalid(f"an address cannot be good for {seconds} seconds", code="bad_range")
        with _errors_told(key):
            return obstore.sign(self._bucket, "GET", check_key(key), timedelta(seconds=seconds))

    def origin(self) -> str:
        """The endpoint's scheme, host and port."""
        parts = urlsplit(self._endpoint)
        return f"{parts.scheme}://{parts.netloc}"

    @contextmanager
    def fetched(self, key: str) -> Iterator[Path]:
        """A copy in the scratch folder, removed when the block ends."""
        blocks = self.blocks(key)
        self._scratch.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="fetched-", dir=self._scratch) as folder:
            path = Path(folder) / key.rpartition("/")[2]
            try:
                with path.open("xb") as target:
                    target.writelines(blocks)
            except OSError as error:
                if error.errno in (errno.ENOSPC, errno.EDQUOT):
                    raise NoRoom("the disk is full") from error
                raise
            yield path

    def _ranges(
        self, key: str, got: obstore.GetResult | None, start: int, end: int, version: str | None
    ) -> Iterator[bytes]:
        while got is not None:
            with _errors_told(key):
                for piece in got.stream(min_chunk_size=BLOCK):
                    for cut in range(0, len(piece), BLOCK):
                        yield bytes(piece[cut : cut + BLOCK])
                start += _WINDOW
                got = self._window(key, start, end, version)

    def _window(self, key: str, start: int, end: int, version: str | None) -> obstore.GetResult | None:
        """A request for the next bytes of that version; None when there are no more."""
        if start >= end:
            return None
        with _errors_told(key):
            return obstore.get(
                self._bucket, key, options={"range": (start, min(end, start + _WINDOW)), "if_match": version}
            )


class _Replaced(StoreUnavailable):
    """The version that was asked for has been replaced."""


class _Reading:
    """Reads a source in parts and keeps count and digest of what went through."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.size = 0
        self.digest = hashlib.sha256()

    def part(self) -> bytes:
        """The next part: full, unless it is the last one."""
        blocks: list[bytes] = []
        missing = _PART
        while missing and (block := self._source.read(missing)):
            blocks.append(block)
            missing -= len(block)
        part = b"".join(blocks)
        self.size += len(part)
        self.digest.update(part)
        return part


@contextmanager
def _errors_told(key: str) -> Iterator[None]:
    try:
        yield
    except (exceptions.NotFoundError, FileNotFoundError) as error:
        raise NotFound("there is no object %(key)s", code="no_object", key=key) from error
    except exceptions.PreconditionError as error:
        raise _Replaced(f"the object {key} is being replaced") from error
    except exceptions.BaseError as error:
        raise StoreUnavailable(f"the object store did not do as asked for {key}") from error
