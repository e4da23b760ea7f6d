"""Progress of the whole work from that of its stages: one number from 0 to 1 that never goes back."""

from collections.abc import Callable

from media.errors import MediaCancelled
from media.running.process import Ticker

Progress = Callable[[float], None]
Cancelled = Callable[[], bool]


class Stages:
    """Tells `progress` how far the work is, at each tick of a tool, so that the call is a sign of life as
    well.
    """

    def __init__(self, progress: Progress | None, cancelled: Cancelled | None) -> None:
        self.cancelled = cancelled
        self._progress = progress
        self._done = 0.0

    def stage(self, end: float, seconds: float) -> Ticker:
        """A ticker for a stage that ends at `end` (0 to 1) and works through `seconds` of media."""
        start = self._done

        def tick(position: float | None) -> None:
            share = min((position or 0.0) / seconds, 1.0) if seconds > 0 else 0.0
            self.reach(start + (end - start) * share)

        return tick

    def reach(self, fraction: float) -> None:
        """Say that so much is done. Raises MediaCancelled when the caller has lost interest."""
        if self.cancelled is not None and self.cancelled():
            raise MediaCancelled
        self._done = max(self._done, min(fraction, 1.0))
        if self._progress is not None:
            self._progress(self._done)
