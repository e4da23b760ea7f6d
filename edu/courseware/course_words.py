"""CourseWords and GlossaryWords: what a course and its glossary say in another language, as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Said = Mapping[str, str]
"""What one thing says, by the names of the fields; a field that is not here is not translated."""

FRONT = ("subtitle", "summary", "evidence_line", "honest_summary")
GATE = ("text", "confirm", "refuse")
NOTICE = ("title", "text")
PATH = ("title", "note", "door", "door_text")
MODULE = ("title", "summary")
FIELDS = {"front": FRONT, "gate": GATE, "notices": NOTICE, "paths": PATH, "modules": MODULE}
"""What may be translated of each part of a course; the words of certificates stay as they are."""


@dataclass(frozen=True, slots=True)
class CourseWords:
    """The words of a course's own pages: notices and paths by their slugs, modules by their codes."""

    language: str
    front: Said = field(default_factory=dict)
    gate: Said = field(default_factory=dict)
    notices: Mapping[str, Said] = field(default_factory=dict)
    paths: Mapping[str, Said] = field(default_factory=dict)
    modules: Mapping[str, Said] = field(default_factory=dict)

    @property
    def path(self) -> str:
        """The file that holds them, in the course's folder."""
        return f"course.{self.language}.toml"

    def flat(self) -> dict[tuple[str, str, str], str]:
        """Each text by its part, slug or code ("" of the front and the gate) and field."""
        parts = {"front": {"": self.front}, "gate": {"": self.gate}}
        lists = {"notices": self.notices, "paths": self.paths, "modules": self.modules}
        return {
            (part, name, key): text
            for part, things in (*parts.items(), *lists.items())
            for name, said in things.items()
            for key, text in said.items()
        }


@dataclass(frozen=True, slots=True)
class NameWords:
    """What is said of a name in words: who used it, if that is no proper name, and a note."""

    text: str
    who: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class WordText:
    """An entry of the glossary in another language: the word itself, its other forms, its page.

    Names and sources are the original's; `names` says only what is words about them. Lines count from 1.
    """

    slug: str
    text: str
    meaning: str
    forms: tuple[str, ...] = ()
    body: str = ""
    names: tuple[NameWords, ...] = ()
    line: int = field(default=0, compare=False)
    body_line: int = field(default=0, compare=False)

    def of_name(self, text: str) -> NameWords:
        """What is said of that name."""
        return next((name for name in self.names if name.text == text), NameWords(text))


@dataclass(frozen=True, slots=True)
class GlossaryWords:
    """The entries of a glossary that are there in another language, in the order of its file."""

    language: str
    entries: tuple[WordText, ...] = ()

    @property
    def path(self) -> str:
        """The file that holds them, in the course's folder."""
        return f"terms.{self.language}.toml"
