"""A site with a small course: an open part, a part for professionals, and files made from both videos."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy import select

from edu.cli.prepare import install_folder
from edu.clock import FixedClock
from edu.models import Track, Video, VideoFile, VideoState
from edu.runtime import Runtime, build
from edu.services.delivery import Addresses, Signer
from edu.services.ledger import Report
from edu.settings import Settings
from edu.storage import media_type, package_key
from tests.edu.courseware.conftest import CourseFolder
from tests.postgresql import ReusedDatabase, Rows
from tests.reviewer import ReviewingClient

GATED = {
    "modules/M5/module.toml": """\
code = "M5"
slug = "inject"
title = "Injecting"
minutes = 5
audience = "pro"
language = "en"
state = "under construction"
summary = "For professionals."
quiz = "inject"
review_months = 12
""",
    "modules/M5/L5.1-needle.md": """\
+++
code = "L5.1"
slug = "needle"
title = "The needle"
minutes = 5
audience = "pro"
language = "en"
state = "under construction"
video = "V2"
steps = ["V2-c01"]
quiz = "inject"
evidence = []
objectives = []
+++

GATED words of the lesson. Watch [[V2-c01]].
""",
    "modules/M1/L1.2-rest.md": """\
+++
code = "L1.2"
slug = "rest"
title = "Rest"
minutes = 1
audience = "open"
language = "en"
state = "under construction"
evidence = []
objectives = []
+++

Rest a while, then [touch](lesson:L1.1).
""",
    "quizzes/inject.toml": """\
id = "inject"
title = "Self-check of the needle"
audience = "pro"
language = "en"
intro = "GATED words of the introduction."

[[slots]]
question = "Q003"
""",
    "questions/Q003.toml": """\
[[questions]]
id = "Q003"
kind = "truefalse"
lesson = "L5.1"
audience = "pro"
evidence = "V2-c01"
stem = "GATED words of the question."
key = true
why = "It is."
""",
    "videos/needle.toml": """\
code = "V2"
title = "Infiltrate"
audience = "pro"
language = "en"
description = "GATED words of the description."
duration_ms = 22000
teaching_ms = 18000
""",
    "videos/needle.mp4": "GATED original, and installing a course does not open films\n",
    "videos/needle.captions.en.vtt": "WEBVTT\n\n00:00.000 --> 00:02.000\nGATED words of the captions.\n",
    "videos/needle.chapters.en.vtt": """\
WEBVTT

V2-c01
00:00:00.000 --> 00:00:09.000
GATED words of a chapter
""",
}
BEGINNING = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # as the clock of every test has it
ROLES = {
    "master.m3u8": "master",
    "720.m3u8": "playlist",
    "720.mp4": "rendition",
    "poster.jpg": "poster",
    "storyboard.jpg": "storyboard-picture",
    "storyboard.vtt": "storyboard",
    "waveform.json": "waveform",
    "report.json": "report",
}


@dataclass(frozen=True, slots=True)
class Site:
    """The course folder, and ways to look at what became of it."""

    runtime: Runtime
    folder: CourseFolder

    def install(self) -> Report:
        """Install the folder as it is now."""
        return self.install_from(self.folder.path)

    def install_from(self, folder: Path) -> Report:
        """Install another folder."""
        return install_folder(self.runtime, folder, lambda line: None)

    def video(self, code: str) -> Video:
        """A video of the course."""
        with self.runtime.db.reading() as session:
            return session.scalars(select(Video).where(Video.code == code)).one()

    def change_video(self, code: str, **values: object) -> None:
        """Change columns of a video, as the studio does."""
        with self.runtime.db.writing() as session:
            video = session.scalars(select(Video).where(Video.code == code)).one()
            for name, value in values.items():
                setattr(video, name, value)

    def files(self, code: str) -> list[str]:
        """`version/name` of everything that the media route can give out of a video, text tracks included."""
        video = self.video(code)
        with self.runtime.db.reading() as session:
            names = session.scalars(select(VideoFile.name).where(VideoFile.video_id == video.id))
            found = [f"{video.version}/{name}" for name in sorted(names)]
            tracks = session.scalars(select(Track).where(Track.video_id == video.id))
            return found + [f"tracks/{t.kind}.{t.language}.{t.current}.vtt" for t in tracks]

    def public(self, code: str) -> str:
        """The address of a video's files with the token that everybody gets while it is open."""
        return f"/media/{self.signer.public(self.video(code).id)}"

    def private(self, code: str, binding: str) -> str:
        """The same with a token of one reader."""
        return Addresses(self.signer, binding, self.runtime.clock.now()).media(self.video(code))

    @property
    def signer(self) -> Signer:
        """The maker of the site's tokens."""
        return Signer(self.runtime.settings.secret_key)


