"""Weight: the bytes and requests of a page as a browser with an empty cache fetches it, media left out."""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse

from tests.bench.figure import Figure, Verdict, at_most
from tests.bench.site import Running

_LINKED = re.compile(r"""(?:href|src)="(/static/[^"#?]+)""")
_IMPORTED = re.compile(r"""^\s*(?:import|export)\b[^;'"]*['"](\.{1,2}/[^'"]+)['"]""", re.MULTILINE)
_NAMED_IN_CSS = re.compile(r"""url\(["']?([^"')#]+)""")
ON_PLAY = "/vendor/"  # hls.js is asked for when somebody presses play, and only where it is needed


@dataclass(frozen=True, slots=True)
class Weight:
    """`bytes` of all bodies as sent; `script` bytes of the modules after gzip, whoever compressed them."""

    bytes: int
    requests: int
    script: int


def measure(running: Running, lesson: str) -> Iterator[Figure]:
    """The sign-in page and a lesson's page."""
    sign_in = weigh(running.port, "/account/sign-in")
    yield _figure("weight: sign-in page", sign_in, 30_000, 6)
    page = weigh(running.port, lesson)
    yield _figure("weight: lesson page without media", page, 150_000, 30)
    yield at_most(
        "weight: scripts of the lesson page", page.script / 1000, 70, "kB gz", "without what comes on play"
    )


def weigh(port: int, path: str) -> Weight:
    """Fetch the page and everything of ours that it names, by one connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    total, body = _fetch(connection, path)
    waiting, seen, script = _LINKED.findall(body), set[str](), 0
    while waiting:
        address = waiting.pop()
        if address in seen or ON_PLAY in address:
            continue
        seen.add(address)
        sent, text = _fetch(connection, address)
        total += sent
        if address.endswith(".js"):
            script += len(gzip.compress(text.encode(), 6))
        waiting += [posixpath.normpath(posixpath.join(address, "..", name)) for name in _named(address, text)]
    connection.close()
    return Weight(total, 1 + len(seen), script)


def _named(address: str, text: str) -> list[str]:
    """The files that a module imports or a style sheet shows, relative to it."""
    if address.endswith(".js"):
        return _IMPORTED.findall(text)
    return [name for name in _NAMED_IN_CSS.findall(text) if not name.startswith(("data:", "/"))]


def _fetch(connection: HTTPConnection, path: str) -> tuple[int, str]:
    """The bytes of the body as sent, and its text."""
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer: HTTPResponse = connection.getresponse()
    data = answer.read()
    if answer.status != 200:
        raise RuntimeError(f"{path} answered with status {answer.status}")
    plain = gzip.decompress(data) if answer.headers.get("Content-Encoding") == "gzip" else data
    return len(data), plain.decode(errors="replace")


def _figure(subject: str, weight: Weight, most_bytes: int, most_requests: int) -> Figure:
    is_met = weight.bytes <= most_bytes and weight.requests <= most_requests
    return Figure(
        subject,
        f"{weight.bytes / 1000:.1f} kB, {weight.requests} requests",
        f"<= {most_bytes // 1000} kB, {most_requests}",
        Verdict.MET if is_met else Verdict.MISSED,
        "bodies as sent to a browser that takes gzip, cold cache, headers left out",
    )
