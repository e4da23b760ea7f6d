"""The conversions: sound measured and coded once, and all renditions from one decode of the picture."""

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from media.edit import ORIGINAL, Edit, EditError
from media.errors import ToolFailed, UnreadableMedia
from media.info import MediaInfo
from media.making import edit_graph, graph
from media.making.edit_graph import Cut, Recording
from media.making.ladder import Rendition
from media.making.loudness import Loudness, read_summary
from media.making.waveform import SAMPLE_RATE
from media.reading.probe import probe
from media.running.limits import MAX_FRAME_RATE, for_conversion
from media.running.process import Ticker, run
from media.running.progress import Cancelled
from media.running.sandbox import View
from media.running.tools import Ffmpeg, Tools, examine, find_ffmpeg

LEAST_HELD, MOST_HELD = 0.25, 3600.0
"""Seconds: a shorter rest of sound is that of its coding; a longer one is no film."""


@dataclass(frozen=True, slots=True)
class Job:
    """One recording on its way: the source and what is known of it, and how and with what to work.

    `work` is a folder for what is thrown away. `cut` is None when the film is the recording as it is.
    """

    source: Path
    info: MediaInfo
    found: Ffmpeg
    tools: Tools
    work: Path
    cancelled: Cancelled | None = None
    cut: Cut | None = None

    @property
    def length(self) -> int:
        """How long the film plays, in milliseconds."""
        return self.cut.length if self.cut else self.info.duration

    @property
    def seconds(self) -> float:
        """How long the film plays."""
        return self.length / 1000

    @property
    def has_sound(self) -> bool:
        """Is there a sound that can be decoded?"""
        return self.cut.has_sound if self.cut else self.info.sound is not None

    def run(
        self, argv: list[str], tick: Ticker | None, *, reads: Sequence[Path] = (), writes: Sequence[Path] = ()
    ) -> str:
        """Run a conversion under the limits that fit the film; give the end of its messages.

        It sees the recordings and may write in `work`; name what else it `reads` and the folders it `writes`
        in.
        """
        limits = for_conversion(self.seconds, self.tools.niceness)
        if self.cut:
            # What is read and not shown takes its time, too.
            wall, stall = self.cut.read_seconds * 4, (limits.stall_seconds or 0.0) + self.cut.patience
            limits = replace(limits, wall_seconds=limits.wall_seconds + wall, stall_seconds=stall)
        return run(
            argv,
            limits=limits,
            view=View((self.source, *self._others, *reads), tuple(writes), self.tools.sandbox),
            tick=tick,
            cancelled=self.cancelled,
            give_way=self.tools.give_way,
            folder=self.work,
        ).messages

    @property
    def _others(self) -> tuple[Path, ...]:
        return tuple(path for path in self.cut.paths if path != self.source) if self.cut else ()


@dataclass(frozen=True, slots=True)
class Sound:
    """A measured sound: `samples` for the waveform and, once encoded, `coded` (AAC in stereo)."""

    loudness: Loudness | None
    samples: Path
    coded: Path | None = None


def measure(job: Job, tick: Ticker | None = None) -> Sound:
    """Loudness and waveform samples of the sound. Raises ToolFailed when it cannot be decoded."""
    samples = job.work / "samples.pcm"
    if job.cut and job.cut.changes_sound:
        argv = graph.measure_heard(job.found, edit_graph.heard(job.cut), samples, rate=SAMPLE_RATE)
    else:
        argv = graph.measure_sound(job.found, job.source, job.info, samples, rate=SAMPLE_RATE)
    return Sound(read_summary(job.run(argv, tick)), samples)


def encode_sound(job: Job, sound: Sound, target: Path, tick: Ticker | None = None) -> Sound:
    """Code the sound once, as loud as `sound.loudness` allows; every rendition takes a copy of it."""
    gain, side = (sound.loudness.gain, sound.loudness.side) if sound.loudness else (0.0, "")
    if job.cut and job.cut.changes_sound:
        argv = graph.encode_heard(job.found, edit_graph.heard(job.cut), target, gain=gain, side=side)
    else:
        argv = graph.encode_sound(job.found, job.source, job.info, target, gain=gain, side=side)
    job.run(argv, tick, writes=(target.parent,))
    return Sound(sound.loudness, sound.samples, target)


