"""Which language a text is in, by its commonest words; silent when it is not sure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+")
_LEAST: Final = 50
"""Words below which nothing is said."""

_MOST: Final = 1500
_SHARE: Final = 0.18
_LEAD: Final = 1.5

_COMMON: Final = {
    "en": "the and of to in is that it you for on with this are be as have not was they at from or your what",
    "es": "el la de que y en los se del las un por con no una su para es lo como más pero sus este muy está",
    "fr": "le la les de des et est un une que qui dans pour pas vous sur avec ce il ne je du nous au en plus",
    "de": "der die und das ist nicht ein zu den mit sie von ich auf es eine im sich auch dem wir wie man",
    "pt": "o a de que e do da em um para com não uma os no se na por mais as dos como mas ao você isso é são",
    "it": "il di che e la è un per non sono in una si le con da lo come gli ma della questo anche più del",
    "nl": "de het een en van is dat niet te in op zijn voor met die er je ik we aan om ook maar als bij deze",
    "sv": "och att det som en på är av för med den till inte har jag om ett men var vi kan så från här",
    "da": "og at det som en på er af for med den til ikke har jeg om et men var vi kan så fra her",
    "pl": "i w na się z do nie to jest że jak o co ale po tak za od przez tym dla czy może już są tego",
}
_LANGUAGE_SETS: Final = {language: frozenset(words.split()) for language, words in _COMMON.items()}

_SCRIPTS: Final = {
    "GREEK": ("el",),
    "HEBREW": ("he", "iw", "yi"),
    "HANGUL": ("ko",),
    "HIRAGANA": ("ja",),
    "KATAKANA": ("ja",),
    "THAI": ("th",),
    "DEVANAGARI": ("hi", "mr", "ne", "sa"),
}
"""Scripts that tell the language, or nearly."""

_NOT_LATIN: Final = frozenset(_SCRIPTS) | {"CYRILLIC", "ARABIC", "CJK"}


def detect(texts: Iterable[str]) -> str:
    """The language of plain texts as a primary BCP 47 subtag; empty when unsure or unknown here."""
    words: list[str] = []
    for text in texts:
        words += _WORD.findall(text.lower())
        if len(words) >= _MOST:
            break
    script = _script(words)
    if script in _SCRIPTS:
        return _SCRIPTS[script][0]
    return _by_common_words(words) if script == "LATIN" and len(words) >= _LEAST else ""


def contradicts(declared: str, detected: str) -> bool:
    """Is a declared language another than the one detected? Unknown ones contradict nothing."""
    primary = declared.partition("-")[0].casefold()
    if not detected or not primary or primary == detected:
        return False
    alike = next((group for group in _SCRIPTS.values() if detected in group), ())
    return primary not in alike


def _by_common_words(words: list[str]) -> str:
    counts = Counter(words)
    scores = sorted(
        ((sum(counts[word] for word in common), language) for language, common in _LANGUAGE_SETS.items()),
        reverse=True,
    )
    (best, language), (second, _) = scores[:2]
    return language if best >= _SHARE * len(words) and best >= _LEAD * second else ""


def _script(words: list[str]) -> str:
    """The script of most letters; Han with some kana is Japanese."""
    letters = Counter(_script_of(letter) for word in words[:300] for letter in word[:3])
    if letters["HIRAGANA"] + letters["KATAKANA"] > letters["CJK"] / 10 > 0:
        return "HIRAGANA"
    return letters.most_common(1)[0][0] if letters else ""


def _script_of(letter: str) -> str:
    if letter.isascii():
        return "LATIN"
    name = unicodedata.name(letter, "").partition(" ")[0]
    return name if name in _NOT_LATIN else "LATIN"
