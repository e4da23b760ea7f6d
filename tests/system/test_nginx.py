"""nginx in front, set up with the lines of README: it sends films, and only at the application's word."""

from __future__ import annotations

import http.client
import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator

import pytest

from tests.sites import ROOT, Site, eventually, free_port
from tests.visitors import Visitor

pytestmark = pytest.mark.slow
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
def front(
    installed: Site, later: Callable[..., Site], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of an nginx before the application, which is set to let it send the files."""
    port, folder = free_port(), tmp_path_factory.mktemp("nginx")
    site = later(
        installed, EDU_X_ACCEL="/_objects/", EDU_PROXIES="1", EDU_BASE_URL=f"http://127.0.0.1:{port}"
    )
    user = "user root;" if os.getuid() == 0 else ""
    setting = SETTING.format(user=user, folder=folder, port=port, locations=lines_of_readme(site))
    (folder / "nginx.conf").write_text(setting)
    binary = shutil.which("nginx") or "/usr/sbin/nginx"
    nginx = subprocess.Popen([binary, "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")])
    reached = Visitor(f"http://127.0.0.1:{port}")
    eventually(lambda: nginx.poll() is not None or _answers(reached), "nginx answers")
    yield reached.url
    nginx.terminate()
    nginx.wait(10)


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
