"""Mail: messages made from templates/email, and their way to the mail server."""

from __future__ import annotations

import smtplib
import ssl
from contextlib import suppress
from email.message import EmailMessage
from email.utils import formataddr, make_msgid
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

import jinja2

from edu.errors import SettingsError
from edu.settings import Settings
from edu.translations.catalogues import Catalogues, Words

FOLDER = Path(__file__).parents[2] / "templates" / "email"
SECONDS = 20
PORTS = {"smtp": 587, "smtps": 465}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


class MailNotSent(Exception):
    """The mail server did not take the message. No EduError: the worker shall try again later."""


def is_possible(settings: Settings) -> bool:
    """Whether this site can send mail."""
    return bool(settings.smtp_url)


def message(settings: Settings, template: str, *, to: str, language: str = "", **values: str) -> EmailMessage:
    """A plain-text message from a template whose first line is the subject.

    `language` is the reader's, as the account has it; English where it says nothing or has no catalogue.
    """
    words = Catalogues(cache=settings.data_dir / "words").words(language)
    text = _templates(words).get_template(f"{template}.txt").render(site_name=settings.site_name, **values)
    subject, _, body = text.partition("\n")
    host = urlsplit(settings.base_url).hostname or "localhost"
    made = EmailMessage()
    made["Subject"] = " ".join(subject.split())
    made["From"] = formataddr((settings.site_name, settings.mail_from or f"edu@{host}"))
    made["To"] = to
    made["Message-ID"] = make_msgid(domain=host)
    made["Auto-Submitted"] = "auto-generated"
    made.set_content(body.lstrip("\n"))
    return made


def send(smtp_url: str, letter: EmailMessage) -> None:
    """Hand a message to the server of `smtp://user:password@host:587` (STARTTLS) or `smtps://…:465` (TLS).

    MailNotSent when it is not taken; SettingsError for an address that is none. A password never goes over a
    line that is not encrypted, except to this very machine. Waits 20 seconds for each answer at most.
    """
    parts = urlsplit(smtp_url)
    if parts.scheme not in PORTS or not parts.hostname:
        raise SettingsError("EDU_SMTP_URL is not understood: write smtp://user:password@host:587")
    try:
        server = _connection(parts)
        try:
            if parts.username:
                server.login(unquote(parts.username), unquote(parts.password or ""))
            server.send_message(letter)
        finally:
            # A message that was taken is sent, however the server takes leave; else it would come twice.
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
            server.close()
    except (OSError, smtplib.SMTPException) as error:
        # Neither its text nor itself, for a refusal names the address, and this goes into job and log.
        why = " ".join([type(error).__name__, str(getattr(error, "smtp_code", ""))]).strip()
        raise MailNotSent(f"the mail server {parts.hostname} did not take the message: {why}") from None


def _connection(parts: SplitResult) -> smtplib.SMTP:
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    if parts.scheme == "smtps":
        return smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=ssl.create_default_context())
    server = smtplib.SMTP(host, port, timeout=SECONDS)
    try:
        server.ehlo()
        if server.has_extn("starttls"):
            server.starttls(context=ssl.create_default_context())
            server.ehlo()
        elif parts.username and host not in LOOPBACK:
            raise MailNotSent(f"the mail server {host} offers no encryption, so no password was sent to it")
    except BaseException:
        server.close()
        raise
    return server


def _templates(words: Words) -> jinja2.Environment:
    # Plain text for people, so nothing is escaped.
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER),
        autoescape=False,  # noqa: S701 (text/plain)
        undefined=jinja2.StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        keep_trailing_newline=True,
    )
    made.install_gettext_translations(words, newstyle=True)  # type: ignore[attr-defined]  # by the extension
    return made
