"""`edu course new`: the folder of a small course that is whole, to be written on."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from edu.courseware.skeleton import write_skeleton

Say = Callable[[str], None]
MEANING = "write a small course with comments into a folder of its own here"


def add_arguments(parser: ArgumentParser) -> None:
    """What the course is called."""
    parser.add_argument("course", help="its address name, which is that of the folder: back-mice")
    parser.add_argument("--title", default="", help="its title; made from the name when left out")
    parser.add_argument("--language", default="en", help="the language of its readers, as a tag (en)")


def run(arguments: Namespace, say: Say) -> int:
    """Write it, and say what comes next."""
    slug = arguments.course
    written = write_skeleton(Path(), slug, title=arguments.title, language=arguments.language)
    for path in written:
        say(str(path))
    say(f"Open {written[0]} first. Then: edu course check {slug}, edu course install {slug}")
    return 0
