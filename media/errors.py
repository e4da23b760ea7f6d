"""MediaError and its family: every refusal and failure here, with a stable code for translation."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # UnreadableMedia: this file cannot be read, another export of the same recording may be.
    "missing-file": "The file is not there. Upload it again.",
    "empty-file": "The file is empty. Upload it again; if that does not help, copy it from the camera anew.",
    "incomplete-file": (
        "The file is incomplete: its end, which holds the index, is missing. "
        "The upload or the copy from the camera was cut short. Copy the file again and upload it anew."
    ),
    "damaged-file": (
        "The file is damaged and no picture or sound could be read from it ({detail}). "
        "Play it on your own device first; if it plays there, export it again as MP4 (H.264)."
    ),
    "no-frames": (
        "No picture could be decoded from the video. Play it on your own device first; "
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
        "The file is protected against copying (DRM) and plays only in the program it was bought for. "
        "Upload a recording of your own without protection."
    ),
    "dolby-vision": (
        "The video is coded in Dolby Vision profile 5, whose colours only licensed players can read. "
        "Export it as MP4 (H.264), or film without Dolby Vision."
    ),
    "document": "This is a document or an archive, not a video. Upload the recording inside it.",
    "audio-container": "This is a bare sound file ({format}). Convert it to M4A and upload it again.",
    "not-a-video": (
        "This is no known kind of video file. Export the recording as MP4 (H.264) and upload that."
    ),
    "no-streams": "The file holds no picture and no sound that can be decoded. Export it as MP4 (H.264).",
    "unsupported-codec": (
        "The video is coded as {codec}, which cannot be decoded here. "
        "Export it as MP4 (H.264) and upload it again."
    ),
    # MediaLimitExceeded: readable, but more than this site will work on.
    "frame-too-large": (
        "The picture is {width} x {height} pixels, more than the {limit} allowed. "
        "Export it at 3840 x 2160 or smaller."
    ),
    "too-many-streams": (
        "The file holds {count} tracks, more than the {limit} allowed. Export it with one sound track."
    ),
    "frame-rate-too-high": (
        "The video has {rate} frames per second, more than the {limit} allowed. "
        "Export it at 60 frames per second or fewer."
    ),
    "frame-rate-too-low": (
        "The video lasts {seconds} seconds but has only {rate} frames per second. "
        "Export it at 24 to 60 frames per second."
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
    "tool-unusable": "The program {tool} at {path} does not run: {detail}",
    "tool-failed": "{tool} could not do its work (exit status {status}). Its last message: {detail}",
    "tool-wall-limit": "{tool} was stopped after {seconds} seconds, the longest it may run.",
    "tool-stalled": "{tool} was stopped because it made no progress for {seconds} seconds.",
    "tool-processor-limit": "{tool} was stopped because it used {seconds} seconds of processor time.",
    "cancelled": "The work was cancelled.",
}


class MediaError(Exception):
    """Anything that keeps a file from being probed or packaged.

    `code` and `parameters` are stable and meant for translation; `str(error)` is the English sentence, which
    says what is wrong and what to do, and may be shown to a person.
    """

    def __init__(self, code: str, **parameters: str | int | float) -> None:
        """`code` is a key of SENTENCES, `parameters` fill its blanks."""
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
