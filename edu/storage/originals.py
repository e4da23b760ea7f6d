"""Originals: uploaded files under the hash of their content, so that equal files are kept once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from edu.storage.keys import original_key
from edu.storage.store import ObjectStore, StoredObject


def keep_original(
    store: ObjectStore, path: Path, *, move: bool = False, expect: Callable[[str], None] | None = None
) -> StoredObject:
    """Keep a file under the hash of its content; with `move` the file is given away.

    `expect` is told the SHA-256 before the store is asked for it, so that nobody removes the same file
    meanwhile.
    """
    with path.open("rb") as source:
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
    if expect is not None:
        expect(sha256)
    key = original_key(sha256)
    if store.exists(key):
        if move:
            path.unlink()
        return StoredObject(store.size(key), sha256)
    return store.put_file(key, path, move=move, sha256=sha256)
