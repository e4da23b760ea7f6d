"""Stores to hold to the contract: a folder, and a bucket of an S3 server on this machine."""

import boto3
import pytest
from moto.server import ThreadedMotoServer

from edu.storage import ObjectStore
from edu.storage.local import LocalStore
from edu.storage.s3 import S3Store


@pytest.fixture(scope="session")
def s3_endpoint() -> str:
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    yield f"http://127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def bucket(s3_endpoint, monkeypatch):
    """A boto3 client of a fresh bucket named `edu`, to look at the service without our driver."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    client = boto3.client("s3", endpoint_url=s3_endpoint, region_name="us-east-1")
    client.create_bucket(Bucket="edu")
    yield client
    for page in client.get_paginator("list_objects_v2").paginate(Bucket="edu"):
        for each in page.get("Contents", []):
            client.delete_object(Bucket="edu", Key=each["Key"])
    client.delete_bucket(Bucket="edu")
    client.close()


@pytest.fixture
def s3_store(bucket, s3_endpoint, tmp_path) -> S3Store:
    return S3Store(
        "edu", prefix="site/files", endpoint=s3_endpoint, region="us-east-1", scratch=tmp_path / "tmp"
    )


@pytest.fixture
def local_store(tmp_path) -> LocalStore:
    return LocalStore(tmp_path / "objects")


@pytest.fixture(params=["local", "s3"])
def store(request) -> ObjectStore:
    return request.getfixturevalue(f"{request.param}_store")
