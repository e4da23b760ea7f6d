"""Brings the catalogues up to date with what templates and code say: `make words`.

New sentences get an empty place, those that are gone are left out, and what translators wrote stays. Files
are written the same way each time, in the order of the English sentences and without line numbers or dates:
a comparison shows words only.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from edu.translations.catalogues import ENGLISH, FOLDER, languages, source
from edu.translations.extracting import extracted
from edu.translations.message import Message

Words = Mapping[str, str | tuple[str, ...]]
# CLDR has a third form in these, for round millions, which no page counts to; and Babel took it up in 2.19.
TWO_FORMS = {"es": "nplurals=2; plural=(n != 1);", "fr": "nplurals=2; plural=(n > 1);"}
HEADER = """\
# The words of edu's interface in another language, for each sentence of templates and code.
# `make words` adds and removes sentences. Write the words behind msgstr, and keep what is filled in:
# %(name)s, {{name}}, <b>. The site offers each language whose file lies here; a test holds them complete.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def words_of(language: str, folder: Path = FOLDER) -> dict[str, str | tuple[str, ...]]:
    """What translators wrote, by the English sentence; nothing for a language without a file."""
    place = source(language, folder)
    if not place.exists():
        return {}
    found = read_po(BytesIO(place.read_bytes()), locale=_locale(language))
    said = {_one(message.id): message.string or "" for message in found if message.id}
    return {one: words if isinstance(words, str) else tuple(words) for one, words in said.items()}


def written(language: str, messages: Mapping[str, Message], words: Words) -> bytes:
    """The catalogue of a language: every message with its words, or with none where there are none yet."""
    header = HEADER.format(language=language, plural_forms=_plural_forms(language)).encode()
    made = read_po(BytesIO(header))
    for message in messages.values():
        given = words.get(message.one, "")
        if message.many:
            forms = (given,) if isinstance(given, str) else given
            given = (*forms, *[""] * made.num_plurals)[: made.num_plurals]
        elif not isinstance(given, str):
            given = given[0]
        key = (message.one, message.many) if message.many else message.one
        made.add(key, given, locations=[(message.file, None)])  # type: ignore[list-item]  # no line number
    text = BytesIO()
    write_po(text, made, width=0, omit_header=True, include_lineno=False)
    return header + text.getvalue()


def missing(messages: Mapping[str, Message], words: Words, plurals: int = 2) -> list[str]:
    """The sentences without words, or without words for one of the plural forms."""
    return [
        one
        for one, message in messages.items()
        if not _is_said(words.get(one, ""), plurals if message.many else 0)
    ]


def _is_said(words: str | tuple[str, ...], forms: int) -> bool:
    if isinstance(words, str):
        return bool(words) and not forms
    return len(words) == forms and all(words)


def plurals(language: str) -> int:
    """How many forms of a sentence with a number a language has."""
    found = re.match(r"nplurals=(\d+)", _plural_forms(language))
    return int(found[1]) if found else 2


def _plural_forms(language: str) -> str:
    return TWO_FORMS.get(language) or Catalog(locale=_locale(language)).plural_forms


def main(folder: Path = FOLDER) -> None:
    """Write every catalogue anew and tell what has no words yet."""
    messages = extracted()
    for language in languages(folder):
        if language != ENGLISH:
            words = words_of(language, folder)
            source(language, folder).write_bytes(written(language, messages, words))
            lacking = missing(messages, words, plurals(language))
            sys.stdout.write(f"{language}: {len(messages)} sentences, {len(lacking)} without words\n")


def _one(key: str | Sequence[str]) -> str:
    return key if isinstance(key, str) else key[0]


def _locale(language: str) -> str:
    return language.replace("-", "_")


if __name__ == "__main__":
    main()
