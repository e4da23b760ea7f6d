"""Two films that play in step: one is put off its place, and must come back."""

from __future__ import annotations

from playwright.sync_api import Page

PICTURE = 0.04  # seconds
PICTURES = 20
ROUNDS = 10


def comes_back(page: Page, leader: str, follower: str, *, by: float, offset: float = 0) -> None:
    """Set the follower back by so many seconds while both play, and see it in its place again.

    The films are scripts that give the element; `offset` is by how much the follower is to be ahead. Other
    work on this machine can hold up one of the two for a moment: nine pictures of ten must be near, in some
    round.
    """
    page.evaluate(f"{follower}.currentTime -= {by}")
    found: list[float] = []
    for _ in range(ROUNDS):
        found = page.evaluate(f"""async () => {{
          const [leader, follower, gaps] = [{leader}, {follower}, []];
          while (gaps.length < {PICTURES}) {{
            await new Promise((shown) => {{ leader.requestVideoFrameCallback(shown); }});
            gaps.push(follower.currentTime - leader.currentTime - {offset});
          }}
          return gaps;
        }}""")
        if sum(abs(gap) <= PICTURE for gap in found) >= 0.9 * PICTURES:
            return
    raise AssertionError(found)
