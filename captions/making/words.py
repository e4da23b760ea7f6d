"""TimedWord: a word of a script with when it is said: what alignment gives and cues are made of."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A token of a script with its punctuation, said from `start` to `end` in milliseconds.

    `confidence` is from 0 (spread by letters, or guessed) to 1 (heard). `paragraph` counts the blank lines of
    the script before it; `line` its line breaks, so that a person's own breaks can be kept. `speaker` is the
    name that stands before its paragraph, as in `ANNA: Press gently.`, which is no word of the sound.
    """

    text: str
    start: int
    end: int
    confidence: float = 1.0
    paragraph: int = 0
    line: int = 0
    speaker: str = ""
