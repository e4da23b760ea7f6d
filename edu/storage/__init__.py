"""Storage: where originals, packages and other files are kept, on this disk or in an S3 bucket.

What does not belong here: HTTP answers (a store gives bytes, a path or an address, and the view decides),
who may read what (edu/policy), and what the keys mean to the database.
"""

from edu.storage.keys import check_key, media_type, original_key, package_key
from edu.storage.open import open_store
from edu.storage.originals import keep_original
from edu.storage.store import BLOCK, ObjectStore, StoredEntry, StoredObject, StoreUnavailable

__all__ = [
    "BLOCK",
    "ObjectStore",
    "StoreUnavailable",
    "StoredEntry",
    "StoredObject",
    "check_key",
    "keep_original",
    "media_type",
    "open_store",
    "original_key",
    "package_key",
]
