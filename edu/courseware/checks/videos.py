"""Checking videos: their tracks, and chapters that are steps in good order."""

from __future__ import annotations

from collections.abc import Iterator

from edu.courseware.course import Course, VideoEntry
from edu.courseware.finding import Finding


def check_videos(course: Course) -> Iterator[Finding]:
    """Each video has captions and chapters in its own language, and its steps fill the teaching time."""
    for video in course.videos:
        yield from _check_tracks(video)
        yield from _check_steps(video)


def _check_tracks(video: VideoEntry) -> Iterator[Finding]:
    for kind in ("captions", "chapters"):
        if not any(track.kind == kind and track.language == video.language for track in video.tracks):
            message = f"{video.code} has no {kind} in its own language"
            remedy = f"Add videos/{video.slug}.{kind}.{video.language}.vtt"
            yield Finding(video.source.path, 0, "missing-track", message, remedy)
    if video.teaching_ms > video.duration_ms:
        message = f"{video.code} teaches for {video.teaching_ms} ms and lasts {video.duration_ms}"
        yield Finding(video.source.path, 0, "duration", message, "Correct teaching_ms")


def _check_steps(video: VideoEntry) -> Iterator[Finding]:
    path = f"videos/{video.slug}.chapters.{video.language}.vtt"
    before = 0
    for step in video.steps:
        if not step.id.startswith(video.code + "-"):
            message = f"the step {step.id} lies in the video {video.code}"
            yield Finding(path, 0, "wrong-video", message, f"Write it like {video.code}-c01")
        if step.start < before or step.end <= step.start:
            message = f"{step.id} begins before the step in front of it ends, or ends before it begins"
            yield Finding(path, 0, "chapter-times", message, "Correct the times")
        if step.end > video.teaching_ms:
            message = f"{step.id} ends at {step.end} ms, after the teaching ({video.teaching_ms} ms)"
            yield Finding(path, 0, "chapter-times", message, "Correct the time, or teaching_ms")
        before = step.end
    for step_id in sorted(set(video.mirrored) - {step.id for step in video.steps}):
        message = f"the step {step_id} is to be mirrored and {video.code} has no such step"
        yield Finding(video.source.path, 0, "unknown-step", message, "Use a chapter id of this video")
