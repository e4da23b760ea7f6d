"""describe(): a film with its descriptions said aloud, its own sound softer meanwhile, its picture copied."""

import array
import itertools
import sys
import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from media.contents import CONTENT_TYPES, FileRole, PackageFile, SoundChoice
from media.errors import MediaError, MediaLimitExceeded, ToolFailed, ToolTimedOut, UnreadableMedia
from media.making import graph
from media.making.encode import Job, working
from media.making.loudness import SILENCE_LUFS, TARGET_LUFS, Loudness, read_summary
from media.reading.boxes import tracks
from media.reading.probe import probe
from media.running.limits import AUDIO_DECODERS, PROTOCOLS, for_conversion
from media.running.process import Ticker, run
from media.running.progress import Cancelled, Progress, Stages
from media.running.sandbox import View
from media.running.tools import Tools, examine, find_ffmpeg

TITLE = "Audio description"
DUCK_DB = -12.0
"""How much softer the film is while something is described."""
RAMP_MS = 200
"""In so long it becomes softer before a description, and comes back after it."""
LEAST_BACK_MS = 600
"""A shorter while between two descriptions is not worth its coming back."""
LEAST_LUFS, MOST_LUFS = -24.0, -14.0
"""A description is as loud as the film, within these."""
MOST_GAIN_DB = 30.0
LIMIT = 0.79
"""Of full scale: the limiter's ceiling, which leaves half a decibel between samples to come to -1.5 dBTP."""
ENVELOPE_RATE = 8_000
FULL = 32_767
SPARE_MS = 10_000
"""The envelope is longer than the film by this, so that it never ends first."""

SOUND_FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,asf,ogg,mp3,wav,w64,flac,aac,ac3,aiff,caf,au,amr"
"""Demuxers of recordings that people make of their voice; none reads a second file."""
SPARE_SECONDS = 5.0
"""So much more than was asked for is decoded of a recording, to tell that it is longer."""
PLAIN = "aresample={rate}:async=1:first_pts=0,aformat=sample_fmts=fltp:channel_layouts=stereo"
BOTH = "aresample={rate},aformat=sample_fmts=fltp,pan=stereo|c0=c0|c1=c0"


@dataclass(frozen=True, slots=True)
class Described:
    """The `file` that was made in `folder`, what a player is told of it, and how loud its parts are.

    `film` and `narration` are as they were given, None: nothing could be measured; `mixed` is what is heard.
    """

    folder: Path
    file: PackageFile
    choice: SoundChoice
    film: Loudness | None
    narration: Loudness | None
    mixed: Loudness | None


