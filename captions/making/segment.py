"""segment: timed words put into cues by dynamic programming over where captions and lines may end.

A caption costs what its line break and its end cost (`captions.checking.phrases`), more when it is too fast,
too short or holds a long pause, less when a pause follows. The program looks back at most WINDOW words, so
its time is linear in the words.
"""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Final

from captions.checking import phrases
from captions.checking.profiles import PROFILES, Profile, ProfileName
from captions.checking.view import width
from captions.errors import ErrorCode, refusal
from captions.making.words import TimedWord
from captions.track import Cue
from captions.webvtt import cuetext

WINDOW: Final = 26
"""Words that one caption may hold."""

_A_CAPTION: Final = 2.5
"""What each caption costs: a list of short clauses is easier to read in a few full ones."""

_INNER_PAUSE: Final = 800
_INNER_PAUSE_COST: Final = 3.0
_TOO_FAST: Final = 1.5
_MOST_PAUSE: Final = 2.0
_TOO_SHORT: Final = 4.0
_SHORT_TEXT: Final = 16
_SHORT_TEXT_COST: Final = 0.12
_SENTENCE_CUT: Final = 2.0
_SENTENCE_JOINED: Final = 1.2
_OWN_BREAK: Final = -1.2
"""What a person's line break counts for, when the line is short enough to be meant for a caption."""

_IMBALANCE: Final = 2.0
_TOO_LONG: Final = 6.0
_TOP_HEAVY: Final = 2.5
_WEAK_LINE: Final = 3.0
"""Added to the cost of a line that ends on a word that holds on to the next: timing must not outweigh it."""


@dataclass(frozen=True, slots=True)
class _Span:
    """A caption that ends with a word: its first word, its line break (0 = none), the cost so far."""

    start: int = 0
    at: int = 0
    cost: float = math.inf


def segment(
    words: Sequence[TimedWord],
    profile: str = ProfileName.TEACHING,
    *,
    language: str = "en",
    duration: int | None = None,
) -> tuple[Cue, ...]:
    """Cues of words in the order of time; `duration` is the film's in milliseconds.

    Another speaker and another paragraph begin another caption; speakers are written as voices. A caption
    stays until it can be read, as far as the next word and the film let it. Raises CaptionError for an
    unknown profile.
    """
    if profile not in PROFILES:
        raise refusal(ErrorCode.UNKNOWN_PROFILE, profile=str(profile))
    limits = PROFILES[profile]
    spoken = [word for word in words if word.text.strip()]
    cues: list[Cue] = []
    for first, last in _paragraphs(spoken):
        following = spoken[last].start if last < len(spoken) else duration
        cues += _Paragraph(spoken[first:last], limits, language, following).cues()
    return _shown_long_enough(cues, limits, duration)


def _paragraphs(words: Sequence[TimedWord]) -> list[tuple[int, int]]:
    """Stretches of one speaker and one paragraph."""
    edges = [
        place
        for place in range(1, len(words))
        if words[place].paragraph != words[place - 1].paragraph
        or words[place].speaker != words[place - 1].speaker
    ]
    return list(zip([0, *edges], [*edges, len(words)], strict=True)) if words else []


