"""The answer to a question: what is found of everything, by shelves or on one of them, or in one video."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import islice
from typing import Final

from sqlalchemy.orm import Session

from edu.models import Shelf, Video
from edu.policy import Action, Viewer, require
from edu.services import videos
from edu.services.delivery import Addresses
from edu.services.searching import asking, counting, meeting, names, said, showing
from edu.services.searching.asking import Question
from edu.services.searching.found import Found
from edu.services.searching.meeting import Wanted

ON_A_PAGE: Final = 10
ON_A_SHELF: Final = 3  # where all shelves are shown


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for besides the words: a shelf, one video by its address name, a page of the answer.

    `language` is that of the reader.
    """

    shelf: Shelf | None = None
    slug: str = ""
    number: int = 1
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Group:
    """A shelf with the number of things found on it, and those of them that are shown."""

    shelf: Shelf
    count: int
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class SearchPage:
    """An answer. `text` is what was typed; `video` the title of the one video that was searched.

    `groups` are the shelves with something on them; where one is `wanted`, that one alone shows what it has.
    `places` are those in videos; `is_bounded` says that there are more than were looked at. `also` are other
    names that were looked for as well, `suggested` questions that find something where this one does not.
    """

    text: str
    is_question: bool
    groups: tuple[Group, ...] = ()
    wanted: Shelf | None = None
    places: int = 0
    is_bounded: bool = False
    number: int = 1
    last: int = 1
    slug: str = ""
    video: str = ""
    also: tuple[str, ...] = ()
    suggested: tuple[str, ...] = ()

    @property
    def things(self) -> int:
        """How many things there are on all shelves."""
        return sum(group.count for group in self.groups)

    @property
    def found(self) -> tuple[Found, ...]:
        """All that is shown, shelf by shelf."""
        return tuple(found for group in self.groups for found in group.found)


@dataclass(frozen=True, slots=True)
class _Search:
    """One search as it goes."""

    session: Session
    viewer: Viewer
    addresses: Addresses
    asked: Asked
    question: Question
    term_id: int = meeting.NO_TERM
    one: Video | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    """How much is found on each shelf, and which things are shown."""

    counts: dict[Shelf, int] = field(default_factory=dict)
    things: tuple[int, ...] = ()
    spoken: counting.Met = counting.NOWHERE


def find(
    session: Session, viewer: Viewer, text: str, addresses: Addresses, asked: Asked | None = None
) -> SearchPage:
    """What meets the text, everywhere or in one video; the parts of the answer are as `asked` has them.

    Nothing that the viewer may not read is found, counted, told of or suggested. Raises NotFound or
    GateClosed for one video that the viewer may not read.
    """
    asked = asked or Asked()
    question, typed = asking.read(text), text[: asking.MOST_LETTERS]
    one = _one(session, viewer, asked.slug) if asked.slug else None
    wanted = Shelf.SAID if one else asked.shelf
    asked = replace(asked, shelf=wanted, number=max(asked.number, 1))
    slug, title = (one.slug, one.title) if one else ("", "")
    if not question:
        return SearchPage(typed, is_question=False, wanted=wanted, slug=slug, video=title)
    named = names.expand(session, question)
    search = _Search(session, viewer, addresses, asked, named.question, named.term_id, one)
    search, answer = _in_range(search)
    return SearchPage(
        text=typed,
        is_question=True,
        groups=_groups(search, answer),
        wanted=wanted,
        places=answer.spoken.places,
        is_bounded=answer.spoken.places >= counting.MOST_PLACES,
        number=search.asked.number,
        last=_last(answer, wanted),
        slug=slug,
        video=title,
        also=named.also,
        suggested=() if answer.counts or one else _suggested(search, question),
    )


def _one(session: Session, viewer: Viewer, slug: str) -> Video:
    """The video to search in."""
    video = videos.named(session, slug)
    require(viewer, Action.READ, video)
    return video


def _in_range(search: _Search) -> tuple[_Search, _Answer]:
    """The answer; a page past the last is the last."""
    most = replace(search.asked, number=min(search.asked.number, meeting.MOST_THINGS))
    search = replace(search, asked=most)
    answer = _answer(search)
    last = _last(answer, search.asked.shelf)
    if search.asked.number <= last:
        return search, answer
    search = replace(search, asked=replace(search.asked, number=last))
    return search, _answer(search)


def _last(answer: _Answer, shelf: Shelf | None) -> int:
    """The number of the last page."""
    if shelf is None:
        return 1
    shown = len(answer.spoken.counts) if shelf is Shelf.SAID else answer.counts.get(shelf, 0)
    return max(1, -(-shown // ON_A_PAGE))


def _answer(search: _Search) -> _Answer:
    session, asked, one = search.session, search.asked, search.one
    spoken = counting.met(session, search.viewer, search.question, one.id if one else None)
    counts = {Shelf.SAID: spoken.videos} if spoken.videos else {}
    if one:
        return _Answer(counts, spoken=spoken)
    wanted = Wanted(
        now=search.addresses.now,
        language=asked.language.split("-")[0],
        shelf=asked.shelf,
        first=(asked.number - 1) * ON_A_PAGE + 1 if asked.shelf else 1,
        last=asked.number * ON_A_PAGE if asked.shelf else ON_A_SHELF,
        term_id=search.term_id,
    )
    met = meeting.met(session, search.viewer, search.question, wanted)
    return _Answer(counts | met.counts, met.things, spoken)


def _groups(search: _Search, answer: _Answer) -> tuple[Group, ...]:
    found = (*showing.shown(search.session, search.question, answer.things), *_spoken(search, answer))
    return tuple(
        Group(shelf, answer.counts[shelf], tuple(each for each in found if each.shelf is shelf))
        for shelf in Shelf
        if shelf in answer.counts
    )


def _spoken(search: _Search, answer: _Answer) -> tuple[Found, ...]:
    """The videos that are shown."""
    shelf, met = search.asked.shelf, answer.spoken.counts
    if shelf not in (None, Shelf.SAID):
        return ()
    first = (search.asked.number - 1) * ON_A_PAGE if shelf else 0
    counts = dict(islice(met.items(), first, first + (ON_A_PAGE if shelf else ON_A_SHELF)))
    return said.shown(search.session, search.viewer, search.question, counts, search.addresses, search.one)


def _suggested(search: _Search, question: Question) -> tuple[str, ...]:
    """Questions that are spelt nearly so, and find something."""
    everything = replace(search, asked=Asked(language=search.asked.language))
    known = meeting.known(search.session, search.viewer, search.addresses.now, search.asked.language)
    near = names.nearest(search.session, question, known)
    return tuple(text for text in near if _answer(replace(everything, question=asking.read(text))).counts)
