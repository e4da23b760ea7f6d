"""The caption gate: a film in which somebody speaks is published with captions, or knowingly without."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy.orm import Session

import captions
from captions import RuleId
from edu.errors import Invalid
from edu.models import TrackKind, Video
from edu.services import recordings
from edu.services.texts import checks, tracks

LEAST_SPEECH_MS = 1000
"""Less than this in a whole film is a cough or a click."""
BROKEN = frozenset({RuleId.EMPTY_CUE, RuleId.NEGATIVE, RuleId.PAST_END})
"""Rules whose breach a learner meets as a caption that is not shown at all."""


class Lack(StrEnum):
    """Why a film does not pass."""

    NO_CAPTIONS = "no-captions"
    BROKEN = "broken"


SENTENCES = {
    Lack.NO_CAPTIONS: (
        "It has no approved captions in its language (%(language)s): deaf learners would miss what is said. "
        "Add them, or say that nobody speaks in it."
    ),
    Lack.BROKEN: "%(count)s of its captions cannot be shown: open the captions and mend them.",
}


def require_captions(session: Session, video: Video) -> None:
    """Raise Invalid, with the code of a Lack, for a film that should not be published as it is."""
    if video.is_wordless or _is_silent(session, video):
        return
    current = next(
        (
            entry
            for entry in tracks.of_video(session, video.id)
            if entry.track.kind is TrackKind.CAPTIONS
            and tracks.same_language(entry.track.language, video.language)
        ),
        None,
    )
    if current is None:
        raise _refusal(Lack.NO_CAPTIONS, language=video.language)
    track = captions.read(current.document.encode(), format="vtt")
    found = checks.problems(track, checks.grounds(session, video, current.track.language))
    broken = {problem.cue for problem in found if problem.rule in BROKEN}
    if broken:
        raise _refusal(Lack.BROKEN, count=len(broken))


def lack(session: Session, video: Video) -> Invalid | None:
    """What keeps a film from being published, for a page to tell; None: nothing."""
    try:
        require_captions(session, video)
    except Invalid as error:
        return error
    return None


def _is_silent(session: Session, video: Video) -> bool:
    """Whether it is known that nobody speaks: there is no sound, or none that is speech."""
    told = video.report.get(recordings.NAME, {})
    if told.get("sounds") == [] and "sounds" in told:
        return True
    heard = checks.hearing(session, video)
    return heard is not None and sum(each.duration for each in heard.speech) < LEAST_SPEECH_MS


def _refusal(lack: Lack, **parameters: object) -> Invalid:
    return Invalid(SENTENCES[lack], code=lack, field="captions", **parameters)
