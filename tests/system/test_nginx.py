"""nginx in front, set up with the lines of README: it sends films, and only at the application's word."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests.sites import ROOT, Site, eventually, free_port, rows
from tests.visitors import Visitor

pytestmark = pytest.mark.slow
GIGABYTE, PART, TIMES = 10**9, 64 * 1024, 60
SETTING = """
{user}
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
  access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  server {{ listen 127.0.0.1:{port}; {locations} }}
}}
"""


def lines_of_readme(site: Site) -> str:
    """The locations that README tells people to write, with this site's folder and port."""
    (found,) = re.findall(r"```\n(location /_objects/ .*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    return found.replace("/srv/edu/data", str(site.data)).replace("127.0.0.1:8000", f"127.0.0.1:{site.port}")


@pytest.fixture(scope="module")
def behind(installed: Site, later: Callable[..., Site]) -> Site:
    """The application; its own address is that of the nginx before it, which it lets send the files."""
    address = f"http://127.0.0.1:{free_port()}"
    return later(installed, EDU_X_ACCEL="/_objects/", EDU_PROXIES="1", EDU_BASE_URL=address)


@pytest.fixture(scope="module")
def front(behind: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the nginx."""
    address, folder = behind.environ["EDU_BASE_URL"], tmp_path_factory.mktemp("nginx")
    user, port = "user root;" if os.getuid() == 0 else "", address.rpartition(":")[2]
    setting = SETTING.format(user=user, folder=folder, port=port, locations=lines_of_readme(behind))
    (folder / "nginx.conf").write_text(setting)
    binary = shutil.which("nginx") or "/usr/sbin/nginx"
    nginx = subprocess.Popen([binary, "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")])
    reached = Visitor(address)
    eventually(lambda: nginx.poll() is not None or _answers(reached), "nginx answers")
    yield reached.url
    nginx.terminate()
    nginx.wait(10)


def take_back(site: Site, slug: str) -> None:
    """What the studio's button does, without the studio."""
    with closing(sqlite3.connect(site.data / "edu.sqlite3", timeout=10)) as database:
        database.execute("UPDATE video SET visibility = 'draft' WHERE slug = ?", (slug,))
        database.commit()


def _answers(visitor: Visitor) -> bool:
    try:
        return visitor.ask("/livez").status == 200
    except OSError:
        return False


def film_of(visitor: Visitor, slug: str) -> str:
    """The address of the video's file as it stands on the video's page."""
    page = visitor.ask(f"/videos/{slug}").text
    found = re.search(r'<source src="(/media/[^"]+\.mp4)"', page)
    assert found, page[:2000]
    return found[1]


def professional(address: str) -> Visitor:
    visitor = Visitor(address)
    version = visitor.ask("/professionals").text.partition('name="version" value="')[2].partition('"')[0]
    assert visitor.send("/professionals", profession="physician", version=version).status == 200
    return visitor


def raw(address: str, path: str) -> tuple[int, bytes]:
    """A request whose path is sent as it stands."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    told = answer.status, answer.read()
    connection.close()
    return told


@pytest.mark.parametrize(
    ("asked", "start", "end"), [("0-99", 0, 100), ("1000000-1000999", 1_000_000, 1_001_000)]
)
def test_a_range_is_sent_by_nginx_to_the_byte(front: str, asked: str, start: int, end: int):
    visitor = Visitor(front)
    path = film_of(visitor, "find")
    whole = visitor.ask(path)
    assert whole.headers["Accept-Ranges"] == "bytes"
    assert "X-Accel-Redirect" not in whole.headers

    part = visitor.ask(path, headers={"Range": f"bytes={asked}"})

    assert (part.status, part.body) == (206, whole.body[start:end])
    assert part.headers["Content-Range"] == f"bytes {start}-{end - 1}/{len(whole.body)}"
    assert part.headers["Content-Type"] == "video/mp4"
    assert part.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert part.headers["X-Content-Type-Options"] == "nosniff"


def test_the_last_bytes_and_those_after_the_end_are_answered_as_they_should(front: str):
    visitor = Visitor(front)
    path = film_of(visitor, "find")
    size = int(visitor.ask(path, method="HEAD").headers["Content-Length"])

    assert len(visitor.ask(path, headers={"Range": "bytes=-500"}).body) == 500
    assert visitor.ask(path, headers={"Range": f"bytes={size}-"}).status == 416


def test_conditions_are_answered_by_nginx_for_the_file_that_it_sends(front: str):
    visitor = Visitor(front)
    path = film_of(visitor, "find")
    etag = visitor.ask(path, method="HEAD").headers["ETag"]

    part = visitor.ask(path, headers={"Range": "bytes=0-9", "If-Range": etag})
    other = visitor.ask(path, headers={"Range": "bytes=0-9", "If-Range": '"another"'})
    same = visitor.ask(path, headers={"If-None-Match": etag})

    assert (part.status, len(part.body)) == (206, 10)
    assert (other.status, len(other.body)) == (200, int(other.headers["Content-Length"]))
    assert (same.status, same.body) == (304, b"")


def test_how_long_a_copy_is_good_for_comes_through(front: str):
    visitor, confirmed = Visitor(front), professional(front)
    open_film, gated = film_of(visitor, "find"), film_of(confirmed, "infiltrate")

    assert visitor.ask(open_film).headers["Cache-Control"] == "public, max-age=600, must-revalidate"
    assert confirmed.ask(gated).headers["Cache-Control"] == "private, max-age=600"


def test_playlists_come_with_their_type_and_their_names_stay_under_the_token(front: str):
    visitor = Visitor(front)
    address = re.findall(r'data-hls="([^"]+)"', visitor.ask("/videos/find").text)[0]

    master = visitor.ask(address)

    assert master.headers["Content-Type"] == "application/vnd.apple.mpegurl"
    names = [line for line in master.text.splitlines() if line and not line.startswith("#")]
    assert names
    assert not [name for name in names if "/" in name]
    answers = [visitor.ask(f"{address.rpartition('/')[0]}/{name}") for name in names]
    assert {answer.status for answer in answers} == {200}


def test_a_film_for_professionals_is_sent_to_those_alone_who_confirmed(front: str):
    confirmed = professional(front)
    path = film_of(confirmed, "infiltrate")

    assert confirmed.ask(path, headers={"Range": "bytes=0-9"}).status == 206
    assert Visitor(front).ask(path).status in (403, 404)
    confirmed.send("/professionals", "/professionals/withdraw")
    assert confirmed.ask(path).status in (403, 404)


def test_the_files_are_not_to_be_had_around_the_application(front: str, installed: Site):
    objects = installed.data / "objects"
    film = max(objects.rglob("*.mp4"), key=lambda path: path.stat().st_size).relative_to(objects)
    token = film_of(Visitor(front), "find").rsplit("/", 1)[0]
    secret = (installed.data / "secret-key").read_bytes()
    tricks = [
        f"/_objects/{film}",
        f"/%5fobjects/{film}",
        f"//_objects/{film}",
        "/_objects/..%2Fsecret-key",
        "/_objects../secret-key",
        f"{token}/..%2F..%2F..%2Fsecret-key",
        f"{token}/..%2f..%2f..%2f..%2fsecret-key",
        f"{token}/%2e%2e/%2e%2e/secret-key",
        "/static/x/..%2F..%2F..%2Fetc%2Fpasswd",
        "/media/../_objects/../secret-key",
    ]

    answers = {path: raw(front, path) for path in tricks}

    assert {path: status for path, (status, _) in answers.items() if status not in (400, 403, 404)} == {}
    assert not [path for path, (_, body) in answers.items() if secret in body or b"root:" in body]


def test_uploads_pass_through(front: str):
    answer = Visitor(front).ask("/uploads", method="OPTIONS")

    assert answer.status == 204
    assert answer.headers["Tus-Version"] == "1.0.0"


def test_the_last_part_of_a_gigabyte_comes_as_fast_as_the_first(front: str, behind: Site):
    visitor, path = Visitor(front), film_of(Visitor(front), "bilateral")
    version, name = path.rsplit("/", 2)[1:]
    (key,) = rows(behind, f"SELECT key FROM video_file WHERE version = '{version}' AND name = '{name}'")[0]
    film = behind.data / "objects" / key
    film.unlink()
    with film.open("wb") as file:
        file.truncate(GIGABYTE)
    seconds: dict[int, list[float]] = {0: [], GIGABYTE - 100 * PART: []}

    for turn in range(TIMES):
        for base, taken in seconds.items():
            start = base + turn * PART
            began = time.perf_counter()
            answer = visitor.ask(path, headers={"Range": f"bytes={start}-{start + PART - 1}"})
            assert (answer.status, len(answer.body)) == (206, PART)
            taken.append(time.perf_counter() - began)

    early, late = (sorted(taken) for taken in seconds.values())
    assert late[TIMES // 2] < 2 * early[TIMES // 2]


def test_a_video_that_is_taken_back_is_gone_within_ten_seconds(front: str, behind: Site):
    visitor = Visitor(front)
    path = film_of(visitor, "bilateral")
    assert visitor.ask(path, method="HEAD").status == 200

    take_back(behind, "bilateral")

    eventually(lambda: visitor.ask(path, method="HEAD").status == 404, "the film is gone", 11)
    assert visitor.ask(path, headers={"Range": "bytes=0-9"}).status == 404
