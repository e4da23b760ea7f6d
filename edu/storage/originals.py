"""Originals: uploaded files under the hash of their content, so that equal files are kept once."""

from __future__ import annotations

import hashlib
from pathlib import Path

from edu.storage.keys import original_key
from edu.storage.store import ObjectStore, StoredObject


def keep_original(store: ObjectStore, path: Path, *, move: bool = False) -> StoredObject:
    """Keep a file under the hash of its content; with `move` the file is given away."""
    with path.open("rb") as source:
        sha256 = hashlib.file_digest(source, "sha256").hexdigest()
    key = original_key(sha256)
    if store.exists(key):
        if move:
            path.unlink()
        return StoredObject(store.size(key), sha256)
    return store.put_file(key, path, move=move, sha256=sha256)
