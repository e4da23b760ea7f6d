"""Request bodies: bounded everywhere, and a plain upload's file goes straight to the disk it will lie on."""

from __future__ import annotations

import errno
import io
import os
import secrets
from pathlib import Path
from typing import IO, Final, cast

from flask import Flask, Request, current_app, request

import quizzes.exchange
from edu.errors import NoRoom
from edu.runtime import Runtime
from edu.services import uploads
from edu.services.hand_ins import receiving
from edu.services.texts import described

MOST_BODY_BYTES: Final = 16 * 1024 * 1024
SLACK_BYTES: Final = 1024 * 1024  # what a form holds besides its file
PLAIN_UPLOADS: Final = (
    "studio_video.receive", "studio_film.receive", "studio_describe.make", "studio_question_import.receive",
    "hand_in.receive",
)  # fmt: skip
SMALLER: Final = {  # than what a video may be
    "studio_describe.make": described.MOST_BYTES,
    "studio_question_import.receive": quizzes.exchange.LARGEST_FILE,
    "hand_in.receive": receiving.MOST_BYTES,
}
UPLOADS: Final = "upload"  # the blueprint of tus


class Spool(io.FileIO):
    """A file on the data disk that a form's file is written to as it comes."""

    def write(self, data: object, /) -> int:
        """Write all of it. NoRoom when the disk is full."""
        rest = memoryview(data)  # type: ignore[arg-type]  # bytes-like, by io's contract
        size = len(rest)
        try:
            while rest:
                rest = rest[os.write(self.fileno(), rest) :]
        except OSError as error:
            if error.errno in (errno.ENOSPC, errno.EDQUOT):
                raise NoRoom(
                    "The disk of this site is full. Tell the administrator, then try again."
                ) from error
            raise
        return size


class Incoming(Request):
    """A request whose uploaded file is never kept in memory, and on no other disk than the data folder's."""

    spools: tuple[Spool, ...] = ()

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if self.endpoint not in PLAIN_UPLOADS:
            return super()._get_file_stream(total_content_length, content_type, filename, content_length)
        settings = cast(Runtime, current_app.extensions["edu"]).settings
        uploads.check_disk(uploads.shelf_of(settings), total_content_length or 0)
        folder = settings.data_dir / "tmp"
        folder.mkdir(parents=True, exist_ok=True)
        spool = Spool(folder / f"form-{secrets.token_hex(16)}", "x+b")
        self.spools += (spool,)
        return cast(IO[bytes], spool)


def install(app: Flask) -> None:
    """Bound every body; only uploads may send more, and as much as the settings say."""
    app.request_class = Incoming
    app.config["MAX_CONTENT_LENGTH"] = MOST_BODY_BYTES
    app.before_request(_allow_uploads)
    app.teardown_request(_remove_spools)


def _allow_uploads() -> None:
    if request.endpoint in PLAIN_UPLOADS or request.blueprint == UPLOADS:
        most = cast(Runtime, current_app.extensions["edu"]).settings.max_upload_bytes
        request.max_content_length = min(most, SMALLER.get(request.endpoint or "", most)) + SLACK_BYTES


def _remove_spools(_: BaseException | None) -> None:
    for spool in cast(Incoming, request).spools:
        spool.close()
        Path(str(spool.name)).unlink(missing_ok=True)
