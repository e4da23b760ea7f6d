"""Remark: one finding about a recording, as a code with parameters and an English sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

TEXTS: Mapping[str, str] = {
    "no-sound": "The recording has no sound. Say in the captions or the text what is not heard.",
    "sound-dropped": "The sound could not be decoded and was left out. Export the recording again.",
    "sound-silent": "The sound track is silent. Check that the microphone was on.",
    "sound-raised": "The sound was quiet ({loudness} LUFS) and was raised by {gain} dB.",
    "sound-lowered": "The sound was loud ({loudness} LUFS) and was lowered by {gain} dB.",
    "sound-still-quiet": (
        "The voice stays quiet ({loudness} LUFS), since single loud peaks leave no room. "
        "Next time bring the microphone closer."
    ),
    "sound-clips": "The sound is distorted at its peaks. Next time set the microphone lower.",
    "sound-one-side": "All sound was on one side ({side}) and has been put on both. Check the plug.",
    "sound-mixed": "The sound had {count} channels and was mixed to stereo.",
    "sound-ends-early": (
        "The sound ends at {at}, {seconds} seconds before the picture. If something is said there, "
        "export the recording again."
    ),
    "silent-stretches": (
        "There is nothing to hear for a long time ({times}). Say there what you are doing, or cut it out."
    ),
    "several-sounds": "The file holds {count} sound tracks; number {chosen} is used.",
    "captions-inside": "The file holds {count} subtitle tracks that can be taken over as captions.",
    "captions-drawn": (
        "The file holds {count} subtitle tracks that cannot be taken over: pictures of text, or captions of "
        "broadcasts. Upload a file of captions beside the video."
    ),
    "chapters-inside": "The file holds {count} chapters that can be taken over.",
    "portrait": "The picture is tall and fills only the middle of a wide screen. Hold the phone sideways.",
    "turned": "The picture was turned by {degrees} degrees, as the camera asked.",
    "mirrored": "The picture was mirrored, as the camera asked. Check that left and right are true.",
    "interlaced": "The picture was interlaced and has been made whole.",
    "see-through": "Parts of the picture are transparent; they are shown white.",
    "tones-mapped": "The picture was HDR and has been brought to ordinary screens.",
    "tones-not-mapped": "The picture is HDR and looks pale on most screens. Film without HDR.",
    "uneven-rate": "The pictures are not evenly spaced in time; their own times are kept.",
    "shaky-rate": (
        "The pictures come at very uneven times, so that movements stutter. Film with more light "
        "and at a fixed rate, and close other programs while you record."
    ),
    "picture-stands": (
        "The picture stands still for up to {seconds} seconds ({times}), as if the recorder had missed "
        "pictures. Look whether a step is lost there."
    ),
    "picture-ends-early": (
        "The picture ends {seconds} seconds before the sound; its last moment stays on the screen meanwhile."
    ),
    "cut-short": (
        "The file is incomplete: {made} of {claimed} could be read. "
        "Copy it from the camera again and replace it if the end is missing."
    ),
    "low-rate": "The recording has only {rate} pictures per second; quick movements will look jerky.",
    "rate-reduced": "The recording has {rate} pictures per second; 60 are kept.",
    "size-reduced": "The picture has {width} x {height} pixels; it is shown at up to 1080 lines.",
    "low-size": "The picture is small ({width} x {height} pixels). Film at 1920 x 1080 if you can.",
    "low-bit-rate": (
        "The recording has few data for its size ({rate} kbit/s), so that it may look blocky. "
        "Upload the camera's own file, not one that a chat program made smaller."
    ),
    "rare-key-frames": (
        "A picture that stands for itself comes only every {seconds} seconds, so that the recording could be "
        "watched only when it was converted. Set the recorder to a key frame every 2 seconds."
    ),
    "dark": "The picture is dark. More light on the hands would help.",
    "too-bright": "The picture is very bright. Less light, or a shorter exposure, would show more.",
    "flat": "The picture has little contrast. Wipe the lens, and let the light come from the side.",
    "copied": "Shown as uploaded for now; versions for slower lines are being made.",
}


class Level(StrEnum):
    """How much a remark asks of the reader."""

    NOTE = "note"
    ADVICE = "advice"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding: `code` and `parameters` for translation, `text` in English."""

    code: str
    level: Level
    text: str
    parameters: dict[str, str | int | float]


def remark(code: str, level: Level, **parameters: str | int | float) -> Remark:
    """A finding under a code of TEXTS, whose blanks the parameters fill."""
    return Remark(code, level, TEXTS[code].format(**parameters), parameters)


def clock(seconds: float) -> str:
    """A time in a film as players write it: 1:05, or 1:02:05."""
    whole = int(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"
