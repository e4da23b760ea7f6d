"""Media addresses: who is answered, with which bytes and for how long, from disk, nginx and a bucket."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import boto3
import pytest
from flask import Flask
from moto.server import ThreadedMotoServer
from sqlalchemy import delete, update

from edu.app import create_app
from edu.clock import FixedClock
from edu.models import Audience, LoginSession, VideoFile, Visibility
from edu.runtime import Runtime
from edu.storage import open_store
from tests.edu.conftest import Site, add_package
from tests.people import Person
from tests.reviewer import ReviewingClient

Declare = Callable[[ReviewingClient], None]


MAKERS_FILES = {"vV1/waveform.json", "vV1/report.json"}


def browser(app: Flask) -> ReviewingClient:
    return ReviewingClient(app, app.response_class)


def addresses_in(page: str) -> list[str]:
    return [part.split('"')[0] for part in page.split('"') if part.startswith("/media/")]


def test_open_files_are_kept_for_ten_minutes_by_everybody_and_then_asked_for_again(
    client: ReviewingClient, site: Site
) -> None:
    for name in site.files("V1"):
        if name in MAKERS_FILES:
            continue
        answer = client.get(f"{site.public('V1')}/{name}")

        assert answer.status_code == 200, name
        assert answer.headers["Cache-Control"] == "public, max-age=600, must-revalidate"
        assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert not {"Set-Cookie", "Vary"} & set(
            answer.headers.keys()
        )  # one answer for all, so one copy for all
        again = client.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def test_a_copy_that_a_browser_kept_is_good_no_longer_than_the_video_is_published(
    client: ReviewingClient, site: Site, clock: FixedClock
) -> None:
    film = f"{site.public('V1')}/vV1/720.mp4"
    etag = client.get(film).headers["ETag"]
    site.change_video("V1", visibility=Visibility.DRAFT)
    clock.advance(timedelta(seconds=10))

    assert client.get(film, headers={"If-None-Match": etag}).status_code == 404


def test_what_is_for_makers_is_never_remembered_for_others(
    app: Flask, site: Site, administrator: Person
) -> None:
    for name in MAKERS_FILES:
        address = f"{site.public('V1')}/{name}"
        assert administrator.get(address).headers["Cache-Control"] == "private, max-age=600"
        assert browser(app).get(address).status_code == 404


def test_text_tracks_come_as_utf_8_and_are_not_sent_twice(client: ReviewingClient, site: Site) -> None:
    address = f"{site.public('V1')}/tracks/captions.en.1.vtt"

    first = client.get(address)

    assert first.headers["Content-Type"] == "text/vtt; charset=utf-8"
    assert first.text.startswith("WEBVTT\n\n")
    assert client.get(address, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_files_of_a_draft_are_there_for_makers_only(
    app: Flask, site: Site, learner: Person, instructor: Person
) -> None:
    site.change_video("V1", visibility=Visibility.DRAFT)
    page = instructor.get("/videos/find").get_data(as_text=True)
    (film, *_) = [address for address in addresses_in(page) if address.endswith(".mp4")]

    assert instructor.get(film).status_code == 200
    assert instructor.get(film).headers["Cache-Control"] == "private, max-age=600"
    assert learner.get(film).status_code == 404
    assert browser(app).get(film).status_code == 404
    assert browser(app).get(f"{site.public('V1')}/vV1/720.mp4").status_code == 404


def test_a_video_that_is_taken_back_is_gone_within_ten_seconds(
    client: ReviewingClient, site: Site, clock: FixedClock
) -> None:
    film = f"{site.public('V1')}/vV1/720.mp4"
    assert client.get(film).status_code == 200

    site.change_video("V1", visibility=Visibility.DRAFT)
    clock.advance(timedelta(seconds=10))

    assert client.get(film).status_code == 404


def test_a_video_that_comes_behind_the_gate_is_closed_within_ten_seconds(
    client: ReviewingClient, site: Site, clock: FixedClock
) -> None:
    film = f"{site.public('V1')}/vV1/720.mp4"
    assert client.get(film).status_code == 200

    site.change_video("V1", audience=Audience.PRO)
    clock.advance(timedelta(seconds=10))

    answer = client.get(film)
    assert (answer.status_code, b"OPEN" in answer.data) == (403, False)


def test_a_session_that_ended_reads_no_draft_any_more(instructor: Person, site: Site) -> None:
    site.change_video("V1", visibility=Visibility.DRAFT)
    page = instructor.get("/videos/find").get_data(as_text=True)
    (film, *_) = [address for address in addresses_in(page) if address.endswith(".mp4")]
    assert instructor.get(film).status_code == 200

    with site.runtime.db.writing() as session:
        session.execute(update(LoginSession).values(ended_at=site.runtime.clock.now()))

    assert instructor.get(film).status_code == 404


def test_behind_nginx_the_file_is_named_by_its_key_and_not_sent_by_us(
    site: Site, with_settings: Callable[..., Runtime]
) -> None:
    client = browser(create_app(with_settings(x_accel="/_objects/")))
    video = site.video("V1")

    answer = client.get(f"{site.public('V1')}/vV1/720.mp4", headers={"Range": "bytes=0-9"})

    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["X-Accel-Redirect"] == f"/_objects/videos/{video.id}/vV1/720.mp4"
    assert answer.headers["Content-Type"] == "video/mp4"


def test_a_file_that_is_not_in_the_store_any_more_is_not_found(client: ReviewingClient, site: Site) -> None:
    site.runtime.store.delete_tree(f"videos/{site.video('V1').id}")

    answer = client.get(f"{site.public('V1')}/vV1/720.mp4")

    assert answer.status_code == 404
    assert "immutable" not in answer.headers["Cache-Control"]


@pytest.fixture(scope="module")
def s3_endpoint() -> Iterator[str]:
    """An S3 server on this machine with the bucket `edu`."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    address = f"http://127.0.0.1:{server.get_host_and_port()[1]}"
    client = boto3.client(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id="testing",
        aws_secret_access_key="testing",
    )
    client.create_bucket(Bucket="edu")
    client.close()
    yield address
    server.stop()


