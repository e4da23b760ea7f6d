"""Films in a bucket: the site decides, signs the way there for ten minutes, and sends playlists itself."""

from __future__ import annotations

import http.client
import re
import sqlite3
import urllib.parse
from collections.abc import Iterator
from contextlib import closing

import boto3
import pytest
from moto.server import ThreadedMotoServer

from tests.installed import wait_for_films
from tests.sites import Site, eventually, new_sites, rows
from tests.visitors import Visitor

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """The address of an S3 server with the bucket `edu`."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    address = f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    keys = {"aws_access_key_id": "testing", "aws_secret_access_key": "testing"}
    client = boto3.client("s3", endpoint_url=address, region_name="us-east-1", **keys)
    client.create_bucket(Bucket="edu")
    client.close()
    yield address
    server.stop()


@pytest.fixture(scope="module")
def stored(bucket: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A site whose objects all lie in the bucket, its three videos watchable."""
    for make in new_sites(tmp_path_factory):
        url = f"s3://edu/files?endpoint={bucket}"
        site = make(EDU_STORAGE_URL=url, AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing")
        site.start(first="/courses/back-mice")
        wait_for_films(site)
        site.stop()
        yield site.start("web")


def first_answer(
    address: str, method: str = "GET", **headers: str
) -> tuple[int, http.client.HTTPMessage, bytes]:
    """What is answered at this address itself, wherever it leads."""
    parts = urllib.parse.urlsplit(address)
    connection = http.client.HTTPConnection(parts.netloc, timeout=20)
    with closing(connection):
        connection.request(method, f"{parts.path}?{parts.query}".rstrip("?"), headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()


def page_of(site: Site, slug: str) -> str:
    return Visitor(site.url).ask(f"/videos/{slug}").text


def film_of(site: Site, slug: str) -> str:
    """The whole address of the video's file."""
    (path, *_) = re.findall(r'<source src="(/media/[^"]+\.mp4)"', page_of(site, slug))
    return site.url + path


def size_of(site: Site, film: str) -> int:
    version, name = film.rsplit("/", 2)[1:]
    asked = f"SELECT bytes FROM video_file WHERE version = '{version}' AND name = '{name}'"
    return int(rows(site, asked)[0][0])


def test_each_request_is_sent_on_to_an_address_that_is_signed_for_ten_minutes(stored: Site, bucket: str):
    film = film_of(stored, "find")

    status, headers, body = first_answer(film, Range="bytes=0-9")

    target = urllib.parse.urlsplit(headers["Location"])
    signed = urllib.parse.parse_qs(target.query)
    assert (status, f"{target.scheme}://{target.netloc}") == (302, bucket)
    assert (signed["X-Amz-Expires"], len(signed["X-Amz-Signature"])) == (["600"], 1)
    assert headers["Cache-Control"] == "private, max-age=300"
    assert b"ftyp" not in body


@pytest.mark.parametrize(("start", "length"), [(0, 100), (100_000, 1000), (-1, 500)])
def test_a_part_comes_from_the_bucket_to_the_byte(stored: Site, start: int, length: int):
    visitor, film = Visitor(stored.url), film_of(stored, "find")
    whole = visitor.ask(film)
    assert (len(whole.body), whole.headers["Content-Type"]) == (size_of(stored, film), "video/mp4")

    header = f"bytes=-{length}" if start < 0 else f"bytes={start}-{start + length - 1}"
    part = visitor.ask(film, headers={"Range": header})

    assert (part.status, part.headers["Content-Type"]) == (206, "video/mp4")
    assert part.body == (whole.body[-length:] if start < 0 else whole.body[start : start + length])


def test_a_part_after_the_end_is_refused_by_the_bucket(stored: Site):
    film = film_of(stored, "find")

    answer = Visitor(stored.url).ask(film, headers={"Range": f"bytes={size_of(stored, film)}-"})

    assert answer.status == 416


def test_head_tells_the_size_without_a_way_that_would_refuse_it(stored: Site):
    film = film_of(stored, "find")

    status, headers, body = first_answer(film, "HEAD")

    assert (status, body) == (200, b"")
    assert (int(headers["Content-Length"]), headers["Content-Type"]) == (size_of(stored, film), "video/mp4")


def test_playlists_are_text_of_ours_and_lead_to_the_films_under_the_same_token(stored: Site):
    (path,) = re.findall(r'data-hls="([^"]+)"', page_of(stored, "find"))
    folder = stored.url + path.rpartition("/")[0]

    status, headers, body = first_answer(stored.url + path)
    (playlist, *_) = names_in(body)
    listed = first_answer(f"{folder}/{playlist}")[2]
    (film, size, offset) = re.findall(r'MAP:URI="([^"]+)",BYTERANGE="(\d+)@(\d+)"', listed.decode())[0]
    start = Visitor(stored.url).ask(
        f"{folder}/{film}", headers={"Range": f"bytes={offset}-{int(offset) + int(size) - 1}"}
    )

    assert (status, headers["Content-Type"]) == (200, "application/vnd.apple.mpegurl")
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert (start.status, start.body[4:8], len(start.body)) == (206, b"ftyp", int(size))
    assert start.url.startswith("http://127.0.0.1")
    assert "/media/" not in start.url  # it came from the bucket


def names_in(playlist: bytes) -> list[str]:
    return [line for line in playlist.decode().splitlines() if line and not line.startswith("#")]


def professional(site: Site) -> Visitor:
    visitor = Visitor(site.url)
    version = visitor.ask("/professionals").text.partition('name="version" value="')[2].partition('"')[0]
    assert visitor.send("/professionals", profession="physician", version=version).status == 200
    return visitor


def test_a_film_for_professionals_has_no_way_for_others(stored: Site):
    confirmed = professional(stored)
    page = confirmed.ask("/videos/infiltrate").text
    (path, *_) = re.findall(r'<source src="(/media/[^"]+\.mp4)"', page)
    assert confirmed.ask(path, headers={"Range": "bytes=4-7"}).body == b"ftyp"

    for method in ("GET", "HEAD"):
        status, headers, _ = first_answer(stored.url + path, method)
        assert status in (403, 404)
        assert "Location" not in headers


def test_a_video_that_is_taken_back_has_no_way_within_ten_seconds(stored: Site):
    film = film_of(stored, "bilateral")
    assert first_answer(film)[0] == 302

    with closing(sqlite3.connect(stored.data / "edu.sqlite3", timeout=10)) as database:
        database.execute("UPDATE video SET visibility = 'draft' WHERE slug = 'bilateral'")
        database.commit()

    eventually(lambda: first_answer(film)[0] == 404, "there is no way to the film", 11)
    assert "Location" not in first_answer(film, Range="bytes=0-9")[1]
