"""Reading the videos of a course: <slug>.toml, the film beside it, and its text tracks."""

from __future__ import annotations

import re
from pathlib import Path

import captions
from captions import CaptionError, Cue, layers
from captions.layer_faults import LayersError
from edu.courseware.course import Audience, Step, TrackEntry, VideoEntry
from edu.courseware.fields import parse
from edu.courseware.finding import CourseError, Finding, broken
from edu.courseware.lessons import LANGUAGE, SLUG, STEP_ID, VIDEO_CODE, code_order
from edu.courseware.source import read_text

TRACK = re.compile(
    r"(?P<slug>[a-z0-9-]+)\.(?P<kind>captions|chapters|descriptions|metadata)\.(?P<language>[A-Za-z0-9-]+)\.vtt"
)


def read_videos(folder: Path, lost: list[Finding]) -> tuple[VideoEntry, ...]:
    """All videos in `videos/`, in the order of their codes; what cannot be read is added to `lost`."""
    videos = []
    for file in sorted((folder / "videos").glob("*.toml")):
        try:
            videos.append(read_video(folder, f"videos/{file.name}"))
        except CourseError as error:
            lost.extend(error.findings)
    return tuple(sorted(videos, key=lambda video: code_order(video.code)))


def read_video(folder: Path, path: str) -> VideoEntry:
    """One video with its tracks and the steps of its chapters. Raises CourseError."""
    text, source = read_text(folder, path)
    fields = parse(text, path)
    slug = Path(path).stem
    tracks, chapters = _read_tracks(folder, slug)
    language = fields.name("language", LANGUAGE, "en", "en")
    video = VideoEntry(
        slug=fields.name("slug", SLUG, "find", slug),
        code=fields.name("code", VIDEO_CODE, "V1"),
        title=fields.text("title"),
        audience=fields.choice("audience", Audience, Audience.OPEN),
        language=language,
        description=fields.text("description"),
        duration_ms=fields.integer("duration_ms", at_least=1),
        teaching_ms=fields.integer("teaching_ms", at_least=1),
        file=f"videos/{slug}.mp4",
        tracks=tracks,
        steps=_steps(chapters, language),
        source=source,
        voice=fields.text("voice", ""),
        author=fields.text("author", ""),
        credits=fields.text("credits", ""),
        conflicts=fields.text("conflict_of_interest", ""),
        licence=fields.text("licence", ""),
        word_times=fields.name("word_times", r"[a-z0-9.-]+", f"{slug}.words.json", ""),
        mirrored=fields.texts("mirrored"),
    )
    fields.close()
    if not (folder / video.file).is_file():
        raise broken(path, 0, f"the film {video.file} is missing", "Put it beside this file")
    if video.slug != slug:
        raise broken(path, fields.line("slug"), f"the slug is not {slug}", "Name the file as the slug says")
    return video


def _read_tracks(folder: Path, slug: str) -> tuple[tuple[TrackEntry, ...], dict[str, tuple[str, bytes]]]:
    """The tracks beside a video, and the text of its chapters by language."""
    tracks: list[TrackEntry] = []
    chapters: dict[str, tuple[str, bytes]] = {}
    for file in sorted((folder / "videos").glob(f"{slug}.*.vtt")):
        path = f"videos/{file.name}"
        found = TRACK.fullmatch(file.name)
        if found is None:
            raise broken(
                path, 0, "the name says neither kind nor language", f"Name it {slug}.captions.en.vtt"
            )
        text, source = read_text(folder, path)
        if found["kind"] == "metadata":
            _check_layers(path, text.encode())
        tracks.append(TrackEntry(found["kind"], found["language"], source))
        if found["kind"] == "chapters":
            chapters[found["language"]] = (path, text.encode())
    return tuple(tracks), chapters


def _check_layers(path: str, data: bytes) -> None:
    """Metadata beside a film is the layers over it. Raises CourseError."""
    try:
        layers.read(data)
    except LayersError as error:
        raise broken(path, error.line or 0, error.reason.rstrip("."), "Correct the file") from error


def _steps(chapters: dict[str, tuple[str, bytes]], language: str) -> tuple[Step, ...]:
    """The chapters in the language of the video as steps; a video without chapters has none."""
    if language not in chapters:
        return ()
    path, data = chapters[language]
    return tuple(_step(cue, path) for cue in read_cues(path, data))


def read_cues(path: str, data: bytes) -> tuple[Cue, ...]:
    """The cues of a WebVTT file of the course. Raises CourseError."""
    try:
        return captions.read(data, format="vtt").cues
    except CaptionError as error:
        raise broken(path, error.line or 0, error.reason.rstrip("."), "Correct the file") from error


def _step(cue: Cue, path: str) -> Step:
    if not re.fullmatch(STEP_ID, cue.identifier):
        line = cue.line - 1 if cue.identifier else cue.line
        raise broken(path, line, f"a chapter has the identifier {cue.identifier!r}", "Write it like V1-c05")
    return Step(cue.identifier, cue.text, cue.start, cue.end)
