"""What tests of the pages of stations do: begin a run, and read a page."""

from __future__ import annotations

from uuid import uuid4

from tests.reviewer import ReviewingClient


def begin(client: ReviewingClient, **fields: str) -> str:
    """The address of a run that was begun."""
    answer = client.submit("/checklists/small/runs", {"run": str(uuid4()), "whom": "self", **fields})
    assert answer.status_code == 303
    return str(answer.location)


def text(client: ReviewingClient, address: str) -> str:
    """A page that is there."""
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)
