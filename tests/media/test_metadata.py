"""What a camera or a person wrote into a file is in nothing that is served."""

from datetime import UTC, datetime
from pathlib import Path
from struct import pack

import pytest

from media import fast_path, package

MARK = "SECRET"
PLACE = "+46.5197+006.6323/"
FILMED = datetime(2019, 3, 4, 5, 6, 7, tzinfo=UTC)
SINCE_1904 = int((FILMED - datetime(1904, 1, 1, tzinfo=UTC)).total_seconds())
MESSAGE = "086f3693b7b34f2c965321492feee5b8"

TAGS = {
    "title": f"{MARK} title",
    "artist": f"{MARK} name",
    "comment": f"{MARK} comment",
    "description": f"{MARK} patient",
    "encoder": f"{MARK} program",
    "location": PLACE,
    "location-eng": PLACE,
    "make": f"{MARK} maker",
    "model": f"{MARK} model",
    "com.apple.quicktime.make": f"{MARK} maker",
    "com.apple.quicktime.model": f"{MARK} model",
    "com.apple.quicktime.location.ISO6709": PLACE,
    "com.android.serial": f"{MARK} serial",
    "creation_time": FILMED.isoformat().replace("+00:00", "Z"),
    "date": "2019-03-04",
}
STREAM_TAGS = {"handler_name": f"{MARK} handler", "title": f"{MARK} track", "encoder": f"{MARK} coder"}
OF_CONTAINER = [word for name, text in TAGS.items() for word in ("-metadata", f"{name}={text}")]
FORMS = [
    *(
        text.encode(code)
        for text in (MARK, PLACE, "46.5197", "2019-03-04")
        for code in ("utf-8", "utf-16-le", "utf-16-be")
    ),
    pack(">I", SINCE_1904),
]


def tagged(moving, tone, notes: Path) -> list[str]:
    """Arguments for 1 s of picture and sound with something in every place where something can be written."""
    notes.write_text(
        f";FFMETADATA1\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=500\ntitle={MARK} chapter\n",
        encoding="utf-8",
    )
    inputs = [*moving("320x180", 1), *tone(1), "-i", str(notes), "-map", "0:v", "-map", "1:a"]
    tags = [*OF_CONTAINER]
    for kind in ("v", "a"):
        for name, text in STREAM_TAGS.items():
            tags += [f"-metadata:s:{kind}", f"{name}={text}"]
    return [*inputs, *tags, "-map_chapters", "2"]


@pytest.fixture(scope="module")
def sources(make, moving, tone, h264, tmp_path_factory) -> dict[str, Path]:
    """Recordings that hold the marks, each in the way of its container."""
    notes = tmp_path_factory.mktemp("notes") / "notes.txt"
    tags = tagged(moving, tone, notes)
    coded = [*h264, "-bsf:v", f"h264_metadata=sei_user_data={MESSAGE}+{MARK} message", "-c:a", "aac"]
    (notes.parent / "cover.jpg").write_bytes(
        with_exif(make("cover.jpg", *moving("64x64", 0.04), "-update", "1").read_bytes())
    )
    attached = ["-attach", str(notes.parent / "cover.jpg"), "-metadata:s:t", "mimetype=image/jpeg"]
    return {
        "camera.mp4": make("camera.mp4", *tags, *coded),
        "phone.mov": make("phone.mov", *tags, *coded),
        "apple.mov": make("apple.mov", *tags, *coded, "-movflags", "use_metadata_tags"),
        "tags.mkv": make("tags.mkv", *tags, *coded, *attached),
        "exif.avi": photographed(make, moving, notes.parent),
        "sound.m4a": make("sound.m4a", *tone(1), *OF_CONTAINER, "-c:a", "aac", "-f", "mp4"),
    }  # fmt: skip


def with_exif(jpeg: bytes) -> bytes:
    """A JPEG with an Exif segment that names a camera (tag 0x0110), and with a comment."""
    text = f"{MARK} camera {PLACE}".encode() + b"\0"
    directory = pack("<HHHIII", 1, 0x0110, 2, len(text), 26, 0)
    exif = b"Exif\0\0II*\0" + pack("<I", 8) + directory + text
    bodies = ((0xE1, exif), (0xFE, text))
    return (
        jpeg[:2]
        + b"".join(pack(">BBH", 0xFF, kind, len(body) + 2) + body for kind, body in bodies)
        + jpeg[2:]
    )


def photographed(make, moving, folder: Path) -> Path:
    """A Motion JPEG whose every picture holds Exif data, as small cameras write it."""
    first = make("frame-1.jpg", *moving("320x180", 0.4), "-q:v", "3", "-f", "image2", "-update", "1")
    jpeg = with_exif(first.read_bytes())
    for number in range(1, 11):
        (folder / f"{number}.jpg").write_bytes(jpeg)
    return make("exif.avi", "-framerate", "10", "-i", str(folder / "%d.jpg"), "-c", "copy")


def leaks(folder: Path) -> dict[str, list[bytes]]:
    """The marks in each file of a folder, by name."""
    found = {path.name: [form for form in FORMS if form in path.read_bytes()] for path in folder.iterdir()}
    return {name: forms for name, forms in found.items() if forms}


HELD = {
    "camera.mp4": [f"{MARK} handler", f"{MARK} comment", f"{MARK} message", SINCE_1904],
    "phone.mov": [f"{MARK} handler", f"{MARK} maker", PLACE, f"{MARK} message", SINCE_1904],
    "apple.mov": [f"{MARK} maker", f"{MARK} serial", PLACE, f"{MARK} message", SINCE_1904],
    "tags.mkv": [f"{MARK} model", f"{MARK} camera", PLACE, f"{MARK} message", "2019-03-04"],
    "exif.avi": [f"{MARK} camera", PLACE],
    "sound.m4a": [f"{MARK} name", f"{MARK} comment"],
}


@pytest.mark.parametrize("name", HELD)
def test_the_sources_really_hold_what_must_not_go_out(sources, name):
    held = sources[name].read_bytes()

    missing = [
        mark
        for mark in HELD[name]
        if (mark.encode() if isinstance(mark, str) else pack(">I", mark)) not in held
    ]
    assert missing == []


@pytest.mark.slow
@pytest.mark.parametrize("name", HELD)
def test_nothing_that_was_written_into_the_source_is_in_a_package(sources, name, tmp_path):
    made = package(sources[name], tmp_path)

    assert leaks(tmp_path) == {}
    assert {path.name for path in tmp_path.iterdir()} >= {file.name for file in made.files}


@pytest.mark.parametrize("name", ["camera.mp4", "phone.mov", "apple.mov", "tags.mkv"])
def test_nothing_of_it_is_in_the_copy_that_is_watchable_at_once(sources, name, tmp_path):
    made = fast_path(sources[name], tmp_path)

    assert made is not None
    assert leaks(tmp_path) == {}
