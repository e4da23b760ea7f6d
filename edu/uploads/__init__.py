"""Uploads in progress: what the tus 1.0 protocol says in headers, and the files that survive a kill.

What does not belong here: whose an upload is and how much may be kept (services/uploads), and requests.
"""

from edu.uploads.protocol import Checksum, Metadata, ProtocolError
from edu.uploads.shelf import Held, Info, Shelf

__all__ = ["Checksum", "Held", "Info", "Metadata", "ProtocolError", "Shelf"]
