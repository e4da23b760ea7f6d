"""How likely a text is in a language, by its letters that are not ASCII: what tells code pages apart.

The letters of each language stand in the order of how often they are used, which with Zipf's law is all that
is needed: a wrong code page gives the rare letters of another alphabet, or capitals in the middle of words.
"""

import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import log
from typing import Final

_LATIN_SHARE: Final = 0.1
"""Of the letters of a language in Latin letters, so many are not ASCII."""

_LETTERS: Final = {
    "en": "é",
    "fr": "éèàêçâùîôûëïœæÿ",
    "es": "áóéíñúüªº",
    "pt": "ãçáéíóêõâúàôü",
    "it": "àèùòéìÀÈ",
    "de": "üäößé",
    "nl": "ëéïóèöüêá",
    "sv": "äåöéüà",
    "da": "æøåéöä",
    "no": "åøæéòô",
    "fi": "äöåéšž",
    "is": "áíðþéöóæúýö",
    "ca": "àéèóíçòúïü·",
    "pl": "łąężśóćńź",
    "cs": "áíéěřčýšžůúňóďťä",
    "sk": "áíéčýšžľúťóňôďäĺŕ",
    "hu": "áéöóőíüúű",
    "ro": "ăîâşţșț",
    "hr": "čšžćđ",
    "sl": "čšž",
    "sq": "ëç",
    "tr": "ıişğüçöâî",
    "lt": "ėšųžčįūąęū",
    "lv": "āīēšūņžļčģķ",
    "et": "äõüöšž",
    "vi": "\u0301\u0300đ\u0323ư\u0309ơêôâ\u0303ăàáéèíóòúùýì",
    "ru": "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё",
    "uk": "оаниіврткесулдмпязьгбйчхцжшїюєщфґ",
    "bg": "аоиетнрсвлдкпмзябъугчщйцжшхюфь",
    "sr": "аиоенртсјувдклмпзгбњчцшљжћђџхф",
    "el": "αοιετσνηυρπκμλάίςόέωήγδχύθφώβξζψϊ",
    "he": "יוהלאתרבמשנעדחקפגצםטכזסןךףץ",
    "ar": "اليمونترهبعدسفقحكجشأىخصةذضطثئزغظإآءؤ،؟",
    "fa": "اينرمدهوتسبكشلگزخپفجعقچحصطضذژظثغآ،؟",
    "th": "านรอก่เ้งมยลวัดทีสตะิปบค็หแจืพุชขใไ์ูโำผถซธศฟณฐษญฝภ",
    "zh": (
        "的一是不了人我在有他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家学对可她里后"
        "小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经头面公同三已老从动两长"
    ),
    "zh-hant": (
        "的一是不了人我在有他這中大來上個國到說們為子和你地出道也時年得就那要下以生會自著去之過家學對可她裡後"
        "小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經頭面公同三已老從動兩長"
    ),
    "ko": (
        "이다는가에하고의을지나은를기서사로해어니그리도한자아대시스인들수일것요라내게있면보안여정거너제마주우만"
        "부오과말무전세상야장구없려모습까았었네줘돼"
    ),
    "ja": (
        "のにはをたがてとしでいるなれもっかりさこらんあすくまきうけどよつそやわめせろえちおみひびばふべほだじげ"
        "ごずぎぐへぶむぬねンスルトーリアイラクドレタフジコマシテッロムカサニメパナバィキウオチエツノハミャュョ"
        "日一人年大本中長出時行見月分後前生間上今入学高子外下来気小話女書先名"
    ),
}
_LATIN_AMONG_OTHERS: Final = log(0.12)
"""What a Latin letter says against a language with another script: one in eight or so may be."""

_EAST_ASIAN: Final = frozenset({"zh", "zh-hant", "ko", "ja"})
_LATIN: Final = frozenset(
    name
    for name in _LETTERS
    if name not in _EAST_ASIAN | {"ru", "uk", "bg", "sr", "el", "he", "ar", "fa", "th"}
)
_QUOTES: Final = frozenset("’“”„‘–—…«»\xa0°¿¡•♪")
_OPENING: Final = frozenset("“„«¿¡")
_EAST_ASIAN_MARKS: Final = frozenset("，。、？！：；“”‘’（）《》…—「」『』・～　．")
_LOWEST: Final = 1e-8
_MARK_LIKELIHOOD: Final = 0.01
_ASCII, _LETTER, _CAPITAL, _OTHER = range(4)


@dataclass(frozen=True, slots=True)
class Sample:
    """The characters of a text that are not ASCII, each with what stands before it, and how often; and how
    many letters are ASCII."""

    pairs: Counter[tuple[int, str]]
    latin: int

    @classmethod
    def of(cls, text: str) -> "Sample":
        """Count a text."""
        pairs: Counter[tuple[int, str]] = Counter()
        before = _OTHER
        for character in text:
            if character.isascii():
                before = _ASCII if character.isalpha() else _OTHER
                continue
            pairs[before, character] += 1
            before = _kind(character)
        return cls(pairs, sum(character.isascii() and character.isalpha() for character in text))


def likelihood(sample: Sample, language: str, common: frozenset[str] = frozenset()) -> float:
    """The natural logarithm of how likely the characters are in the language.

    `common` are the characters that a character set of East Asia counts among the usual ones.
    """
    known = _known(language)
    total = 0.0 if language in _LATIN else sample.latin * _LATIN_AMONG_OTHERS
    for (before, character), count in sample.pairs.items():
        total += count * log(max(_one(known, language, before, character, common), _LOWEST))
    return total


def _one(
    known: dict[str, float], language: str, before: int, character: str, common: frozenset[str]
) -> float:
    """How likely one character is after what stands before it."""
    if language in _EAST_ASIAN:
        return _east_asian(known, character, common)
    if character in _QUOTES:
        return 1e-4 if before == _ASCII and character in _OPENING else _MARK_LIKELIHOOD
    small = character.lower()
    if not (character.isalpha() or character in known):
        return 1e-6 if character.isprintable() else _LOWEST
    likely = known.get(character) or known.get(small, 1e-5)
    if character != small:
        likely *= 0.1 if before in (_OTHER, _CAPITAL) else 0.002
    if language in _LATIN:
        return likely * (0.05 if before in (_LETTER, _CAPITAL) else 1)
    return likely * (0.01 if before == _ASCII else 1)


def _east_asian(known: dict[str, float], character: str, common: frozenset[str]) -> float:
    if character in _EAST_ASIAN_MARKS:
        return _MARK_LIKELIHOOD
    if character == "\ufffd" or not character.isprintable():
        return _LOWEST
    return known.get(character) or (2e-4 if character in common else 1e-6)


@cache
def _known(language: str) -> dict[str, float]:
    """The likelihood of each letter of a language, by Zipf's law."""
    letters = _LETTERS[language]
    share = _LATIN_SHARE if language in _LATIN else 0.5 if language in _EAST_ASIAN else 0.95
    weights = [1 / (rank + 3) for rank in range(len(letters))]
    return {letter: share * weight / sum(weights) for letter, weight in zip(letters, weights, strict=True)}


def _kind(character: str) -> int:
    if not character.isalpha() and not unicodedata.combining(character):
        return _OTHER
    return _CAPITAL if character != character.lower() else _LETTER
