"""The feed of news: what RFC 4287 asks of it, and texts that would break it."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

from edu.services.pages import atom

NS = {"a": atom.ATOM}
NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
ENTRY = atom.Entry(
    path="/news/now",
    title="Now & <then>\x0b",
    summary="It \ud800opens.",
    html='<p>One <a href="/courses">way</a> &amp; ]]></p>',
    language="en",
    author="We",
    published_at=datetime(2026, 3, 1, tzinfo=UTC),
    updated_at=datetime(2026, 3, 2, 8, 30, tzinfo=UTC),
)


def read(*entries: atom.Entry, base_url: str = "https://learn.example.org:8443") -> ElementTree.Element:
    feed = atom.Feed("edu", "News", "en", base_url, "/news/feed.xml", "/news", entries)
    return ElementTree.fromstring(atom.document(feed, now=NOW))  # noqa: S314 (our own words)


def test_a_feed_holds_what_the_format_asks_for_with_whole_addresses() -> None:
    root = read(ENTRY)

    assert root.tag == f"{{{atom.ATOM}}}feed"
    assert root.findtext("a:updated", namespaces=NS) == "2026-03-02T08:30:00Z"
    links = {link.get("rel"): link.get("href") for link in root.findall("a:link", NS)}
    assert links == {
        "self": "https://learn.example.org:8443/news/feed.xml",
        "alternate": "https://learn.example.org:8443/news",
    }
    (entry,) = root.findall("a:entry", NS)
    for name in ("title", "id", "published", "updated", "summary", "content", "author/a:name"):
        assert entry.findtext(f"a:{name}", namespaces=NS), name
    link = entry.find("a:link", NS)
    assert link is not None
    assert link.get("href") == "https://learn.example.org:8443/news/now"


def test_texts_are_escaped_and_what_xml_cannot_hold_is_left_out() -> None:
    entry = read(ENTRY).find("a:entry", NS)

    assert entry is not None
    assert entry.findtext("a:title", namespaces=NS) == "Now & <then>"
    assert entry.findtext("a:summary", namespaces=NS) == "It opens."
    content = entry.find("a:content", NS)
    assert content is not None
    assert (content.text, content.get("type")) == (ENTRY.html, "html")
    assert content.get(f"{{{atom.XML}}}base") == "https://learn.example.org:8443/news/now"


def test_an_id_stays_when_the_site_goes_to_https_and_when_a_page_is_edited() -> None:
    ids = {
        read(ENTRY, base_url=base).findtext("a:entry/a:id", namespaces=NS)
        for base in ("http://learn.example.org", "https://learn.example.org")
    }

    assert ids == {"tag:learn.example.org,2026:/news/now"}


def test_a_feed_without_entries_is_one_of_this_moment() -> None:
    assert read().findtext("a:updated", namespaces=NS) == "2026-03-02T09:00:00Z"
