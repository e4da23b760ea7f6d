"""The bundled course, crawled as a patient and as a learner: nothing of its part for professionals comes out.

What to look for is taken from the course's files, and where to look from the site's own list of addresses.
"""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from edu.cli.prepare import BUNDLED, install_folder
from edu.models import Video, VideoState
from edu.policy import ENDPOINTS, Access
from edu.runtime import Runtime
from edu.services.delivery import Signer
from tests.edu.conftest import ROLES, add_package
from tests.people import Person

COURSE = BUNDLED / "back-mice"
FILM = "infiltrate"
# Of pages alike, such as those of 160 references, so many are followed; guessed addresses are all asked.
MOST_ALIKE, MOST_QUERIES = 20, 2
LINK = re.compile(r'(?:href|src|action|data-[a-z-]+|poster)="(/[^"]*)"')
TAG = re.compile(r"<[^>]*>")
RUN = re.compile(r"[A-Za-z][A-Za-z0-9 ,.()%-]{27,}")
# What lists show of things that they do not open: the name, and of a checklist for whom it is.
LISTED = {"title", "level"}
WORDS = ("needle", "lidocaine", "infiltrate", "injection", "toxicity", "aspiration", "station-b")


def gated_files() -> list[Path]:
    """The files of the course that are for professionals, the film's texts among them."""
    found = list((COURSE / "modules" / "M5").glob("*.md"))
    found += (COURSE / "videos").glob(f"{FILM}.*.vtt")
    for folder in ("questions", "checklists", "quizzes"):
        found += [path for path in (COURSE / folder).glob("*.toml") if 'audience = "pro"' in path.read_text()]
    return [*found, COURSE / "videos" / f"{FILM}.toml"]


