"""The one list of what workers can do."""

from __future__ import annotations

from collections.abc import Mapping

from edu.errors import EduError
from edu.jobs import attempts, captioning, describing, extras, gate, hand_in, mail, messages, original, video
from edu.jobs.progress import Handler, Task
from edu.jobs.publishing import publish_lesson
from edu.models import Video
from edu.queue import Claim
from edu.runtime import Runtime
from edu.services import forgotten, originals
from edu.services.authoring import publishing
from edu.services.gating import institution, requests
from edu.services.hand_ins import files as hand_ins
from edu.services.messages import forgetting, letters
from edu.services.packages import REMOVE
from edu.services.quizzing.attempts import EXPIRE
from edu.services.texts.making import ALIGN, DESCRIBE, LISTEN, RECOGNISE, RESYNC
from edu.services.video_jobs import AV1, CHECK, CONVERT, IMPROVE, PREVIEW

LEAST_ROOM = 50_000_000
LEAST_LISTENING, SOUND_A_SECOND = 10_000_000, 40_000


def room(runtime: Runtime, claim: Claim) -> int:
    """Bytes that the work on an original may write: seldom more than twice its size."""
    try:
        size = runtime.store.size(str(claim.payload.get("original", "")))
    except EduError:
        size = 0  # it is not there, or the store is away: the work itself will say so
    return LEAST_ROOM + 2 * size


def sound_room(runtime: Runtime, claim: Claim) -> int:
    """Bytes that listening to a film may write: its sound, at 16 000 samples a second."""
    with runtime.db.reading() as session:
        video = session.get(Video, int(claim.payload["video_id"]))
        seconds = video.duration_ms // 1000 if video else 0
    return LEAST_LISTENING + SOUND_A_SECOND * seconds


HANDLERS: Mapping[str, Handler | Task] = {
    CHECK: Task(video.check_video, room=room),
    IMPROVE: Task(video.improve_video, is_long=True, room=room),
    CONVERT: Task(video.improve_video, room=room),
    AV1: Task(extras.encode_smaller, is_long=True, room=room),
    PREVIEW: Task(extras.show_preview, room=room),
    REMOVE: video.remove_package,
    originals.REMOVE: original.remove_original,
    originals.DROP: original.drop_original,
    forgotten.JOB: mail.send_reset,
    letters.NOTICE: messages.send_notice,
    letters.ANSWER: messages.send_answer,
    institution.LINK: gate.send_link,
    requests.NOTICE: gate.send_notice,
    requests.DECISION: gate.send_decision,
    forgetting.JOB: messages.forget_messages,
    LISTEN: Task(captioning.listen_to_film, room=sound_room),
    ALIGN: Task(captioning.align_script, room=sound_room),
    RECOGNISE: Task(captioning.recognise_speech, is_long=True, room=sound_room),
    RESYNC: Task(captioning.resync_track, room=sound_room),
    DESCRIBE: Task(describing.describe_film, room=describing.room),
    EXPIRE: attempts.expire_attempt,
    publishing.JOB: publish_lesson,
    hand_ins.CHECK: Task(hand_in.check_hand_in, room=room),
    hand_ins.REMOVE: hand_in.remove_hand_in,
}
