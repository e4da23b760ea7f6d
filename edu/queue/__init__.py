"""The queue: work promised in the transaction of its cause, and engines that hand it to workers.

What does not belong here: what a kind of job does (edu/jobs), and how a page tells about it (services).
"""

from edu.queue.bell import Bell, open_bell
from edu.queue.embedded import EmbeddedEngine
from edu.queue.engine import NO_ROOM, Claim, Engine, LostLease, backoff
from edu.queue.open import open_engine
from edu.queue.promise import cancel, promise, retry

__all__ = [
    "NO_ROOM",
    "Bell",
    "Claim",
    "EmbeddedEngine",
    "Engine",
    "LostLease",
    "backoff",
    "cancel",
    "open_bell",
    "open_engine",
    "promise",
    "retry",
]
