"""Pronunciations: the dictionary of the acoustic model, else espeak-ng where present, else English rules."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from captions.making.letters import sounds

Ways = tuple[str, ...]
"""The ways to say a word; each is phones of ARPAbet with spaces between."""

SPELLING: Final = re.compile(r"[a-z]+(?:'[a-z]+)*'?")
ESPEAK_SECONDS: Final = 20
MOST_ASKED: Final = 3000
"""Words that espeak-ng is asked for in one script; it says about 2000 a second."""

AMERICAN: Final = (
    *(
        ("aesth", "esth"),
        ("paed", "ped"),
        ("haem", "hem"),
        ("oed", "ed"),
        ("oes", "es"),
        ("orrhoea", "orrhea"),
    ),
    *(
        ("metre", "meter"),
        ("litre", "liter"),
        ("fibre", "fiber"),
        ("centre", "center"),
        ("ise", "ize"),
        ("yse", "yze"),
    ),
    *(
        ("isation", "ization"),
        ("ising", "izing"),
        ("our", "or"),
        ("lling", "ling"),
        ("lled", "led"),
        ("tumour", "tumor"),
    ),
)
"""British spellings and what the dictionary, which is American, has in their place."""

_PHONES: Final = """
tS=CH dZ=JH aI@=AY_ER aI3=AY_ER aU@=AW_ER eI=EY aI=AY oI=OY OI=OY aU=AW oU=OW @U=OW i@3=IH_R i@=IY_AH
e@=EH_R U@=UH_R A@=AA_R O@=AO_R o@=AO_R 3:=ER i:=IY u:=UW A:=AA O:=AO aa=AE I2=IH I#=IH a#=AH @L=AH_L
@2=AH @5=AH @=AH 3=ER 0#=AA 0=AA I=IH E=EH a=AE V=AH U=UH i=IY u=UW e=EH o=OW A=AA O=AO T=TH D=DH S=SH
Z=ZH N=NG j=Y h=HH r=R l=L w=W p=P b=B t#=T t=T *=T d=D k=K g=G f=F v=V s=S z=Z m=M n=N
"""
ESPEAK_PHONES: Final[Mapping[str, tuple[str, ...]]] = {
    name: tuple(phones.split("_")) for name, phones in (pair.rsplit("=", 1) for pair in _PHONES.split())
}
ESPEAK_TOKEN: Final = re.compile("|".join(map(re.escape, sorted(ESPEAK_PHONES, key=len, reverse=True))))
ESPEAK_MARKS: Final = re.compile(r"[',%=_|\s-]")


def pronunciations(words: Iterable[str], dictionary: Path, *, espeak: str | None = None) -> dict[str, Ways]:
    """The ways to say each of these words, as far as one is found.

    Words are in lower case, of letters and inner apostrophes; others are left out. `dictionary` is in the
    format of CMUdict, `espeak` the path of the program, or None to do without.
    """
    wanted = {word for word in words if SPELLING.fullmatch(word)}
    candidates = {word: tuple(_spellings(word)) for word in wanted}
    known = look_up({spelling for row in candidates.values() for spelling, _ in row}, dictionary)
    found: dict[str, Ways] = {}
    for word, row in candidates.items():
        ways = next((_ending(known[spelling], end) for spelling, end in row if spelling in known), None)
        if ways:
            found[word] = ways
    missing = sorted(wanted - found.keys())
    found |= by_espeak(missing[:MOST_ASKED], espeak) if espeak and missing else {}
    for word in missing:
        if word not in found and (phones := sounds(word.replace("'", ""))):
            found[word] = (" ".join(phones),)
    return found


def find_espeak() -> str | None:
    """The path of espeak-ng, where it is installed."""
    return shutil.which("espeak-ng")


def vocabulary(dictionary: Path) -> frozenset[str]:
    """Every word that the dictionary says."""
    with dictionary.open(encoding="utf-8") as lines:
        return frozenset(line.split(" ", 1)[0] for line in lines)


def look_up(words: set[str], dictionary: Path) -> dict[str, Ways]:
    """The ways in which the dictionary says these words."""
    found: dict[str, list[str]] = {}
    with dictionary.open(encoding="utf-8") as lines:
        for line in lines:
            entry, _, phones = line.partition(" ")
            word = entry.partition("(")[0]
            if word in words:
                found.setdefault(word, []).append(phones.strip())
    return {word: tuple(ways) for word, ways in found.items()}


def by_espeak(words: list[str], program: str) -> dict[str, Ways]:
    """Ask espeak-ng, once for all words; what it says oddly, or not in time, is left out.

    The words go to its standard input, a paragraph each, and are letters only: nothing of them is an option.
    """
    text = "\n\n".join(word.replace("'", "") for word in words)
    argv = [program, "-q", "-x", "-v", "en-us", "--stdin"]
    try:
        done = subprocess.run(  # noqa: S603 -- an argv list of ours
            argv, input=text.encode(), capture_output=True, timeout=ESPEAK_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return {}
    lines = [line for line in done.stdout.decode("utf-8", "replace").splitlines() if line.strip()]
    if len(lines) != len(words):
        return {}
    said = {word: from_espeak(line) for word, line in zip(words, lines, strict=True)}
    return {word: (way,) for word, way in said.items() if way}


def from_espeak(mnemonics: str) -> str:
    """The phones of ARPAbet for a word in espeak-ng's phoneme mnemonics; what is unknown is passed over."""
    plain = ESPEAK_MARKS.sub("", mnemonics)
    return " ".join(phone for name in ESPEAK_TOKEN.findall(plain) for phone in ESPEAK_PHONES[name])


def _spellings(word: str) -> Iterator[tuple[str, str]]:
    """How the dictionary may spell the word, each with the ending that has to be added to what it says."""
    yield word, ""
    for spelling in (word.rstrip("'"), *_american(word)):
        yield spelling, ""
        if spelling.endswith("'s"):
            yield spelling[:-2], "s"
        elif spelling.endswith("s") and not spelling.endswith("ss"):
            yield spelling[:-1], "s"


def _american(word: str) -> Iterator[str]:
    changed = word
    for british, american in AMERICAN:
        if british in word:
            yield word.replace(british, american)
            changed = changed.replace(british, american)
    yield changed


def _ending(ways: Ways, end: str) -> Ways:
    """With the sound of a plural or of a possessive."""
    return tuple(f"{way} {_plural(way.split()[-1])}" for way in ways) if end else ways


def _plural(last: str) -> str:
    if last in ("S", "Z", "SH", "ZH", "CH", "JH"):
        return "IH Z"
    return "S" if last in ("P", "T", "K", "F", "TH") else "Z"
