"""The picture and the sound of an edited film, as streams of an ffmpeg graph. It runs nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from media.edit import ORIGINAL, Edit, EditError
from media.info import MOST_TAPE_RATE, MediaInfo, VideoStream
from media.making import graph
from media.making.covers import covered
from media.making.frames import exact_rate
from media.making.ladder import MAX_FRAME_RATE, Rendition
from media.running.tools import Ffmpeg

SLACK = 0.0015
"""Seconds: an edit counts whole milliseconds, which may lie on either side of the picture that is meant."""
AROUND = 0.5
"""Seconds around a piece that are still scaled: a deinterlacer looks at the neighbours of a picture."""
LONG_GAP = 30_000
"""Milliseconds of a recording that are worth a second decoder, which begins after them."""
MOST_DECODERS = 8
FROM_START = dict.fromkeys(("h264", "hevc", "mpegvideo", "mpegts", "mpeg", "ogg"))
LEAD: dict[str, float | None] = {"mov": 1.0, "matroska": 1.0} | FROM_START
"""Seconds before a piece at which reading begins: a file without an index is not met exactly, one without
times not at all, and in MPEG streams and Ogg the tracks that are read set the clock.
"""
OTHER_LEAD = 10.0
EVEN_RATE = 30
LOW_RATE = 20.0
FADE = 0.005
RAMP = 0.010
"""Seconds of the slopes at a joint and at a mute: long enough not to be heard as a click."""
GRAIN = 12
"""Samples that one value of a slope holds: a quarter of a millisecond."""
PER_MS = graph.AUDIO_RATE // 1000
BLACK_RATE = 25


@dataclass(frozen=True, slots=True)
class Recording:
    """A file that pieces are taken from."""

    path: Path
    info: MediaInfo


@dataclass(frozen=True, slots=True)
class Piece:
    """What is shown from `at` milliseconds of the film on: `start` to `end` of a recording."""

    source: str
    start: int
    end: int
    at: int

    @property
    def length(self) -> int:
        """Milliseconds."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces of one recording which one decoder gives, in order of time."""

    number: int
    source: str
    pieces: tuple[Piece, ...]

    @property
    def longest_gap(self) -> float:
        """Seconds that are read, at most, before the next picture comes out."""
        return max((after.start - before.end for before, after in pairwise(self.pieces)), default=0) / 1000


