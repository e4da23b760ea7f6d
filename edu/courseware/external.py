"""A video of another site inside a text: a card that asks that site for nothing before somebody wants it.

`::: external https://www.youtube.com/watch?v=…`, its caption and `:::` make the card. `::: external awaited`
makes one that says that the address is not known yet. Only sites whose player can be framed without cookies
until it plays are taken.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

MARK = "external"
AWAITED = "awaited"
FRAME_ORIGIN = "https://www.youtube-nocookie.com"
_ADDRESS = re.compile(
    r"https://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?v=|embed/|shorts/)|youtu\.be/"
    r"|www\.youtube-nocookie\.com/embed/)(?P<id>[A-Za-z0-9_-]{11})(?:[?&#]\S*)?"
)


@dataclass(frozen=True, slots=True)
class ExternalWords:
    """The visible words of a card, in one language."""

    site: str = "This video lies on another site, YouTube. Nothing has been asked of that site so far."
    click: str = (
        "When you press the button, the player is loaded from www.youtube-nocookie.com. That site then "
        "learns the address of your device and that you came from here, and its own rules hold for what "
        "it keeps."
    )
    load: str = "Load the video from YouTube"
    link: str = "Open it at YouTube"
    title: str = "Video of another site"
    awaited: str = "Its address is still awaited, so there is nothing to load or to open yet."
    unknown: str = "not an address of a video that can be shown here"


@dataclass(frozen=True, slots=True)
class External:
    """A video of another site: the address for its player, and that of its own page."""

    player: str
    page: str


def external(mark: str) -> External | None:
    """The video that a mark names; None for what is awaited, and for an address that is not taken."""
    found = _ADDRESS.fullmatch(_address(mark))
    if found is None:
        return None
    name = found["id"]
    return External(f"{FRAME_ORIGIN}/embed/{name}", f"https://www.youtube.com/watch?v={name}")


def is_awaited(mark: str) -> bool:
    """Whether a mark says that the address is not known yet."""
    return _address(mark) == AWAITED


def opening(mark: str, words: ExternalWords) -> str:
    """The card up to its caption."""
    video = external(mark)
    if video is None:
        missing = (
            "" if is_awaited(mark) else f'<p class="missing">{escape(words.unknown)}: {escape(mark)}</p>\n'
        )
        return f'<figure class="external">{missing}\n<figcaption>\n'
    said = f'data-src="{escape(video.player)}" data-title="{escape(words.title)}"'
    return f'<figure class="external"><edu-external {said}>\n<figcaption>\n'


def closing(mark: str, words: ExternalWords) -> str:
    """The end of the card: what a click does, the button for browsers with script, and the plain way."""
    video = external(mark)
    if video is None:
        return f"<p>{escape(words.awaited)}</p>\n</figcaption></figure>\n"
    load = f'<button class="button" type="button" data-part="load" hidden>{escape(words.load)}</button>'
    link = f'<a href="{escape(video.page)}" rel="external noopener noreferrer">{escape(words.link)}</a>'
    return (
        f"<p>{escape(words.site)}</p>\n"
        f'<p data-part="click" hidden>{escape(words.click)}</p>\n'
        f'<p class="button-row">{load} {link}</p>\n'
        "</figcaption></edu-external></figure>\n"
    )


def _address(mark: str) -> str:
    return mark.strip().removeprefix(MARK).strip()
