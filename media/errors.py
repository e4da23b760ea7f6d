"""MediaError and its family: every refusal and failure here, with a stable code for translation."""

from collections.abc import Mapping

from media.timespan import timespan

SENTENCES: Mapping[str, str] = {
    # UnreadableMedia: this file cannot be read, another export of the same recording may be.
    "missing-file": "The file is not there. Upload it again.",
    "empty-file": "The file is empty. Upload it again; if that does not help, copy it from the camera anew.",
    "incomplete-file": (
        "The file is incomplete: its end, which holds the index, is missing. "
        "The upload or the copy from the camera was cut short. Copy the file again and upload it anew."
    ),
    "damaged-file": (
        "The file is damaged and no picture or sound could be read from it. "
        "Play it on your own device first; if it plays there, export it again as MP4 (H.264) ({detail})."
    ),
    "no-frames": (
        "No picture could be read from the video. Play it on your own device first; "
        "if it plays there, export it again as MP4 (H.264)."
    ),
    # UnsupportedMedia: whole, but nothing this site can show.
    "text-file": "This is a text file with the name of a video. Upload the recording itself.",
    "web-page": (
        "This is a web page, not a video. It was probably saved from a link that asks to sign in: "
        "download the recording itself and upload that."
    ),
    "playlist": (
        "This is a playlist that only points to a video elsewhere. Download the video itself and upload that."
    ),
    "picture": "This is a still picture, not a video. Upload a recording.",
    "animation": (
        "This is an animated picture ({format}), not a video. "
        "Record it as a video, or export it as MP4 (H.264), and upload that."
    ),
    "encrypted": (
        "The file is protected against copying and plays only in the program it was bought for. "
        "Upload a recording of your own without protection (DRM)."
    ),
    "dolby-vision": (
        "Only licensed players can show the colours of this video. Export it as MP4 (H.264), "
        "or switch Dolby Vision off in the camera (Dolby Vision profile 5)."
    ),
    "document": "This is a document or an archive, not a video. Upload the recording inside it.",
    "audio-container": "This is a bare sound file ({format}). Convert it to M4A and upload it again.",
    "not-a-video": (
        "This is no known kind of video file. Export the recording as MP4 (H.264) and upload that."
    ),
    "no-streams": "The file holds no picture and no sound that can be read. Export it as MP4 (H.264).",
    "unsupported-codec": (
        "The video is written in a way that cannot be read here. "
        "Export it as MP4 (H.264) and upload it again ({codec})."
    ),
    # MediaLimitExceeded: readable, but more than this site will work on.
    "frame-too-large": (
        "The picture is {width} x {height} pixels, more than the {limit} in all that are allowed. "
        "Export it at 3840 x 2160 or smaller."
    ),
    "too-many-streams": (
        "The file holds {count} tracks, more than the {limit} allowed. Export it with one sound track."
    ),
    "frame-rate-too-high": (
        "The video has {rate} pictures per second, more than the {limit} allowed. "
        "Export it at 60 pictures (frames) per second or fewer."
    ),
    "frame-rate-too-low": (
        "The video claims to last {time} but has hardly any pictures ({rate} per second). "
        "Export it at 24 to 60 pictures (frames) per second."
    ),
    "too-long": "The recording lasts {minutes} minutes, more than the {limit} allowed. Cut it into parts.",
    "too-many-cues": "The subtitle track holds {count} cues, more than the {limit} allowed.",
    "output-too-large": "The converted video became larger than allowed ({bytes} bytes). Cut it into parts.",
    "memory-limit": "The file needs more memory than is allowed. Export it again as MP4 (H.264), at most 4K.",
    # Tools.
    "tool-missing": (
        "The program {tool} was not found. Install the package imageio-ffmpeg, "
        "or put ffmpeg on the PATH, or name it in the settings."
    ),
    "tool-misnamed": (
        "The settings name the program {tool}, which is not there. Correct the setting, "
        "or take it out to use the ffmpeg that is installed with this site."
    ),
    "tool-unusable": "The program {tool} at {path} does not run: {detail}",
    "tool-failed": (
        "A program that works on the recording gave up. Export the recording again as MP4 (H.264) and upload "
        "that. Its last message ({tool}, exit status {status}): {detail}"
    ),
    "tool-wall-limit": (
        "The work on the recording was stopped, since it took longer than it may ({time}). Try again when "
        "less is going on, or cut the recording into parts ({tool})."
    ),
    "tool-stalled": (
        "The work on the recording was stopped, since it did not move for {time}. Try again; if that does "
        "not help, export the recording again as MP4 (H.264) and upload that ({tool})."
    ),
    "tool-processor-limit": (
        "The work on the recording was stopped, since it needed more computing time than it may ({time}). "
        "Export the recording again as MP4 (H.264), smaller or in parts, and upload that ({tool})."
    ),
    "cancelled": "The work was cancelled.",
}


class MediaError(Exception):
    """Anything that keeps a file from being probed or packaged.

    `code` and `parameters` are stable and meant for translation; `str(error)` is the English sentence, which
    says what is wrong and what to do, and may be shown to a person. Beside `seconds` there is always `time`,
    the same in the unit that suits it.
    """

    def __init__(self, code: str, **parameters: str | int | float) -> None:
        """`code` is a key of SENTENCES, `parameters` fill its blanks."""
        if "seconds" in parameters:
            parameters["time"] = timespan(float(parameters["seconds"]))
        super().__init__(SENTENCES[code].format(**parameters))
        self.code = code
        self.parameters: dict[str, str | int | float] = parameters

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error cross a process border (pickle) with its code and parameters."""
        return _rebuild, (type(self), self.code, self.parameters)


class UnreadableMedia(MediaError):
    """The bytes are missing, cut or damaged: upload or export the same recording again."""


class UnsupportedMedia(MediaError):
    """The file is whole but not a recording that can be shown: convert it, or upload another file."""


class MediaLimitExceeded(MediaError):
    """The file asks for more pixels, tracks, time or memory than is allowed."""


class ToolMissing(MediaError):
    """ffmpeg is not installed or does not run: a matter for the operator, not for the person who uploads."""


class ToolFailed(MediaError):
    """ffmpeg ended with an error; parameters["detail"] holds the end of its message."""


class ToolTimedOut(MediaError):
    """ffmpeg was ended because it ran too long, stood still, or used too much processor time."""


class MediaCancelled(MediaError):
    """The caller's `cancelled()` said yes: all tools are ended, the folder holds only unfinished work."""

    def __init__(self) -> None:
        """There is one reason only."""
        super().__init__("cancelled")

    def __reduce__(self) -> tuple[object, ...]:
        """Let the error cross a process border."""
        return MediaCancelled, ()


def _rebuild(kind: type[MediaError], code: str, parameters: dict[str, str | int | float]) -> MediaError:
    return kind(code, **parameters)
