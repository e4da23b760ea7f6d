"""The one list of what workers can do."""

from __future__ import annotations

from collections.abc import Mapping

from edu.jobs import attempts, mail, original, video
from edu.jobs.progress import Handler
from edu.services import forgotten
from edu.services.attempts import EXPIRE
from edu.services.packages import REMOVE
from edu.services.video_editing import REMOVE_ORIGINAL
from edu.services.videos import CHECK, IMPROVE

HANDLERS: Mapping[str, Handler] = {
    CHECK: video.check_video,
    IMPROVE: video.improve_video,
    REMOVE: video.remove_package,
    REMOVE_ORIGINAL: original.remove_original,
    forgotten.JOB: mail.send_reset,
    EXPIRE: attempts.expire_attempt,
}