@dataclass(frozen=True, slots=True)
class Cut:
    """An edit with the recordings that it takes from. Raises EditError when one is missing."""

    edit: Edit
    recordings: Mapping[str, Recording]

    def __post_init__(self) -> None:
        for place, piece in enumerate(self.edit.segments, 1):
            recording = self.recordings.get(piece.source)
            if recording is None:
                raise EditError("unknown-source", place)
            if piece.source != ORIGINAL and piece.start >= recording.info.duration:
                raise EditError("piece-outside", place)

    @property
    def length(self) -> int:
        """Milliseconds of the film."""
        return self.edit.length(self.recordings[ORIGINAL].info.duration)

    @property
    def paths(self) -> tuple[Path, ...]:
        """The files that are read."""
        return tuple(recording.path for recording in self.recordings.values())

    @property
    def has_sound(self) -> bool:
        """Is there anything to hear in one of the pieces?"""
        return any(self.recordings[piece.source].info.sound for piece in self.pieces)

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces in order of the film; neighbours without a gap in either time are one."""
        at = 0
        found: list[Piece] = []
        for each in self.edit.pieces(self.recordings[ORIGINAL].info.duration):
            last = found[-1] if found else None
            if last and (last.source, last.end) == (each.source, each.start):
                found[-1] = replace(last, end=each.end)
            else:
                found.append(Piece(each.source, each.start, each.end, at))
            at += each.end - each.start
        return tuple(found)

    @property
    def patience(self) -> float:
        """Seconds of recordings that may be read in a row without a picture or a sound for the film."""
        return max(max(self._skipped(run), run.longest_gap) for run in runs(self.pieces))

    @property
    def read_seconds(self) -> float:
        """Seconds of the recordings that are read at most."""
        return sum(recording.info.duration for recording in self.recordings.values()) / 1000

    def _skipped(self, run: Run) -> float:
        info = self.recordings[run.source].info
        is_read_whole = info.picture is not None and info.picture.variable_rate
        return run.pieces[0].start / 1000 - (0.0 if is_read_whole else _base(info, run))

    @property
    def is_whole(self) -> bool:
        """Is the original shown from its first to its last moment, and nothing else?"""
        duration = self.recordings[ORIGINAL].info.duration
        return [(piece.source, piece.start, piece.end) for piece in self.pieces] == [(ORIGINAL, 0, duration)]

    @property
    def changes_picture(self) -> bool:
        """Does the film show something else than the original?"""
        return bool(self.edit.covers) or not self.is_whole

    @property
    def changes_sound(self) -> bool:
        """Does the film sound otherwise than the original?"""
        return bool(self.edit.mutes) or not self.is_whole


def runs(pieces: tuple[Piece, ...], most: int = MOST_DECODERS) -> tuple[Run, ...]:
    """Which pieces are read in one go: all of a recording, but long gaps are left out with a decoder more.

    A decoder holds a dozen pictures, so that there are `most` at a time, or one for each recording.
    """
    by_source: dict[str, list[Piece]] = {}
    for piece in pieces:
        by_source.setdefault(piece.source, []).append(piece)
    gaps = sorted(
        (after.start - before.end, after.source, after.start)
        for own in by_source.values()
        for before, after in pairwise(own)
    )
    spare = max(most - len(by_source), 0)
    split = {gap[1:] for gap in gaps[len(gaps) - min(spare, len(gaps)) :] if gap[0] >= LONG_GAP}
    found: list[Run] = []
    for source, own in by_source.items():
        begin = 0
        for number in range(1, len(own) + 1):
            if number == len(own) or (source, own[number].start) in split:
                found.append(Run(len(found), source, tuple(own[begin:number])))
                begin = number
    return tuple(found)


def picture(cut: Cut, found: Ffmpeg, top: Rendition, *, threads: int | None = None) -> Any:
    """The picture of the film in the size of `top`, each picture at its own time."""
    parts = runs(cut.pieces)
    each = threads if threads or len(parts) < 3 else 2
    shown = [_shown(cut, run, found, top, each) for run in parts]
    return shown[0] if len(shown) == 1 else graph.merged(shown, "interleave", nb_inputs=len(shown))


def rate(cut: Cut) -> Fraction:
    """The most pictures per second in one of the recordings: what an encoder should reckon with."""
    pictures = (cut.recordings[piece.source].info.picture for piece in cut.pieces)
    return max(_shown_rate(video) if video else Fraction(BLACK_RATE) for video in pictures)


def heard(cut: Cut) -> Any:
    """The sound of the film: each piece as long as its picture to the sample, silent where it has none."""
    parts = {piece: stream for run in runs(cut.pieces) for piece, stream in _heard(cut, run)}
    ordered = sorted(parts, key=lambda piece: piece.at)
    faded = []
    for number, piece in enumerate(ordered):
        stream = parts[piece]
        if number:
            stream = stream.filter("afade", type="in", duration=FADE)
        if number < len(ordered) - 1:
            start = piece.length / 1000 - FADE
            stream = stream.filter("afade", type="out", start_time=f"{start:.3f}", duration=FADE)
        faded.append(stream)
    sound = faded[0] if len(faded) == 1 else graph.merged(faded, "concat", n=len(faded), v=0, a=1)
    silent = muted(cut)
    if silent:
        sound = sound.filter("asetnsamples", n=GRAIN, p=0)
        sound = sound.filter("volume", volume=_silencing(silent), eval="frame", precision="float")
    return sound


def muted(cut: Cut) -> tuple[tuple[int, int], ...]:
    """The times without a sound, in milliseconds of the film."""
    return tuple(
        (piece.at + max(mute.start - piece.start, 0), piece.at + min(mute.end, piece.end) - piece.start)
        for piece in cut.pieces
        for mute in cut.edit.mutes
        if piece.source == ORIGINAL and mute.start < piece.end and piece.start < mute.end
    )


def _shown(cut: Cut, run: Run, found: Ffmpeg, top: Rendition, threads: int | None) -> Any:
    recording = cut.recordings[run.source]
    video = recording.info.picture
    if video is None:
        return _black(run, top)
    covers = cut.edit.covers if run.source == ORIGINAL else ()
    even = _even_rate(video, has_covers=bool(covers))
    base = 0.0 if even and video.variable_rate else _base(recording.info, run)
    skipped = video.start_seconds + base if base else 0.0
    stream = _read(recording, run, base, video.index, threads)
    late = video.start_seconds - skipped
    if not even:  # else a gap would be filled with the picture before it, which may be one that was cut out
        stream = stream.filter("select", _near(run, late))
    fitted = _fitted(recording.info, top)
    stream = graph.prepared(stream, replace(video, start_seconds=late), fitted, found)
    if even:
        stream = stream.filter("fps", str(even))
    if (fitted.width, fitted.height) != (top.width, top.height):
        stream = stream.filter("pad", top.width, top.height, "(ow-iw)/2", "(oh-ih)/2").filter("setsar", 1)
    interval = 1 / float(even or _shown_rate(video))
    window = run.pieces[0].start / 1000, run.pieces[-1].end / 1000
    stream = covered(stream, covers, (top.width, top.height), interval, window)
    stream = stream.filter("select", _exact(run, interval))
    return stream.filter("settb", "1/90000").filter("setpts", _placed(run))


def _even_rate(video: VideoStream, *, has_covers: bool) -> Fraction | None:
    """The constant rate to make of a recording, where its own times would do harm.

    Under a cover no picture may stand longer than the margin of a cover lasts; and what was drawn seldom, as
    a screen is, would at the start of a piece show what came a long time after it.
    """
    if video.variable_rate and (has_covers or video.frame_rate < LOW_RATE):
        return Fraction(EVEN_RATE if video.frame_rate <= EVEN_RATE + 1 else MAX_FRAME_RATE)
    return _shown_rate(video) if has_covers else None


def _shown_rate(video: VideoStream) -> Fraction:
    """Pictures per second after deinterlacing, or after leaving some out."""
    doubled = 2 if video.may_be_interlaced and video.frame_rate <= MOST_TAPE_RATE else 1
    return min(max(exact_rate(video.frame_rate) * doubled, Fraction(1)), Fraction(MAX_FRAME_RATE))


def _read(recording: Recording, run: Run, base: float, index: int, threads: int | None = None) -> Any:
    """A stream of the recording from `base` (seconds after its first picture) to a little after the run."""
    start = recording.info.picture.start_seconds if recording.info.picture else 0.0
    end = run.pieces[-1].end / 1000 + 2 * AROUND
    # Two inputs that are alike would be one to the builder of graphs; the queue's length tells them apart.
    alone = 8 + run.number
    options = {"t": f"{end - base + (0.0 if base else start):.6f}", "thread_queue_size": alone}
    if base:
        options["ss"] = f"{start + base:.6f}"
    return graph.opened(recording.path, recording.info, threads=threads, **options)[str(index)]


def _base(info: MediaInfo, run: Run) -> float:
    """Where reading begins, in seconds after the first picture."""
    lead = LEAD.get(info.demuxer, OTHER_LEAD)
    return 0.0 if lead is None else max(run.pieces[0].start / 1000 - lead, 0.0)


def _near(run: Run, late: float) -> str:
    """What is worth scaling, in the time of the file as it is read."""
    return "+".join(
        f"between(t,{piece.start / 1000 + late - AROUND:.3f},{piece.end / 1000 + late + AROUND:.3f})"
        for piece in run.pieces
    )


def _exact(run: Run, interval: float) -> str:
    """The pictures of the pieces: from the one that is seen at the start to the last before the end."""
    return "+".join(
        f"gt(t,{piece.start / 1000 - interval + SLACK:.6f})*lt(t,{piece.end / 1000 - SLACK:.6f})"
        for piece in run.pieces
    )


def _placed(run: Run) -> str:
    """From the time of the recording to that of the film; the first picture of a piece at its very start."""
    told, before = "", -1.0
    for piece in run.pieces:
        at, start = piece.at / 1000, piece.start / 1000
        moved = f"if(gte(PREV_INT,{before:.6f}),max({at:.3f},T-{start:.3f}+{at:.3f}),{at:.3f})"
        last = piece is run.pieces[-1]
        told += moved if last else f"if(lt(T,{piece.end / 1000 - SLACK:.6f}),{moved},"
        before = piece.end / 1000 - SLACK
    return f"round(({told}{')' * (len(run.pieces) - 1)})/TB)"


def _fitted(info: MediaInfo, top: Rendition) -> Rendition:
    """The size at which a recording fits into the frame of the film, bars beside it or above."""
    scale = min(top.width / info.width, top.height / info.height)
    width, height = (max(2, round(side * scale / 2) * 2) for side in (info.width, info.height))
    near = abs(width - top.width) <= 2 and abs(height - top.height) <= 2
    return top if near else replace(top, width=min(width, top.width), height=min(height, top.height))


def _black(run: Run, top: Rendition) -> Any:
    """For a recording without a picture."""
    length = (run.pieces[-1].end - run.pieces[0].start) / 1000
    name = f"color=c=black:s={top.width}x{top.height}:r={BLACK_RATE}:d={length:.3f}"
    stream = graph.drawn(name)["v:0"].filter("setsar", 1).filter("format", "yuv420p")
    stream = stream.filter("setpts", f"PTS+{run.pieces[0].start / 1000:.3f}/TB")
    stream = stream.filter("select", _exact(run, 1 / BLACK_RATE))
    return stream.filter("settb", "1/90000").filter("setpts", _placed(run))


def _heard(cut: Cut, run: Run) -> list[tuple[Piece, Any]]:
    """The sound of each piece of a run."""
    recording = cut.recordings[run.source]
    if recording.info.sound is None:
        return [(piece, _silence(piece)) for piece in run.pieces]
    base = _base(recording.info, run)
    stream = _read(recording, run, base, recording.info.sound.index)
    start = recording.info.sound.zero_seconds
    if start and not base:
        stream = stream.filter("asetpts", f"PTS-({start:.6f})/TB")
    stream = stream.filter("aresample", graph.AUDIO_RATE, **graph.FROM_ZERO)
    stream = stream.filter("aformat", sample_fmts="fltp", channel_layouts="stereo")
    count = len(run.pieces)
    parts = stream.filter_multi_output("asplit", count) if count > 1 else [stream]
    return [(piece, _trimmed(parts[number], piece, base)) for number, piece in enumerate(run.pieces)]


def _silence(piece: Piece) -> Any:
    """As long as the piece; its source plays to the end of the film, and so is like no other."""
    end = (piece.at + piece.length) / 1000
    stream = graph.drawn(f"anullsrc=r={graph.AUDIO_RATE}:cl=stereo:d={end:.3f}")["a:0"]
    stream = stream.filter("aformat", sample_fmts="fltp", channel_layouts="stereo")
    return stream.filter("atrim", end_sample=piece.length * PER_MS)


def _trimmed(stream: Any, piece: Piece, base: float) -> Any:
    start = round((piece.start / 1000 - base) * graph.AUDIO_RATE)
    stream = stream.filter("atrim", start_sample=start, end_sample=start + piece.length * PER_MS)
    stream = stream.filter("asetpts", "PTS-STARTPTS")
    stream = stream.filter("apad", whole_len=piece.length * PER_MS)
    return stream.filter("atrim", end_sample=piece.length * PER_MS)


def _silencing(silent: tuple[tuple[int, int], ...]) -> str:
    """A volume that is exactly 0 in each time, with a slope on either side."""
    return "*".join(
        f"clip(max({start / 1000 - 0.0001:.4f}-t,t-{end / 1000 + 0.0001:.4f})/{RAMP},0,1)"
        for start, end in silent
    )