def sayings(path: Path) -> Iterator[str]:
    """What a reader of the file would see, without the names of things."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".md":
        text = text.split("+++", 2)[2]
    if path.suffix == ".toml":
        text = "\n".join(strings(tomllib.loads(text)))
    yield from text.splitlines()


def strings(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from strings(inner, name)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner, key)
    elif isinstance(value, str) and key not in LISTED:
        yield value


def markers() -> dict[str, str]:
    """Beginnings of what is said in gated files and nowhere in open ones, with the file of each."""
    closed = set(gated_files())
    open_text = "\n".join(
        path.read_text(encoding="utf-8")
        for path in COURSE.rglob("*")
        if path.suffix in (".md", ".toml", ".vtt", ".bib")
        and path not in closed
        and "drawing" not in path.parts
    )
    found = {}
    for path in closed:
        for line in sayings(path):
            for run in RUN.findall(line)[:1]:
                start = run[:60].strip()
                if start not in open_text:
                    found[start] = path.name
    return found


def seen(data: list[bytes]) -> str:
    """The text of answers, each line once, as a reader or a program finds it."""
    lines = {line for text in data for line in text.decode(errors="replace").splitlines()}
    return " ".join(html.unescape(TAG.sub("", "\n".join(lines))).split(" "))


def leaks(found: dict[str, bytes], wanted: dict[str, str]) -> list[tuple[str, str, list[str]]]:
    """What came out: the words, their file, and where they stood."""
    text = seen(list(found.values()))
    return [
        (words, name, [address for address, data in found.items() if words in seen([data])])
        for words, name in wanted.items()
        if words in text
    ]


def gated_lessons() -> list[str]:
    """The names that lessons for professionals have in addresses."""
    files = (COURSE / "modules" / "M5").glob("L*.md")
    return sorted({path.name.split("-", 1)[1].partition(".")[0] for path in files})


def guesses(app: Flask, course: Runtime) -> list[str]:
    """Every address that a reader may call, with the names of gated things wherever a name is asked."""
    lessons = gated_lessons()
    names = [*lessons, FILM, "infiltration", "station-b", "inject", "L5.1", "V2", "B"]
    values = {
        "course": ["back-mice"], "lesson": lessons, "slug": [*names, "back-mice"], "video": [FILM, "V2"],
        "kind": ["captions", "chapters", "descriptions"], "language": ["en", "es"], "ending": ["vtt"],
        "rest": [f"videos/{FILM}", f"lessons/{lessons[0]}"], "name": ["needle", "lidocaine"],
        "key": ["lidocainelabel"], "version": ["1"], "number": [1],
    }  # fmt: skip
    made = []
    adapter = app.url_map.bind("localhost")
    for rule in app.url_map.iter_rules():
        is_ours = "GET" in (rule.methods or ()) and ENDPOINTS[rule.endpoint] <= Access.SIGNED_IN
        if is_ours and rule.arguments <= values.keys():
            for chosen in product(*(values[name] for name in sorted(rule.arguments))):
                made.append(
                    adapter.build(rule.endpoint, dict(zip(sorted(rule.arguments), chosen, strict=True)))
                )
    made += [f"/search?q={word}" for word in WORDS]
    made += [f"/oembed?url={quote(f'http://localhost/videos/{FILM}')}", f"/videos/{FILM}?t=3"]
    made += [f"/api/v1/search?q={word}" for word in WORDS[:2]]
    with course.db.reading() as session:
        film = session.scalars(select(Video).where(Video.slug == FILM)).one()
    token = Signer(course.settings.secret_key).public(film.id)
    files = [f"{film.version}/{name}" for name in ROLES]
    files += [f"tracks/{kind}.en.1.vtt" for kind in ("captions", "chapters", "descriptions", "metadata")]
    return [*made, *(f"/media/{token}/{name}" for name in files)]


def crawl(client: FlaskClient, guessed: list[str], *, follows: bool = True) -> dict[str, bytes]:
    """What the addresses give, and what they lead to; of one path few queries, of one kind few pages."""
    found: dict[str, bytes] = {}
    alike: Counter[tuple[str, ...]] = Counter()
    waiting, known = list(reversed(guessed)), set(guessed)
    while waiting:
        address = waiting.pop()
        if address in found or address.startswith("/static/"):
            continue
        path, mark, _ = address.partition("?")
        kind = (path, mark) if mark else (path.split("/")[1], str(path.count("/")))
        if address not in known:
            alike[kind] += 1
            if alike[kind] > (MOST_QUERIES if mark else MOST_ALIKE):
                continue
        answer = client.get(address)
        found[address] = answer.data
        assert answer.status_code < 500 or address == "/readyz", address
        if answer.location:
            waiting.append(urlsplit(answer.location).path)
        if follows and answer.mimetype == "text/html":
            links = LINK.findall(answer.get_data(as_text=True))
            waiting += [html.unescape(link.partition("#")[0]) for link in links]
        answer.close()
    return found


@pytest.fixture
def course(runtime: Runtime) -> Runtime:
    """The bundled course, with files of each film that name it."""
    install_folder(runtime, COURSE, lambda line: None)
    with runtime.db.writing() as session:
        films = list(session.scalars(select(Video)))
        for film in films:
            film.version, film.state, film.duration_ms = "v1", VideoState.READY, 60_000
    for film in films:
        add_package(runtime, film.id, "v1", b"GATED FILE" if film.slug == FILM else b"OPEN FILE")
    return runtime


@pytest.mark.parametrize("who", ["patient", "learner"])
def test_nothing_of_the_part_for_professionals_comes_out_at_any_address(
    who: str, app: Flask, course: Runtime, learner: Person
) -> None:
    reader = app.test_client()
    if who == "learner":
        with learner.session_transaction() as own, reader.session_transaction() as cookie:
            cookie.update(own)
    wanted = markers() | {"GATED FILE": f"{FILM}.mp4"}

    found = crawl(reader, guesses(app, course), follows=who == "patient")

    assert {
        "/courses/back-mice",
        "/videos/infiltrate",
        "/glossary",
        "/library",
        "/sitemap.xml",
    } <= found.keys()
    assert len(set(wanted.values())) > 20
    if who == "patient":
        assert any(b"OPEN FILE" in data for data in found.values()), "the crawl must have come to films"
    assert leaks(found, wanted) == []


def test_what_is_looked_for_is_what_a_professional_reads(app: Flask, course: Runtime) -> None:
    reader = app.test_client()
    token = re.search(r'name="csrf_token" value="([^"]+)"', reader.get("/professionals").text)
    version = re.search(r'name="version" value="([^"]+)"', reader.get("/professionals").text)
    assert token
    assert version
    said = {"profession": "nurse", "version": version[1], "csrf_token": token[1]}
    assert reader.post("/professionals", data=said).status_code == 303
    pages = [f"/videos/{FILM}", "/checklists/station-b"]
    for lesson, language in product(gated_lessons(), ("en", "es", "fr")):
        pages.append(f"/courses/back-mice/{lesson}/{language}")

    text = seen([reader.get(address).data for address in pages])

    wanted = {words: name for words, name in markers().items() if name[0] in "LB"}
    read = [words for words in wanted if words in text]
    assert len(read) > 0.8 * len(wanted), json.dumps([words for words in wanted if words not in text][:20])
