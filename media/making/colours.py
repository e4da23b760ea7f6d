"""Pictures of any kind of colour become what every screen shows: opaque, 8 bits, BT.709.

The functions add filters to a stream of media/making/graph.py, which alone knows ffmpeg-python.
"""

from typing import Any

from media.info import HLG, PQ, VideoStream

HD_LINES = 720
"""Lines from which on a picture that says nothing has the colour matrix of HD."""
MATRICES = {
    1: "bt709",
    4: "fcc",
    5: "bt470bg",
    6: "smpte170m",
    7: "smpte240m",
    9: "bt2020nc",
    10: "bt2020c",
}
"""ffmpeg's names of matrices of ITU-T H.273 table 4; what is not among them is a guess or a mistake."""
RGB = ("rgb", "bgr", "gbr", "argb", "abgr", "0rgb", "0bgr", "x2rgb", "pal8")
WIDE_PRIMARIES = frozenset({9, 11, 12})
"""BT.2020, DCI and Display P3 (table 2)."""
WHITE_NITS = 203
"""HDR reference white (ITU-R BT.2408 section 2.1): as bright as the white of an ordinary picture."""
PEAK_NITS = 1000
"""Brighter than this is one white; what phones and most cameras write goes no further."""
KNEE = 0.5
"""Share of reference white up to which tones are kept exactly; above, highlights are drawn together."""
TRANSFERS = {PQ: "smpte2084", HLG: "arib-std-b67"}
PLAIN = {"colorspace": "bt709", "color_primaries": "bt709", "color_trc": "bt709", "range": "tv"}


def named(stream: Any, video: VideoStream) -> Any:
    """The stream with a matrix that can be worked with, whatever the file says or does not say."""
    if video.is_hdr:
        return stream
    if video.pixel_format.startswith(RGB):
        matrix = "gbr"
    else:
        is_hd = min(video.coded_width, video.coded_height) >= HD_LINES
        matrix = MATRICES.get(video.matrix, "bt709" if is_hd else "smpte170m")
    return stream.filter("setparams", colorspace=matrix, color_primaries="bt709", color_trc="bt709")


def scaling(video: VideoStream) -> dict[str, str]:
    """The options of the scaler that bring the colours of `video` to BT.709 in limited range.

    Said to be so in the result, they look the same in every size; players guess by the size otherwise.
    """
    return {"out_range": "tv"} | ({} if video.is_hdr else {"out_color_matrix": "bt709"})


def plain(stream: Any, video: VideoStream, *, can_map_tones: bool) -> Any:
    """The scaled `stream` as 4:2:0 pictures of 8 bits, HDR brought to ordinary brightness."""
    if video.is_hdr and not can_map_tones:
        return stream.filter("format", "yuv420p")
    if video.is_hdr:
        stream = _toned(stream, video)
    return stream.filter("format", "yuv420p").filter("setparams", **PLAIN)


def _toned(stream: Any, video: VideoStream) -> Any:
    read = {"tin": TRANSFERS[video.transfer], "t": "linear", "p": "bt709", "npl": WHITE_NITS}
    if video.matrix not in MATRICES:
        read["min"] = "2020_ncl"
    if video.primaries not in WIDE_PRIMARIES:
        read["pin"] = "2020"
    stream = stream.filter("zscale", **read).filter("format", "gbrpf32le")
    peak = f"{PEAK_NITS / WHITE_NITS:.3f}"
    stream = stream.filter("tonemap", tonemap="mobius", param=KNEE, peak=peak, desat=0)
    return stream.filter("zscale", t="bt709", m="bt709", r="tv")
