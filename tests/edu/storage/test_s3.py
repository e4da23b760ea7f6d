"""What only S3 promises: addresses of its own, types, no half uploads."""

import io
from datetime import UTC, datetime
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from edu.errors import Invalid, NotFound
from edu.storage import StoreUnavailable
from edu.storage.s3 import S3Store


def fetch(url: str, **headers: str) -> tuple[int, bytes, str]:
    with urlopen(Request(url, headers=headers), timeout=10) as answer:
        return answer.status, answer.read(), answer.headers["Content-Type"]


def test_an_object_lies_under_the_prefix_with_its_media_type(s3_store, bucket):
    s3_store.put("videos/1/master.m3u8", io.BytesIO(b"#EXTM3U"))

    found = bucket.head_object(Bucket="edu", Key="site/files/videos/1/master.m3u8")

    assert found["ContentType"] == "application/vnd.apple.mpegurl"


def test_a_presigned_address_gives_the_object_and_its_ranges_to_anybody(s3_store):
    s3_store.put("videos/1/720.mp4", io.BytesIO(b"0123456789"))
    url = s3_store.presigned_url("videos/1/720.mp4", 600)

    assert fetch(url) == (200, b"0123456789", "video/mp4")
    assert fetch(url, Range="bytes=3-5") == (206, b"345", "video/mp4")
    assert url.startswith(s3_store.origin() + "/edu/site/files/videos/1/720.mp4?")


def test_without_the_signature_nothing_is_given(s3_store):
    s3_store.put("film", io.BytesIO(b"film"))
    url = s3_store.presigned_url("film", 600)

    with pytest.raises(HTTPError) as caught:
        fetch(url.partition("?")[0])

    assert caught.value.code == 403
    caught.value.close()


def test_the_signature_is_the_one_that_botocore_computes(s3_store, s3_endpoint, monkeypatch):
    """The test server checks no signature, so ours is compared with that of the service's own library."""
    url = s3_store.presigned_url("videos/1/720.mp4", 599)
    ours = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    request = AWSRequest("GET", f"{s3_endpoint}/edu/site/files/videos/1/720.mp4")

    moment = datetime.strptime(ours["X-Amz-Date"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda remove_tzinfo=True: moment)

    S3SigV4QueryAuth(Credentials("testing", "testing"), "s3", "us-east-1", expires=599).add_auth(request)

    theirs = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
    assert ours == theirs
    assert ours["X-Amz-Expires"] == "599"


@pytest.mark.parametrize("seconds", [0, -1, 7 * 24 * 3600 + 1])
def test_an_address_is_good_for_a_second_to_a_week(s3_store, seconds):
    with pytest.raises(Invalid):
        s3_store.presigned_url("film", seconds)


def test_an_upload_that_breaks_off_leaves_no_parts_to_pay_for(s3_store, bucket):
    class Breaking(io.RawIOBase):
        left = 3

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            if self.left < 0:
                raise ValueError("the client has gone")
            return bytes(min(size, 8 * 1024 * 1024))

    with pytest.raises(ValueError, match="the client has gone"):
        s3_store.put("film", Breaking())

    assert bucket.list_multipart_uploads(Bucket="edu").get("Uploads") is None
    assert bucket.list_objects_v2(Bucket="edu").get("Contents") is None


def test_a_long_listing_and_its_deletion_pass_the_limit_of_a_thousand(s3_store, bucket):
    for number in range(1100):
        bucket.put_object(Bucket="edu", Key=f"site/files/many/{number}", Body=b"")

    assert len(list(s3_store.list("many"))) == 1100
    assert s3_store.delete_tree("many") == 1100
    assert list(s3_store.list()) == []


def test_an_object_replaced_between_two_requests_ends_the_read(s3_store, bucket):
    """A film longer than one request is never glued from two versions."""
    bucket.put_object(Bucket="edu", Key="site/files/film", Body=bytes(33 * 1024 * 1024))
    running = s3_store.blocks("film")
    next(running)
    bucket.put_object(Bucket="edu", Key="site/files/film", Body=b"1" * 33 * 1024 * 1024)

    with pytest.raises(StoreUnavailable):
        list(running)


def test_the_copy_for_a_tool_is_removed_afterwards(s3_store, tmp_path):
    s3_store.put("film.mov", io.BytesIO(b"film"))

    with s3_store.fetched("film.mov") as path:
        assert path.is_relative_to(tmp_path / "tmp")

    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_bucket_has_no_local_paths(s3_store):
    s3_store.put("film", io.BytesIO(b"film"))

    assert s3_store.local_path("film") is None


def test_a_service_that_does_not_answer_is_unavailable_not_a_crash(bucket, tmp_path):
    store = S3Store("edu", prefix="", endpoint="http://127.0.0.1:9", region="us-east-1", scratch=tmp_path)

    with pytest.raises(StoreUnavailable):
        store.put("film", io.BytesIO(b"film"))
    with pytest.raises(StoreUnavailable):
        store.exists("film")


def test_a_missing_bucket_keeps_nothing_and_says_so(s3_endpoint, bucket, tmp_path):
    store = S3Store("nobody", prefix="", endpoint=s3_endpoint, region="us-east-1", scratch=tmp_path)

    with pytest.raises((StoreUnavailable, NotFound)):
        store.put("film", io.BytesIO(b"film"))
