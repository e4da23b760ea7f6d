"""Every number and whitelist that bounds the work on a foreign file."""

from dataclasses import dataclass

MIB = 1024 * 1024

MAX_PIXELS = 40_000_000
"""Pixels of one decoded picture (8K is 33 million); passed to every decoder as well."""
MAX_STREAMS = 8
MAX_FRAME_RATE = 240.0
MIN_FRAME_RATE = 1.0
"""Frames per second below which a recording longer than SLOW_SECONDS is taken for a time bomb."""
SLOW_SECONDS = 60.0
MAX_SECONDS = 12 * 3600
MAX_CHAPTERS = 500

PROTOCOLS = "file"
"""Nothing else may be opened, whatever the file says."""
PROBE_PROTOCOLS = "fd"
"""The prober is given the open file: nothing that has a name may be opened at all."""

FORMATS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,flv,mpegts,mpeg,mpegvideo,asf,mxf,ogg,rm,h264,hevc"
"""Demuxers that read one file and no other. Playlists, concat scripts, SDP and picture formats are not among
them.
"""

VIDEO_DECODERS = (
    "h264,hevc,libdav1d,av1,vp8,vp9,libvpx,libvpx-vp9,mpeg4,msmpeg4,msmpeg4v1,msmpeg4v2,mpeg1video,mpeg2video,mjpeg,"
    "h263,h263p,flv,wmv1,wmv2,wmv3,vc1,rv10,rv20,rv30,rv40,prores,dnxhd,theora,dvvideo,svq1,svq3,vp6,vp6f,cinepak"
)
AUDIO_DECODERS = (
    "aac,aac_latm,ac3,ac3_fixed,eac3,dca,mp1float,mp2float,mp3float,mp1,mp2,mp3,opus,libopus,vorbis,flac,alac,"
    "wmav1,wmav2,wmapro,cook,amrnb,amrwb,libopencore_amrnb,libopencore_amrwb,speex,libspeex,nellymoser,"
    "pcm_alaw,pcm_mulaw,pcm_u8,pcm_s8,pcm_s16le,pcm_s16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,pcm_f32le,pcm_f32be,"
    "pcm_dvd,pcm_bluray,adpcm_ms,adpcm_ima_qt,adpcm_ima_wav,adpcm_swf,ra_144,ra_288,sipr"
)
TEXT_DECODERS = "srt,subrip,ass,ssa,mov_text,webvtt,text"
DECODERS = f"{VIDEO_DECODERS},{AUDIO_DECODERS},{TEXT_DECODERS}"


@dataclass(frozen=True, slots=True)
class ToolLimits:
    """What one run of one tool may use; a tool that passes one of them is ended, never asked.

    `wall_seconds`: clock time. `stall_seconds`: clock time without progress (None: not watched).
    `processor_seconds`: CPU time of the process. `file_bytes`: size of one written file. `memory_bytes`:
    address space. `niceness`: 0 to 19, added to ours. `output_bytes`: kept of standard output.
    """

    wall_seconds: float
    stall_seconds: float | None = None
    processor_seconds: int | None = None
    file_bytes: int | None = None
    memory_bytes: int | None = None
    niceness: int = 0
    output_bytes: int = 4 * MIB


PROBE = ToolLimits(
    wall_seconds=20, processor_seconds=15, file_bytes=0, memory_bytes=1536 * MIB, output_bytes=MIB
)
"""A probe takes about 0.02 s, or 0.2 s with the start of Python; a hostile file gets no more than this."""

STILLS = ToolLimits(wall_seconds=300, stall_seconds=60, processor_seconds=600, memory_bytes=4096 * MIB)


def for_conversion(seconds: float, niceness: int = 0) -> ToolLimits:
    """Limits for a conversion of a recording of `seconds`: generous for a slow machine, but never without
    end.

    Half an hour plus forty times the running time is what a 4K60 source takes on one weak core.
    """
    wall = 1800 + 40 * seconds
    return ToolLimits(
        wall_seconds=wall,
        stall_seconds=120,
        processor_seconds=int(wall * 4),
        file_bytes=int(64 * MIB + seconds * 2 * MIB),
        memory_bytes=6144 * MIB,
        niceness=niceness,
    )
