"""The glossary: its list, the page of a word, and the way from any of its names to that page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import Select, String, bindparam, select
from sqlalchemy.orm import Session, contains_eager

from edu.courseware.explaining import Explained, Lexicon
from edu.courseware.glossary import Entry, Meant, Name, address, name_addresses
from edu.courseware.library.cite import short_name
from edu.errors import NotFound
from edu.models import Course, Lesson, Module, PageState, Reference, Term
from edu.policy import Action, Viewer, can
from edu.services import course_files, lexicons, terms
from edu.services.contents import LessonLink, facts, lesson_link
from edu.services.coursing import paths
from edu.services.glossary_words import OF, STALE
from edu.services.messages import corrected
from edu.services.players import TranscriptView

MOST_LESSONS = 8
MOST_KEPT = 64  # transcripts whose words are kept as found
# What stands in a lesson's Markdown and is not read: addresses of links, keys of sources and of steps.
_UNREAD = re.compile(r"\]\([^)]*\)|\[(?:by )?@[^\]]*\]|\[\[[^\]:]*")
MOST_ASKED = 200  # letters of a name that is asked for


@dataclass(frozen=True, slots=True)
class Word:
    """An entry of the glossary as it is shown, in `language`, with the course that it belongs to.

    `home` is the language of the course, and `others` what the entry is in the languages in which it is not
    shown, each with its tag.
    """

    entry: Entry
    course_id: int
    language: str
    home: str = ""
    others: tuple[tuple[str, Entry], ...] = ()

    @property
    def text(self) -> str:
        """The word itself."""
        return self.entry.term.text

    @property
    def meaning(self) -> str:
        """What it means, in a sentence."""
        return self.entry.term.meaning

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"/glossary/{self.entry.slug}"

    @property
    def original(self) -> Entry | None:
        """The entry in the course's own language, where it is shown in another."""
        return next((entry for tag, entry in self.others if tag == self.home), None)

    @property
    def spellings(self) -> tuple[str, ...]:
        """The word and its forms, in the language that is shown and then in the others."""
        entries = (self.entry, *(entry for _, entry in self.others))
        return tuple(dict.fromkeys(form for entry in entries for form in (entry.term.text, *entry.forms)))

    @property
    def addresses(self) -> tuple[str, ...]:
        """The addresses that lead to it, of all its names in all languages."""
        return tuple(dict.fromkeys((*self.entry.addresses, *map(address, self.spellings))))

    def called(self, way: str) -> str:
        """The name to which that address belongs; "" where it is only another spelling of the word itself."""
        if way in (self.entry.slug, *map(address, self.spellings)):
            return ""
        return next((name.text for name in self.entry.names if way in name_addresses(name)), "")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: a word with its meaning, or another name with the word that it leads to."""

    text: str
    language: str
    url: str
    meaning: str
    leads_to: str
    means: Meant = Meant.SAME

    @property
    def letter(self) -> str:
        """The letter that it stands under."""
        return address(self.text)[:1].upper()


@dataclass(frozen=True, slots=True)
class Source:
    """Where a name is written: who and when in a few words, and its page in the library."""

    name: str
    url: str
    is_verified: bool


@dataclass(frozen=True, slots=True)
class NameRow:
    """Another name with what is known of it; `anchor` is its place on the page."""

    name: Name
    anchor: str
    sources: tuple[Source, ...]
    language: str  # of what is said of it in words


@dataclass(frozen=True, slots=True)
class WordPage:
    """A word as its page shows it; `body` is Markdown, `lessons` are those that use it most.

    `corrections` are the numbers of the corrections by which the page was changed.
    """

    word: Word
    names: tuple[NameRow, ...]
    see: tuple[Word, ...]
    lessons: tuple[LessonLink, ...]
    lesson_count: int
    patient_url: str = ""  # of the path for patients, where the course has one
    corrections: tuple[int, ...] = ()

    @property
    def is_of_a_lump(self) -> bool:
        """Whether people come here with a lump: it has other names, or leads to the word that has."""
        return bool(self.names) or any(other.entry.names for other in self.see)


@dataclass(frozen=True, slots=True)
class Hit:
    """A word that was found; `name` is the other name by which it was, if it was."""

    word: Word
    name: str


def everything(session: Session, language: str = "") -> tuple[Word, ...]:
    """All words with a page, of the courses that readers find, those of the first course first.

    They are in the reader's `language` where they were put into it and that fits what they say now.
    """
    seen: dict[str, Word] = {}
    others: dict[tuple[int, str], list[tuple[str, Entry]]] = {}
    for row, home in session.execute(_asked()):
        if row.language == home:
            seen.setdefault(row.slug, Word(terms.entry_of(row), row.course_id, home, home))
        elif OF in row.details and not row.details.get(STALE):
            key = (row.course_id, row.slug)
            others.setdefault(key, []).append((row.language, terms.entry_of(row)))
    return tuple(
        _spoken_in(word, tuple(others.get((word.course_id, slug), ())), language)
        for slug, word in seen.items()
    )


def _spoken_in(word: Word, others: tuple[tuple[str, Entry], ...], language: str) -> Word:
    """The word in that language if one of the others is in it; names and ways on stay the original's."""
    main = language.split("-")[0]
    fitting = [pair for pair in others if pair[0].split("-")[0] == main]
    if not fitting or main == word.home.split("-")[0]:
        return replace(word, others=others)
    tag, said = next((pair for pair in fitting if pair[0] == language), fitting[0])
    shown = replace(said, see=word.entry.see)
    rest = ((word.home, word.entry), *(pair for pair in others if pair[0] != tag))
    return replace(word, entry=shown, language=tag, others=rest)