def encode_pictures(
    job: Job,
    renditions: Sequence[Rendition],
    targets: Sequence[Path],
    sound: Path | None,
    tick: Ticker | None = None,
    *,
    hold: float = 0.0,
) -> None:
    """Write each rendition to its target, with the coded `sound` in it; the last picture of a whole recording
    stays for `hold` seconds more.

    Raises UnreadableMedia when the picture cannot be decoded, or as `process.run` does.
    """
    cut, threads = job.cut, job.tools.threads
    if cut and cut.changes_picture:
        shown = edit_graph.picture(cut, job.found, renditions[0], threads=threads)
        # Without a word on it the encoder takes the time base for the rate, and asks for a level of 8K.
        fps = {"x264-params": f"fps={edit_graph.rate(cut)}"}
        argv = graph.encode_picture(
            job.found,
            shown,
            renditions,
            targets,
            sound=sound,
            threads=threads,
            coder=lambda rendition: graph.x264(rendition) | fps,
        )
    else:
        argv = graph.encode_renditions(
            job.found, job.source, job.info, renditions, targets, sound=sound, hold=hold, threads=threads
        )
    try:
        job.run(argv, tick, reads=(sound,) if sound else (), writes=[target.parent for target in targets])
    except ToolFailed as error:
        raise UnreadableMedia("damaged-file", detail=str(error.parameters["detail"])) from error


def held(info: MediaInfo, heard: float) -> float:
    """For how many seconds the last picture has to stay, so that a sound of `heard` seconds is shown whole.

    A header that gives a picture a thousandth of a second is not believed either.
    """
    picture = info.picture
    if picture is None:
        return 0.0
    missing = heard - picture.end_seconds if picture.end_seconds else 0.0
    rest = info.duration / 1000 - picture.start_seconds
    if missing < LEAST_HELD:
        missing = min(rest, 1.0) if picture.frame_rate > MAX_FRAME_RATE else 0.0
    return min(missing, MOST_HELD)


@contextmanager
def working(
    source: Path,
    info: MediaInfo,
    folder: Path,
    tools: Tools,
    cancelled: Cancelled | None,
    cut: Cut | None = None,
) -> Iterator[Job]:
    """The work on one film, with a folder for scraps that is gone afterwards. Raises ToolMissing."""
    found = examine(find_ffmpeg(tools.ffmpeg))
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".work-", dir=folder) as work:
        yield Job(source, info, found, tools, Path(work), cancelled, cut)


def plan(
    source: Path,
    info: MediaInfo,
    edit: Edit,
    sources: Mapping[str, Path] | None,
    cancelled: Cancelled | None = None,
) -> tuple[MediaInfo, Cut | None]:
    """What is known of the original, with the sound that the edit chooses, and how the film is cut.

    The cut is None when the film is the original from its first to its last moment. `sources` are the files
    of other recordings; only those that the edit names are looked at. Raises EditError, or as `probe` does.
    """
    edit = edit.within(info.duration)
    known = info if edit.sound is None else _with_sound(info, edit.sound)
    recordings = {ORIGINAL: Recording(source, known)}
    for name in edit.sources:
        if sources is None or name not in sources:
            raise EditError("unknown-source", 1 + [piece.source for piece in edit.segments].index(name))
        path = Path(sources[name]).absolute()
        recordings[name] = Recording(path, probe(path, cancelled=cancelled))
    cut = Cut(edit, recordings)
    return known, cut if cut.changes_picture or cut.changes_sound else None


def _with_sound(info: MediaInfo, index: int) -> MediaInfo:
    if not any(stream.index == index and stream.codec for stream in info.audio):
        raise EditError("unknown-sound")
    audio = tuple(replace(stream, is_default=stream.index == index) for stream in info.audio)
    return replace(info, audio=audio)
