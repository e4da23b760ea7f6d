"""Opens the store that the settings name."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from edu.errors import SettingsError
from edu.storage.local import LocalStore
from edu.storage.store import ObjectStore

_OPTIONS = {"endpoint", "region"}


def open_store(storage_url: str, data_dir: Path) -> ObjectStore:
    """Files under the data folder when the address (EDU_STORAGE_URL) is empty, else the bucket it names.

    The address is `s3://bucket/prefix?endpoint=https://host:port&region=name`; the access key is read from
    AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Raises SettingsError for any other address.
    """
    if not storage_url:
        return LocalStore(data_dir / "objects")
    parts = urlsplit(storage_url)
    options = parse_qs(parts.query)
    if parts.scheme != "s3" or not parts.hostname or parts.username or set(options) - _OPTIONS:
        raise SettingsError(
            "EDU_STORAGE_URL cannot be read: write s3://bucket/prefix?endpoint=https://host&region=name, "
            "with the access key in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
        )
    from edu.storage.s3 import S3Store  # the driver's threads and memory are spared where files are local

    return S3Store(
        parts.hostname,
        prefix=parts.path.strip("/"),
        endpoint=options.get("endpoint", [""])[0].rstrip("/"),
        region=options.get("region", ["us-east-1"])[0],
        scratch=data_dir / "tmp",
    )
