"""Captions of another cut or frame rate brought in time with a sound, by its words or by its speech."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from fractions import Fraction
from typing import Final

import numpy as np
from numpy.typing import NDArray

from captions.hearing import Hearing
from captions.making import retime
from captions.making.sync import Sync
from captions.making.words import TimedWord
from captions.track import Cue, TextTrack
from captions.webvtt.cuetext import plain_text

KNOWN: Final[dict[str, Fraction]] = {
    "1": Fraction(1),
    **{
        name: retime.RATIOS[name]
        for name in ("24/23.976", "23.976/24", "25/24", "24/25", "25/23.976", "23.976/25")
    },
}
"""The ratios that films are really converted by."""

SURE_WORD: Final = 5
"""Letters from which on a single equal word is no accident."""
MOST_COMPARED: Final = 25_000_000
"""Words of the captions times words of the sound up to which every word is looked for by itself."""
MOST_PAIRS: Final = 500
"""Anchors that are compared each with each; of more, an even choice."""
SLACK: Final = 1.15
SLACK_MS: Final = 5.0
"""The best known ratio is taken for the measured one when it leaves not more than so many times the mean
distance, and so many milliseconds.
"""
PLAIN_MS: Final = 2.0
"""So much closer another ratio must be than 1: most captions need none."""
OUTLIER_MS: Final = 300.0
"""An anchor that is off by more, and by three times the usual, is a wrong word."""
GOOD_RESIDUAL_MS: Final = 250.0
ENOUGH: Final = 8
"""Anchors from which on their number says no more."""

NEARLY: Final = Fraction(1, 500)
"""Ratios that differ by less cannot be told apart by when somebody speaks in a short film."""

BIN_MS: Final = 20
"""Milliseconds of one step of the correlation with speech."""
LATEST_MS: Final = 24 * 3_600_000
"""Cues after a day belong to no film, and would take memory without end."""

Points = NDArray[np.float64]


NOTHING: Final = Sync(0, Fraction(1), 0, 0.0, 0, "1")


def find(track: TextTrack, words: Sequence[TimedWord]) -> Sync:
    """Where the cues are among `words`, as an aligner placed them or a recogniser heard them in the sound.

    Equal words in the same order are anchors; the starts of cues whose first word is one give offset and
    ratio by Theil and Sen's median of slopes, which bears a quarter of wrong ones. A ratio that is nearly a
    known one is taken for it. Two anchors at least, else the confidence is 0.
    """
    points = np.array(list(_anchors(track.cues, words)), dtype=np.float64).reshape(-1, 2)
    if len(points) < 2 or np.ptp(points[:, 0]) == 0:
        return NOTHING
    ratio, offset = _line(points)
    kept = points[_inliers(points, ratio, offset)]
    if len(kept) >= 2 and np.ptp(kept[:, 0]) > 0:
        ratio, offset = _line(kept)
    else:
        kept = points
    name, exact = _named(kept, ratio)
    offset = _offset(kept, float(exact))
    residual = _residual(kept, float(exact), offset)
    sure = len(kept) / len(points) * min(1.0, len(kept) / ENOUGH) * _coverage(kept, track.cues)
    sure *= 1.0 if residual <= GOOD_RESIDUAL_MS else GOOD_RESIDUAL_MS / residual
    return Sync(round(offset), exact, round(residual), round(sure, 2), len(kept), name)


def guess(track: TextTrack, hearing: Hearing) -> Sync:
    """A first guess, in some hundredths of a second, from when cues are shown and when somebody speaks.

    Tries the seven known ratios and all offsets (ffsubsync's idea). It is right where captions pause as the
    speech does and wrong in continuous speech; below a confidence of 0.25 it found nothing. It is never
    above 0.6: `find` should follow.
    """
    cues = [cue for cue in track.cues if cue.end <= LATEST_MS]
    if len(cues) < 2 or len(hearing.speech) < 2:
        return NOTHING
    end = max(hearing.duration, hearing.speech[-1].end)
    heard = _activity([(one.start, one.end) for one in hearing.speech], end)
    tried = []
    for name, ratio in KNOWN.items():
        spans = [(round(cue.start * ratio), round(cue.end * ratio)) for cue in cues]
        shown = _activity(spans, max(last for _, last in spans))
        offset, peak, second = _correlate(shown, heard)
        tried.append((peak, second, offset, name, ratio))
    peak, second, offset, name, ratio = max(tried)
    # Its rivals are another place at this ratio, and other ratios but those that differ by a thousandth.
    rivals = [one[0] for one in tried if abs(one[4] - ratio) > NEARLY]
    margin = peak - max(second, *rivals)
    return Sync(offset, ratio, 0, round(float(np.clip(min(peak, 4 * margin), 0.0, 0.6)), 2), 0, name)


def apply(track: TextTrack, sync: Sync) -> retime.Retimed:
    """The track in the times of the sound."""
    return retime.linear(track, sync.ratio, Fraction(sync.offset_ms))


def heard_times(track: TextTrack, words: Sequence[TimedWord]) -> list[tuple[int, int] | None]:
    """From when to when the words of each cue are said among `words`; None with less than half of them."""
    said: list[str] = []
    owner: list[int] = []
    for number, cue in enumerate(track.cues):
        tokens = _tokens(plain_text(cue.text))
        said += tokens
        owner += [number] * len(tokens)
    heard = [(token, word) for word in words for token in _tokens(word.text)]
    spoken = [token for token, _ in heard]
    matcher = SequenceMatcher(None, said, spoken, autojunk=len(said) * len(spoken) > MOST_COMPARED)
    found: dict[int, list[TimedWord]] = {}
    for block in matcher.get_matching_blocks():
        for step in range(block.size):
            found.setdefault(owner[block.a + step], []).append(heard[block.b + step][1])
    counts = Counter(owner)
    return [
        (found[number][0].start, found[number][-1].end)
        if 2 * len(found.get(number, ())) >= counts[number] > 0
        else None
        for number in range(len(track.cues))
    ]


def _anchors(cues: Sequence[Cue], words: Sequence[TimedWord]) -> Iterator[tuple[int, int]]:
    """Start of a cue and of its first word in the sound, where equal words stand around it."""
    said: list[str] = []
    owner: list[Cue | None] = []  # the cue whose first word it is
    for cue in cues:
        tokens = _tokens(plain_text(cue.text))
        said += tokens
        owner += [cue if number == 0 else None for number in range(len(tokens))]
    heard: list[str] = []
    starts: list[int] = []
    for word in words:
        for number, token in enumerate(_tokens(word.text)):
            heard.append(token)
            starts.append(word.start if number == 0 else -1)
    # In long texts frequent words only lengthen what rarer ones begin: else the time would be quadratic.
    matcher = SequenceMatcher(None, said, heard, autojunk=len(said) * len(heard) > MOST_COMPARED)
    for block in matcher.get_matching_blocks():
        if block.size < 2 and (not block.size or len(said[block.a]) < SURE_WORD):
            continue
        for step in range(block.size):
            first, start = owner[block.a + step], starts[block.b + step]
            if first is not None and start >= 0:
                yield first.start, start


def _tokens(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower().replace("’", "").replace("'", ""))


def _line(points: Points) -> tuple[float, float]:
    """Ratio and offset: the median of the slopes of pairs far apart, then the median of what is left."""
    if len(points) > MOST_PAIRS:
        points = points[np.linspace(0, len(points) - 1, MOST_PAIRS).astype(int)]
    before, after = np.triu_indices(len(points), 1)
    far = points[after] - points[before]
    apart = np.abs(far[:, 0]) >= np.ptp(points[:, 0]) / 4
    slopes = far[apart, 1] / far[apart, 0]
    ratio = float(np.median(slopes)) if len(slopes) else 1.0
    return ratio, _offset(points, ratio)


def _offset(points: Points, ratio: float) -> float:
    return float(np.median(points[:, 1] - ratio * points[:, 0]))


def _residual(points: Points, ratio: float, offset: float) -> float:
    return float(np.median(np.abs(points[:, 1] - ratio * points[:, 0] - offset)))


def _inliers(points: Points, ratio: float, offset: float) -> NDArray[np.bool_]:
    off = np.abs(points[:, 1] - ratio * points[:, 0] - offset)
    return np.asarray(off <= max(OUTLIER_MS, 3 * float(np.median(off))))


def _named(points: Points, ratio: float) -> tuple[str, Fraction]:
    """The known ratio that explains the points best, if about as well as the measured one, else that one."""
    left = {
        name: _mean(points, float(known)) + (0.0 if known == 1 else PLAIN_MS) for name, known in KNOWN.items()
    }
    best = min(left, key=lambda name: left[name])
    if left[best] <= SLACK * _mean(points, ratio) + SLACK_MS:
        return best, KNOWN[best]
    return "", Fraction(ratio).limit_denominator(100_000)


def _mean(points: Points, ratio: float) -> float:
    """The mean distance (ms) that a ratio with its best offset leaves."""
    return float(np.mean(np.abs(points[:, 1] - ratio * points[:, 0] - _offset(points, ratio))))


def _coverage(points: Points, cues: Sequence[Cue]) -> float:
    """How much of the track lies between the first and the last anchor; half of it is enough."""
    whole = max(cue.start for cue in cues) - min(cue.start for cue in cues)
    return min(1.0, 2 * float(np.ptp(points[:, 0])) / whole) if whole else 0.0


def _activity(spans: Sequence[tuple[int, int]], end: int) -> NDArray[np.float32]:
    """1 where something is, else -1, one number for each BIN_MS."""
    found = np.full(end // BIN_MS + 1, -1.0, dtype=np.float32)
    for start, stop in spans:
        found[start // BIN_MS : max(stop, start) // BIN_MS + 1] = 1.0
    return found


def _correlate(shown: NDArray[np.float32], heard: NDArray[np.float32]) -> tuple[int, float, float]:
    """The offset (ms) at which both agree best, how well (-1 to 1), and how well a second away or more."""
    size = 1 << (len(shown) + len(heard) - 1).bit_length()
    first, other = shown - shown.mean(), heard - heard.mean()
    spectrum = np.fft.rfft(other, size) * np.conj(np.fft.rfft(first, size))
    score = np.fft.irfft(spectrum, size) / (float(np.linalg.norm(first) * np.linalg.norm(other)) or 1.0)
    best = int(np.argmax(score))
    peak = float(score[best])
    near = np.arange(-1000 // BIN_MS, 1000 // BIN_MS + 1)
    score[(best + near) % size] = -1.0
    offset = best if best < len(heard) else best - size
    return offset * BIN_MS, peak, float(score.max())
