"""What tests of films made with real tools share: a recording, the work done, looks at what came of it."""

from __future__ import annotations

import subprocess
from pathlib import Path

from sqlalchemy import select

from edu.jobs.worker import Worker
from edu.models import (
    TrackKind,
    Video,
    VideoFile,
)
from edu.runtime import Runtime
from edu.services.texts import tracks
from media import find_ffmpeg


def record(path: Path, *extra: str, later: float = 0.0) -> Path:
    """Four seconds of a test picture with bursts of sound that are never the same twice."""
    chance = f"mod(abs(sin(floor((t+9-{later})/0.16)*12.9898)*43758.5)\\,1)"
    sound = f"aevalsrc='sin(440*2*PI*t)*gt({chance}\\,0.5)':s=48000:d=4"
    sources = ["-f", "lavfi", "-i", "testsrc2=s=320x180:r=25:d=4", "-f", "lavfi", "-i", sound]
    coding = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    command = [str(find_ffmpeg()), "-v", "error", "-nostdin", *sources, *extra, *coding, f"file:{path}"]
    subprocess.run(command, check=True, timeout=60)
    return path


def work(worker: Worker) -> None:
    while worker.run_one():
        pass


def look(runtime: Runtime, video_id: int) -> Video:
    with runtime.db.reading() as session:
        return session.get_one(Video, video_id)


def words(
    runtime: Runtime, video_id: int, kind: TrackKind = TrackKind.CAPTIONS
) -> list[tuple[int, int, str]]:
    with runtime.db.reading() as session:
        current = next(entry for entry in tracks.of_video(session, video_id) if entry.track.kind is kind)
        return [(cue.start, cue.end, cue.text) for cue in tracks.cues_of(current)]


def names(runtime: Runtime, video_id: int, role: str) -> list[str]:
    with runtime.db.reading() as session:
        asked = select(VideoFile.name).where(VideoFile.video_id == video_id, VideoFile.role == role)
        return list(session.scalars(asked))
