"""Storyboard, Shot: the script that pictures, voice and text tracks are made from."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "storyboards"


@dataclass(frozen=True, slots=True)
class Shot:
    """A step of the technique: one chapter, from `start` to `end` in milliseconds."""

    id: str
    title: str
    start: int
    end: int
    on_screen: str
    description: str
    cues: tuple[str, ...]

    @property
    def narration(self) -> str:
        """What the voice says in this shot."""
        return " ".join(self.cues).replace("\n", " ")

    @property
    def seconds(self) -> float:
        """The length of the shot."""
        return (self.end - self.start) / 1000


@dataclass(frozen=True, slots=True)
class Storyboard:
    """A whole video before it is drawn."""

    code: str
    slug: str
    title: str
    audience: str
    description: str
    shots: tuple[Shot, ...]

    @property
    def teaching_ms(self) -> int:
        """The length without the credits."""
        return self.shots[-1].end

    def shot_at(self, ms: int) -> Shot | None:
        """The shot shown at a time; None in the credits."""
        return next((shot for shot in self.shots if shot.start <= ms < shot.end), None)


def load(slug: str) -> Storyboard:
    """Read `storyboards/<slug>.toml`."""
    data = tomllib.loads((FOLDER / f"{slug}.toml").read_text("utf-8"))
    shots = tuple(
        Shot(
            raw["id"],
            raw["title"],
            raw["start_ms"],
            raw["end_ms"],
            raw["on_screen"],
            raw["description"],
            tuple(raw["cues"]),
        )
        for raw in data["shot"]
    )
    return Storyboard(data["code"], data["slug"], data["title"], data["audience"], data["description"], shots)
