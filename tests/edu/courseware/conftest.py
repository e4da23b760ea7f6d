"""A small course folder of our own, which tests bend and break."""

from pathlib import Path

import pytest

FILES = {
    "course.toml": """\
slug = "small"
title = "Small"
language = "en"
state = "under construction"
summary = "A course for tests."
honest_summary = "Little is known [@known2001] [C]."

[gate]
version = "1"
text = "I am a professional."
confirm = "I confirm"
refuse = "For patients"
patient_lesson = "L1.1"

[[notices]]
slug = "general"
title = "Not advice"
version = "1"
text = "This site teaches."

[[paths]]
slug = "student"
title = "Student"
audience = "open"
modules = ["M1", "M2"]
certificate = "Theory"
pass_mark = 70

[[planned]]
code = "M2"
title = "To come"
minutes = 10
audience = "open"
""",
    "modules/M1/module.toml": """\
code = "M1"
slug = "first"
title = "First"
minutes = 5
audience = "open"
language = "en"
state = "under construction"
summary = "The first module."
quiz = "first"
review_months = 12
""",
    "modules/M1/L1.1-touch.md": """\
+++
code = "L1.1"
slug = "touch"
title = "Touch"
minutes = 5
audience = "open"
language = "en"
state = "under construction"
video = "V1"
steps = ["V1-c01", "V1-c02"]
quiz = "first"
evidence = ["C"]
objectives = [
  { verb = "describe", text = "a nodule", bloom = "understand" },
]
+++

Press gently [@known2001] [C].

Watch [[V1-c02]].
""",
    "quizzes/first.toml": """\
id = "first"
title = "Self-check"
audience = "open"
language = "en"

[[slots]]
question = "Q001"

[[slots]]
question = "Q002"
""",
    "questions/Q001.toml": """\
[[questions]]
id = "Q001"
kind = "truefalse"
lesson = "L1.1"
evidence = "V1-c01"
stem = "It moves."
key = true
grade = "C"
references = ["known2001"]
why = "It does."
""",
    "questions/Q002.toml": """\
[[questions]]
id = "Q002"
kind = "moment"
lesson = "L2.1"
evidence = "V1-c02"
stem = "Stop where it moves."
video = "V1"
key = { start_ms = 9_000, end_ms = 18_000 }
tolerance_ms = 1_000
why = "There."
""",
    "references.bib": """\
@article{known2001, author={Known, A. B. and others}, title={A thing}, year={2001}, note={verified: seen}}
""",
    "videos/find.toml": """\
code = "V1"
title = "Find"
audience = "open"
language = "en"
description = "A drawing."
duration_ms = 22000
teaching_ms = 18000
""",
    "videos/find.mp4": "not a film, and reading a course does not open films\n",
    "videos/find.captions.en.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nAsk first.\n",
    "videos/find.chapters.en.vtt": """\
WEBVTT

V1-c01
00:00:00.000 --> 00:00:09.000
Ask first

V1-c02
00:00:09.000 --> 00:00:18.000
Position
""",
}


class CourseFolder:
    """The folder with ways to change a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        for name, text in FILES.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Write a file, making its folder."""
        target = self.path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")

    def text(self, name: str) -> str:
        """What a file holds."""
        return (self.path / name).read_text(encoding="utf-8")

    def change(self, name: str, old: str, new: str) -> None:
        """Replace a text that must be there."""
        text = self.text(name)
        assert old in text
        self.write(name, text.replace(old, new))


@pytest.fixture
def folder(tmp_path: Path) -> CourseFolder:
    """A small course without a fault."""
    return CourseFolder(tmp_path / "course")
