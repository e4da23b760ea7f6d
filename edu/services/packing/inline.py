"""What stands in a pack's page itself, for one on a disk can load nothing: words, small files, open keys."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import captions
from edu.services.packing import open_keys
from edu.services.packing.contents import Contents, Words

_UNSAFE = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})


@dataclass(frozen=True, slots=True)
class Inline:
    """The data of a pack's page; `files` are texts by the addresses under which the scripts ask for them."""

    pack: str
    lesson: str
    files: Mapping[str, str]

    def document(self, found: Contents) -> str:
        """The data as JSON which no parser of HTML can take for anything else."""
        keys = {f"s{position}": dict(key.document) for position, key in found.keys.items()}
        has_numbers = any(key["kind"] == "numeric" for key in keys.values())
        form = {
            "pack": self.pack,
            "lesson": self.lesson,
            "tracks": [_track(words) for words in _words(found)],
            "files": dict(self.files),
            "keys": keys,
            "units": open_keys.units() if has_numbers else {},
        }
        return json.dumps(form, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def _words(found: Contents) -> tuple[Words, ...]:
    """All text tracks of the film, and its layers."""
    film = found.film
    return (*film.words, *([film.layers] if film.layers else [])) if film else ()


def _track(words: Words) -> dict[str, Any]:
    cues = captions.read(words.document.encode(), format="vtt").cues
    return {
        "kind": words.kind,
        "language": words.language,
        "label": words.label,
        "isUsual": words.is_usual,
        "cues": [[cue.start, cue.end, cue.text, cue.settings, cue.identifier] for cue in cues],
    }
