"""Writes what stands beside a film: captions, chapters, descriptions, word times, fact sheet."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from .storyboard import Storyboard
from .voice import Word

BRIDGE = 1_250  # ms: a shorter silence between two cues is bridged by the first
LINGER = 700  # ms that a cue stays after its last word when nothing follows
LONGEST = 7_000  # ms that a cue is held, unless its words last longer
GAP = 80  # ms between two cues, where the voice leaves so much
DESCRIBED = 3_000  # ms that a description cue lasts; a player speaks it in pauses or in extended mode

VOICE = "Festival 2.5 with the voice cmu_us_slt_arctic_hts"
LICENCE = "CC-BY-4.0"
NOTES = (
    "Schematic drawing with invented figures, for teaching only; no real footage of a patient. "
    "The voice is synthetic ({voice}). Under construction: not yet reviewed by a clinician."
)


def write(board: Storyboard, words: Sequence[Word], folder: Path, duration_ms: int) -> None:
    """Write the five text files of a video into `folder`."""
    name = board.slug
    (folder / f"{name}.captions.en.vtt").write_text(_vtt(_captions(board, words)), "utf-8")
    chapters = ((shot.id, shot.start, shot.end, shot.title) for shot in board.shots)
    (folder / f"{name}.chapters.en.vtt").write_text(_vtt(chapters), "utf-8")
    described = (("", shot.start, shot.start + DESCRIBED, shot.description) for shot in board.shots)
    (folder / f"{name}.descriptions.en.vtt").write_text(_vtt(described), "utf-8")
    (folder / f"{name}.words.json").write_text(_word_times(words), "utf-8")
    (folder / f"{name}.toml").write_text(_sheet(board, duration_ms), "utf-8")


def _captions(board: Storyboard, words: Sequence[Word]) -> list[tuple[str, int, int, str]]:
    """The storyboard's cues, each from its first word's start until its last word's end and a little on."""
    left = list(words)
    spans: list[tuple[int, int, str]] = []
    for shot in board.shots:
        for text in shot.cues:
            said, left = left[: len(text.split())], left[len(text.split()) :]
            spans.append((said[0].start, said[-1].end, text))
    follow = [start for start, _, _ in spans[1:]] + [board.teaching_ms]
    return [
        ("", start, _until(start, end, after), text)
        for (start, end, text), after in zip(spans, follow, strict=True)
    ]


def _until(start: int, end: int, after: int) -> int:
    """When a cue goes: just before the next one, or soon after its last word."""
    wanted = after - GAP if after - end < BRIDGE else end + LINGER
    return max(end, min(wanted, start + LONGEST))


def _vtt(cues: Iterable[tuple[str, int, int, str]]) -> str:
    blocks = ["WEBVTT"]
    for identifier, start, end, text in cues:
        head = f"{identifier}\n" if identifier else ""
        blocks.append(f"{head}{_stamp(start)} --> {_stamp(end)}\n{text}")
    return "\n\n".join(blocks) + "\n"


def _stamp(ms: int) -> str:
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"


def _word_times(words: Sequence[Word]) -> str:
    rows = [json.dumps({"word": w.text, "start": w.start, "end": w.end, "shot": w.shot}) for w in words]
    return '{"unit": "ms", "words": [\n  ' + ",\n  ".join(rows) + "\n]}\n"


def _sheet(board: Storyboard, duration_ms: int) -> str:
    fields: dict[str, str | int] = {
        "code": board.code,
        "title": board.title,
        "audience": board.audience,
        "language": "en",
        "description": f"{board.description} {NOTES.format(voice=VOICE)}",
        "voice": VOICE,
        "author": "edu project",
        "credits": "Drawing, words and synthetic narration: edu project. "
        "Source of facts: backmice.info (M. Cañis Parera) and the references of the course.",
        "conflict_of_interest": "not yet stated",
        "licence": LICENCE,
        "duration_ms": duration_ms,
        "teaching_ms": board.teaching_ms,
        "word_times": f"{board.slug}.words.json",
    }
    lines = [f"# Facts about the video {board.slug}; written by the renderer beside it."]
    lines += [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in fields.items()]
    return "\n".join(lines) + "\n"