def describe(
    film: str | Path,
    narration: str | Path,
    folder: str | Path,
    *,
    spoken: Sequence[tuple[int, int]],
    language: str,
    name: str = "sound-ad.mp4",
    tools: Tools | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Described:
    """Write `name` into `folder`: the picture of `film`, and its sound mixed with `narration`.

    `film` is a rendition of ours, `narration` a mono WAV file in its time; `spoken` tells from when to when,
    in milliseconds, something is said. There the film is DUCK_DB softer, and the narration is as loud as
    the film usually is. `language` is that of the narration. Raises a MediaError.
    """
    source, voice = Path(film).absolute(), Path(narration).absolute()
    stages = Stages(progress, cancelled)
    info = probe(source, cancelled=cancelled)
    target = Path(folder).absolute() / name
    with working(source, info, target.parent, tools or Tools(), cancelled) as job:
        heard = _measure(job, source, stages.stage(0.15, job.seconds)) if info.sound else None
        said = _measure(job, voice, stages.stage(0.3, job.seconds), both=True)
        envelope, coded = job.work / "envelope.wav", job.work / "described.m4a"
        write_envelope(envelope, spoken, info.duration + SPARE_MS)
        argv = _mix(job, voice, envelope, coded, gain(heard, said))
        mixed = read_summary(job.run(argv, stages.stage(0.95, job.seconds), reads=(voice,)))
        argv = graph.with_sound(job.found, source, coded, target)
        job.run(argv, stages.stage(1.0, job.seconds), writes=(target.parent,))
    codecs = ",".join(track.codecs for track in tracks(target) if track.codecs)
    side = min(info.width, info.height)
    file = PackageFile(name, target.stat().st_size, CONTENT_TYPES[".mp4"], FileRole.RENDITION_SOUND)
    stages.reach(1.0)
    return Described(
        target.parent, file, SoundChoice(name, language, TITLE, codecs, side), heard, said, mixed
    )


def read_voice(
    path: str | Path,
    target: Path,
    *,
    seconds: float,
    tools: Tools | None = None,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> None:
    """Decode the sound of a foreign recording into `target`, a WAV file of one channel at 48 kHz.

    Of one that is longer than `seconds`, a little more than that. Raises UnreadableMedia when there is no
    sound in it that can be read, else as `process.run` does.
    """
    source, given = Path(path).absolute(), tools or Tools()
    found = examine(find_ffmpeg(given.ffmpeg))
    argv = [
        str(found.path),
        "-hide_banner",
        "-nostdin",
        "-nostats",
        "-loglevel",
        "error",
        "-progress",
        "pipe:1",
    ]
    argv += ["-protocol_whitelist", PROTOCOLS, "-format_whitelist", SOUND_FORMATS]
    argv += ["-codec_whitelist", AUDIO_DECODERS, "-i", f"file:{source}", "-map", "0:a:0", "-vn", "-sn", "-dn"]
    argv += [
        "-t",
        f"{seconds + SPARE_SECONDS:.3f}",
        "-af",
        f"aresample={graph.AUDIO_RATE}:async=1:first_pts=0",
    ]
    argv += ["-ac", "1", "-c:a", "pcm_s16le", "-map_metadata", "-1", "-map_chapters", "-1"]
    argv += ["-fflags", "+bitexact", "-f", "wav", "-y", f"file:{target.absolute()}"]
    stages = Stages(progress, cancelled)
    try:
        run(
            argv,
            limits=for_conversion(seconds, given.niceness),
            view=View((source,), (target.absolute().parent,), given.sandbox),
            tick=stages.stage(1.0, seconds),
            cancelled=cancelled,
            give_way=given.give_way,
        )
    except (ToolFailed, ToolTimedOut, MediaLimitExceeded) as error:
        raise _unreadable(error) from error


def gain(film: Loudness | None, narration: Loudness | None) -> float:
    """Decibels by which the narration is made louder, so that it is as loud as the film."""
    if narration is None or narration.is_silent:
        return 0.0
    usual = film.integrated if film is not None and film.integrated > SILENCE_LUFS else TARGET_LUFS
    wanted = min(max(usual, LEAST_LUFS), MOST_LUFS) - narration.integrated
    return round(min(wanted, MOST_GAIN_DB), 2)


def write_envelope(path: Path, spoken: Sequence[tuple[int, int]], duration: int) -> None:
    """How loud the film is at each moment, as a WAV file by which its sound is multiplied; milliseconds."""
    per_ms = ENVELOPE_RATE // 1000
    low = round(FULL * 10 ** (DUCK_DB / 20))
    ramp = RAMP_MS * per_ms
    # Even in decibels, as ears hear it.
    down = [FULL * 10 ** (DUCK_DB / 20 * step / ramp) for step in range(ramp)]
    softer = array.array("h", map(round, down))
    with wave.open(str(path), "wb") as made:
        made.setnchannels(1)
        made.setsampwidth(2)
        made.setframerate(ENVELOPE_RATE)
        at, end = 0, duration * per_ms
        for first, last in _joined(spoken):
            before = first * per_ms - ramp
            at = _hold(made, FULL, at, min(before, end))
            at = _put(made, softer[max(-before, 0) :][: end - at], at)
            at = _hold(made, low, at, min(last * per_ms, end))
            at = _put(made, softer[::-1][: end - at], at)
        _hold(made, FULL, at, end)


def _joined(spoken: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """In the order of time, without the whiles that are too short to come back in."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spoken):
        if found and start - found[-1][1] < LEAST_BACK_MS:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


def _hold(made: wave.Wave_write, value: int, at: int, until: int) -> int:
    block = array.array("h", itertools.repeat(value, ENVELOPE_RATE))
    while at < until:
        at = _put(made, block[: until - at], at)
    return at


def _put(made: wave.Wave_write, values: "array.array[int]", at: int) -> int:
    if sys.byteorder == "big":
        values = array.array("h", values)
        values.byteswap()
    made.writeframesraw(values.tobytes())
    return at + len(values)


def _measure(job: Job, path: Path, tick: Ticker, *, both: bool = False) -> Loudness | None:
    """How loud a file is; `both`: its one channel comes from two sides."""
    shape = (BOTH if both else PLAIN).format(rate=graph.AUDIO_RATE)
    argv = [*_start(job), "-i", f"file:{path}", "-map", "0:a:0"]
    argv += ["-af", f"{shape},ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    return read_summary(job.run(argv, tick, reads=(path,)))


def _mix(job: Job, voice: Path, envelope: Path, target: Path, louder: float) -> list[str]:
    """The command that writes the mixed sound and says how loud it became."""
    argv = [*_start(job), "-i", f"file:{voice}"]
    said = f"[0:a:0]{BOTH},volume={louder:.2f}dB[said]"
    ending = f"alimiter=limit={LIMIT}:level=0:latency=1,ebur128=peak=true:framelog=quiet[heard]"
    if job.info.sound is None:
        parts = [said, f"[said]{ending}"]
    else:
        argv += ["-i", f"file:{job.source}", "-i", f"file:{envelope}"]
        softer = "[film][softer]amultiply[beneath];[beneath][said]amix=inputs=2:duration=first:normalize=0"
        parts = [said, f"[1:a:0]{PLAIN}[film]", f"[2:a:0]{BOTH}[softer]", f"{softer},{ending}"]
    argv += ["-filter_complex", ";".join(parts).format(rate=graph.AUDIO_RATE), "-map", "[heard]"]
    argv += ["-c:a", "aac", "-b:a", graph.AUDIO_BITS, "-ac", "2", "-ar", str(graph.AUDIO_RATE)]
    argv += ["-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact"]
    return [*argv, "-movflags", "+faststart", "-f", "mp4", "-y", f"file:{target}"]


def _start(job: Job) -> list[str]:
    """All files are ours."""
    flags = ["-hide_banner", "-nostdin", "-nostats", "-loglevel", "info", "-progress", "pipe:1"]
    return [str(job.found.path), *flags, "-protocol_whitelist", "file,pipe"]


def _unreadable(error: MediaError) -> UnreadableMedia:
    return UnreadableMedia("damaged-file", detail=str(error.parameters.get("detail", error.code)))
