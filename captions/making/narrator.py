"""The program that narrates, `python -m captions.making.narrator`: a child that may fail.

It is spoken to as `captions.making.aligner` is. Without a request["recording"] (WAV) a voice says it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from captions.errors import CaptionError, ErrorCode
from captions.making import narration
from captions.making.aligner import restrict, tell
from captions.making.gaps import Gap
from captions.making.voice import Voice
from captions.track import Cue

Json = dict[str, Any]


def main() -> None:
    """Do what standard input asks, within the limits it names."""
    request = json.load(sys.stdin)
    restrict(request["limits"])
    try:
        tell({"result": narrate(request)})
    except CaptionError as error:
        tell({"error": error.code, "parameters": error.parameters})
    except MemoryError:
        tell({"error": ErrorCode.WORK_TOO_LARGE, "parameters": {}})


def narrate(request: Json) -> Json:
    """Write request["target"]; what is heard in it, and its rate."""
    cues = [Cue(*each) for each in request["cues"]]
    found = [Gap(*each) for each in request["gaps"]]
    target, duration = Path(request["target"]), request["duration"]
    if request["recording"]:
        made = narration.follow(Path(request["recording"]), cues, target, duration=duration, gaps=found)
    else:
        made = narration.speak(
            cues,
            Voice(request["language"]).say,
            target,
            duration=duration,
            gaps=found,
            progress=lambda share: tell({"progress": round(share, 3)}),
        )
    said = [[each.number, each.start, each.end, each.over, each.late] for each in made.said]
    return {"rate": made.rate, "said": said}


if __name__ == "__main__":
    main()
