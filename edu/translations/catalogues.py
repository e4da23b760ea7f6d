"""The catalogues that lie here, read when somebody first asks for their language."""

from __future__ import annotations

import struct
from contextlib import suppress
from gettext import GNUTranslations, NullTranslations
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

FOLDER = Path(__file__).parent
ENGLISH = "en"  # what the sentences in templates and code are written in
_PLACE = Path("LC_MESSAGES", "messages.po")


def languages(folder: Path = FOLDER) -> tuple[str, ...]:
    """English, and each language whose catalogue lies in the folder: only what is complete is put there."""
    return (ENGLISH, *sorted(path.parent.parent.name for path in folder.glob(f"*/{_PLACE}")))


def source(language: str, folder: Path = FOLDER) -> Path:
    """The file in which translators write."""
    return folder / language / _PLACE


class Words(NullTranslations):
    """The sentences as they are: English."""

    def ugettext(self, sentence: str) -> str:
        """The words for a sentence, under the name that Flask-Babel calls."""
        return self.gettext(sentence)

    def ungettext(self, one: str, many: str, number: int) -> str:
        """The words for a number of things, under the name that Flask-Babel calls."""
        return self.ngettext(one, many, number)


class _Compiled(GNUTranslations, Words):
    """The words of another language, from gettext's binary form."""


class Catalogues:
    """The words of every language there is, each read once and kept.

    A catalogue is text, and reading it as such takes a third of a second. So what was made of it is kept in
    `cache` under a name that holds its digest; without such a folder it is made anew by each process.
    """

    def __init__(self, folder: Path = FOLDER, cache: Path | None = None) -> None:
        self.available = languages(folder)
        self._folder, self._cache = folder, cache
        self._kept: dict[str, Words] = {}
        self._reading = Lock()

    def words(self, language: str) -> Words:
        """The words of a language; for English, and for one that is not there, the sentences as they are."""
        found = self._kept.get(language)
        if found is None:
            with self._reading:
                found = self._kept.get(language) or self._read(language)
                self._kept[language] = found
        return found

    def put(self, language: str, words: Words) -> None:
        """Take these for the words of a language from now on."""
        self._kept[language] = words

    def _read(self, language: str) -> Words:
        if language not in self.available[1:]:
            return Words()
        text = source(language, self._folder).read_bytes()
        place = self._cache / f"{language}-{sha256(text).hexdigest()[:16]}.mo" if self._cache else None
        if place:
            # One that was cut short when the machine stopped is made again.
            with suppress(OSError, struct.error, ValueError), place.open("rb") as kept:
                return _Compiled(kept)
        made = compiled(text, language)
        if place:
            _keep(place, made, language)
        return _Compiled(BytesIO(made))


def compiled(text: bytes, language: str) -> bytes:
    """A catalogue in gettext's binary form; messages without words are left out and stay English."""
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    made = BytesIO()
    write_mo(made, read_po(BytesIO(text), locale=language.replace("-", "_")))
    return made.getvalue()


def _keep(place: Path, data: bytes, language: str) -> None:
    """Put it in its place in one step, and remove what an earlier catalogue left; a full disk is no fault."""
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=place.parent, prefix=".", delete=False) as file:
            file.write(data)
        Path(file.name).replace(place)
        for other in place.parent.glob(f"{language}-{'?' * 16}.mo"):  # `pt` leaves what is of `pt-BR`
            if other != place:
                other.unlink(missing_ok=True)
