"""The card of a video of another site: which addresses are taken, and what stands in it before a click."""

from __future__ import annotations

import pytest

from edu.courseware.external import External, external, is_awaited
from edu.courseware.markdown import render
from edu.services.prose import Surroundings

PLAYER = "https://www.youtube-nocookie.com/embed/abcdefghijk"
PAGE = "https://www.youtube.com/watch?v=abcdefghijk"


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        (PAGE, True),
        (f"{PAGE}&t=30s", True),
        ("https://youtu.be/abcdefghijk?si=x", True),
        ("https://youtube.com/shorts/abcdefghijk", True),
        (PLAYER, True),
        ("http://youtu.be/abcdefghijk", False),
        ("https://youtube.com.evil.example/watch?v=abcdefghijk", False),
        ('https://youtu.be/abcdefghijk"onload=', False),
        ("https://youtu.be/short", False),
        ("awaited", False),
        ("", False),
    ],
)
def test_only_addresses_of_the_one_player_are_taken(address: str, is_taken: bool) -> None:
    assert external(f" external {address}") == (External(PLAYER, PAGE) if is_taken else None)


def test_a_card_says_what_a_click_does_and_holds_nothing_that_is_loaded_by_itself() -> None:
    html = render(f"::: external {PAGE}\nA *debate*.\n:::\n", Surroundings()).html

    assert f'<edu-external data-src="{PLAYER}"' in html
    assert "A <em>debate</em>." in html
    assert f'<a href="{PAGE}" rel="external noopener noreferrer">' in html
    assert "Nothing has been asked of that site" in html
    assert "the player is loaded from www.youtube-nocookie.com" in html
    assert not any(sign in html for sign in ("<iframe", "<img", "<script", "<link", " src="))


@pytest.mark.parametrize(
    ("mark", "said"), [("awaited", "still awaited"), ("https://else.example/v", 'class="missing"')]
)
def test_without_a_known_address_there_is_nothing_to_press(mark: str, said: str) -> None:
    html = render(f"::: external {mark}\nA debate.\n:::\n", Surroundings()).html

    assert said in html
    assert not any(sign in html for sign in ("<button", "<edu-external", "youtube.com"))
    assert is_awaited(f"external {mark}") == (mark == "awaited")
