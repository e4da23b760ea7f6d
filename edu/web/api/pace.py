"""How often a party may ask: counted in this process, and told to the table of tries in tens.

To write a row for each reading would cost more than the reading. A process that has counted ten requests of
a party takes one try of it in the table that all processes share.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from edu.db import Database
from edu.errors import TooMany
from edu.services import throttle
from edu.services.throttle import Limit

TOGETHER: Final = 10
MOST_PARTIES: Final = 5000
READING = Limit("api", 60)  # tens in a minute
GUESSES = Limit("api-token", 20)


@dataclass(slots=True)
class Pace:
    """What this process has counted: requests by party, and until when a party waits."""

    limit: Limit = READING
    _counts: dict[str, int] = field(default_factory=dict)
    _waits: dict[str, datetime] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def take(self, db: Database, party: str, now: datetime) -> None:
        """Count one request. TooMany, with `retry_after` in seconds, when the party has to wait."""
        self._still_waits(party, now)
        with self._lock:
            if max(len(self._counts), len(self._waits)) >= MOST_PARTIES:
                self._counts.clear()
                self._waits.clear()  # the table knows still who waits
            count = self._counts[party] = self._counts.get(party, 0) + 1
        if count % TOGETHER:
            return
        try:
            with db.writing() as session:
                throttle.take(session, self.limit, party, now)
        except TooMany as error:
            with self._lock:
                self._waits[party] = now + timedelta(seconds=int(str(error.parameters["retry_after"])))
            raise

    def _still_waits(self, party: str, now: datetime) -> None:
        with self._lock:
            until = self._waits.get(party)
            if until is not None and until <= now:
                del self._waits[party]
        if until is not None and until > now:
            seconds = max(1, round((until - now).total_seconds()))
            raise TooMany("too many tries in a short time; wait a little and try again", retry_after=seconds)


PACE = Pace()
