"""Pictures of questions: kept once under their content, frames taken from what is served, names that tell."""

from __future__ import annotations

import io

import pytest

from edu.errors import GateClosed, Invalid, NotFound, TooLarge
from edu.models import Audience, Role, Visibility
from edu.policy import NOBODY, Viewer
from edu.runtime import Runtime
from edu.services.quizzing.writing import pictures, still
from tests.edu.web.studio.pictures import PNG, png
from tests.filming import add_file, add_maker, add_video

HASH = "ab" * 32
NAMES = [
    (f"{HASH}-640x360.png", (640, 360), None, f"pictures/ab/{HASH}-640x360.png"),
    (f"v12-{HASH}-64x36.jpg", (64, 36), 12, f"pictures/v12/v12-{HASH}-64x36.jpg"),
    ("board", (1280, 720), None, None),
    (f"{HASH}-640x360.svg", None, None, None),
    (f"../{HASH}-640x360.png", None, None, None),
    ("", None, None, None),
]


@pytest.mark.parametrize(("name", "size", "video", "key"), NAMES)
def test_a_name_tells_size_place_and_whose_frame_it_is(
    name: str, size: tuple[int, int] | None, video: int | None, key: str | None
) -> None:
    assert (still.sizes(name), still.video_of(name), still.key_of(name)) == (size, video, key)


def keep(runtime: Runtime, data: bytes) -> str:
    return pictures.keep(runtime.store, runtime.settings, io.BytesIO(data), "picture_file")


def test_equal_pictures_are_kept_once_without_what_else_they_hold(runtime: Runtime) -> None:
    names = {keep(runtime, PNG), keep(runtime, png(4, 3, (b"tEXt", b"Author\0Somebody")))}

    (name,) = names
    (kept,) = runtime.store.list("pictures")
    assert still.sizes(name) == (4, 3)
    assert kept.key == still.key_of(name)
    assert b"".join(runtime.store.blocks(kept.key)).find(b"secret") == -1


@pytest.mark.parametrize(
    ("data", "error", "words"),
    [
        (b"", Invalid, "cannot be read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", Invalid, "cannot be read"),
        (PNG[:40], Invalid, "cannot be read"),
        (png(1, 1)[:16] + (9000).to_bytes(4, "big") * 2 + png(1, 1)[24:], TooLarge, "40 000 000 pixels"),
        (b"\0" * (pictures.MOST_BYTES + 1), TooLarge, "16 MB"),
    ],
)
def test_what_cannot_be_shown_is_refused_and_nothing_is_kept(
    runtime: Runtime, data: bytes, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        keep(runtime, data)

    assert list(runtime.store.list("pictures")) == []


def test_a_frame_is_shown_to_those_who_may_watch_its_video(runtime: Runtime) -> None:
    with runtime.db.writing() as session:
        maker = add_maker(session, runtime.clock.now())
        video = add_video(
            session, maker, runtime.clock.now(), audience=Audience.PRO, visibility=Visibility.PUBLISHED
        )
        name = still.name_of(HASH, 64, 36, "jpg", video_id=video.id)
        gone = still.name_of(HASH, 64, 36, "jpg", video_id=video.id + 1)

        pictures.require_open(session, maker, name)
        with pytest.raises(GateClosed):
            pictures.require_open(session, NOBODY, name)
        for missing in (gone, "board", "x"):
            with pytest.raises(NotFound):
                pictures.require_open(session, maker, missing)


def test_frames_come_from_the_smallest_version_that_is_sharp(runtime: Runtime) -> None:
    with runtime.db.writing() as session:
        maker = add_maker(session, runtime.clock.now())
        video = add_video(session, maker, runtime.clock.now())
        for height in (1080, 720):
            add_file(session, video, f"{height}.mp4", "rendition", height=height)
        found = pictures.film_of(session, maker, f"v{video.id}")

        assert found.key.endswith("/720.mp4")
        with pytest.raises(Invalid, match="Choose the video"):
            pictures.film_of(session, Viewer(1, Role.INSTRUCTOR), "V99")