class _Paragraph:
    """The words of one speaker's paragraph, with all that the program asks of them again and again."""

    def __init__(
        self, words: Sequence[TimedWord], limits: Profile, language: str, following: int | None
    ) -> None:
        self.words, self.limits = words, limits
        weak, leading = phrases.weak_words(language), phrases.leaders(language)
        texts = [word.text for word in words]
        self._edges = [0, *accumulate(width(text) + 1 for text in texts)]
        self._letters = [0, *accumulate(len(text) + 1 for text in texts)]
        after = [*texts[1:], ""]
        own = _own_breaks(words, limits.line_length)
        self._line = [
            _weighed(phrases.line_cost(text, after[at], weak, leading), own[at])
            for at, text in enumerate(texts)
        ]
        ends = [phrases.end_cost(text, weak) for text in texts]
        self._end = [cost + _OWN_BREAK if own[at] and cost <= 0 else cost for at, cost in enumerate(ends)]
        self._sentences = [0, *accumulate(phrases.ends_sentence(text) for text in texts)]
        starts = [word.start for word in words[1:]]
        pauses = [start - word.end for word, start in zip(words, starts, strict=False)]
        self._pauses = [0, *accumulate(pause > _INNER_PAUSE for pause in pauses)]
        last = words[-1].end + round(1000 * _MOST_PAUSE)
        self._next = [*starts, last if following is None else max(following, words[-1].end)]

    def cues(self) -> list[Cue]:
        """The captions of least cost, each from its first word to the end of its last."""
        best = [_Span(cost=0.0)]
        for end in range(1, len(self.words) + 1):
            best.append(self._best_to(end, best))
        cues: list[Cue] = []
        end = len(self.words)
        while end:
            span = best[end]
            cues.append(self._cue(span, end))
            end = span.start
        return cues[::-1]

    def _best_to(self, end: int, best: Sequence[_Span]) -> _Span:
        found = _Span()
        for start in range(end - 1, max(end - WINDOW, 0) - 1, -1):
            layout = self._layout(start, end)
            if layout is None and start < end - 1:
                break
            # a single word wider than a line must stand all the same
            at, cost = layout or (0, 0.0)
            cost += best[start].cost + self._cost(start, end)
            if cost < found.cost:
                found = _Span(start, at, cost)
        return found

    def _layout(self, start: int, end: int) -> tuple[int, float] | None:
        """The best line break of a caption and its cost; None when two lines do not hold it."""
        edges, limit = self._edges, self.limits.line_length
        whole = edges[end] - edges[start] - 1
        if whole <= limit:
            return 0, 0.0
        if whole > 2 * limit + 1:
            return None
        best, cost_of_best = 0, math.inf
        for at in range(end - 1, start, -1):
            second = edges[end] - edges[at] - 1
            if second > limit:
                break
            first = whole - second - 1
            if first > limit:
                continue
            cost = self._line[at - 1] + _IMBALANCE * abs(first - second) / limit
            if first > 2 * second and self._line[at - 1] > phrases.LEADER_LINE:
                cost += _TOP_HEAVY
            if cost < cost_of_best:
                best, cost_of_best = at, cost
        return (best, cost_of_best) if best else None

    def _cost(self, start: int, end: int) -> float:
        """What a caption costs beside its line break."""
        following = self._next[end - 1]
        begin, last = self.words[start].start, self.words[end - 1].end
        letters = self._letters[end] - self._letters[start] - 1
        room = max(following - self.limits.gap, last) - begin
        pause = min(max(following - last, 0) / 1000, _MOST_PAUSE)
        cost = _A_CAPTION + self._end[end - 1] - pause
        cost += _INNER_PAUSE_COST * (self._pauses[end - 1] - self._pauses[start])
        if letters < _SHORT_TEXT:
            cost += _SHORT_TEXT_COST * (_SHORT_TEXT - letters)
        inside = self._sentences[end - 1] - self._sentences[start]
        if inside:
            cost += _SENTENCE_CUT if self._sentences[end] == self._sentences[end - 1] else 0.0
            cost += _SENTENCE_JOINED if self._is_inside_sentence(start) else 0.0
        return cost + self._cost_of_time(letters, end - start, room, last - begin)

    def _is_inside_sentence(self, place: int) -> bool:
        """Has the sentence of the word at a place begun before it?"""
        return place > 0 and self._sentences[place] == self._sentences[place - 1]

    def _cost_of_time(self, letters: int, count: int, room: int, said: int) -> float:
        """Too fast to read, too short to see, too long to stay; `room` and `said` in milliseconds."""
        limits, cost = self.limits, 0.0
        if limits.characters_a_second:
            cost += _TOO_FAST * max(letters * 1000 / max(room, 1) - limits.characters_a_second, 0)
        else:
            faster = count * 60_000 / max(room, 1) - limits.words_a_minute
            cost += _TOO_FAST * max(faster, 0) / 10
        least = max(limits.shortest, limits.shortest_a_word * count)
        if room < least:
            cost += _TOO_SHORT * (1 + (least - room) / least)
        if limits.longest and said > limits.longest:
            cost += _TOO_LONG * (1 + (said - limits.longest) / 1000)
        return cost

    def _cue(self, span: _Span, end: int) -> Cue:
        words = self.words[span.start : end]
        lines = [words[: span.at - span.start], words[span.at - span.start :]] if span.at else [words]
        text = "\n".join(" ".join(cuetext.escape(word.text.strip()) for word in line) for line in lines)
        name = " ".join(words[0].speaker.split())
        if name:
            text = f"<v {cuetext.escape(name)}>{text}"
        return Cue(words[0].start, max(words[-1].end, words[0].start + 1), text)


def _weighed(cost: float, is_own: bool) -> float:
    """The cost of a line's end: more on a word that holds on to the next, less where the person broke it."""
    if cost > 0:
        return cost + _WEAK_LINE
    return cost + (_OWN_BREAK if is_own else 0.0)


def _own_breaks(words: Sequence[TimedWord], limit: int) -> list[bool]:
    """After which words a person broke the line; longer lines were wrapped by a page, not meant so."""
    widths: Counter[int] = Counter()
    for word in words:
        widths[word.line] += width(word.text) + 1
    following = [word.line for word in words[1:]]
    broken = [
        word.line != line and widths[word.line] <= limit + 1
        for word, line in zip(words, following, strict=False)
    ]
    return [*broken, False]


def _shown_long_enough(cues: Sequence[Cue], limits: Profile, duration: int | None) -> tuple[Cue, ...]:
    """Ends drawn out until each caption can be read, where the gap lets them; then short gaps closed."""
    done = []
    for place, cue in enumerate(cues):
        following = cues[place + 1].start if place + 1 < len(cues) else None
        end = max(cue.end, cue.start + _least(cue, limits))
        if following is not None:
            end = min(end, max(following - limits.gap, min(cue.end, following)))
            if limits.gap_from < following - end < limits.gap_to:
                end = following - limits.gap
        if duration is not None and cue.start < duration:
            end = min(end, duration)
        done.append(replace(cue, end=max(end, cue.start + 1)))
    return tuple(done)


def _least(cue: Cue, limits: Profile) -> int:
    """Milliseconds that a caption needs to be read."""
    plain = cuetext.plain_text(cue.text)
    count = len(plain.split())
    least = max(limits.shortest, limits.shortest_a_word * count)
    if limits.characters_a_second:
        return max(least, math.ceil(len(plain) * 1000 / limits.characters_a_second))
    return max(least, math.ceil(count * 60_000 / limits.words_a_minute))
