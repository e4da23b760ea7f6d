"""English letters to sounds."""

from collections.abc import Sequence

import pytest

from captions.making.letters import sounds
from captions.making.recognise import DICTIONARY


@pytest.mark.parametrize(
    ("word", "phones"),
    [
        ("palpation", "P AE L P EY SH AH N"),
        ("tendonitis", "T EH N D AA N AY T IH S"),
        ("fascia", "F AE SH AH"),
        ("knee", "N IY"),
        ("thigh", "TH AY"),
        ("xyster", "Z IH S T ER"),
        ("", ""),
    ],
)
def test_letters_become_sounds(word: str, phones: str) -> None:
    assert sounds(word) == tuple(phones.split())


def test_far_fewer_sounds_are_wrong_than_when_letters_are_named() -> None:
    """Every 300th word of the dictionary; over 3000 words 19 % of the sounds were wrong, by names 139 %."""
    entries = [line.split() for line in DICTIONARY.read_text(encoding="utf-8").splitlines()]
    names = {word: phones for word, *phones in entries if len(word) == 1}
    chosen = [(word, phones) for word, *phones in entries[::300] if word.isalpha() and len(word) > 4]
    total = sum(len(phones) for _, phones in chosen)
    by_rule = sum(distance(sounds(word), phones) for word, phones in chosen)
    by_name = sum(distance([one for sign in word for one in names[sign]], phones) for word, phones in chosen)

    assert by_rule < 0.25 * total
    assert by_name > 4 * by_rule


def distance(first: Sequence[str], second: Sequence[str]) -> int:
    """Sounds to change, add or take away."""
    row = list(range(len(second) + 1))
    for number, mine in enumerate(first, 1):
        new = [number]
        for place, theirs in enumerate(second):
            new.append(min(new[-1] + 1, row[place + 1] + 1, row[place] + (mine != theirs)))
        row = new
    return row[-1]
