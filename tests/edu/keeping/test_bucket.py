"""Backups of a site whose objects lie in a bucket, and restoring into one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from edu.errors import Conflict
from edu.keeping import manifest
from edu.keeping.check_backup import check_backup
from edu.keeping.restore import restore
from edu.runtime import build
from edu.settings import Settings
from tests.edu.conftest import Site
from tests.edu.keeping.conftest import BackUp, unheard

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def bucket(empty: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty bucket, which the settings of the empty place name; given as a client of the service."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    client = boto3.client("s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1")
    client.create_bucket(Bucket="kept")
    empty["EDU_STORAGE_URL"] = f"s3://kept/site?endpoint=http://{host}:{port}"
    yield client
    for each in client.list_objects_v2(Bucket="kept").get("Contents", []):
        client.delete_object(Bucket="kept", Key=each["Key"])
    client.delete_bucket(Bucket="kept")
    client.close()
    server.stop()


def test_a_site_moves_into_a_bucket_and_is_backed_up_from_it(
    site: Site, back: BackUp, folder: Path, empty: dict[str, str], bucket: Any
) -> None:
    back()

    restore(folder, empty, told=unheard)

    moved = build(Settings.read(empty))
    done = back(folder.with_name("second"), runtime=moved)
    moved.db.dispose()
    assert (done.copied, done.lost) == (18, ())
    assert list(check_backup(folder.with_name("second"), told=unheard)) == []
    objects = manifest.read(folder).objects()
    assert manifest.read(folder.with_name("second")).objects() == objects
    listed = bucket.list_objects_v2(Bucket="kept")["Contents"]
    assert {each["Key"] for each in listed} == {f"site/{key}" for key in objects}


def test_a_bucket_with_anything_in_it_is_left_alone(
    back: BackUp, folder: Path, empty: dict[str, str], bucket: Any
) -> None:
    back()
    bucket.put_object(Bucket="kept", Key="site/originals/x", Body=b"x")

    with pytest.raises(Conflict, match="the bucket is not empty"):
        restore(folder, empty, told=unheard)

    assert bucket.list_objects_v2(Bucket="kept")["KeyCount"] == 1
