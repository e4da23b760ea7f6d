"""Espeak: the program espeak-ng, its voice for a language, and what it says, as the bytes of a WAV stream."""

import shutil
import subprocess
import unicodedata
from pathlib import Path
from typing import Final

from captions.errors import ErrorCode, refusal

PROGRAM: Final = "espeak-ng"
PACE: Final = 150
"""Words a minute, as in a lecture."""
LONGEST: Final = 3000
"""Characters that are read at once."""
SECONDS: Final = 20
"""For one sentence, which takes a few hundredths."""
TAIL: Final = 300
"""Bytes of the program's messages that are told."""
ENVIRONMENT: Final = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


class Espeak:
    """espeak-ng with the voice of a language."""

    def __init__(self, language: str, program: Path | None = None) -> None:
        """`language` is a BCP 47 tag; `program` where espeak-ng is, else it is looked for on the PATH.

        Raises CaptionError when espeak-ng is not installed or has no voice for the language.
        """
        found = program or shutil.which(PROGRAM)
        if found is None or not Path(found).is_file():
            raise refusal(ErrorCode.VOICE_MISSING)
        self._program = str(found)
        self._name = self._voice(language)

    def say(self, text: str) -> bytes:
        """The text as a WAV stream, whose header cannot know its length; empty for signs alone.

        Raises CaptionError.
        """
        ended = self._run(self._name, plain(text))
        if ended.returncode:
            raise refusal(ErrorCode.VOICE_FAILED, why=ended.stderr[-TAIL:].decode("utf-8", "replace").strip())
        return ended.stdout

    def _voice(self, language: str) -> str:
        """The name by which espeak-ng knows the language: the whole tag, else its first part."""
        tag = language.replace("_", "-").lower()
        names = [
            name
            for name in (tag, tag.partition("-")[0])
            if name.replace("-", "").isalnum() and name.isascii()
        ]
        for name in dict.fromkeys(names):
            if self._run(name, "a").returncode == 0:
                return name
        raise refusal(ErrorCode.VOICE_LANGUAGE, language=language[:40])

    def _run(self, name: str, text: str) -> "subprocess.CompletedProcess[bytes]":
        argv = [self._program, "-v", name, "-s", str(PACE), "-b", "1", "--stdin", "--stdout"]
        try:
            return subprocess.run(  # noqa: S603 -- an argv list of ours, the text goes by the standard input
                argv,
                input=text.encode(),
                capture_output=True,
                timeout=SECONDS,
                check=False,
                env=ENVIRONMENT,
            )
        except (subprocess.TimeoutExpired, OSError) as error:
            raise refusal(ErrorCode.VOICE_FAILED, why=str(error)[:TAIL]) from error


def plain(text: str) -> str:
    """Letters, marks, digits and the signs of sentences on one line: brackets would be read as phonemes."""
    kept = (
        letter if letter in " .,;:!?'’-%" or unicodedata.category(letter)[0] in "LMN" else " "
        for letter in text[:LONGEST]
    )
    return " ".join("".join(kept).split())
