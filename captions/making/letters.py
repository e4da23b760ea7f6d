"""English letters to sounds: how a word that no dictionary has is probably said, in the phones of ARPAbet."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

RULES: Final = Path(__file__).with_name("english.rules")
SIGNS: Final = {
    "#": "[aeiouy]+",
    "V": "[aeiouy]",
    "C": "[^aeiouy]",
    "*": "[^aeiouy]*",
    "+": "[eiy]",
}
LINE: Final = re.compile(r"(?P<before>[^\[]*)\[(?P<letters>[a-z]+)\](?P<after>[^=]*)=(?P<phones>.*)")


@dataclass(frozen=True, slots=True)
class Rule:
    """Letters that are said as `phones` when what stands before and after them fits."""

    letters: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    phones: tuple[str, ...]

    def fits(self, word: str, place: int) -> bool:
        """Does the rule hold at this place of the word?"""
        end = place + len(self.letters)
        return (
            word.startswith(self.letters, place)
            and self.after.match(word, end) is not None
            and self.before.search(word[:place]) is not None
        )


def sounds(word: str) -> tuple[str, ...]:
    """The phones of an English word, written in the letters a to z.

    Rules in the manner of Elovitz et al. 1976 (NRL report 7948), written anew: medical endings have theirs.
    """
    phones: list[str] = []
    place = 0
    while place < len(word):
        rule = next((one for one in _rules().get(word[place], ()) if one.fits(word, place)), None)
        if rule is not None:
            phones += rule.phones
        place += len(rule.letters) if rule is not None else 1
    return tuple(phones)


@cache
def _rules() -> dict[str, list[Rule]]:
    """The rules by their first letter, in the order of the file."""
    rules: defaultdict[str, list[Rule]] = defaultdict(list)
    for line in RULES.read_text(encoding="ascii").splitlines():
        found = LINE.fullmatch(line)
        if found is None:
            continue  # a remark
        before = re.compile(
            "".join(SIGNS.get(sign, sign) for sign in found["before"]).replace("|", "^") + "$"
        )
        after = re.compile("".join(SIGNS.get(sign, sign) for sign in found["after"]).replace("|", "$"))
        rule = Rule(found["letters"], before, after, tuple(found["phones"].split()))
        rules[rule.letters[0]].append(rule)
    return dict(rules)
