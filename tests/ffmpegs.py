"""Programs that say of themselves what an ffmpeg of some kind and age does."""

from __future__ import annotations

from pathlib import Path

from media.running.features import BASIS

FILTERS = [
    "aformat",
    *sorted(BASIS - {"aformat"}),
    "ebur128",
    "bwdif",
    "crop",
    "overlay",
    "concat",
    "drawbox",
]


def old_ffmpeg(folder: Path, version: str, filters: list[str], encoders: tuple[str, ...]) -> str:
    """A program that answers the questions about itself as an ffmpeg of that kind does."""
    listed = "\n".join(f" ... {name}              V->V       A filter." for name in filters)
    coders = "\n".join(f" V....D {name}             A coder" for name in encoders)
    answers = f"""case "$2" in
-version) echo "ffmpeg version {version} Copyright";;
-filters) cat <<'END'\n{listed}\nEND\n;;
-encoders) cat <<'END'\n{coders}\nEND\n;;
*) exit 1;; esac"""
    program = folder / "ffmpeg"
    program.write_text(f"#!/bin/sh\n{answers}\n", encoding="utf-8")
    program.chmod(0o755)
    return str(program)
