"""A test client that reviews every page it is given: structure, labels, forms, scripts, headers."""

from __future__ import annotations

import re
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from edu.web.headers import ALWAYS

LOADING = {"script", "link", "img", "video", "source", "track", "iframe"}
DATA = {"application/json", "application/ld+json"}  # of a script that no browser runs
NAMING = {"canonical", "alternate"}  # links that load nothing, and are absolute for those who read them
UNLABELLED = {"hidden", "submit", "button", "image", "reset"}
TOKEN = re.compile(r'(name="csrf_token" value=")[^"]+')


def without_tokens(page: str) -> list[str]:
    """The lines of a page but those with a token of its forms, which another second makes another."""
    return [line for line in page.splitlines() if "csrf" not in line]


class Review(HTMLParser):
    """What a page holds, as far as the house has rules for it."""

    def __init__(self) -> None:
        super().__init__()
        self.count: dict[str, int] = {}
        self.faults: list[str] = []
        self.labels: set[str] = set()
        self.inputs: list[dict[str, str | None]] = []
        self.ids: set[str] = set()
        self._form: dict[str, Any] | None = None
        self._in_label = 0
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        have = dict(attrs)
        self.count[tag] = self.count.get(tag, 0) + 1
        self._note_id(have)
        self._look_for_inline(tag, have)
        if tag == "label":
            self._in_label += 1
            self.labels.add(have.get("for") or "")
        if tag == "form":
            self._form = {
                "method": (have.get("method") or "get").lower(),
                "action": have.get("action"),
                "token": False,
            }
        if tag in ("input", "select", "textarea"):
            self._field(tag, have)

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self._in_label -= 1
        if tag == "form" and self._form is not None:
            if self._form["action"] is None and self._form["method"] != "dialog":
                self.faults.append("a form without an action")
            if self._form["method"] == "post" and not self._form["token"]:
                self.faults.append(f"a form without a token: {self._form['action']}")
            self._form = None

    def _note_id(self, have: dict[str, str | None]) -> None:
        if name := have.get("id"):
            if name in self.ids:
                self.faults.append(f"the id {name} stands twice")
            self.ids.add(name)

    def _look_for_inline(self, tag: str, have: dict[str, str | None]) -> None:
        if tag == "script" and "src" not in have and have.get("type") not in DATA:
            self.faults.append("an inline script")
        if tag == "style" or "style" in have:
            self.faults.append(f"an inline style on {tag}")
        self.faults += [f"an inline handler {name}" for name in have if name.startswith("on")]
        if tag == "img" and "alt" not in have:
            self.faults.append(f"a picture without alt: {have.get('src')}")
        if tag == "link" and have.get("rel") in NAMING:
            return
        for name in ("src", "href"):
            value = have.get(name) or ""
            if tag in ("script", "link", "img", "video", "source", "track", "iframe") and value.startswith(
                ("http", "//")
            ):
                self.faults.append(f"{tag} from elsewhere: {value}")

    def _field(self, tag: str, have: dict[str, str | None]) -> None:
        if have.get("name") == "csrf_token" and self._form is not None:
            self._form["token"] = bool(have.get("value"))
        if tag == "input" and have.get("type") in UNLABELLED:
            return
        if not (self._in_label or have.get("aria-label") or have.get("aria-labelledby")):
            self.inputs.append(have)

    def verdict(self) -> list[str]:
        """Every fault of the page."""
        faults = list(self.faults)
        if self.count.get("h1", 0) != 1:
            faults.append(f"{self.count.get('h1', 0)} h1 elements")
        if self.count.get("title", 0) < 1:
            faults.append("no title")
        faults += [
            f"no label for {i.get('name')}" for i in self.inputs if (i.get("id") or "?") not in self.labels
        ]
        return faults


@lru_cache(maxsize=1000)
def judged(text: str) -> tuple[str, ...]:
    """The faults of a page; many tests see the same one, but for the token of its forms."""
    review = Review()
    review.feed(text)
    return tuple(review.verdict())


class ReviewingClient(FlaskClient):
    """A client that fails the test when a page breaks a rule of the house."""

    _token = ("", "")  # of the forms, after the cookie it belongs to

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Make the request, review the answer."""
        response = super().open(*args, **kwargs)
        missing = [name for name in ALWAYS if name not in response.headers]
        assert not missing, f"{response.request.path}: headers missing: {missing}"
        if response.mimetype == "text/html" and response.status_code not in (301, 302, 303, 307, 308):
            verdict = judged(TOKEN.sub(r"\1x", response.get_data(as_text=True)))
            assert not verdict, f"{response.request.path}: {verdict}"
        return response

    def csrf(self, path: str = "") -> str:
        """The token of this browser's forms: of the page that is named, or any while its session lasts."""
        cookie = self.get_cookie("session")
        if path or cookie is None or self._token[0] != cookie.value:
            token = self._token_on(path or "/account/sign-in")
            cookie = self.get_cookie("session")
            self._token = (cookie.value if cookie else "", token)
        return self._token[1]

    def _token_on(self, path: str) -> str:
        page = self.get(path).get_data(as_text=True)
        marker = 'name="csrf_token" value="'
        start = page.index(marker) + len(marker)
        return page[start : page.index('"', start)]

    def submit(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> TestResponse:
        """Post a form with its token, as a browser would."""
        token = kwargs.pop("token", None) or self.csrf()
        return self.post(path, data={"csrf_token": token, **(data or {})}, **kwargs)


@pytest.fixture
def client(app: Flask) -> ReviewingClient:
    """A browser without an account."""
    app.test_client_class = ReviewingClient
    made = app.test_client()
    assert isinstance(made, ReviewingClient)
    return made
