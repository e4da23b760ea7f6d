"""The wrapper a WSGI server is given for files: one that can seek, and that gunicorn can send as it is."""

from __future__ import annotations

from typing import IO

from werkzeug.wsgi import FileWrapper


class SeekableFile(FileWrapper):
    """A file in blocks. gunicorn's own cannot seek: a range would be read from the beginning of the file.

    gunicorn recognises a wrapper by the class it finds in the environment, and then asks for `filelike` and
    `blksize` to hand the file to the kernel.
    """

    def __init__(self, file: IO[bytes], buffer_size: int = 256 * 1024) -> None:
        super().__init__(file, buffer_size)
        self.filelike = file
        self.blksize = buffer_size