def rows(words: Iterable[Word]) -> tuple[Row, ...]:
    """The list from A to Z: each word, and each other name with the word that it leads to."""
    found = []
    for word in words:
        found.append(Row(word.text, word.language, word.url, word.meaning, ""))
        own = {word.entry.slug, *map(address, word.spellings)}
        for name in word.entry.names:
            way = address(name.text)
            if way in own:
                continue
            url = f"{word.url}?asked={way}"
            found.append(Row(name.text, name.language, url, "", word.text, name.means))
    return tuple(sorted(found, key=lambda row: (address(row.text), row.leads_to)))


def page(session: Session, viewer: Viewer, slug: str, *, read: Sequence[Word] | None = None) -> WordPage:
    """The page of a word; NotFound when that is the address of none.

    `read`, here and below, is what `everything` gave before in this request, so that it is not read twice.
    """
    words = {word.entry.slug: word for word in _everything(session, read)}
    if slug not in words:
        raise NotFound("there is no such page")
    word = words[slug]
    used = _lessons(session, viewer, word)
    course, numbers = session.execute(_course_asked(), {"course": word.course_id, "path": word.url}).one()
    return WordPage(
        word=word,
        names=_names(session, word),
        see=tuple(words[other] for other in word.entry.see if other in words),
        lessons=tuple(link for _, link in _most(used)),
        lesson_count=len(used),
        patient_url=next((link.url for link in paths.links(course) if link.slug == paths.PATIENT), ""),
        corrections=corrected.numbers(numbers),
    )


def way_to(session: Session, asked: str, *, read: Sequence[Word] | None = None) -> tuple[Word, str]:
    """The word that a name leads to, however it is spelt, and the address of that name; NotFound for others.

    Accents, capitals, spaces and hyphens make no difference, nor does a plural s.
    """
    way, words = address(asked[:MOST_ASKED]), _everything(session, read)
    for key in (str, _tight, _singular):
        for word in words:
            for known in word.addresses:
                if way and key(known) == key(way):
                    return word, known
    raise NotFound("there is no such page")


def most_named(session: Session) -> Word | None:
    """The word with the most names, of which a page of names is made; None where no word has any."""
    named = [word for word in everything(session) if word.entry.names]
    return max(named, key=lambda word: len(word.entry.names), default=None)


def find(session: Session, words: str, *, read: Sequence[Word] | None = None) -> tuple[Hit, ...]:
    """The words of the glossary that somebody looks for, by any of their names or by what they mean.

    All that is typed must be met, without regard to accents and capitals, the last word perhaps only in its
    beginning. Whole names come first, then parts of names, then meanings.
    """
    wanted = address(words[:MOST_ASKED])
    found = ((_hit(word, wanted), word) for word in _everything(session, read) if wanted)
    ranked = sorted(((*hit, word) for hit, word in found if hit), key=lambda hit: hit[0])
    return tuple(Hit(word, name) for _, name, word in ranked)


def spoken(shown: TranscriptView | None, lexicon: Lexicon | None, language: str) -> tuple[Explained, ...]:
    """The words of a glossary in that language that a transcript holds, as they come in it."""
    if shown is None or lexicon is None or shown.language != language:
        return ()
    key = (id(shown.paragraphs), id(lexicon))
    if kept := _spoken.get(key):
        return kept[0]
    said = lexicon.first(line.text for paragraph in shown.paragraphs for line in paragraph.lines)
    if len(_spoken) >= MOST_KEPT:
        _spoken.clear()
    _spoken[key] = (said, shown.paragraphs, lexicon)
    return said


