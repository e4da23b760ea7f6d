"""The words by which a stem or an option gives itself away, in English, German, French and Spanish."""

import re
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Tongue:
    """The words of one language, in lower case; `all_of`, `none_of` and `asking` are patterns of a start."""

    negative: frozenset[str] = frozenset()
    absolute: frozenset[str] = frozenset()
    vague: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
    """Words that carry no meaning of their own; what remains is compared."""
    all_of: str = ""
    none_of: str = ""
    asking: str = ""
    """How a sentence begins that tells the learner what to do: choose, name, put."""
    before_vowels: tuple[str, ...] = ()
    """Articles of which the first stands before consonants and the second before vowels."""
    articles: frozenset[str] = frozenset()
    """Articles whose gender or number can give an option away."""
    under: frozenset[str] = frozenset()
    over: frozenset[str] = frozenset()
    to: frozenset[str] = frozenset()
    how: frozenset[str] = frozenset()


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


_ENGLISH = Tongue(
    negative=_words("not except never cannot least isn't aren't doesn't don't can't incorrect false"),
    absolute=_words(
        "always never invariably impossible absolutely definitely certainly entirely undoubtedly"
    ),
    vague=_words(
        "usually often sometimes frequently rarely occasionally commonly generally seldom typically mostly"
    ),
    small=_words(
        "a an the and or but of to in on at by for from with without into onto over under up down out "
        "off as is are was were be been being has have had do does did this that these those it its "
        "they them their there then than which what who whom whose when where why how if so not no "
        "nor any all each every some more most less least very can could may might should would will "
        "must about after before between both one two he she his her you your we our i such only also "
        "just here now today first last best patient person people following"
    ),
    all_of=r"(?:all|both|each)(?: of)?(?: the)? (?:above|these|them|others?|options|answers)\b"
    r"|all are (?:right|correct|true)\b",
    none_of=r"(?:none|neither)(?: of)?(?: the)? (?:above|these|them|others?|options|answers)\b"
    r"|none is (?:right|correct|true)\b",
    asking=r"(?:please )?(?:choose|select|pick|mark|name|find|identify|match|order|put|tick|click|stop"
    r"|complete|decide|say|tell|give|state|list|sort|rank|place|point|drag|fill|write|calculate|judge|rate|enter"
    r"|read|watch|label)\b",
    before_vowels=("a", "an"),
    under=_words("under below less fewer up"),
    over=_words("over above more at"),
    to=_words("to and"),
    how=_words("how"),
)
_GERMAN = Tongue(
    negative=_words("nicht kein keine keinen keiner keines nie niemals außer ausser ausgenommen falsch"),
    absolute=_words("immer nie niemals stets ausnahmslos unmöglich absolut völlig keinesfalls zweifellos"),
    vague=_words("meist meistens oft manchmal häufig selten gelegentlich gewöhnlich üblicherweise mitunter"),
    small=_words(
        "der die das den dem des ein eine einen einem einer eines und oder aber von zu zum zur in im "
        "an am auf bei für mit ohne aus als ist sind war waren wird werden hat haben hatte es er sie "
        "ihr ihre sein seine dass dies diese dieser dieses welche welcher welches wer was wann wo "
        "warum wie wenn so nicht kein keine auch nur noch nach vor über unter zwischen alle jede "
        "jeder mehr sich man durch um kann können soll muss darf patient patientin person menschen "
        "folgenden"
    ),
    all_of=r"alle (?:oben|genannten|antworten|der|vorstehenden|sind)\b|beide (?:antworten|sind)\b",
    none_of=r"keine[rs]?(?: der)?(?: oben)? (?:genannten|antwort(?:en)?|davon|vorstehenden)\b",
    asking=r"(?:bitte )?(?:wählen|nennen|ordnen|bringen|markieren|kreuzen|klicken|geben|setzen|finden"
    r"|zeigen|wähle|nenne)\b",
    articles=_words("ein eine einen einem einer der die das den dem"),
    under=_words("unter weniger bis höchstens"),
    over=_words("über mehr ab mindestens"),
    to=_words("bis und"),
    how=_words("wie"),
)
_FRENCH = Tongue(
    negative=_words("pas sauf jamais excepté hormis ne n'est aucun aucune faux fausse incorrecte"),
    absolute=_words("toujours jamais impossible absolument invariablement certainement systématiquement"),
    vague=_words("souvent parfois généralement habituellement fréquemment rarement occasionnellement"),
    small=_words(
        "le la les un une des du de d l et ou mais à au aux en dans sur sous par pour avec sans est "
        "sont était a ont ce cet cette ces il elle ils elles leur leurs son sa ses qui que quoi dont "
        "où quand comment quel quelle quels quelles si ne pas plus moins très tout tous toute toutes "
        "se on nous vous après avant entre peut doit patient patiente personne personnes"
    ),
    all_of=r"(?:toutes|tous)(?: sont (?:exactes|justes|vraies)| (?:les|ces) (?:réponses|propositions))",
    none_of=r"aucune?(?: (?:n'est|de ces|des)\b| (?:réponse|proposition)\b)",
    asking=r"(?:choisissez|indiquez|nommez|classez|ordonnez|cochez|cliquez|donnez|citez|trouvez|associez"
    r"|complétez)\b",
    articles=_words("un une le la du"),
    under=_words("moins sous"),
    over=_words("plus"),
    to=_words("à et"),
)
_SPANISH = Tongue(
    negative=_words("no excepto nunca salvo jamás ninguno ninguna incorrecta falso falsa menos"),
    absolute=_words("siempre nunca jamás imposible absolutamente invariablemente indudablemente"),
    vague=_words(
        "generalmente frecuentemente habitualmente usualmente ocasionalmente raramente suele suelen"
    ),
    small=_words(
        "el la los las un una unos unas y o pero de del a al en con sin por para sobre bajo entre es "
        "son era está están ha han que qué quien cual cuál cuáles cuando dónde cómo si no se su sus "
        "este esta estos estas ese esa lo le les más menos muy todo todos toda todas puede debe "
        "después antes paciente persona personas siguientes"
    ),
    all_of=r"(?:todas|todos)(?: de)?(?: las| los)? (?:anteriores|respuestas|opciones|son|ellas)\b",
    none_of=r"ningun[ao](?: de)?(?: las| los)? (?:anteriores|respuestas|opciones|es|ellas)\b",
    asking=r"(?:elija|elige|señale|indique|nombre|ordene|marque|seleccione|escoja|relacione|complete)\b",
    articles=_words("un una el la"),
    under=_words("menos bajo"),
    over=_words("más"),
    to=_words("a y"),
)
_TONGUES = MappingProxyType({"en": _ENGLISH, "de": _GERMAN, "fr": _FRENCH, "es": _SPANISH})
_NONE = Tongue()
_WORD = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


def tongue(language: str) -> Tongue:
    """The words of a language by its tag (`de-CH` is German); a language not known here has none."""
    return _TONGUES.get(language.partition("-")[0].lower(), _NONE)


def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, in their order."""
    return tuple(word.replace("\u2019", "'").casefold() for word in _WORD.findall(text))


@cache
def pattern(source: str) -> re.Pattern[str]:
    """The pattern, in any case; an empty source never matches."""
    return re.compile(source or r"(?!)", re.IGNORECASE)


def content(text: str, language: Tongue) -> frozenset[str]:
    """The words that carry meaning, four letters or more, an English or French plural as its singular."""
    return frozenset(_stem(word) for word in words(text) if len(word) >= 4 and word not in language.small)


def _stem(word: str) -> str:
    if word.endswith("ies") and len(word) > 5:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word
