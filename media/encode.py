"""The conversions: sound measured and coded once, and all renditions from one decode of the picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from media import graph
from media.errors import ToolFailed, UnreadableMedia
from media.info import MediaInfo
from media.ladder import Rendition
from media.limits import for_conversion
from media.loudness import Loudness, read_summary
from media.process import Ticker, run
from media.progress import Cancelled
from media.tools import Ffmpeg, Tools
from media.waveform import SAMPLE_RATE


@dataclass(frozen=True, slots=True)
class Job:
    """One recording on its way: the source and what is known of it, and how and with what to work.

    `work` is a folder for what is thrown away.
    """

    source: Path
    info: MediaInfo
    found: Ffmpeg
    tools: Tools
    work: Path
    cancelled: Cancelled | None = None

    @property
    def seconds(self) -> float:
        """How long the recording plays."""
        return self.info.duration / 1000

    def run(self, argv: list[str], tick: Ticker | None) -> str:
        """Run a conversion under the limits that fit the recording; give the end of its messages."""
        limits = for_conversion(self.seconds, self.tools.niceness)
        return run(argv, limits=limits, tick=tick, cancelled=self.cancelled, folder=self.work).messages


@dataclass(frozen=True, slots=True)
class Sound:
    """A measured sound: `samples` for the waveform and, once encoded, `coded` (AAC in stereo)."""

    loudness: Loudness | None
    samples: Path
    coded: Path | None = None


def measure(job: Job, tick: Ticker | None = None) -> Sound:
    """Loudness and waveform samples of the sound. Raises ToolFailed when it cannot be decoded."""
    samples = job.work / "samples.pcm"
    argv = graph.measure_sound(job.found, job.source, job.info, samples, rate=SAMPLE_RATE)
    return Sound(read_summary(job.run(argv, tick)), samples)


def encode_sound(job: Job, sound: Sound, target: Path, tick: Ticker | None = None) -> Sound:
    """Code the sound once, as loud as `sound.loudness` allows; every rendition takes a copy of it."""
    gain = sound.loudness.gain if sound.loudness else 0.0
    job.run(graph.encode_sound(job.found, job.source, job.info, target, gain=gain), tick)
    return Sound(sound.loudness, sound.samples, target)


def encode_pictures(
    job: Job,
    renditions: Sequence[Rendition],
    targets: Sequence[Path],
    sound: Path | None,
    tick: Ticker | None = None,
) -> None:
    """Write each rendition to its target, with the coded `sound` in it.

    Raises UnreadableMedia when the picture cannot be decoded, or as `process.run` does.
    """
    argv = graph.encode_renditions(
        job.found, job.source, job.info, renditions, targets, sound=sound, threads=job.tools.threads
    )
    try:
        job.run(argv, tick)
    except ToolFailed as error:
        raise UnreadableMedia("damaged-file", detail=str(error.parameters["detail"])) from error
