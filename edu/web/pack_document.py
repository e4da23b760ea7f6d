"""The page inside a lesson pack: drawn from the templates of the site, what it needs beside it on a disk."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Final

from flask import current_app, g, render_template
from jinja2 import Environment
from markupsafe import Markup
from sqlalchemy.orm import Session

from edu.models import Pack
from edu.services.packing import bundling, zipping
from edu.services.packing.contents import Contents, Film, StoredPart
from edu.services.packing.freezing import Frozen, FrozenQuiz
from edu.services.packing.inline import Inline
from edu.services.packing.open_keys import OpenKey
from edu.services.packing.zipping import Member
from edu.services.players import PlayerView, Screening, TranscriptView
from edu.services.prose import Prose
from edu.services.quizzing import pictures
from edu.services.quizzing.views import question
from edu.services.quizzing.views.question import Asked, QuestionView
from edu.services.quizzing.writing import pictures as kept_pictures
from edu.services.quizzing.writing import still
from edu.services.sources import SignView, Source
from edu.storage import ObjectStore
from edu.web import assets
from edu.web.assets import FOLDER
from edu.web.context import runtime, viewer

FILES: Final = "files"  # the folder of scripts and styles, beside the page
FILM: Final = "film"
ENTRY: Final = "pack/pack.js"
SIGN: Final = f"{FILM}/sign.mp4"
# Of no use on a disk: adaptive lists, and tools that talk to the site. js/pack/inline.js offers the others.
WITHOUT: Final = (
    "player/player-hls.js",
    "practice/notes.js",
)
_HOME_LINK = re.compile(r'(?<= href=")(?=/[^/])')
_HOME_ADDRESS = re.compile(r' (?:action|formaction|src|poster|data-[\w-]+)="/[^"]*"')
_ICON = re.compile(rf'(?<= href="){FILES}/img/icons\.svg#')
_SYMBOL = re.compile(r'(?<=<symbol id=")')
_SHEET = re.compile(r"['/]([\w-]+\.css)'")  # one that a script loads when it is needed
_PICTURE = re.compile(r"/questions/pictures/(\d+)")
_TIME = re.compile(r"^\?(?:words=[^&#]*&)?t=([\d.]+)(?:#(.+))?$")


@dataclass(frozen=True, slots=True)
class PackQuestion:
    """A question of a pack, and its key where that is open; without `view` it is answered on the site."""

    number: int
    view: QuestionView | None
    key: OpenKey | None


@dataclass(frozen=True, slots=True)
class PackQuiz:
    """A quiz of a pack, its questions numbered as on the site."""

    place: int
    title: str
    intro: str
    questions: tuple[PackQuestion, ...]
    has_open_keys: bool


@dataclass(frozen=True, slots=True)
class PackPage:
    """What the page inside a pack is drawn from."""

    found: Contents
    screening: Screening | None
    quizzes: tuple[PackQuiz, ...]
    size: StoredPart | None
    has_sign: bool
    home_url: str
    lesson_url: str
    return_url: str
    pictures: tuple[tuple[int, str, str], ...]  # version of a question, name in the pack, key in the store


def gather(
    session: Session, found: Contents, size: StoredPart | None, *, with_sign: bool = False
) -> PackPage:
    """Everything that the page shows, with its addresses as they are inside the pack."""
    has_sign = with_sign and found.film is not None and found.film.sign is not None
    home = runtime().settings.base_url.rstrip("/")
    hidden = pictures.hidden_in(one.body for quiz in found.quizzes for one in quiz.asked)
    page = found.page
    return PackPage(
        found=found,
        screening=_screening(page.screening, found.film, size, has_sign=has_sign),
        quizzes=tuple(_quiz(place, quiz, found, hidden) for place, quiz in enumerate(found.quizzes)),
        size=size,
        has_sign=has_sign,
        home_url=home,
        lesson_url=f"{home}{page.url}",
        return_url=f"{home}/packs/return",
        pictures=tuple(_pictures(session, found)),
    )


def members(made: PackPage, pack: Pack, text: Prose, store: ObjectStore) -> list[Member]:
    """The files of the pack, in the order in which they lie in it; the film is the last."""
    folder = f"{made.found.page.course_slug}-{made.found.slug}"
    files, film = _film_files(made, store)
    inline = Inline(pack.id, made.found.slug, files)
    used: dict[str, None] = {}
    script = _script(current_app.config["BUILD"])
    sheets = (f"css/{name}" for name in _SHEET.findall(script))
    used |= dict.fromkeys(sheet for sheet in sheets if (FOLDER / sheet).is_file())
    html = _drawn(made, text, inline.document(made.found))
    used |= g.pop("pack_files", {})
    readme = render_template("pack/readme.txt", page=made)
    parts = [
        ("README.txt", readme.encode()),
        ("index.html", html.encode()),
        (f"{FILES}/js/pack.js", script.encode()),
        *((f"{FILES}/{name}", _file(name)) for name in sorted(used) if "icons" not in name),
        *((name, data.encode()) for name, data in _words(made.found)),
    ]
    found = [zipping.text(f"{folder}/{name}", data) for name, data in parts]
    kept = [(name, key) for _, name, key in made.pictures]
    return [*found, *(zipping.film(f"{folder}/{name}", store, key) for name, key in [*kept, *film])]


def _file(name: str) -> bytes:
    return assets.text(name) if name.endswith(".css") else (FOLDER / name).read_bytes()


def _drawn(made: PackPage, text: Prose, data: str) -> str:
    icons = (FOLDER / "img/icons.svg").read_text(encoding="utf-8")
    context: dict[str, Any] = {
        "page": made,
        "text": text,
        "data": Markup(data),  # noqa: S704 (JSON without a sign that HTML knows)
        "icons": Markup(_SYMBOL.sub("icon-", icons)),  # noqa: S704 (a file of ours)
    }
    current_app.update_template_context(context)
    html = _environment().get_template("pack/document.html").render(context)
    names = {str(version): name for version, name, _ in made.pictures}
    html = _PICTURE.sub(lambda found: names.get(found[1], ""), _ICON.sub("#icon-", html))
    return _HOME_ADDRESS.sub("", _HOME_LINK.sub(made.home_url, html))


def _environment() -> Environment:
    """The environment of the site's templates, in which a file of the interface lies beside the page.

    It is made once for an application: templates are compiled for it anew. `g.pack_files` notes what is used.
    """
    kept = current_app.extensions.get("edu.pack")
    if isinstance(kept, Environment):
        return kept
    environment = current_app.jinja_env.overlay()
    # a pack is passed on: the name under which a browser keeps this account's notes stays out of it
    environment.globals = {**environment.globals, "asset": _asset, "notes_owner": str}
    current_app.extensions["edu.pack"] = environment
    return environment


def _asset(path: str) -> str:
    g.setdefault("pack_files", {})[path] = None
    return f"{FILES}/{path}"


@lru_cache(maxsize=2)
def _script(build: str) -> str:
    """All scripts of a pack as one; made once for each build of the interface."""
    return bundling.bundle(FOLDER / "js", ENTRY, without=WITHOUT)


def _screening(
    shown: Screening | None, film: Film | None, size: StoredPart | None, *, has_sign: bool
) -> Screening | None:
    if shown is None or film is None or size is None:
        return None
    player = _player(shown.player, film, size)
    if has_sign and film.sign:
        player = replace(player, sign=SignView(film.sign.title, SIGN, "video/mp4"))
    return Screening(player, _transcript(shown.transcript))


def _player(view: PlayerView, film: Film, size: StoredPart) -> PlayerView:
    """The same player without an address of the site: what it shows lies beside the page."""
    of_the_site: dict[str, Any] = {
        field.name: "" if isinstance(value, str) else None
        for field in fields(view)
        if isinstance(value := getattr(view, field.name), str) and value.startswith("/")
    }
    chapters = tuple(replace(chapter, url=f"#{chapter.id}") for chapter in view.chapters)
    here: dict[str, Any] = {
        "poster_url": f"{FILM}/{film.poster.name}" if film.poster else None,
        "storyboard_url": f"{FILM}/{film.storyboard.name}" if film.storyboard else None,
        "frames_url": f"{FILM}/{film.frames.name}" if film.frames else None,
        "sources": (Source(f"{FILM}/{size.name}", "video/mp4", size.height),),
        "sounds": (),
        "tracks": (),
        "chapters": chapters,
        "fragment": "",
        "layers_url": "#layers" if film.layers else None,  # js/practice/layers.js finds them in the page
    }
    nothing = dict.fromkeys(("hls_url", "hls_av1_url", "sign", "download"))
    return replace(view, **{**of_the_site, **nothing, **here})


def _transcript(view: TranscriptView | None) -> TranscriptView | None:
    if view is None:
        return None
    paragraphs = tuple(
        replace(
            paragraph,
            chapter=paragraph.chapter and replace(paragraph.chapter, url=f"#{paragraph.chapter.id}"),
            lines=tuple(replace(line, url=_TIME.sub(r"#t=\1", line.url)) for line in paragraph.lines),
        )
        for paragraph in view.paragraphs
    )
    here = tuple(
        replace(words, files=(("vtt", _words_name(words.kind, words.language)),))
        for words in view.languages
        if words.is_shown
    )
    return replace(view, paragraphs=paragraphs, languages=here)


def _quiz(place: int, quiz: FrozenQuiz, found: Contents, hidden: frozenset[str]) -> PackQuiz:
    asked = tuple(
        PackQuestion(
            number,
            _asked(number, one, quiz, hidden) if one.is_asked else None,
            found.keys.get(one.position),
        )
        for number, one in enumerate(quiz.questions, start=1)
    )
    return PackQuiz(place, quiz.title, quiz.intro, asked, any(one.key for one in asked))


def _asked(number: int, one: Frozen, quiz: FrozenQuiz, hidden: frozenset[str]) -> QuestionView:
    shown = question.view(
        Asked(one.body, one.order, position=one.position, number=number),
        asks_certainty=quiz.settings.certainty,
        picture=pictures.view(one.body, one.version_id, hidden=hidden),
    )
    return replace(shown, is_critical=shown.is_critical and quiz.settings.pass_mark > 0)


def _pictures(session: Session, found: Contents) -> Iterator[tuple[int, str, str]]:
    """The kept pictures of the questions, as far as this reader may see them."""
    for quiz in found.quizzes:
        for one in quiz.asked:
            name = str((one.body["picture"] or {}).get("name", ""))
            if (key := still.key_of(name)) is not None:
                kept_pictures.require_open(session, viewer(session), name)
                yield one.version_id, f"pictures/{one.position}.{name.rpartition('.')[2]}", key


def _film_files(made: PackPage, store: ObjectStore) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """What of the film stands in the page, as text, and what lies beside it, by the keys of the store."""
    film, size = made.found.film, made.size
    if film is None or size is None:
        return {}, []
    texts = [part for part in (film.storyboard, film.frames) if part]
    inline = {f"{FILM}/{part.name}": b"".join(store.blocks(part.key)).decode() for part in texts}
    beside = [(f"{FILM}/{part.name}", part.key) for part in (film.poster, film.sheet) if part]
    if made.has_sign and film.sign:
        beside.append((SIGN, film.sign.file.key))
    return inline, [*beside, (f"{FILM}/{size.name}", size.key)]


def _words(found: Contents) -> Iterator[tuple[str, str]]:
    """The text tracks as files, to be taken along into other players."""
    for words in found.film.words if found.film else ():
        yield _words_name(words.kind, words.language), words.document


def _words_name(kind: str, language: str) -> str:
    return f"words/{kind}.{language}.vtt"