# Paragraphs and lexicon are held here with what was found, so that no others can come to have their ids.
_spoken: dict[tuple[int, int], tuple[tuple[Explained, ...], object, object]] = {}


def _everything(session: Session, read: Sequence[Word] | None) -> Sequence[Word]:
    return everything(session) if read is None else read


def _hit(word: Word, wanted: str) -> tuple[int, str] | None:
    """How far a word is from what is wanted, 0 for its whole name, and the other name that was met."""
    here = (word.text, *word.entry.forms)
    own = [(text, "" if text in here else text) for text in word.spellings]
    own += [(name.text, name.text) for name in word.entry.names]
    whole = next((name for text, name in own if _tight(address(text)) == _tight(wanted)), None)
    if whole is not None:
        return 0, whole
    part = next((name for text, name in own if _holds(address(text), wanted)), None)
    if part is not None:
        return 1, part
    return (2, "") if _holds(address(word.meaning), wanted) else None


def _holds(text: str, wanted: str) -> bool:
    *whole, begun = wanted.split("-")
    parts = text.split("-")
    return set(whole) <= set(parts) and any(part.startswith(begun) for part in parts)


def _tight(way: str) -> str:
    return way.replace("-", "")


def _singular(way: str) -> str:
    return _tight(way).removesuffix("s")


def _names(session: Session, word: Word) -> tuple[NameRow, ...]:
    keys = {key for name in word.entry.names for key in name.references}
    asked = select(Reference).where(Reference.course_id == word.course_id, Reference.key.in_(keys))
    records = [course_files.reference(row) for row in session.scalars(asked)] if keys else []
    sources = {
        record.key: Source(short_name(record), f"/library/{record.key}", record.is_verified)
        for record in records
    }
    own = {name.text: name for name in word.original.names} if word.original else {}
    return tuple(
        NameRow(
            name,
            f"name-{number}",
            tuple(sources[key] for key in name.references if key in sources),
            word.home if own.get(name.text) == name else word.language,
        )
        for number, name in enumerate(word.entry.names, 1)
    )


def _lessons(session: Session, viewer: Viewer, word: Word) -> list[tuple[int, LessonLink]]:
    """The lessons in which the word stands, of those that the viewer may read, each with how often."""
    home = {"course": word.course_id, "language": word.home}
    lexicon = lexicons.lexicon(tuple(tuple(row) for row in session.execute(_words_asked(), home)), word.home)
    read = session.scalars(_lessons_asked(), home)
    met = [
        (_counted(row.body, lexicon).get(word.entry.slug, 0), row)
        for row in read
        if can(viewer, Action.READ, facts(row))
    ]
    return [(count, lesson_link(row.module.course.slug, row, viewer)) for count, row in met if count]


def _most(used: list[tuple[int, LessonLink]]) -> list[tuple[int, LessonLink]]:
    """Those that use the word most, in teaching order."""
    best = sorted(range(len(used)), key=lambda at: -used[at][0])[:MOST_LESSONS]
    return [used[at] for at in sorted(best)]


@lru_cache(maxsize=500)
def _counted(body: str, lexicon: Lexicon) -> Counter[str]:
    return Counter(found.term.slug for found in lexicon.find(_UNREAD.sub(" ", body)))


@cache
def _asked() -> Select[Term, str]:
    return (
        select(Term, Course.language)
        .join(Course, Course.id == Term.course_id)
        .where(Term.slug != "", Course.state != PageState.DRAFT)
        .order_by(Course.position, Course.id, Term.id)
    )


@cache
def _words_asked() -> Select[*tuple[Any, ...]]:
    return (
        select(*lexicons.COLUMNS)
        .where(Term.course_id == bindparam("course"), Term.language == bindparam("language"), Term.slug != "")
        .order_by(Term.slug)
    )


@cache
def _course_asked() -> Select[Course, str | None]:
    """The course of a word, with the corrections of the word's page."""
    numbers = corrected.written(bindparam("path", type_=String))
    return select(Course, numbers).where(Course.id == bindparam("course"))


@cache
def _lessons_asked() -> Select[Lesson]:
    return (
        select(Lesson)
        .join(Lesson.module)
        .join(Module.course)
        .where(Lesson.course_id == bindparam("course"), Lesson.language == bindparam("language"))
        .order_by(Module.position, Lesson.position)
        .options(contains_eager(Lesson.module).contains_eager(Module.course))
    )
