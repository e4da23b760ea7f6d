"""Uploads over real lines to a real server: cut, raced, in pieces, and killed with -9 in the middle."""

from __future__ import annotations

import hashlib
import http.client
import io
import random
import shutil
import socket
import threading
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.sessions import SecureCookieSessionInterface
from tusclient.client import TusClient
from tusclient.exceptions import TusCommunicationError, TusUploadFailed

from edu.app import create_app
from edu.models import Upload, Video
from edu.storage import original_key
from tests.edu.web.serving import Serving, sign_in

CHUNK = "application/offset+octet-stream"
MATROSKA = b"\x1a\x45\xdf\xa3"


class Line:
    """An instructor's connection to the server, header by header."""

    def __init__(self, serving: Serving) -> None:
        self.serving = serving
        runtime = serving.runtime()
        app = create_app(runtime)
        with app.test_request_context():
            cookie = {"login": sign_in(runtime), "csrf_token": "0" * 40}
            signer = SecureCookieSessionInterface().get_signing_serializer(app)
            token = _form_token(app.secret_key)
        runtime.db.dispose()
        self.headers = {
            "Tus-Resumable": "1.0.0", "Cookie": f"session={signer.dumps(cookie)}", "X-CSRFToken": token,
        }  # fmt: skip

    def send(self, method: str, path: str, headers: dict[str, str] | None = None, body: object = None):
        connection = http.client.HTTPConnection("127.0.0.1", self.serving.port, timeout=30)
        try:
            connection.request(method, path, body, {**self.headers, **(headers or {})})
            response = connection.getresponse()
            response.read()
            return response
        finally:
            connection.close()

    def begin(self, length: int) -> str:
        response = self.send("POST", "/uploads", {"Upload-Length": str(length)})
        assert response.status == 201
        return response.headers["Location"]

    def patch(self, path: str, offset: int, body: object, **more: str):
        return self.send("PATCH", path, {"Upload-Offset": str(offset), "Content-Type": CHUNK, **more}, body)

    def offset(self, path: str) -> int:
        return int(self.send("HEAD", path).headers["Upload-Offset"])

    def cut(self, path: str, offset: int, said: int, body: bytes, **more: str) -> None:
        """Say that so many bytes follow, send fewer, and go away."""
        headers = {
            **self.headers, "Host": "x", "Upload-Offset": str(offset), "Content-Type": CHUNK,
            "Content-Length": str(said), **more,
        }  # fmt: skip
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        with socket.create_connection(("127.0.0.1", self.serving.port)) as line:
            line.sendall(f"PATCH {path} HTTP/1.1\r\n{head}\r\n".encode() + body)
            line.shutdown(socket.SHUT_WR)
            line.settimeout(30)
            while line.recv(4096):  # the server is done with it when it closes
                pass


def _form_token(secret: object) -> str:
    from itsdangerous import URLSafeTimedSerializer

    return str(URLSafeTimedSerializer(secret, salt="wtf-csrf-token").dumps("0" * 40))


@pytest.fixture(scope="module")
def serving(tmp_path_factory: pytest.TempPathFactory, sqlite_template: Path) -> Iterator[Serving]:
    folder = tmp_path_factory.mktemp("serving")
    shutil.copy(sqlite_template, folder / "edu.sqlite3")
    made = Serving(folder)
    made.start()
    yield made
    made.close()


@pytest.fixture(scope="module")
def line(serving: Serving) -> Line:
    return Line(serving)


def film(size: int, seed: int) -> bytes:
    return MATROSKA + random.Random(seed).randbytes(size - len(MATROSKA))


def test_what_came_before_a_client_went_away_is_kept_and_the_rest_follows(line):
    data = film(300_000, 1)
    path = line.begin(len(data))

    line.cut(path, 0, len(data), data[:200_000])

    kept = line.offset(path)
    assert 0 < kept <= 200_000
    response = line.patch(path, kept, data[kept:])
    assert response.status == 204
    assert response.headers["Edu-Location"].startswith("/studio/videos/")


def test_a_checksummed_chunk_that_was_cut_is_rolled_back(line):
    data = film(300_000, 2)
    path = line.begin(len(data))
    digest = b64encode(hashlib.sha256(data).digest()).decode()

    line.cut(path, 0, len(data), data[:200_000], **{"Upload-Checksum": f"sha256 {digest}"})

    assert line.offset(path) == 0
    assert line.patch(path, 0, data, **{"Upload-Checksum": f"sha256 {digest}"}).status == 204


def test_a_body_without_a_length_is_taken_in_pieces(line):
    data = film(200_000, 3)
    path = line.begin(len(data))

    response = line.patch(path, 0, iter([data[:70_000], data[70_000:]]))

    assert response.status == 204
    assert response.headers["Upload-Offset"] == str(len(data))


def test_a_body_without_a_length_cannot_pass_the_end(line):
    data = film(200_000, 4)
    path = line.begin(100_000)

    assert line.patch(path, 0, iter([data[:70_000], data[70_000:]])).status == 413
    assert line.offset(path) <= 100_000


def test_of_eight_writers_at_once_one_wins(line):
    data = film(400_000, 5)
    path = line.begin(len(data) * 2)
    statuses: list[int] = []

    def write() -> None:
        statuses.append(line.patch(path, 0, data).status)

    writers = [threading.Thread(target=write) for _ in range(8)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()

    assert statuses.count(204) == 1
    assert set(statuses) <= {204, 409, 423, 503}
    assert line.offset(path) == len(data)


@pytest.mark.slow
def test_an_upload_survives_three_kills_of_the_whole_server_in_mid_chunk(serving, line):
    data = film(20_000_000, 6)
    headers = {name: value for name, value in line.headers.items() if name != "Tus-Resumable"}
    client = TusClient(f"{serving.url}/uploads", headers)
    path = line.begin(len(data))
    uploader = client.uploader(file_stream=io.BytesIO(data), chunk_size=5_000_000, url=f"{serving.url}{path}")
    kills: list[int] = []

    for target in (3_000_000, 8_000_000, 13_000_000):
        killer = threading.Thread(target=_kill_at, args=(serving, path, target, kills))
        killer.start()
        while killer.is_alive() and uploader.offset < len(data):
            try:
                uploader.upload_chunk()
            except (TusUploadFailed, TusCommunicationError):
                uploader.offset = line.offset(path)
        killer.join()
    uploader.upload()

    assert len(kills) == 3
    runtime = serving.runtime()
    with runtime.db.reading() as session:
        upload = session.get_one(Upload, path.rsplit("/", 1)[1])
        video = session.get_one(Video, upload.video_id)
    kept = hashlib.sha256(b"".join(runtime.store.blocks(original_key(video.original_sha256))))
    runtime.db.dispose()
    assert video.original_sha256 == kept.hexdigest() == hashlib.sha256(data).hexdigest()


def _kill_at(serving: Serving, path: str, size: int, kills: list[int]) -> None:
    """Kill the server as soon as the upload's file holds so many bytes, and start another."""
    file = serving.folder / "uploads" / path.rsplit("/", 1)[1] / "data"
    pause = threading.Event()
    while file.stat().st_size < size:
        pause.wait(0.0005)
    serving.kill()
    kills.append(size)
    serving.start()
