"""Where a phrase may be parted: words that hold on to the next one, by language, and what a break costs."""

import unicodedata
from typing import Final

CLOSERS: Final = frozenset(".,;:!?…-–—)]\"'”’»。、，！？；：」』）")
"""Marks after which a line may always end."""

SENTENCE_MARKS: Final = frozenset(".!?…。！？")
CLAUSE_MARKS: Final = frozenset(",;:–—)]、，；：」』）")
QUOTES: Final = "\"'”’»"

_WEAK: Final = {
    "en": """a an the of to in on at by for from with and or but nor so as if than that which who whose this
        these those my your his her its our their is are was were be been being have has had do does did will
        would can could may might must shall should not very more most every each any some no""",
    "es": """el la los las un una unos unas lo de del a al en con por para sin sobre entre hacia hasta desde y
        e o u ni pero que quien cuyo como si porque mi tu su mis tus sus nuestro nuestra este esta estos estas
        ese esa es son era fue ha han he hay ser estar está están muy más no se me te le les nos cada todo
        toda""",
    "fr": """le la les l un une des du de d à au aux en dans par pour sur sous avec sans entre vers chez et ou
        mais ni que qui dont si comme mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs ce cet
        cette ces est sont était a ont être avoir ne pas très plus je tu il elle on nous vous ils elles se
        chaque""",
    "de": """der die das den dem des ein eine einen einem einer eines und oder aber denn sondern dass ob wenn
        als weil in im an am auf aus bei beim mit nach von vom zu zum zur für über unter vor hinter zwischen
        durch gegen ohne um mein meine dein deine sein seine ihr ihre unser unsere dieser diese dieses ist
        sind war hat haben wird werden kann können muss soll darf nicht sehr mehr jede jeder jedes kein keine
        ich du er sie es wir""",
    "pt": """o a os as um uma uns umas de do da dos das em no na nos nas por para com sem sobre entre até
        desde e ou mas nem que quem se como meu minha seu sua seus suas este esta esse essa é são foi era há
        ser estar muito mais não cada""",
    "it": """il lo la i gli le un uno una di del della dei delle dello a al alla ai alle da dal dalla in nel
        nella con su sul sulla per tra fra e o ma né che chi cui se come mio mia tuo tua suo sua questo
        questa è sono era ha hanno essere avere non molto più ogni""",
    "nl": """de het een van in op aan bij met voor naar uit over onder door om tot en of maar want dat die als
        dan mijn jouw zijn haar ons onze hun deze dit is was waren heeft hebben wordt worden kan kunnen moet
        zal niet zeer meer elke elk geen ik je hij zij we""",
}

WEAK_WORDS: Final = {language: frozenset(words.split()) for language, words in _WEAK.items()}
"""Words that a line should not end on (English: BBC 3.4, Netflix line treatment; the others by analogy)."""

_LEADERS: Final = {
    "en": """and or but nor so because if when while where until before after that which who of to in on at by
        for from with without into onto over under between along through than as""",
    "es": "y e o u pero porque si cuando mientras donde hasta antes después que de del a en con por para sin",
    "fr": "et ou mais car si quand lorsque pendant où avant après que qui de du des à au en par pour sur",
    "de": "und oder aber denn weil wenn als während bis bevor nachdem dass in an auf aus bei mit nach von zu",
    "pt": "e ou mas porque se quando enquanto onde até antes depois que de do da em no na com por para sem",
    "it": "e o ma perché se quando mentre dove fino prima dopo che di del della a da in con su per tra fra",
    "nl": "en of maar want omdat als wanneer terwijl waar tot voordat dat die van in op aan bij met voor",
}
LEADERS: Final = {language: frozenset(words.split()) for language, words in _LEADERS.items()}
"""Conjunctions and prepositions: a line may well begin with one."""

_NONE: Final[frozenset[str]] = frozenset()

SENTENCE_LINE: Final = -2.0
CLAUSE_LINE: Final = -1.5
LEADER_LINE: Final = -0.8
WEAK_LINE: Final = 3.0
OWN_LINE: Final = -0.5
"""A break that a person made, where all else is equal."""

OWN_LETTER_LINE: Final = -2.0
"""The same between letters of a script without spaces, where a break stands for a space."""

_UNSPACED: Final = ("CJK", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "FULLWIDTH")
_LETTER_LINES: Final = {
    ("KATAKANA", "KATAKANA"): 3.0,
    ("CJK", "CJK"): 1.5,
    ("CJK", "HIRAGANA"): 1.5,
    ("HIRAGANA", "HIRAGANA"): 1.0,
    ("HIRAGANA", "CJK"): LEADER_LINE,
    ("HIRAGANA", "KATAKANA"): LEADER_LINE,
}
"""Between letters: a word seldom ends inside one script, and often where hiragana give way to another."""

SENTENCE_END: Final = -2.5
CLAUSE_END: Final = -1.0
WEAK_END: Final = 4.0


def weak_words(language: str) -> frozenset[str]:
    """The words that hold on to the next, of a BCP 47 tag; those of English when it is empty."""
    primary = language.partition("-")[0].casefold()
    return WEAK_WORDS["en"] if not primary else WEAK_WORDS.get(primary, _NONE)


def leaders(language: str) -> frozenset[str]:
    """The words that a line may well begin with, of a BCP 47 tag."""
    primary = language.partition("-")[0].casefold()
    return LEADERS["en"] if not primary else LEADERS.get(primary, _NONE)


def is_unspaced(letter: str) -> bool:
    """Is it of a script that is written without spaces: Han, kana and their marks?"""
    return letter >= "\u3000" and unicodedata.name(letter, "").startswith(_UNSPACED)


def _script(letter: str) -> str:
    return "KATAKANA" if letter == "ー" else unicodedata.name(letter, "").partition(" ")[0]


def ends_sentence(word: str) -> bool:
    """Does a sentence end with this word?"""
    bare = word.rstrip(QUOTES)
    return bool(bare) and bare[-1] in SENTENCE_MARKS


def line_cost(before: str, after: str, weak: frozenset[str], leading: frozenset[str]) -> float:
    """What it costs to end a line between two words; below zero is good."""
    bare = before.rstrip(QUOTES) or before
    if bare[-1:] in SENTENCE_MARKS:
        return SENTENCE_LINE
    if bare[-1:] in CLAUSE_MARKS:
        return CLAUSE_LINE
    if is_unspaced(bare[-1:]) and is_unspaced(after[:1]):
        return _LETTER_LINES.get((_script(bare[-1]), _script(after[0])), 0.0)
    cost = WEAK_LINE if before.casefold() in weak or bare.endswith("-") else 0.0
    return cost + (LEADER_LINE if after.casefold() in leading else 0.0)


def end_cost(before: str, weak: frozenset[str]) -> float:
    """What it costs to end a caption on a word; below zero is good."""
    bare = before.rstrip(QUOTES) or before
    if bare[-1:] in SENTENCE_MARKS:
        return SENTENCE_END
    if bare[-1:] in CLAUSE_MARKS:
        return CLAUSE_END
    return WEAK_END if before.casefold() in weak or bare.endswith("-") else 0.0
