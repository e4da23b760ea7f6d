"""The one list of what workers can do."""

from __future__ import annotations

from collections.abc import Mapping

from edu.jobs import video
from edu.jobs.progress import Handler
from edu.services.packages import REMOVE
from edu.services.videos import CHECK, IMPROVE

HANDLERS: Mapping[str, Handler] = {
    CHECK: video.check_video,
    IMPROVE: video.improve_video,
    REMOVE: video.remove_package,
}
