"""A course's films as a podcast: RSS 2.0 with the iTunes and the podcast name spaces, and chapters as JSON.

Sources: the RSS 2.0 specification, "Podcast RSS feed requirements" of Apple, and the podcast name space with
its JSON chapters 1.2 (github.com/Podcastindex-org/podcast-namespace).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element

from captions.chapters import Chapter
from edu.services.discovery.nodes import add, written

ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"
ATOM = "http://www.w3.org/2005/Atom"
GUIDS = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""The name space of `podcast:guid`: a feed's is the UUID 5 of its address without the scheme."""
CHAPTERS_TYPE = "application/json+chapters"
TRANSCRIPT_TYPES = {"vtt": "text/vtt", "srt": "application/x-subrip", "txt": "text/plain"}


@dataclass(frozen=True, slots=True)
class Transcript:
    """The words of an episode as a file; captions are those that have times."""

    url: str
    type: str
    language: str
    is_timed: bool


@dataclass(frozen=True, slots=True)
class Episode:
    """A film of the feed. `guid` never changes; `length` of the file in bytes; addresses are absolute."""

    guid: str
    title: str
    description: str
    page_url: str
    file_url: str
    file_type: str
    length: int
    seconds: int
    number: int
    published_at: datetime
    image_url: str
    transcripts: tuple[Transcript, ...]
    chapters_url: str


@dataclass(frozen=True, slots=True)
class Channel:
    """The feed: a course with its films; `author` is who publishes it."""

    title: str
    description: str
    language: str
    author: str
    url: str
    home_url: str
    image_url: str
    changed_at: datetime
    episodes: Sequence[Episode]


def document(channel: Channel) -> bytes:
    """The feed as UTF-8 XML."""
    spaces = {"xmlns:itunes": ITUNES, "xmlns:podcast": PODCAST, "xmlns:atom": ATOM}
    root = Element("rss", {"version": "2.0", **spaces})
    top = add(root, "channel")
    texts = {
        "title": channel.title,
        "link": channel.home_url,
        "description": channel.description,
        "language": channel.language,
        "lastBuildDate": _time(channel.changed_at),
        "itunes:author": channel.author,
        "itunes:type": "serial",
        "itunes:explicit": "false",
        "podcast:medium": "course",
        "podcast:guid": guid(channel.url),
        "podcast:locked": "no",
    }
    for name, text in texts.items():
        add(top, name, text)
    add(top, "atom:link", rel="self", type="application/rss+xml", href=channel.url)
    add(top, "itunes:image", href=channel.image_url)
    add(add(top, "itunes:category", text="Education"), "itunes:category", text="Courses")
    for episode in channel.episodes:
        _item(top, episode)
    return written(root)


def chapters_json(chapters: Iterable[Chapter], page_url: str, title: str) -> bytes:
    """The steps of a film as JSON chapters 1.2; each leads to the film at that step."""
    listed = [
        {
            "startTime": chapter.start / 1000,
            "endTime": chapter.end / 1000,
            "title": chapter.title,
            "url": f"{page_url}#{chapter.id}" if chapter.id else page_url,
        }
        for chapter in chapters
    ]
    return json.dumps({"version": "1.2.0", "title": title, "chapters": listed}, ensure_ascii=False).encode()


def guid(url: str) -> str:
    """The guid of a feed: it stays the same when the site goes from http to https."""
    return str(uuid5(GUIDS, url.partition("://")[2].rstrip("/")))


def _item(top: Element, episode: Episode) -> None:
    item = add(top, "item")
    texts = {
        "title": episode.title,
        "link": episode.page_url,
        "description": episode.description,
        "pubDate": _time(episode.published_at),
        "itunes:duration": str(episode.seconds),
        "itunes:episode": str(episode.number),
        "itunes:episodeType": "full",
        "itunes:explicit": "false",
    }
    for name, text in texts.items():
        add(item, name, text)
    add(item, "guid", episode.guid, isPermaLink="false")
    add(item, "enclosure", url=episode.file_url, length=str(episode.length), type=episode.file_type)
    if episode.image_url:
        add(item, "itunes:image", href=episode.image_url)
    for words in episode.transcripts:
        timed = {"rel": "captions"} if words.is_timed else {}
        add(item, "podcast:transcript", url=words.url, type=words.type, language=words.language, **timed)
    if episode.chapters_url:
        add(item, "podcast:chapters", url=episode.chapters_url, type=CHAPTERS_TYPE)


def _time(moment: datetime) -> str:
    """As RFC 2822 writes it, in GMT."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)
