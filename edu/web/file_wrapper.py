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


class FilePart(SeekableFile):
    """So many bytes of a file from where it stands.

    The length is for servers that read; gunicorn sends as many bytes as the Content-Length says.
    """

    def __init__(self, file: IO[bytes], length: int) -> None:
        super().__init__(file)
        self._left = length

    def __next__(self) -> bytes:
        data = self.filelike.read(min(self.blksize, self._left))
        if not data:
            raise StopIteration
        self._left -= len(data)
        return data
