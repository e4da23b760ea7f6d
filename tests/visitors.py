"""Visitor: somebody who uses a running site over HTTP with a cookie jar and its forms, without a browser."""

from __future__ import annotations

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from email.message import Message


@dataclass(frozen=True)
class Answer:
    """Status, headers, body, and where redirections led."""

    status: int
    headers: Message
    body: bytes
    url: str

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


class Visitor:
    """Keeps cookies; sends each form with the token of the page it stands on."""

    def __init__(self, url: str) -> None:
        self.url = url
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self._opener = urllib.request.build_opener(jar)

    def ask(
        self,
        path: str,
        *,
        method: str = "GET",
        data: bytes | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """One request, redirections followed; a refusal is an answer too."""
        address = urllib.parse.urljoin(self.url, path)
        request = urllib.request.Request(address, data=data, headers=headers or {}, method=method)
        try:
            with self._opener.open(request, timeout=30) as answer:
                return Answer(answer.status, answer.headers, answer.read(), answer.url)
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read(), error.url or address)

    def token(self, page: str) -> str:
        """The token that a form of this page would send."""
        return self._token(self.ask(page).text, page)

    @staticmethod
    def _token(text: str, page: str) -> str:
        found = re.search(r'name="csrf-token" content="([^"]+)"', text)
        assert found, f"no token on {page}"
        return found[1]

    @staticmethod
    def agreed(text: str) -> dict[str, str]:
        """The tick under the terms, where this page asks a new account for it."""
        found = re.search(r'name="terms_number" value="(\d+)"', text)
        return {"terms_number": found[1], "terms": "1"} if found else {}

    def send(self, page: str, action: str = "", **fields: str) -> Answer:
        """Send a form that stands on the page; a new account agrees to the terms, where there are any."""
        text = self.ask(page).text
        known = {"csrf_token": self._token(text, page), **self.agreed(text)}
        data = urllib.parse.urlencode({**known, **fields}).encode()
        return self.ask(action or page, method="POST", data=data)
