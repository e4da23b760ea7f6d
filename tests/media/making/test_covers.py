"""Covers: what is under one is gone from every file, what is beside it is as it was."""

import math
from pathlib import Path

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st

from media import package, preview
from media.edit import Cover, Edit, Segment
from media.making.covers import CELLS, box

SIZE = (640, 360)
NAME = Cover(1000, 2000, 0.25, 0.25, 0.5, 0.25)
INSIDE = [(x, y) for y in range(96, 174) for x in range(168, 472)]
OUTSIDE = [(x, y) for y in (*range(70), *range(200, 360)) for x in range(0, 640, 3)]
"""Places where the cover is, and where it is not with all its margin."""


@pytest.fixture(scope="module")
def pages(make) -> list[Path]:
    """2.4 seconds of a page with fine strokes in the middle, like writing: two texts, equally dense."""
    found = []
    for number, stroke in enumerate(("lt(mod(X*3+Y*5,7),3)", "lt(mod(X*5-Y*2,7),3)")):
        strokes = f"between(X,170,470)*between(Y,98,172)*{stroke}"
        drawn = f"color=c=gray:s=640x360:r=25:d=0.04,format=gray,geq=lum='235-200*({strokes})+10*sin(X/30)'"
        page = f"{drawn},loop=59:1,setpts=N/25/TB"
        coding = ["-c:v", "libx264", "-crf", "8", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
        found.append(make(f"page{number}.mp4", "-f", "lavfi", "-i", page, *coding))
    return found


def pictures(path: Path) -> dict[int, list[bytes]]:
    """The rows of each picture by its time in milliseconds."""
    found = {}
    with av.open(str(path)) as container:
        for frame in container.decode(video=0):
            plane = frame.planes[0]
            data = bytes(plane)
            rows = [
                data[y * plane.line_size : y * plane.line_size + frame.width] for y in range(frame.height)
            ]
            found[round(frame.time * 1000)] = rows
    return found


def values(rows: list[bytes], places: list[tuple[int, int]]) -> list[int]:
    return [rows[y][x] for x, y in places]


def likeness(one: list[int], other: list[int]) -> float:
    """PSNR in decibels."""
    error = sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) / len(one)
    return 99.0 if error == 0 else 10 * math.log10(255**2 / error)


def edges(rows: list[bytes]) -> float:
    """The mean step between neighbours inside the cover."""
    steps = [abs(rows[y][x + 1] - rows[y][x]) for x, y in INSIDE]
    return sum(steps) / len(steps)


@pytest.fixture(scope="module")
def covered(pages, tmp_path_factory) -> list[dict[int, list[bytes]]]:
    found = []
    for page in pages:
        folder = tmp_path_factory.mktemp("covered")
        preview(page, folder, edit=Edit(covers=(NAME,)))
        found.append(pictures(folder / "preview.mp4"))
    return found


@pytest.fixture(scope="module")
def bare(pages, tmp_path_factory) -> list[dict[int, list[bytes]]]:
    found = []
    for page in pages:
        folder = tmp_path_factory.mktemp("bare")
        preview(page, folder, edit=Edit())
        found.append(pictures(folder / "preview.mp4"))
    return found


@pytest.mark.slow
def test_no_stroke_is_left_under_a_cover(covered, bare):
    for hidden, plain in zip(covered, bare, strict=True):
        assert edges(plain[1480]) > 30
        assert edges(hidden[1480]) < 1.5


@pytest.mark.slow
def test_one_text_under_a_cover_looks_like_another(covered, bare):
    plain = likeness(values(bare[0][1480], INSIDE), values(bare[1][1480], INSIDE))
    hidden = likeness(values(covered[0][1480], INSIDE), values(covered[1][1480], INSIDE))

    assert plain < 10
    assert hidden > 38


@pytest.mark.slow
def test_beside_a_cover_nothing_changes(covered, bare):
    assert likeness(values(covered[0][1480], OUTSIDE), values(bare[0][1480], OUTSIDE)) > 36


@pytest.mark.slow
def test_a_cover_lasts_a_picture_longer_on_either_side_and_no_more(covered, bare):
    hidden = [time for time, rows in covered[0].items() if edges(rows) < 10]

    assert (min(hidden), max(hidden)) == (960, 2040)
    assert hidden == list(range(960, 2041, 40))


@pytest.mark.slow
def test_every_rendition_poster_and_tile_has_the_cover(pages, tmp_path):
    cover = Cover(0, 2400, 0.25, 0.25, 0.5, 0.25)

    done = package(
        pages[0], tmp_path, edit=Edit((Segment(200, 2200),), (cover, Cover(0, 9, 0.9, 0.9, 0.1, 0.1)))
    )

    for name in (done.renditions[0].file, *(poster.name for poster in done.posters)):
        assert all(edges(rows) < 4 for rows in pictures(tmp_path / name).values())
    (sheet,) = pictures(tmp_path / "storyboard.jpg").values()
    row = sheet[45 // 2 + 10][45:115]
    assert max(row) - min(row) < 60


@pytest.mark.slow
def test_a_cover_is_on_a_picture_that_stands_through_its_start(make, tmp_path):
    """A recording with a hole: the picture before it is seen until long after the cover should begin."""
    hole = "testsrc2=s=640x360:r=25:d=3,select='lt(n,10)+gt(n,60)'"
    clip = make(
        "hole.mp4", "-f", "lavfi", "-i", hole, "-fps_mode", "vfr", "-c:v", "libx264", "-pix_fmt", "yuv420p"
    )

    preview(clip, tmp_path, edit=Edit(covers=(NAME,)))

    found = pictures(tmp_path / "preview.mp4")
    seen = [time for time, rows in found.items() if edges(rows) > 3]
    assert not [time for time in seen if 1000 <= time <= 2000]
    assert max(after - before for before, after in zip(found, list(found)[1:], strict=False)) <= 41


@given(
    st.floats(0, 0.999),
    st.floats(0, 0.999),
    st.floats(0.01, 1),
    st.floats(0.01, 1),
    st.sampled_from([(640, 360), (1080, 1920), (16, 16), (2560, 1080)]),
)
def test_a_cover_is_even_inside_the_picture_and_not_smaller_than_asked(x, y, width, height, size):
    found = box(Cover(0, 1, x, y, width, height), size)

    assert all(side % 2 == 0 for side in (found.x, found.y, found.width, found.height))
    assert 0 <= found.x <= min(x * size[0], size[0] - 2)
    assert 0 <= found.y <= min(y * size[1], size[1] - 2)
    assert found.x + found.width >= min((x + width) * size[0], size[0] - 1)
    assert found.x + found.width <= size[0]
    assert found.y + found.height <= size[1]
    assert max(found.cells) <= CELLS
    assert min(found.cells) >= 1
