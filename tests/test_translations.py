"""The catalogues are complete, and what is extracted is what pages ask words for."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from edu.translations.catalogues import Catalogues, languages, source
from edu.translations.extracting import extracted
from edu.translations.message import Message
from edu.translations.updating import main, missing, plurals, words_of, written

FILLED_IN = re.compile(r"%\(\w+\)[sd]|\{\w*\}|</?[a-z]+|&\w+;")
CODE = """
from edu.errors import Invalid
from edu.tables import SENTENCES
from edu.web.words import gettext as _
from edu.web.words import ngettext

class Wrong(Invalid):
    pass

class Row:
    template: str
    code: str

ROWS = (Row("In a field", "in_a_field"), Row(template="In a named field"))
LATE = "too late"

def show(row, name):
    _("Plain")
    _("Either" if row else "or not")
    _(SENTENCES[row.code])
    _(row.template)
    _(f"Hello {name}")
    said = "In a variable"
    _(said)
    ngettext("%(num)s thing", "%(num)s things", 2)
    told("Given to a function")
    raise Wrong("an error of ours: %(why)s", why=name) if row else Invalid(LATE)

def told(words):
    return _(words)

def other(words="no sentence"):
    return Row(words, "not this one").code
"""
TEMPLATE = """{{ _('In a template') }} {{ _('yes') if page else _('no') }}
{{ ngettext('%(num)s step', '%(num)s steps', 3) }}{% for words in rules.KNOWN.values() %}
{{ _(words) }}{% endfor %}"""


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A house of few sentences."""
    files = {
        "edu/web/page.py": CODE,
        "edu/errors.py": "class EduError(Exception): pass\nclass Invalid(EduError): pass\n",
        "edu/tables.py": 'SENTENCES = {"a": "In a table"}\nKNOWN = {"b": "Looped over"}\n',
        "templates/page/_parts/show.html": TEMPLATE,
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def put(folder: Path, language: str, words: dict[str, str | tuple[str, ...]], *more: Message) -> Path:
    """A catalogue with these words."""
    given = [Message(one, "a.py", "many" if isinstance(said, tuple) else "") for one, said in words.items()]
    place = source(language, folder)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(written(language, {each.one: each for each in (*given, *more)}, words))
    return place


def test_every_catalogue_has_words_for_every_sentence_and_no_other() -> None:
    for language in languages()[1:]:
        words = words_of(language)

        assert missing(extracted(), words, plurals(language)) == [], (
            f"{language}: run make words, fill these in"
        )
        assert words.keys() - extracted().keys() == set(), f"{language}: run make words"
        assert source(language).read_bytes() == written(language, extracted(), words), "run make words"


def test_words_fill_in_what_their_sentence_does() -> None:
    for language in languages()[1:]:
        words, wrong = words_of(language), []
        for one, message in extracted().items():
            known = set(FILLED_IN.findall(one + message.many))
            said = words.get(one, "")
            for text in (said,) if isinstance(said, str) else said:
                kept = set(FILLED_IN.findall(text))
                wrong += [text] if kept - known or (not message.many and kept != known) else []

        assert wrong == []


def test_sentences_are_followed_to_where_they_are_written(small: Path) -> None:
    found = extracted(small)

    assert set(found) == {
        "Plain", "Either", "or not", "In a table", "In a field", "In a named field", "In a variable",
        "%(num)s thing", "Given to a function", "an error of ours: %(why)s", "too late",
        "In a template", "yes", "no", "%(num)s step", "Looped over",
    }  # fmt: skip
    assert (found["%(num)s thing"].many, found["%(num)s step"].many) == ("%(num)s things", "%(num)s steps")
    assert (found["In a table"].file, found["yes"].file) == (
        "edu/tables.py",
        "templates/page/_parts/show.html",
    )


def test_a_catalogue_says_the_right_plural_and_english_where_it_has_no_words(tmp_path: Path) -> None:
    put(tmp_path, "fr", {"one": ("un", "des"), "Search": "Rechercher", "New": ""})

    words = Catalogues(tmp_path).words("fr")

    assert [words.ungettext("one", "many", n) for n in (0, 1, 2)] == ["un", "un", "des"]
    assert (words.ugettext("Search"), words.ugettext("New")) == ("Rechercher", "New")
    assert Catalogues(tmp_path).words("de").ugettext("Search") == "Search"
    assert Catalogues(tmp_path).available == ("en", "fr")


def test_what_was_compiled_is_used_again_until_the_words_change(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    put(tmp_path, "es", {"Search": "Buscar"})
    assert Catalogues(tmp_path, cache).words("es").ugettext("Search") == "Buscar"
    (first,) = cache.glob("*")

    first.write_bytes(first.read_bytes().replace(b"Buscar", b"Busque"))
    assert Catalogues(tmp_path, cache).words("es").ugettext("Search") == "Busque"  # it is what was read
    first.write_bytes(first.read_bytes()[:40])
    assert Catalogues(tmp_path, cache).words("es").ugettext("Search") == "Buscar"  # cut short: made again
    put(tmp_path, "es", {"Search": "Encontrar"})
    assert Catalogues(tmp_path, cache).words("es").ugettext("Search") == "Encontrar"
    assert len(list(cache.glob("*"))) == 1


def test_an_update_keeps_words_adds_places_and_drops_what_is_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = put(tmp_path, "es", {"Search": "Buscar", "Gone long ago.": "Ya no está."})
    before = len(extracted()) - 1

    main(tmp_path)

    assert f"es: {before + 1} sentences, {before} without words" in capsys.readouterr().out
    text = place.read_text(encoding="utf-8")
    assert 'msgid "Search"\nmsgstr "Buscar"' in text
    assert "Gone long ago" not in text
    assert "POT-Creation-Date" not in text
