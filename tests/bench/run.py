"""The bench: measures what DESIGN sets a budget for and prints one line for each."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

# Run as a file, Python would look beside it first, where media.py hides the package `media`.
sys.path.pop(0)
sys.path.insert(0, str(Path(__file__).parents[2]))

from tests.bench import (
    alignment,
    captions_speed,
    editor,
    install,
    media,
    memory,
    pages,
    player,
    question_files,
    quiz,
    ranges,
    reference,
    search,
    start,
    weight,
)
from tests.bench.figure import Figure, Verdict
from tests.bench.site import Site


def main() -> int:
    """Print every figure as it is found; the status is 1 when a budget is missed."""
    parser = argparse.ArgumentParser(description="Print the budgets as measured on this machine.")
    parser.add_argument("--install", action="store_true", help="also install into a new environment")
    arguments = parser.parse_args()
    began, missed = time.perf_counter(), 0
    with tempfile.TemporaryDirectory(prefix="edu-bench-") as name:
        _say(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; files in {name}")
        for figure in _figures(Path(name), is_new=arguments.install):
            missed += figure.verdict is Verdict.MISSED
            _say(figure.line)
    _say(f"{missed} missed; {time.perf_counter() - began:.0f} s; load {os.getloadavg()[0]:.1f} at the end")
    return 1 if missed else 0


def _figures(folder: Path, *, is_new: bool) -> Iterator[Figure]:
    yield from captions_speed.measure(folder)
    yield from alignment.measure(corpus(), folder / "speech")
    yield from search.measure(folder / "search")
    yield from question_files.measure()
    yield from install.measure_anew(folder / "venv") if is_new else install.measure_here()
    site = Site(folder / "site")
    yield from start.measure(site)
    lesson, questions = _addresses(site)
    yield from memory.measure(site, lesson, questions)
    with site.running("web") as running:
        yield from weight.measure(running, lesson)
        yield from player.measure(running, lesson)
        with reference.running() as yardstick:
            yield from pages.measure(site, running, yardstick, lesson)
            yield from quiz.measure(site, running, yardstick, questions)
        yield from editor.measure(site, running)
        yield from ranges.measure(site, running, lesson, folder / "nginx")
    clip = media.make_clip(folder / "clip.mp4")
    with site.running() as running:
        yield from media.measure_upload(site, running, clip)
    yield from media.measure_probe(clip)
    yield from media.measure_pipeline(folder)


def corpus() -> Path:
    """The folder of other people's files."""
    return Path(os.environ.get("EDU_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")


def _addresses(site: Site) -> tuple[str, str]:
    """The lesson with an open video and a quiz that has the most text, and its quiz."""
    ((course, lesson, questions),) = site.ask(
        "SELECT course.slug, lesson.slug, quiz.slug FROM lesson "
        "JOIN course ON course.id = lesson.course_id JOIN video ON video.id = lesson.video_id "
        "JOIN quiz ON quiz.lesson_id = lesson.id WHERE lesson.audience = 'open' AND video.audience = 'open' "
        "AND quiz.current > 0 ORDER BY length(lesson.body) DESC LIMIT 1"
    )
    return f"/courses/{course}/{lesson}", f"/quizzes/{questions}"


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201 (a program's output)


if __name__ == "__main__":
    sys.exit(main())
