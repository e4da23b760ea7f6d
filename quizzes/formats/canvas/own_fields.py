"""What only this platform knows of a question: fields that stand beside it in the metadata, as JSON."""

import json
from collections.abc import Mapping
from typing import Any

from quizzes.errors import Reason, refusal
from quizzes.formats.canvas.types import OWN

LONGEST_ENTRY = 200_000  # characters


def differences(form: Mapping[str, Any], native: Mapping[str, Any]) -> dict[str, str]:
    """The metadata that turn the `native` form into `form`; a field that is to go is null."""
    names = dict.fromkeys([*form, *native])
    return {
        OWN + name: json.dumps(form.get(name), allow_nan=False)
        for name in names
        if form.get(name) != native.get(name) or (name in form) != (name in native)
    }


def with_own_fields(native: Mapping[str, Any], metadata: Mapping[str, str]) -> dict[str, Any]:
    """The form with the fields from the metadata in it. Raises QuizError for what is no JSON."""
    form = dict(native)
    for label, entry in metadata.items():
        if label.startswith(OWN):
            name = label.removeprefix(OWN)
            form[name] = _parsed(label, entry)
            if form[name] is None:
                del form[name]
    return form


def _parsed(label: str, entry: str) -> Any:
    if len(entry) > LONGEST_ENTRY:
        raise refusal(Reason.TOO_LONG, label, limit=LONGEST_ENTRY)
    try:
        return json.loads(entry)
    except (ValueError, RecursionError) as error:
        raise refusal(Reason.UNREADABLE, label, detail="it is not JSON") from error
