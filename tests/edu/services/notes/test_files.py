"""Notes as files: what each says, and that none of them can be made to do something."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime

import pytest

import captions
from edu.services.film_times_between import Standing
from edu.services.notes import files
from edu.services.notes.files import FileWords
from edu.services.notes.keeping import NoteView
from edu.services.notes.pages import Entry, FilmFacts

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HOME = "https://edu.example"
WORDS = FileWords("My notes", "Bookmark", "cut out", "unsure", "other version", "No course", "No film")
FIND = FilmFacts("find", "V1", "Find", "Back mice", "/videos/find", is_locked=False)
GONE = FilmFacts("secret", "", "", "", "", is_locked=False)


def entry(
    text: str,
    at_ms: int = 72_400,
    *,
    film: FilmFacts = FIND,
    standing: Standing = Standing.SHOWN,
    is_other_version: bool = False,
) -> Entry:
    note = NoteView(
        f"uid-{at_ms}", at_ms, 0, at_ms, standing, text, "r", NOW, NOW, is_other_version=is_other_version
    )
    is_cut = standing is Standing.CUT
    return Entry(film, note, "" if is_cut or not film.url else f"/videos/find?t={at_ms / 1000:g}")


def test_markdown_has_a_heading_for_each_film_and_a_link_for_each_moment() -> None:
    entries = [
        entry("Press\ngently"),
        entry("", 80_000, is_other_version=True),
        entry("Old", 3_725_000, standing=Standing.CUT),
        entry("Elsewhere", film=GONE),
    ]

    assert files.markdown(entries, WORDS, HOME).decode() == (
        "# My notes\n\n## Back mice\n\n### Find\n\n"
        "- [1:12](https://edu.example/videos/find?t=72.4) Press\n  gently\n"
        "- [1:20](https://edu.example/videos/find?t=80) (other version) Bookmark\n"
        "- 1:02:05 (cut out) Old\n\n"
        "## No course\n\n### No film\n\n- 1:12 Elsewhere\n"
    )


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\n=1"])
def test_no_cell_is_run_as_a_formula(text: str) -> None:
    written = files.comma_separated([entry(text)], HOME).decode("utf-8-sig")

    (record,) = csv.DictReader(io.StringIO(written, newline=""))
    assert record["text"] == f"'{text}"


def test_a_record_has_its_film_its_time_and_its_address() -> None:
    written = files.comma_separated([entry('a "quoted", text')], HOME).decode("utf-8-sig")

    (record,) = csv.DictReader(io.StringIO(written, newline=""))
    assert record["text"] == 'a "quoted", text'
    assert (record["film"], record["time"], record["at_ms"]) == ("find", "1:12", "72400")
    assert record["url"] == "https://edu.example/videos/find?t=72.4"


def test_json_holds_everything_and_names_no_film_that_is_not_on_offer() -> None:
    document = json.loads(files.json_document([entry("Ü"), entry("x", film=GONE)], HOME, NOW))

    assert document["format"] == "edu-notes-1"
    first, second = document["notes"]
    assert (first["text"], first["standing"], first["kept_in_film"]) == ("Ü", "shown", 0)
    assert (second["text"], second["film"], second["title"], second["url"]) == ("x", "", "", "")


def test_webvtt_reads_back_with_every_sign_and_the_cut_ones_are_comments() -> None:
    entries = [
        entry("a --> b\n\n<v Anna>&", 1000),
        entry("", 3000),
        entry("same time", 3000),
        entry("gone --> now\n\nreally", 9000, standing=Standing.CUT),
    ]

    written = files.webvtt(entries, WORDS)

    track = captions.read(written, format="vtt")
    assert [(cue.start, cue.end) for cue in track.cues] == [(1000, 3000), (3000, 8000), (3000, 8000)]
    assert track.cues[0].text == "a --&gt; b\n&lt;v Anna&gt;&amp;"
    assert track.cues[1].text == "Bookmark"
    assert [lost.code for lost in track.dropped] == ["comment"]
    assert "NOTE cut out (0:09)\ngone --&gt; now\nreally\n" in written.decode()
