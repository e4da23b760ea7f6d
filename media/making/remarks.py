"""Remark: one finding about a recording, as a code with parameters and an English sentence."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from media.timespan import timespan

TEXTS: Mapping[str, str] = {
    "no-sound": "The recording has no sound. Say in the captions or the text what is not heard.",
    "sound-dropped": "The sound could not be read and was left out. Export the recording again.",
    "sound-silent": "The sound track is silent. Check that the microphone was on.",
    "sound-raised": (
        "The sound was quiet and was made louder, as far as its loudest moments allow "
        "(from {loudness} LUFS by {gain} dB)."
    ),
    "sound-lowered": (
        "The sound was very loud and was made as loud as in other films (from {loudness} LUFS by {gain} dB)."
    ),
    "sound-still-quiet": (
        "The voice is quieter than in other films: to make the recording louder still would spoil its "
        "loudest moments or bring up its noise. Next time bring the microphone closer "
        "({loudness} LUFS, -16 are wanted)."
    ),
    "sound-clips": "The sound is distorted where it is loudest. Next time set the microphone lower.",
    "sound-one-side": "All sound was on one side ({side}) and has been put on both. Check the plug.",
    "sound-mixed": "The sound was made for several loudspeakers and was mixed for two ({count} channels).",
    "sound-ends-early": (
        "The sound ends at {at}, {time} before the picture. If something is said there, "
        "export the recording again."
    ),
    "silent-stretches": (
        "There is nothing to hear for a long time ({times}). Say there what you are doing, or cut it out."
    ),
    "several-sounds": "The file holds {count} sound tracks; number {chosen} is the one that plays first.",
    "one-sound-used": "The file holds {count} sound tracks; only number {chosen} can be heard.",
    "sounds-left-out": (
        "Viewers cannot choose these further sound tracks of the file: number {numbers}. Up to {most} are "
        "offered beside the first, if they can be read and the file names the language or the title of each."
    ),
    "sounds-patched": (
        "A recording that is part of this film has no such sound track: {names}. Who chooses it hears the "
        "usual sound of that recording meanwhile."
    ),
    "sounds-unjoined": (
        "Viewers cannot choose a sound track that only a recording joined to this one has: {names}."
    ),
    "captions-inside": "Subtitle tracks in the file that can be taken over as captions: {count}.",
    "captions-drawn": (
        "Subtitle tracks in the file that cannot be taken over: {count}. They are pictures of text, or "
        "captions of broadcasts. Upload a file of captions beside the video."
    ),
    "chapters-inside": "Chapters in the file that can be taken over: {count}.",
    "portrait": "The picture is tall and fills only the middle of a wide screen. Hold the phone sideways.",
    "turned": "The picture was turned by {degrees} degrees, as the camera asked.",
    "mirrored": "The picture was mirrored, as the camera asked. Check that left and right are true.",
    "interlaced": (
        "The camera took every second line of the picture in turn, as television does; whole pictures were "
        "made of it (interlaced)."
    ),
    "see-through": "Parts of the picture are transparent; they are shown white.",
    "tones-mapped": (
        "The picture was taken for screens of more than usual brightness; its colours were adapted to "
        "ordinary screens (HDR)."
    ),
    "tones-not-mapped": (
        "The picture was taken for screens of more than usual brightness and looks pale on most others. "
        "Switch this off in the camera (HDR) and film again."
    ),
    "uneven-rate": "The pictures are not evenly spaced in time; their own times are kept.",
    "shaky-rate": (
        "The pictures come at very uneven times, so that movements stutter. Film with more light, "
        "and close other programs while you record."
    ),
    "picture-stands": (
        "The picture stands still for up to {time} (at {times}), as if the recorder had missed "
        "pictures. Look whether a step is lost there."
    ),
    "picture-ends-early": (
        "The picture ends {time} before the sound; its last moment stays on the screen meanwhile."
    ),
    "cut-short": (
        "The file is incomplete: {made} of {claimed} could be read. "
        "Copy it from the camera again and replace it if the end is missing."
    ),
    "low-rate": "The recording has few pictures per second, and quick movements will look jerky ({rate}).",
    "rate-reduced": "The recording has {rate} pictures per second; 60 are kept.",
    "size-reduced": (
        "The picture is larger than is shown here and was made smaller ({width} x {height} pixels; at most "
        "1080 lines are shown)."
    ),
    "low-size": "The picture is small ({width} x {height} pixels). Film at 1920 x 1080 if you can.",
    "low-bit-rate": (
        "The file is very small for its picture, which may look blocky. Upload the camera's own file, "
        "not one that a chat program made smaller ({rate} kbit/s)."
    ),
    "rare-key-frames": (
        "The recording could be watched only after it was converted, since a player can begin at few places "
        "in it. If the recorder has a setting for this, choose every 2 seconds (key frames, now {time})."
    ),
    "dark": "The picture is dark. More light on the hands would help.",
    "too-bright": "The picture is very bright. Less light, or a shorter exposure, would show more.",
    "flat": "The picture has little contrast. Wipe the lens, and let the light come from the side.",
    "copied": (
        "The recording is shown as it was uploaded, in one size. "
        "Where the line is slow it may stop now and then."
    ),
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
    """A finding under a code of TEXTS, whose blanks the parameters fill; `seconds` come as `time`, too."""
    if "seconds" in parameters:
        parameters["time"] = timespan(float(parameters["seconds"]))
    return Remark(code, level, TEXTS[code].format(**parameters), parameters)


def clock(seconds: float) -> str:
    """A time in a film as players write it: 1:05, or 1:02:05."""
    whole = int(seconds)
    hours, minutes = whole // 3600, whole // 60 % 60
    return f"{hours}:{minutes:02d}:{whole % 60:02d}" if hours else f"{minutes}:{whole % 60:02d}"
