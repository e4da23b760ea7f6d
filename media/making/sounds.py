"""Other sounds of a film: for each further language a file with the picture as it is and that sound."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from media.contents import SoundChoice
from media.edit import ORIGINAL
from media.errors import ToolFailed, ToolTimedOut
from media.info import AudioStream, MediaInfo
from media.making import encode, graph
from media.making.edit_graph import Cut, Recording
from media.making.encode import Job
from media.making.hls import Variant
from media.making.report import MOST_CHOICES
from media.reading.boxes import tracks
from media.running.process import Ticker

BEST_SIDE = 720
"""A second sound is for those who need its words; one size serves all lines."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The further sounds that were made: what each is, and its place (`indexes`) in the recording.

    `patched` are those of them in place of which the usual sound of another recording is heard for a time,
    and `unjoined` those that only another recording has; both as `called`.
    """

    choices: tuple[SoundChoice, ...] = ()
    indexes: tuple[int, ...] = ()
    patched: tuple[str, ...] = ()
    unjoined: tuple[str, ...] = ()


def choices(info: MediaInfo) -> tuple[AudioStream, ...]:
    """The further sounds worth a file: those that can be decoded and say what they are, and nothing that is
    said of the one that is heard, or of another.
    """
    return tuple(_further(info))[:MOST_CHOICES]


def add_sounds(job: Job, variants: Sequence[Variant], folder: Path, tick: Ticker | None = None) -> Offered:
    """Write `sound-1.mp4`… into `folder`: the rendition of about 720 lines, each with one of `choices`.

    An edited film has the same cuts, joins and mutes in each. Where another recording is seen, its track of
    the same language is heard, else its usual one. Each sound is as loud as the one that is heard is made.
    One that cannot be decoded is left out. Raises as `process.run` does, but for a damaged sound.
    """
    picture = min(variants, key=lambda variant: abs(min(variant.width, variant.height) - BEST_SIDE))
    made: list[tuple[AudioStream, SoundChoice]] = []
    for stream in choices(job.info) if _is_shown(job) else ():
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
        choice = SoundChoice(target.name, stream.language, stream.title, codecs, picture.height)
        made.append((stream, choice))
    streams = [stream for stream, _ in made]
    return Offered(
        tuple(choice for _, choice in made),
        tuple(stream.index for stream in streams),
        tuple(called(stream) for stream in streams if any(not same(info, stream) for info in _joined(job))),
        tuple(_unjoined(job)),
    )


def same(info: MediaInfo, wanted: AudioStream) -> AudioStream | None:
    """The track of another recording that says what the `wanted` one says, or is at least of its language."""
    usable = [stream for stream in info.audio if stream.codec]
    by_name = (stream for stream in usable if _name(stream) == _name(wanted))
    by_language = (
        stream for stream in usable if stream.language.casefold() == wanted.language.casefold() != ""
    )
    return next(by_name, None) or next(by_language, None)


def called(stream: AudioStream) -> str:
    """What a recording says of a track: its language and, in brackets, its title."""
    if stream.language and stream.title:
        return f"{stream.language} ({stream.title})"
    return stream.language or stream.title


def _code(job: Job, stream: AudioStream, target: Path, tick: Ticker | None) -> None:
    alone = replace(job, info=_heard_alone(job.info, stream), cut=_with(job.cut, stream) if job.cut else None)
    encode.encode_sound(alone, encode.measure(alone, tick), target, tick)


def _with(cut: Cut, stream: AudioStream) -> Cut:
    """The same film, with the sound that is a track of the original, or those like it."""
    recordings = dict(cut.recordings)
    for name, recording in cut.recordings.items():
        heard = stream if name == ORIGINAL else same(recording.info, stream)
        if heard is not None:
            recordings[name] = Recording(recording.path, _heard_alone(recording.info, heard))
    return replace(cut, recordings=recordings)


def _heard_alone(info: MediaInfo, stream: AudioStream) -> MediaInfo:
    return replace(info, audio=(replace(stream, is_default=True),))


def _is_shown(job: Job) -> bool:
    """Is there anything of the original in the film?"""
    return job.cut is None or any(piece.source == ORIGINAL for piece in job.cut.pieces)


def _joined(job: Job) -> tuple[MediaInfo, ...]:
    """The other recordings in the film that have a sound; in those without one nothing can be missed."""
    if job.cut is None:
        return ()
    found = (recording.info for name, recording in job.cut.recordings.items() if name != ORIGINAL)
    return tuple(info for info in found if info.sound)


def _unjoined(job: Job) -> Iterator[str]:
    """What other recordings offer to choose and the original does not have."""
    known: set[str] = set()
    for info in _joined(job):
        for stream in _further(info):
            if called(stream) not in known and not same(job.info, stream):
                known.add(called(stream))
                yield called(stream)


def _further(info: MediaInfo) -> Iterator[AudioStream]:
    heard = info.sound
    if heard is None:
        return
    known = {_name(heard), ("", "")}
    for stream in info.audio:
        if stream is not heard and stream.codec and _name(stream) not in known:
            known.add(_name(stream))
            yield stream


def _name(stream: AudioStream) -> tuple[str, str]:
    return stream.language.casefold(), stream.title.casefold()
