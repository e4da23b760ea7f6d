"""The settings: EDU_* variables with embedded defaults, read once and checked."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit

from edu.errors import SettingsError


class SignUp(StrEnum):
    """Who may make an account."""

    OPEN = "open"
    INVITATION = "invitation"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Setting:
    """One variable: its name, its default as one would write it, and what it does."""

    name: str
    default: str
    meaning: str


TABLE = (
    Setting("EDU_DATA_DIR", "data", "folder under which all state lives"),
    Setting("EDU_HOST", "127.0.0.1", "address to listen on"),
    Setting("EDU_PORT", "8000", "port to listen on"),
    Setting("EDU_BASE_URL", "", "public address, such as https://learn.example.org; empty: http://host:port"),
    Setting("EDU_SITE_NAME", "edu", "name shown on every page"),
    Setting("EDU_SECRET_KEY", "", "32 characters or more; empty: made once and kept in the data folder"),
    Setting("EDU_DATABASE_URL", "", "postgresql+psycopg://… ; empty: SQLite in the data folder"),
    Setting("EDU_STORAGE_URL", "", "s3://bucket/prefix?endpoint=… ; empty: files in the data folder"),
    Setting("EDU_QUEUE", "embedded", "engine that runs the jobs; embedded is the only one so far"),
    Setting("EDU_FFMPEG", "", "path of an ffmpeg to use; empty: the one of the imageio-ffmpeg package"),
    Setting("EDU_FFMPEG_THREADS", "0", "threads of one ffmpeg; 0: as many as there are cores"),
    Setting("EDU_LEASE_SECONDS", "30", "seconds after which a silent worker's job goes to another"),
    Setting("EDU_WEB_THREADS", "16", "requests answered at the same time"),
    Setting("EDU_SIGNUP", "open", "who may make an account: open, invitation or closed"),
    Setting("EDU_MAX_UPLOAD_MB", "4096", "largest upload, in megabytes of 1 000 000 bytes"),
    Setting("EDU_QUOTA_MB", "20000", "what one instructor may keep, in megabytes"),
    Setting("EDU_SITE_QUOTA_MB", "0", "what the whole site may keep, in megabytes; 0: no limit"),
    Setting("EDU_KEEP_ORIGINALS", "keep", "uploaded originals after they were processed: keep or delete"),
    Setting("EDU_AV1", "auto", "smaller AV1 versions: off, or auto where the machine is strong enough"),
    Setting("EDU_SANDBOX", "auto", "how tools are shut in: auto, bwrap or limits"),
    Setting(
        "EDU_CAPTIONS_ENGINE",
        "auto",
        "recogniser for caption drafts: auto, off, faster-whisper, vosk, whisper.cpp or pocketsphinx",
    ),
    Setting("EDU_CAPTIONS_MODEL", "", "file or folder of that recogniser's model"),
    Setting("EDU_X_ACCEL", "", "internal nginx location for X-Accel-Redirect, such as /_objects/"),
    Setting("EDU_PROXIES", "0", "how many trusted proxies stand in front and set X-Forwarded-*"),
    Setting("EDU_SMTP_URL", "", "smtp://user:password@host:587 for mail; empty: no mail is sent"),
    Setting("EDU_MAIL_FROM", "", "sender address of mail"),
    Setting("EDU_COURSES", "back-mice", "bundled courses installed at the first start, or none"),
    Setting(
        "EDU_GATE",
        "declaration",
        "ways through the professional gate, several with commas: declaration, code, institution, manual",
    ),
    Setting("EDU_GATE_DOMAINS", "", "e-mail domains that EDU_GATE=institution knows, with commas"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting with its final type."""

    data_dir: Path
    host: str
    port: int
    base_url: str
    site_name: str
    secret_key: str
    database_url: str
    storage_url: str
    queue: str
    ffmpeg: str
    ffmpeg_threads: int
    lease_seconds: float
    web_threads: int
    signup: SignUp
    max_upload_bytes: int
    quota_bytes: int
    site_quota_bytes: int
    keeps_originals: bool
    av1: str
    sandbox: str
    captions_engine: str
    captions_model: Path | None
    x_accel: str
    proxies: int
    smtp_url: str
    mail_from: str
    courses: tuple[str, ...]
    gate: tuple[str, ...]
    gate_domains: tuple[str, ...]

    @property
    def is_secure(self) -> bool:
        """Whether people reach the site over https, so that cookies can be Secure."""
        return self.base_url.startswith("https://")

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> Settings:
        """Settings from variables; a wrong value raises SettingsError with the variable's name."""
        known = {setting.name for setting in TABLE}
        if unknown := sorted(
            name for name in environ if name.startswith("EDU_") and name not in known | TESTING
        ):
            raise SettingsError(f"unknown setting {unknown[0]}: see the list in README")
        text = {setting.name: environ.get(setting.name, "") or setting.default for setting in TABLE}
        data_dir = Path(text["EDU_DATA_DIR"]).expanduser().absolute()
        host, port = text["EDU_HOST"], _number(text, "EDU_PORT", 0, 65535)
        return cls(
            data_dir=data_dir,
            host=host,
            port=port,
            base_url=_address(text["EDU_BASE_URL"]) if text["EDU_BASE_URL"] else _own_address(host, port),
            site_name=text["EDU_SITE_NAME"],
            secret_key=_secret(text["EDU_SECRET_KEY"], data_dir),
            database_url=_database(text["EDU_DATABASE_URL"], data_dir),
            storage_url=text["EDU_STORAGE_URL"],
            queue=_one_of(text, "EDU_QUEUE", ("embedded",)),
            ffmpeg=text["EDU_FFMPEG"],
            ffmpeg_threads=_number(text, "EDU_FFMPEG_THREADS", 0, 256),
            lease_seconds=float(_number(text, "EDU_LEASE_SECONDS", 1, 3600)),
            web_threads=_number(text, "EDU_WEB_THREADS", 1, 256),
            signup=SignUp(_one_of(text, "EDU_SIGNUP", tuple(SignUp))),
            max_upload_bytes=_number(text, "EDU_MAX_UPLOAD_MB", 1, 10**6) * 10**6,
            quota_bytes=_number(text, "EDU_QUOTA_MB", 1, 10**9) * 10**6,
            site_quota_bytes=_number(text, "EDU_SITE_QUOTA_MB", 0, 10**9) * 10**6,
            keeps_originals=_one_of(text, "EDU_KEEP_ORIGINALS", ("keep", "delete")) == "keep",
            av1=_one_of(text, "EDU_AV1", ("off", "auto")),
            sandbox=_one_of(text, "EDU_SANDBOX", ("auto", "bwrap", "limits")),
            captions_engine=_one_of(text, "EDU_CAPTIONS_ENGINE", ENGINES),
            captions_model=_path(text["EDU_CAPTIONS_MODEL"]),
            x_accel=_location(text["EDU_X_ACCEL"]),
            proxies=_number(text, "EDU_PROXIES", 0, 5),
            smtp_url=text["EDU_SMTP_URL"],
            mail_from=text["EDU_MAIL_FROM"],
            courses=tuple(part for part in text["EDU_COURSES"].replace(",", " ").split() if part != "none"),
            gate=_several(text, "EDU_GATE", GATE_MODES),
            gate_domains=_domains(text["EDU_GATE_DOMAINS"]),
        )


