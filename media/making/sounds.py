"""Other sounds of a film: for each further language a file with the picture as it is and that sound."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from media.contents import SoundChoice
from media.errors import ToolFailed, ToolTimedOut
from media.info import AudioStream, MediaInfo
from media.making import encode, graph
from media.making.encode import Job
from media.making.hls import Variant
from media.reading.boxes import tracks
from media.running.process import Ticker

MOST_CHOICES = 3
BEST_SIDE = 720
"""A second sound is for those who need its words; one size serves all lines."""


def choices(info: MediaInfo) -> tuple[AudioStream, ...]:
    """The further sounds worth a file: those that can be decoded and say what they are, and nothing that is
    said of the one that is heard, or of another.
    """
    heard = info.sound
    if heard is None:
        return ()
    known = {_name(heard)}
    found = []
    for stream in info.audio:
        name = _name(stream)
        if stream is heard or not stream.codec or name in known or name == ("", ""):
            continue
        known.add(name)
        found.append(stream)
    return tuple(found[:MOST_CHOICES])


def add_sounds(
    job: Job, variants: Sequence[Variant], folder: Path, tick: Ticker | None = None
) -> tuple[SoundChoice, ...]:
    """Write `sound-1.mp4`… into `folder`: the rendition of about 720 lines, each with one of `choices`.

    For a film that is the whole of its recording. Each sound is as loud as the one that is heard is made. One
    that cannot be decoded is left out. Raises as `process.run` does, but for a damaged sound.
    """
    picture = min(variants, key=lambda variant: abs(min(variant.width, variant.height) - BEST_SIDE))
    made: list[SoundChoice] = []
    for stream in choices(job.info):
        target = folder / f"sound-{len(made) + 1}.mp4"
        coded = job.work / f"choice-{stream.index}.m4a"
        try:
            _code(job, stream, coded, tick)
            argv = graph.with_sound(job.found, folder / picture.file, coded, target)
            job.run(argv, tick, reads=(folder / picture.file, coded), writes=(folder,))
        except (ToolFailed, ToolTimedOut):
            target.unlink(missing_ok=True)
            continue
        codecs = ",".join(track.codecs for track in tracks(target) if track.codecs)
        made.append(SoundChoice(target.name, stream.language, stream.title, codecs, picture.height))
    return tuple(made)


def _code(job: Job, stream: AudioStream, target: Path, tick: Ticker | None) -> None:
    only = replace(job.info, audio=(replace(stream, is_default=True),))
    alone = replace(job, info=only, cut=None)
    encode.encode_sound(alone, encode.measure(alone, tick), target, tick)


def _name(stream: AudioStream) -> tuple[str, str]:
    return stream.language.casefold(), stream.title.casefold()
