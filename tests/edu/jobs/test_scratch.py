"""Scratch folders of killed workers are cleared away, those in use are not."""

import os
from datetime import timedelta

from edu import queue
from edu.jobs.scratch import scratch_folder, sweep
from edu.queue import EmbeddedEngine


def test_only_what_nobody_works_in_is_removed(runtime):
    with runtime.db.writing() as session:
        queue.promise(session, "film", key="film:1", payload={}, now=runtime.clock.now())
    claim = EmbeddedEngine(runtime.db, runtime.clock).claim("w", ["film"])
    top = runtime.settings.data_dir / "tmp"
    in_use, left = scratch_folder(runtime.settings, claim.token), scratch_folder(runtime.settings, "0" * 32)
    recent, old, old_file = top / "fetched-1", top / "fetched-2", top / "upload"
    for folder in (in_use, left, recent, old):
        folder.mkdir(parents=True)
        (folder / "film").write_text("half")
    old_file.write_text("half")
    now = runtime.clock.now()
    for path, age in ((in_use, 3), (recent, 0), (old, 3), (old_file, 3)):
        moment = (now - timedelta(days=age)).timestamp()
        os.utime(path, (moment, moment))

    assert sweep(runtime) == 3

    assert sorted(path.name for path in top.iterdir()) == sorted([claim.token, "fetched-1"])


def test_a_site_that_never_worked_has_nothing_to_sweep(runtime):
    assert sweep(runtime) == 0
