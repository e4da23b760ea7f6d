"""Stamps: when a form was shown, signed into the form, and the secret that opens what was sent by it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from itsdangerous import BadData, URLSafeSerializer

from edu.errors import Invalid
from edu.models import MessageKind

LEAST = timedelta(seconds=3)  # nobody reads a form and writes into it in less
MOST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Stamp:
    """One form as it was shown to one reader."""

    nonce: str
    shown_at: datetime


@dataclass(frozen=True, slots=True)
class Stamper:
    """Makes and reads stamps with the site's secret key."""

    secret_key: str

    def make(self, kind: MessageKind, now: datetime) -> str:
        """The stamp of a form that is shown now."""
        return self._serializer(kind).dumps([secrets.token_urlsafe(12), int(now.timestamp())])

    def read(self, kind: MessageKind, text: str, now: datetime) -> Stamp:
        """The stamp of a form that was sent. Invalid: too quick, too late, or made elsewhere."""
        try:
            nonce, seconds = self._serializer(kind).loads(text)
            stamp = Stamp(str(nonce), datetime.fromtimestamp(int(seconds), UTC))
        except (BadData, ValueError, TypeError) as error:
            raise _again("form_unknown") from error
        if now - stamp.shown_at > MOST:
            raise _again("form_old")
        if now - stamp.shown_at < LEAST:
            raise Invalid(
                "That was very quick. Please look over what you wrote, and send it again.", code="too_quick"
            )
        return stamp

    def is_readable(self, kind: MessageKind, text: str, now: datetime) -> bool:
        """Whether the form can be shown again under this stamp, so that nobody waits a second time."""
        try:
            self.read(kind, text, now)
        except Invalid as error:
            return error.code == "too_quick"
        return True

    def token(self, stamp: Stamp, *content: str) -> str:
        """The secret of what was sent: the same form with the same words, sent twice, has the same one."""
        told = "\0".join([stamp.nonce, *content]).encode()
        return hmac.new(f"message\0{self.secret_key}".encode(), told, hashlib.sha256).hexdigest()

    def _serializer(self, kind: MessageKind) -> URLSafeSerializer:
        digest = {"digest_method": hashlib.sha256}
        return URLSafeSerializer(self.secret_key, salt=f"message-form-{kind.value}", signer_kwargs=digest)


def _again(code: str) -> Invalid:
    return Invalid(
        "This form was open for too long. Please look over what you wrote, and send it again.", code=code
    )