GATE_MODES = ("declaration", "code", "institution", "manual")
ENGINES = ("auto", "off", "faster-whisper", "vosk", "whisper.cpp", "pocketsphinx")


def _path(text: str) -> Path | None:
    return Path(text).expanduser().absolute() if text else None


# Read by the test suite only; listed so that a mistyped setting is still found.
TESTING = {"EDU_CORPUS", "EDU_CORPUS_REQUIRED", "EDU_SOAK", "EDU_TEST_DATABASES"}


def _number(text: Mapping[str, str], name: str, least: int, most: int) -> int:
    value = text[name]
    if not (value.isascii() and value.isdigit() and least <= int(value) <= most):
        raise SettingsError(f"{name} is {value!r}: write a whole number from {least} to {most}")
    return int(value)


def _one_of(text: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    if text[name] not in allowed:
        raise SettingsError(f"{name} is {text[name]!r}: write one of {', '.join(allowed)}")
    return text[name]


def _several(text: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
    """Each value once, in the order of those allowed."""
    written = set(text[name].replace(",", " ").split())
    if not written or not written <= set(allowed):
        choices = ", ".join(allowed)
        raise SettingsError(f"{name} is {text[name]!r}: write one of {choices}, or several with commas")
    return tuple(value for value in allowed if value in written)


def _domains(value: str) -> tuple[str, ...]:
    found = tuple(part.removeprefix("@").lower() for part in value.replace(",", " ").split())
    for domain in found:
        if not DOMAIN.fullmatch(domain):
            raise SettingsError(
                f"EDU_GATE_DOMAINS holds {domain!r}: write what follows the @ of an e-mail address, "
                "such as clinic.example.org"
            )
    return found


DOMAIN = re.compile(r"[\w-]+(\.[\w-]+)*\.[\w-]{2,}")


def _address(value: str) -> str:
    wrong = SettingsError(
        f"EDU_BASE_URL is {value!r}: write http:// or https:// and the host, without a path"
    )
    try:
        parts = urlsplit(value)
        is_known = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as error:  # a port that is no number, a bracket that is not closed
        raise wrong from error
    if not is_known or parts.path.strip("/") or parts.query or parts.fragment or parts.username is not None:
        raise wrong
    return f"{parts.scheme}://{parts.netloc}"


def _own_address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _database(value: str, data_dir: Path) -> str:
    if not value:
        return f"sqlite:///{data_dir / 'edu.sqlite3'}"
    scheme, mark, rest = value.partition("://")
    if not mark or not rest or scheme not in DATABASES:
        raise SettingsError(
            "EDU_DATABASE_URL cannot be read: write postgresql+psycopg://user@host/name, or leave it empty"
        )
    return f"{DATABASES[scheme]}://{rest}"


# The names by which hosts hand out the same thing, and the driver that we speak to it with.
DATABASES = {
    "sqlite": "sqlite",
    "postgresql+psycopg": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgres": "postgresql+psycopg",
}


def _location(value: str) -> str:
    if value and not (value.startswith("/") and value.isascii() and value.isprintable() and " " not in value):
        raise SettingsError(f"EDU_X_ACCEL is {value!r}: write a location of nginx, such as /_objects/")
    return value


def _secret(value: str, data_dir: Path) -> str:
    if value:
        if len(value) < SHORTEST_KEY:
            raise SettingsError(
                "EDU_SECRET_KEY is shorter than 32 characters: leave it empty or write a long one"
            )
        return value
    kept = data_dir / "secret-key"
    try:
        if not kept.exists():
            _make_secret(kept)
        key = kept.read_text().strip()
    except OSError as error:
        raise SettingsError(
            f"EDU_DATA_DIR is {str(data_dir)!r}, which cannot be used ({error.strerror}): "
            "name a folder in which edu may write"
        ) from error
    if len(key) < SHORTEST_KEY:
        raise SettingsError(
            f"the key in {kept} is shorter than 32 characters: remove the file, and a new one is made "
            "(everybody has to sign in again)"
        )
    return key


SHORTEST_KEY = 32  # characters


def _make_secret(kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    new = kept.with_name(f"secret-key.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(48))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            kept.hardlink_to(new)  # the first of two starts wins, and both then read the same key
    finally:
        new.unlink(missing_ok=True)
