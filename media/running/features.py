"""What the ffmpeg at hand cannot do, which part of the work is lost by it, and what would bring it back."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from media.making.av1 import OLDEST as OLDEST_AV1
from media.making.av1 import encoder_version
from media.running.tools import Ffmpeg

OLDEST_FFMPEG = (5, 1)
"""The first release with -fps_mode, without which the times of pictures cannot be kept."""

BASIS = frozenset(
    {
        *("aformat", "asplit", "aresample", "format", "metadata", "pad", "scale", "select"),
        *("setpts", "setsar", "signalstats", "split", "tile", "volume"),
    }
)
"""Filters that every conversion uses: an ffmpeg without them is of no use."""


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is off: a stable `code` and a sentence for the operator; `is_fatal`: nothing works.

    `parameters` fill the `template`, which a page translates before.
    """

    code: str
    template: str
    is_fatal: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """The sentence in English."""
        return self.template % self.parameters if self.parameters else self.template


FILTERS: tuple[tuple[frozenset[str], Lack], ...] = (
    (frozenset({"zscale", "tonemap"}), Lack("hdr-mapping", "HDR recordings look pale (no filter zscale)")),
    (
        frozenset({"ebur128"}),
        Lack("loudness", "the loudness is not measured (no filter ebur128)", is_fatal=True),
    ),
    (frozenset({"bwdif"}), Lack("deinterlacing", "interlaced recordings are refused (no filter bwdif)")),
    (
        frozenset({"crop", "overlay", "concat", "drawbox"}),
        Lack("editing", "cuts and covers cannot be made (no filter crop, overlay, concat or drawbox)"),
    ),
)


def lacking(found: Ffmpeg) -> tuple[Lack, ...]:
    """Everything that is off with this ffmpeg, the worst first."""
    lacks = [
        *_basis(found),
        *(lack for needed, lack in FILTERS if not needed <= found.filters),
        *_av1(found),
    ]
    return tuple(sorted(lacks, key=lambda lack: not lack.is_fatal))


def _basis(found: Ffmpeg) -> list[Lack]:
    lacks = []
    if found.release is not None and found.release < OLDEST_FFMPEG:
        oldest = ".".join(map(str, OLDEST_FFMPEG))
        sentence = "ffmpeg %(version)s is too old, %(oldest)s or later is needed"
        lacks.append(Lack("too-old", sentence, True, {"version": found.version, "oldest": oldest}))
    for name in ("libx264", "aac"):
        if name not in found.encoders:
            sentence = "no video can be made (no encoder %(name)s)"
            lacks.append(Lack(f"encoder-{name}", sentence, True, {"name": name}))
    if missing := sorted(BASIS - found.filters):
        sentence = "no video can be made (no filter %(names)s)"
        lacks.append(Lack("filters", sentence, True, {"names": ", ".join(missing)}))
    return lacks


def _av1(found: Ffmpeg) -> list[Lack]:
    version = encoder_version(found)
    if version is None:
        return [Lack("av1", "AV1 versions are not made (no encoder libsvtav1)")]
    if version < OLDEST_AV1:
        told = ".".join(map(str, version))
        sentence = "AV1 versions are not made (libsvtav1 %(version)s is too old)"
        return [Lack("av1", sentence, parameters={"version": told})]
    return []
