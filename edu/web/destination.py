"""Where to go after a form: only to a path of this site, whatever the address says."""

from __future__ import annotations

from flask import request


def after(default: str) -> str:
    """The path in `next`, of the form or the address, if it is one of ours; else the default."""
    return local_path(request.form.get("next") or request.args.get("next")) or default


def local_path(value: str | None) -> str | None:
    """The value if it is a path on this site, else None.

    Browsers take a backslash for a slash, drop tabs and line ends, and read `//host` as another site.
    """
    if not value or len(value) > 2000 or not value.startswith("/"):
        return None
    if "\\" in value or value.startswith("//") or any(ord(sign) <= 32 or ord(sign) == 127 for sign in value):
        return None
    return value