def add_package(runtime: Runtime, video_id: int, version: str, mark: bytes) -> None:
    """Files of a version as the pipeline would have left them; each holds the mark."""
    rows = []
    for name, role in ROLES.items():
        data = mark + b" " + name.encode() + (bytes(range(256)) * 1200 if role == "rendition" else b"")
        key = package_key(video_id, version, name)
        runtime.store.put(key, io.BytesIO(data))
        row = VideoFile(video_id=video_id, version=version, name=name, role=role, key=key, bytes=len(data))
        row.content_type, row.detail = media_type(name), {"height": 720} if role == "rendition" else {}
        rows.append(row)
    with runtime.db.writing() as session:
        session.add_all(rows)


@pytest.fixture
def course_folder(tmp_path: Path) -> CourseFolder:
    """The files of the small course."""
    return small_course(tmp_path / "course")


def small_course(path: Path) -> CourseFolder:
    """A course of which one module, lesson, video, quiz and question is for professionals."""
    made = CourseFolder(path)
    for name, text in GATED.items():
        made.write(name, text)
    made.change("modules/M1/module.toml", "minutes = 5", "minutes = 6")
    return made


def make_site(runtime: Runtime, folder: CourseFolder) -> Site:
    """The small course installed, both videos ready."""
    made = Site(runtime, folder)
    made.install()
    for code, mark in (("V1", b"OPEN"), ("V2", b"GATED")):
        add_package(runtime, made.video(code).id, f"v{code}", mark)
        made.change_video(code, version=f"v{code}", state=VideoState.READY, duration_ms=22_000)
    return made


class Template:
    """The site made once on a kind of database, to copy: a test must not pay for an installation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.objects = folder / "objects"
        self.file = folder / "edu.sqlite3"
        self.rows: Rows | None = None

    def install(self, url: str) -> None:
        """Make it on an empty database."""
        environ = {"EDU_DATA_DIR": str(self._folder), "EDU_DATABASE_URL": url}
        runtime = build(Settings.read(environ), clock=FixedClock(BEGINNING))
        make_site(runtime, small_course(self._folder / "course"))
        runtime.db.dispose()


@pytest.fixture(scope="session")
def site_templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Template]:
    """The templates of this run."""
    return {kind: Template(tmp_path_factory.mktemp(kind)) for kind in ("sqlite", "postgresql")}


@pytest.fixture
def database_url(
    database_url: str, request: pytest.FixtureRequest, site_templates: dict[str, Template]
) -> str:
    """The address of the test's database, with the small course in it where the test asks for the site."""
    if "site" not in request.fixturenames:
        return database_url
    url = sa.make_url(database_url)
    template = site_templates[url.get_backend_name()]
    if url.get_backend_name() == "sqlite":
        own = Path(str(url.database))
        if not template.file.exists():
            shutil.copy(own, template.file)
            template.install(f"sqlite:///{template.file}")
        shutil.copy(template.file, own)
        return database_url
    reused: ReusedDatabase = request.getfixturevalue("postgresql_database")
    if template.rows is None:
        template.install(database_url)
        template.rows = reused.rows()
    else:
        reused.fill(template.rows)
    return database_url


@pytest.fixture
def site(runtime: Runtime, course_folder: CourseFolder, site_templates: dict[str, Template]) -> Site:
    """The small course installed, both videos ready."""
    kind = "sqlite" if runtime.db.is_sqlite else "postgresql"
    objects = runtime.settings.data_dir / "objects"
    shutil.copytree(site_templates[kind].objects, objects, copy_function=os.link, dirs_exist_ok=True)
    return Site(runtime, course_folder)


@pytest.fixture
def declare() -> Callable[[ReviewingClient], None]:
    """Make a browser's owner confirm the gate's text of the small course."""

    def confirm(client: ReviewingClient) -> None:
        answer = client.submit("/professionals", {"profession": "physician", "version": "1"})
        assert answer.status_code == 303

    return confirm
