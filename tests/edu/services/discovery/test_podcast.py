"""The podcast's XML and its chapters against what RSS 2.0 and the two name spaces document."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

from captions.chapters import Chapter
from edu.services.discovery import podcast
from edu.services.discovery.podcast import Channel, Episode, Transcript

NOW = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
EPISODE = Episode(
    guid="tag:x,2026:/videos/find",
    title="Find <b> & feel",
    description="In short.",
    page_url="https://x/videos/find",
    file_url="https://x/videos/find/film.mp4",
    file_type="video/mp4",
    length=1234,
    seconds=94,
    number=1,
    published_at=NOW,
    image_url="https://x/videos/find/poster.jpg",
    transcripts=(
        Transcript("https://x/a.vtt", "text/vtt", "en", True),
        Transcript("https://x/a.txt", "text/plain", "en", False),
    ),
    chapters_url="https://x/videos/find/chapters.json",
)
CHANNEL = Channel(
    title="Small", description="About.", language="en", author="edu", url="https://x/courses/small/feed.xml",
    home_url="https://x/courses/small", image_url="https://x/icon.png", changed_at=NOW, episodes=[EPISODE],
)  # fmt: skip
SPACES = {"i": podcast.ITUNES, "p": podcast.PODCAST, "a": podcast.ATOM}


def test_a_feed_and_its_episodes_have_every_field_that_programs_ask_for() -> None:
    root = ElementTree.fromstring(podcast.document(CHANNEL))  # noqa: S314 (our own words)

    channel = root.find("channel")
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    assert channel is not None
    for name in ("title", "link", "description", "language", "i:author", "i:explicit", "p:guid", "p:medium"):
        assert channel.findtext(name, "", SPACES), name
    link = channel.find("a:link", SPACES)
    assert link is not None
    assert (link.get("rel"), link.get("href")) == ("self", CHANNEL.url)
    item = channel.find("item")
    assert item is not None
    assert item.findtext("title") == "Find <b> & feel"
    assert parsedate_to_datetime(item.findtext("pubDate", "")) == NOW
    file = item.find("enclosure")
    assert file is not None
    assert file.attrib == {"url": EPISODE.file_url, "length": "1234", "type": "video/mp4"}
    words = item.findall("p:transcript", SPACES)
    assert [(each.get("type"), each.get("rel")) for each in words] == [
        ("text/vtt", "captions"),
        ("text/plain", None),
    ]
    steps = item.find("p:chapters", SPACES)
    assert steps is not None
    assert (steps.get("url"), steps.get("type")) == (EPISODE.chapters_url, "application/json+chapters")


def test_the_guid_of_a_feed_is_the_one_that_its_specification_computes() -> None:
    # the example of the podcast name space's page on podcast:guid
    assert podcast.guid("https://podnews.net/rss") == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    assert podcast.guid("http://podnews.net/rss/") == podcast.guid("https://podnews.net/rss")


def test_steps_are_chapters_in_seconds_that_lead_to_the_film_at_that_step() -> None:
    steps = [Chapter(0, 9000, "Ask “first”", "V1-c01"), Chapter(9000, 18500, "Position")]

    told = json.loads(podcast.chapters_json(steps, "https://x/videos/find", "Find"))

    assert told["version"] == "1.2.0"
    assert told["chapters"] == [
        {"startTime": 0.0, "endTime": 9.0, "title": "Ask “first”", "url": "https://x/videos/find#V1-c01"},
        {"startTime": 9.0, "endTime": 18.5, "title": "Position", "url": "https://x/videos/find"},
    ]
