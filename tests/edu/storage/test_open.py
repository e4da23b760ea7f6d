"""Which store the settings open."""

import subprocess
import sys
from pathlib import Path

import pytest

from edu.errors import SettingsError
from edu.storage import open_store
from edu.storage.local import LocalStore
from edu.storage.s3 import S3Store


def test_without_an_address_files_lie_in_the_data_folder(tmp_path):
    store = open_store("", tmp_path)

    assert isinstance(store, LocalStore)
    assert store.root == tmp_path / "objects"


def test_an_address_names_bucket_prefix_endpoint_and_region(bucket, s3_endpoint, tmp_path):
    url = f"s3://edu/a/b/?endpoint={s3_endpoint}&region=eu-central-1"
    path = tmp_path / "film"
    path.write_bytes(b"film")

    store = open_store(url, tmp_path)
    store.put_file("film", path)

    assert isinstance(store, S3Store)
    assert store.origin() == s3_endpoint
    assert bucket.get_object(Bucket="edu", Key="a/b/film")["Body"].read() == b"film"


@pytest.mark.parametrize(
    "url",
    [
        "/var/objects",
        "http://host/bucket",
        "s3:///prefix",
        "s3://key:secret@bucket",
        "s3://bucket?endpont=http://x",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_with_what_to_write(tmp_path, url):
    with pytest.raises(SettingsError, match="write s3://bucket/prefix"):
        open_store(url, tmp_path)


def test_local_files_load_no_driver_for_buckets(tmp_path):
    program = (
        "import sys; from pathlib import Path; from edu.storage import open_store; "
        "open_store('', Path(sys.argv[1])); "
        "sys.exit('obstore' in sys.modules)"
    )
    root = Path(__file__).parents[3]

    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=root, capture_output=True)

    assert done.returncode == 0, done.stderr
