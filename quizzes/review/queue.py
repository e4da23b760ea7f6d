"""The queue: which questions come today, in which order, and how many on the days to come."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from quizzes.review.card import Card
from quizzes.review.exam import Exam, due_day, waits_for_refresh

PER_DAY = 20
NEW_PER_DAY = 10
_FAR = timedelta(days=3650)


@dataclass(frozen=True, slots=True)
class Entry:
    """A card in the queue.

    `key` names its question. `outcome` is what it tests (siblings share it), `lesson` where it belongs.
    `is_misled`: answered wrongly and with certainty the last time. `is_new`: never yet asked in a review.
    """

    key: int
    outcome: str
    lesson: str
    card: Card
    is_misled: bool = False
    is_critical: bool = False
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Limits:
    """How many questions a day, and how many of them may be new."""

    per_day: int = PER_DAY
    new_per_day: int = NEW_PER_DAY

    def __post_init__(self) -> None:
        if self.per_day < 1 or self.new_per_day < 1:
            raise ValueError("a day holds at least one question, and one new one")


@dataclass(frozen=True, slots=True)
class SoFar:
    """What was done today: questions asked in reviews, the new ones among them, every outcome answered."""

    asked: int = 0
    new: int = 0
    outcomes: frozenset[str] = frozenset()


NOTHING, USUAL = SoFar(), Limits()


def due_list(
    entries: Iterable[Entry],
    *,
    today: date,
    so_far: SoFar = NOTHING,
    limits: Limits = USUAL,
    exam: Exam | None = None,
) -> tuple[Entry, ...]:
    """What to ask now, in order.

    At most `limits.per_day` a day and `limits.new_per_day` new ones, so that a long quiz does not crowd out
    what is older. Of siblings (the same outcome) one a day: the second would be answered from the memory of
    the first. Chosen before others is what was wrong with certainty, then what is critical, then what is due
    longest. Asked first is what was wrong with certainty; the rest is interleaved by lesson (Kornell and
    Bjork 2008, 10.1111/j.1467-9280.2008.02127.x). In the last days before an exam all must come: siblings and
    new ones are held back no more, and those not seen in these days are chosen before all others.
    """
    is_near = exam is not None and exam.is_near(today)
    due = [entry for entry in entries if due_day(entry.card, exam, today=today) <= today]
    due.sort(key=lambda entry: _rank(entry, exam, today))
    room = max(0, limits.per_day - so_far.asked)
    chosen = due[:room] if is_near else _held_back(due, room, so_far, limits.new_per_day)
    apart: Callable[[Entry], str] = _outcome if is_near else _lesson
    first = [entry for entry in chosen if entry.is_misled]
    rest = [entry for entry in chosen if not entry.is_misled]
    return (*interleaved(first, apart), *interleaved(rest, apart))


def interleaved(entries: Sequence[Entry], group: Callable[[Entry], str]) -> tuple[Entry, ...]:
    """The entries with no two neighbours of one group where that can be, else as near to their order.

    Each place takes the first entry of another group than the one before, unless one group is so large that
    it must come now.
    """
    left, order = list(entries), []
    counts = Counter(group(entry) for entry in left)
    last: str | None = None
    while left:
        largest, count = max(counts.items(), key=lambda pair: pair[1])
        must = 2 * count > len(left) and largest != last
        place = next(
            (at for at, entry in enumerate(left) if _fits(group(entry), last, largest if must else None)), 0
        )
        entry = left.pop(place)
        last = group(entry)
        counts[last] -= 1
        order.append(entry)
    return tuple(order)


def forecast(
    entries: Iterable[Entry],
    *,
    today: date,
    days: int,
    so_far: SoFar = NOTHING,
    limits: Limits = USUAL,
    exam: Exam | None = None,
) -> tuple[tuple[date, int], ...]:
    """How many questions each of the coming days holds, today first, if each day's are answered on that day.

    What comes back because of those answers is not counted, since nobody knows it yet; what an exam brings
    back is.
    """
    waiting = {entry.key: entry for entry in entries}
    counts = []
    for offset in range(days):
        day = today + timedelta(days=offset)
        done = so_far if offset == 0 else SoFar()
        asked = due_list(waiting.values(), today=day, so_far=done, limits=limits, exam=exam)
        for entry in asked:
            waiting[entry.key] = _answered(entry, day)
        counts.append((day, len(asked)))
    return tuple(counts)


def _held_back(due: Sequence[Entry], room: int, so_far: SoFar, new_per_day: int) -> list[Entry]:
    chosen: list[Entry] = []
    seen, new_left = set(so_far.outcomes), max(0, new_per_day - so_far.new)
    for entry in due:
        if len(chosen) == room:
            break
        if entry.outcome in seen or (entry.is_new and not new_left):
            continue
        new_left -= entry.is_new
        seen.add(entry.outcome)
        chosen.append(entry)
    return chosen


def _rank(entry: Entry, exam: Exam | None, today: date) -> tuple[bool, bool, bool, datetime, int]:
    return (
        not waits_for_refresh(entry.card, exam, today=today),
        not entry.is_misled,
        not entry.is_critical,
        entry.card.due,
        entry.key,
    )


def _fits(group: str, last: str | None, only: str | None) -> bool:
    return group == only if only is not None else group != last


def _answered(entry: Entry, day: date) -> Entry:
    noon = datetime.combine(day, time(12), UTC)
    card = replace(entry.card, reviewed=noon, due=noon + _FAR)
    return replace(entry, card=card, is_misled=False, is_new=False)


def _outcome(entry: Entry) -> str:
    return entry.outcome


def _lesson(entry: Entry) -> str:
    return entry.lesson