@pytest.fixture
def in_a_bucket(
    site: Site, s3_endpoint: str, monkeypatch: pytest.MonkeyPatch
) -> tuple[Site, ReviewingClient]:
    """The same site with its objects in a bucket."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    runtime = site.runtime
    url = f"s3://edu/files?endpoint={s3_endpoint}"
    moved = replace(runtime, store=open_store(url, runtime.settings.data_dir))
    video_id = site.video("V1").id
    with runtime.db.writing() as session:
        session.execute(delete(VideoFile))
    add_package(moved, video_id, "vV1", b"OPEN")
    return Site(moved, site.folder), browser(create_app(moved))


def test_films_in_a_bucket_are_fetched_from_there_and_playlists_from_here(
    in_a_bucket: tuple[Site, ReviewingClient], s3_endpoint: str
) -> None:
    site, client = in_a_bucket
    there = {"720.mp4", "poster.jpg", "storyboard.jpg"}

    for name in set(site.files("V1")) - MAKERS_FILES:
        answer = client.get(f"{site.public('V1')}/{name}")
        if name.partition("/")[2] in there:
            assert (answer.status_code, answer.data.count(b"OPEN")) == (302, 0)
            assert answer.headers["Location"].startswith(f"{s3_endpoint}/edu/files/videos/")
            assert "X-Amz-Signature" in answer.headers["Location"]
            assert answer.headers["Cache-Control"] == "private, max-age=300"
        else:
            assert answer.status_code == 200, name


def test_head_of_a_film_in_a_bucket_is_answered_here_since_the_way_there_is_signed_for_get(
    in_a_bucket: tuple[Site, ReviewingClient],
) -> None:
    site, client = in_a_bucket
    key = f"videos/{site.video('V1').id}/vV1/720.mp4"

    answer = client.head(f"{site.public('V1')}/vV1/720.mp4")

    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Content-Length"] == str(site.runtime.store.size(key))
    assert (answer.headers["Content-Type"], answer.headers["Accept-Ranges"]) == ("video/mp4", "bytes")


def test_pages_let_films_come_from_the_bucket_and_from_nowhere_else(
    in_a_bucket: tuple[Site, ReviewingClient], s3_endpoint: str
) -> None:
    policy = in_a_bucket[1].get("/videos").headers["Content-Security-Policy"]

    assert f"media-src 'self' blob: {s3_endpoint};" in policy
    assert f"img-src 'self' data: {s3_endpoint};" in policy
    assert "script-src 'self';" in policy
