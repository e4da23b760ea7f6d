"""Request bodies: bounded everywhere, and the file of an upload goes straight to the disk it will lie on."""

from __future__ import annotations

import errno
import io
import secrets
from collections.abc import Buffer  # type: ignore[attr-defined]
from pathlib import Path
