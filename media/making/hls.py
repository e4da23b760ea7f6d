"""HLS playlists (RFC 8216) that point into single files by byte range, made from the segment index alone."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from media.errors import UnreadableMedia
from media.reading.boxes import Fragment, fragments, initialisation_size, tracks

MASTER = "master.m3u8"
START_SIDE = 720
"""The first variant listed is the one players start with: large enough to see a hand, small enough to start.
"""


@dataclass(frozen=True, slots=True)
class Variant:
    """A file as a player chooses it. Sizes in upright pixels, rates in bits per second, `codecs` as in RFC
    6381.
    """

    name: str
    file: str
    playlist: str
    width: int
    height: int
    bandwidth: int
    average_bandwidth: int
    codecs: str
    frame_rate: float
    seconds: float


def write_variant(folder: Path, name: str, size: tuple[int, int], *, frame_rate: float) -> Variant:
    """Write the media playlist of `<name>.mp4` in `folder`. Raises UnreadableMedia when the file has no
    fragment.
    """
    path = folder / f"{name}.mp4"
    pieces = fragments(path)
    seconds = sum(piece.seconds for piece in pieces)
    if not pieces or seconds <= 0:
        raise UnreadableMedia("no-frames")
    playlist = media_playlist(path.name, initialisation_size(path), pieces)
    (folder / f"{name}.m3u8").write_text(playlist, encoding="utf-8")
    return Variant(
        name=name,
        file=path.name,
        playlist=f"{name}.m3u8",
        width=size[0],
        height=size[1],
        bandwidth=peak_bandwidth(pieces),
        average_bandwidth=math.ceil(sum(piece.size for piece in pieces) * 8 / seconds),
        codecs=",".join(track.codecs for track in tracks(path) if track.codecs),
        frame_rate=round(frame_rate, 3),
        seconds=seconds,
    )


def write_master(folder: Path, variants: Sequence[Variant], *, name: str = MASTER) -> None:
    """Write master.m3u8: the variant to start with first, then the others from large to small."""
    first = min(variants, key=lambda variant: abs(min(variant.width, variant.height) - START_SIDE))
    lines = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-INDEPENDENT-SEGMENTS"]
    for variant in (first, *(other for other in variants if other is not first)):
        lines += [_stream_line(variant), variant.playlist]
    (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def media_playlist(file: str, initialisation: int, pieces: tuple[Fragment, ...]) -> str:
    """The playlist of one file: its initialisation bytes, then one byte range for each fragment."""
    longest = max(piece.seconds for piece in pieces)
    lines = [
        "#EXTM3U",
        "#EXT-X-VERSION:7",
        f"#EXT-X-TARGETDURATION:{math.ceil(longest)}",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        f'#EXT-X-MAP:URI="{file}",BYTERANGE="{initialisation}@0"',
    ]
    for piece in pieces:
        lines += [f"#EXTINF:{piece.seconds:.5f},", f"#EXT-X-BYTERANGE:{piece.size}@{piece.offset}", file]
    return "\n".join([*lines, "#EXT-X-ENDLIST", ""])


def peak_bandwidth(pieces: tuple[Fragment, ...]) -> int:
    """Bits per second of the most demanding stretch (RFC 8216 section 4.3.4.2).

    A last fragment of a few pictures would look like a huge rate: what is shorter than half the longest one
    counts together with the fragment before it.
    """
    longest = max(piece.seconds for piece in pieces)
    rates = []
    for number, piece in enumerate(pieces):
        size, seconds = piece.size, piece.seconds
        if seconds < longest / 2 and number:
            size, seconds = size + pieces[number - 1].size, seconds + pieces[number - 1].seconds
        if seconds > 0:
            rates.append(size * 8 / seconds)
    return math.ceil(max(rates))


def _stream_line(variant: Variant) -> str:
    return (
        f"#EXT-X-STREAM-INF:BANDWIDTH={variant.bandwidth},AVERAGE-BANDWIDTH={variant.average_bandwidth},"
        f'RESOLUTION={variant.width}x{variant.height},CODECS="{variant.codecs}",'
        f"FRAME-RATE={variant.frame_rate:.3f}"
    )
