"""An Atom feed (RFC 4287) of pages; texts are escaped, and what XML cannot hold is left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

from edu.services.discovery.nodes import add, w3c_time, written

ATOM = "http://www.w3.org/2005/Atom"
XML = "http://www.w3.org/XML/1998/namespace"
TAGGED_SINCE = (
    "2026"  # the day of a tag (RFC 4151) is one on which its host was ours, for all entries the same
)
ElementTree.register_namespace("", ATOM)


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: `path` is its address on the site, `html` its text, `summary` plain words."""

    path: str
    title: str
    summary: str
    html: str
    language: str
    author: str
    published_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """The whole; `path` is that of the feed itself, `home` that of the list it follows."""

    title: str
    subtitle: str
    language: str
    base_url: str
    path: str
    home: str
    entries: Sequence[Entry]


def document(feed: Feed, *, now: datetime) -> bytes:
    """The feed as UTF-8 XML. `now` stands as its time while it has no entry.

    The id of an entry is a tag of the site's host and the page's address: it stays when the page is edited
    and when the site goes from http to https. Addresses in its text are relative to the page (xml:base).
    """
    root = ElementTree.Element(f"{{{ATOM}}}feed", {f"{{{XML}}}lang": feed.language})
    _add(root, "title", feed.title)
    _add(root, "subtitle", feed.subtitle)
    _add(root, "id", _tag(feed.base_url, feed.home))
    _add(root, "updated", w3c_time(max((entry.updated_at for entry in feed.entries), default=now)))
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{feed.base_url}{feed.path}")
    _add(root, "link", rel="alternate", type="text/html", href=f"{feed.base_url}{feed.home}")
    author = _add(root, "author")
    _add(author, "name", feed.title)
    for entry in feed.entries:
        _entry(root, entry, feed.base_url)
    return written(root)


def _entry(root: ElementTree.Element, entry: Entry, base_url: str) -> None:
    url = f"{base_url}{entry.path}"
    node = _add(root, "entry")
    node.set(f"{{{XML}}}lang", entry.language)
    _add(node, "title", entry.title)
    _add(node, "id", _tag(base_url, entry.path))
    _add(node, "link", rel="alternate", type="text/html", hreflang=entry.language, href=url)
    _add(node, "published", w3c_time(entry.published_at))
    _add(node, "updated", w3c_time(max(entry.updated_at, entry.published_at)))
    if entry.author:
        _add(_add(node, "author"), "name", entry.author)
    _add(node, "summary", entry.summary, type="text")
    content = _add(node, "content", entry.html, type="html")
    content.set(f"{{{XML}}}base", url)


def _add(parent: ElementTree.Element, name: str, text: str = "", **attributes: str) -> ElementTree.Element:
    return add(parent, f"{{{ATOM}}}{name}", text, **attributes)


def _tag(base_url: str, path: str) -> str:
    return f"tag:{urlsplit(base_url).hostname or 'localhost'},{TAGGED_SINCE}:{path}"
