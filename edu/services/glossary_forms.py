"""Forms of words of the glossary: what was typed, tidied, or refused by field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, TypeVar

from captions.terms import Term as Heard
from edu.courseware.course import Grade
from edu.courseware.glossary import Meant, Name, address
from edu.courseware.marks import find_marks
from edu.errors import Invalid, InvalidFields
from edu.models import Term
from edu.services import terms, typed
from edu.services.pages.forms import MOST_NOTE, lines

MOST_TEXT, MOST_MEANING, MOST_BODY, MOST_NAMES, MOST_LINES = 120, 1000, 50_000, 200, 100
_KEY = re.compile(r"@?([A-Za-z0-9_.:-]+)", re.ASCII)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class NameForm:
    """Another name as a form says it, all of it unchecked; `references` are keys with commas between them."""

    text: str = ""
    language: str = ""
    who: str = ""
    year: str = ""
    references: str = ""
    grade: str = ""
    means: str = Meant.SAME.value
    note: str = ""


@dataclass(frozen=True, slots=True)
class WordForm:
    """What a form says, all of it unchecked. `forms`, `misheard` and `see` have one on a line."""

    text: str = ""
    meaning: str = ""
    body: str = ""
    forms: str = ""
    misheard: str = ""
    see: str = ""
    names: tuple[NameForm, ...] = ()
    note: str = ""
    revision: str = ""
    has_page: bool = True


@dataclass(frozen=True, slots=True)
class Typed:
    """The same, tidied; `see` are addresses, `places` the numbers that the names have in the form."""

    text: str
    meaning: str
    body: str
    forms: tuple[str, ...]
    misheard: tuple[str, ...]
    see: tuple[str, ...]
    names: tuple[Name, ...]
    places: tuple[int, ...]
    note: str
    has_page: bool


class Choice(StrEnum):
    """The grade that a name may have; none where it has no source yet."""

    NONE = ""
    TRIALS = Grade.TRIALS.value
    STUDIES = Grade.STUDIES.value
    SERIES = Grade.SERIES.value
    EXPERIENCE = Grade.EXPERIENCE.value
    AGAINST = Grade.AGAINST.value
    GUIDELINE = Grade.GUIDELINE.value
    PRACTICE = Grade.PRACTICE.value


def of_row(row: Term, called: Callable[[str], str]) -> WordForm:
    """The form as the word stands; `called` gives the word of an address."""
    entry = terms.entry_of(row)
    return WordForm(
        text=row.text,
        meaning=row.meaning,
        body=entry.body.rstrip("\n"),
        forms="\n".join(entry.forms),
        misheard="\n".join(entry.term.misheard),
        see="\n".join(map(called, entry.see)),
        names=tuple(map(_of_name, entry.names)),
        revision=str(row.revision),
        has_page=entry.has_page,
    )


def plain(name: Name) -> dict[str, Any]:
    """A name as the details of a word keep it."""
    said = {**asdict(name), "references": list(name.references), "means": name.means.value}
    return {key: value for key, value in said.items() if value}


def read(form: WordForm, words: Mapping[str, str]) -> Typed:
    """What the form says. `words` are the others by their addresses. InvalidFields names what is wrong."""
    faults: list[Invalid] = []

    def checked(reading: Callable[[], T], instead: T) -> T:
        try:
            return reading()
        except InvalidFields as error:
            faults.extend(error.faults)
        except Invalid as error:
            faults.append(error)
        return instead

    none: tuple[tuple[int, Name], ...] = ()
    names = checked(lambda: _names(form.names), none)
    made = Typed(
        text=checked(lambda: typed.line(form.text, "text", most=MOST_TEXT), ""),
        meaning=checked(lambda: _meaning(form.meaning), ""),
        body=checked(lambda: typed.text(form.body, "body", most=MOST_BODY, optional=True), ""),
        forms=checked(lambda: _several(form.forms, "forms"), ()),
        misheard=checked(lambda: _several(form.misheard.replace(",", "\n"), "misheard"), ()),
        see=checked(lambda: _see(form.see, words), ()),
        names=tuple(name for _, name in names),
        places=tuple(place for place, _ in names),
        note=checked(lambda: typed.line(form.note, "note", most=MOST_NOTE, optional=True), ""),
        has_page=form.has_page,
    )
    if not faults:
        checked(lambda: _require_line(made), None)
    if faults:
        raise InvalidFields(faults)
    return made


def _meaning(value: str) -> str:
    """The meaning in plain words: it stands in lists, where a tag would be shown as it is typed."""
    said = typed.line(value, "meaning", most=MOST_MEANING, optional=True)
    if any(mark.kind != "lesson" for mark in find_marks(said)):
        raise Invalid(
            "The meaning has no tags in it, such as [?] or [@key]: write what is open into the text below.",
            code="marks", field="meaning",
        )  # fmt: skip
    return said


def _require_line(said: Typed) -> None:
    """Words are also edited as lines, one for each, where : | and commas part what they say."""
    heard = Heard(said.text, said.misheard, said.meaning)
    try:
        is_kept = terms.typed(terms.lines((heard,))) == (heard,)
    except Invalid:
        is_kept = False
    if not is_kept:
        raise Invalid(
            "A word has neither : nor | in it, and its meaning no |.", code="bad_term", field="text"
        )
    if not address(said.text):
        raise Invalid("A word holds a letter or a digit.", code="no_address", field="text")


def _names(found: tuple[NameForm, ...]) -> tuple[tuple[int, Name], ...]:
    """The names that are filled in, each with its number in the form."""
    if len(found) > MOST_NAMES:
        raise Invalid("At most %(most)s names are kept.", code="too_many", field="names", most=MOST_NAMES)
    faults: list[Invalid] = []
    names: list[tuple[int, Name]] = []
    for place, form in enumerate(found):
        if not form.text.strip():
            continue
        try:
            names.append((place, _name(form, f"name-{place}")))
        except Invalid as error:
            faults.append(error)
    ways = [address(name.text) for _, name in names]
    for number, (place, name) in enumerate(names):
        if ways[number] in ways[:number]:
            faults.append(
                Invalid("“%(name)s” stands here twice.", code="twice", field=f"name-{place}", name=name.text)
            )
    if faults:
        raise InvalidFields(faults)
    return tuple(names)


def _name(form: NameForm, field: str) -> Name:
    text = typed.line(form.text, field, most=MOST_TEXT)
    if not address(text):
        raise Invalid("A name holds a letter or a digit.", code="no_address", field=field)
    return Name(
        text=text,
        language=typed.language(form.language or "en", field),
        who=typed.line(form.who, field, most=200, optional=True),
        year=_year(form.year, field),
        references=_keys(form.references, field),
        grade=typed.word(form.grade, Choice, field).value,
        means=typed.word(form.means, Meant, field),
        note=typed.line(form.note, field, most=300, optional=True),
    )


def _of_name(name: Name) -> NameForm:
    return NameForm(
        text=name.text,
        language=name.language,
        who=name.who,
        year=str(name.year or ""),
        references=", ".join(name.references),
        grade=name.grade,
        means=name.means.value,
        note=name.note,
    )


def _year(value: str, field: str) -> int:
    if not value.strip():
        return 0
    if not re.fullmatch(r"[12][0-9]{3}", value.strip(), re.ASCII):
        raise Invalid("Write the year with four digits, or leave it empty.", code="year", field=field)
    return int(value)


def _keys(value: str, field: str) -> tuple[str, ...]:
    keys = [part.strip() for part in re.split(r"[,;\s]+", value) if part.strip()]
    found = [_KEY.fullmatch(key) for key in keys]
    if not all(found):
        raise Invalid("Write keys of the library, such as ries1937.", code="not_key", field=field)
    return tuple(dict.fromkeys(match[1] for match in found if match))


def _several(value: str, field: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(lines(typed.text(value, field, most=MOST_LINES * MOST_TEXT, optional=True))))
    if len(found) > MOST_LINES or any(len(line) > MOST_TEXT for line in found):
        raise Invalid(
            "At most %(lines)s lines of %(most)s characters each are kept.",
            code="too_many", field=field, lines=MOST_LINES, most=MOST_TEXT,
        )  # fmt: skip
    return found


def _see(value: str, words: Mapping[str, str]) -> tuple[str, ...]:
    """The addresses of the words that stand there, by the word or by its address."""
    known = {text.casefold(): slug for slug, text in words.items()} | {slug: slug for slug in words}
    wanted = _several(value.replace(",", "\n"), "see")
    strange = [text for text in wanted if text.casefold() not in known]
    if strange:
        raise Invalid(
            "The glossary has no page for %(names)s.", code="unknown_word", field="see",
            names=", ".join(strange[:10]),
        )  # fmt: skip
    return tuple(dict.fromkeys(known[text.casefold()] for text in wanted))
