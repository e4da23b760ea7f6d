"""Browser: a person's cookies over http.client, enough to sign up and to press the buttons of a form."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection, HTTPResponse
from urllib.parse import urlencode

_TERMS = re.compile(r'name="terms_number" value="(\d+)"')
_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: its status, its body and where it sends on to."""

    status: int
    text: str
    location: str


@dataclass(slots=True)
class Browser:
    """Keeps the cookies of one person on one site."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        """The headers by which the site knows this person again."""
        return (("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items())),)

    def get(self, path: str) -> Page:
        """Open a page."""
        return self._ask("GET", path, None)

    def post(self, path: str, fields: dict[str, str], *, form_at: str) -> Page:
        """Fill in the form of the page `form_at` and send it."""
        page = self.get(form_at)
        terms = _TERMS.search(page.text)  # a new account agrees to them
        agreed = {"terms_number": terms[1], "terms": "1"} if terms else {}
        known = {**agreed, "csrf_token": self.token_of(page)}
        return self._ask("POST", path, urlencode({**fields, **known}).encode())

    @staticmethod
    def token_of(page: Page) -> str:
        """The token that the page's forms carry."""
        found = _TOKEN.search(page.text)
        if found is None:
            raise RuntimeError(f"no form in a page of status {page.status}")
        return unescape(found[1])

    def sign_up(self, email: str) -> None:
        """Make a learner's account; the browser is signed in afterwards."""
        made = self.post(
            "/account/sign-up",
            {"name": "Bench", "email": email, "password": "heron lamp quarry violin", "next": ""},
            form_at="/account/sign-up",
        )
        if made.status != 303:
            raise RuntimeError(f"no account was made: status {made.status}")

    def _ask(self, method: str, path: str, body: bytes | None) -> Page:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = dict(self.headers) if self.cookies else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        self._keep(answer)
        connection.close()
        return Page(answer.status, text, answer.headers.get("Location", ""))

    def _keep(self, answer: HTTPResponse) -> None:
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
