"""A calendar of all-day events as an iCalendar file: RFC 5545, with NAME and REFRESH-INTERVAL of RFC 7986."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

OCTETS = 75  # of a line, without its end (RFC 5545, 3.1)
PRODUCT = "-//edu//spaced review//EN"


@dataclass(frozen=True, slots=True)
class Event:
    """Something on one whole day; written again under its `uid` it replaces what a program knew of it."""

    uid: str
    day: date
    summary: str
    description: str = ""
    url: str = ""


def calendar(
    events: Iterable[Event], *, name: str, now: datetime, refresh_hours: int = 6, language: str = "en"
) -> bytes:
    """The file: CRLF at each line's end, lines folded at 75 octets, texts escaped.

    `now` (aware) becomes the DTSTAMP of each event; `refresh_hours` is how often a program should ask again.
    Events take no time of the day (TRANSPARENT): a reminder must not make a person look busy.
    """
    head = [
        ("BEGIN", "VCALENDAR"),
        ("VERSION", "2.0"),
        ("PRODID", PRODUCT),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", "PUBLISH"),
        (f"NAME;LANGUAGE={language}", escaped(name)),
        ("X-WR-CALNAME", escaped(name)),
        ("REFRESH-INTERVAL;VALUE=DURATION", f"PT{refresh_hours}H"),
        ("X-PUBLISHED-TTL", f"PT{refresh_hours}H"),
    ]
    lines = [*head, *(line for event in events for line in _event(event, now, language))]
    lines.append(("END", "VCALENDAR"))
    return b"".join(folded(f"{field}:{value}") for field, value in lines)


def escaped(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11): backslash, comma, semicolon, line ends escaped, controls left out."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(letter for letter in lines if letter in "\n\t" or not _is_control(letter))
    for letter in ("\\", ";", ","):
        plain = plain.replace(letter, f"\\{letter}")
    return plain.replace("\n", "\\n")


def folded(line: str) -> bytes:
    """A content line in UTF-8 with its CRLF, folded so that no line is longer than 75 octets.

    A character is never cut in two: the specification allows it, and programs that read by lines fail on it.
    """
    parts, size = [bytearray()], 0
    for letter in line:
        octets = letter.encode()
        if size + len(octets) > OCTETS:
            parts.append(bytearray(b" "))
            size = 1
        parts[-1] += octets
        size += len(octets)
    return b"\r\n".join(bytes(part) for part in parts) + b"\r\n"


def _event(event: Event, now: datetime, language: str) -> Iterator[tuple[str, str]]:
    yield "BEGIN", "VEVENT"
    yield "UID", escaped(event.uid)
    yield "DTSTAMP", f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    yield "DTSTART;VALUE=DATE", f"{event.day:%Y%m%d}"
    yield "DTEND;VALUE=DATE", f"{event.day + timedelta(days=1):%Y%m%d}"  # the end is not part of it
    yield f"SUMMARY;LANGUAGE={language}", escaped(event.summary)
    if event.description:
        yield "DESCRIPTION", escaped(event.description)
    if event.url:
        yield "URL", _address(event.url)
    yield "TRANSP", "TRANSPARENT"
    yield "END", "VEVENT"


def _address(url: str) -> str:
    """A URI is not escaped (3.3.13), so one that could end its line is refused."""
    if any(_is_control(letter) or letter.isspace() for letter in url):
        raise ValueError(f"an address has no spaces and no control characters: {url!r}")
    return url


def _is_control(letter: str) -> bool:
    return ord(letter) < 0x20 or 0x7F <= ord(letter) < 0xA0
