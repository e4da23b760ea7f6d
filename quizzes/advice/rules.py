"""Advice: what a rule of item writing says, about which place, how strongly, and whose rule it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Severity(StrEnum):
    """A hint may be passed over, a warning should be read, what blocks must be mended before publishing."""

    HINT = "hint"
    WARNING = "warning"
    BLOCKING = "blocking"


class Rule(StrEnum):
    """The rules by their stable names."""

    LONGEST_RIGHT = "longest_right"
    NEGATIVE_STEM = "negative_stem"
    NEGATIVE_STATEMENT = "negative_statement"
    ALL_OF_THE_ABOVE = "all_of_the_above"
    NONE_OF_THE_ABOVE = "none_of_the_above"
    ABSOLUTE_WORD = "absolute_word"
    VAGUE_WORD = "vague_word"
    REPEATED_WORD = "repeated_word"
    ARTICLE_DISAGREES = "article_disagrees"
    ARTICLE_TELLS = "article_tells"
    UNEVEN_ENDINGS = "uneven_endings"
    UNEVEN_LENGTHS = "uneven_lengths"
    TOO_FEW_OPTIONS = "too_few_options"
    NO_WRONG_OPTION = "no_wrong_option"
    ONE_RIGHT_OPTION = "one_right_option"
    SAME_OPTIONS = "same_options"
    NEARLY_SAME_OPTIONS = "nearly_same_options"
    OVERLAPPING_NUMBERS = "overlapping_numbers"
    LAST_PAIR_GIVEN = "last_pair_given"
    NO_QUESTION = "no_question"
    NO_EXPLANATION = "no_explanation"
    NO_EVIDENCE = "no_evidence"
    CRITICAL_WITHOUT_EVIDENCE = "critical_without_evidence"
    NO_REFERENCES = "no_references"
    NO_OPTION_FEEDBACK = "no_option_feedback"
    OPEN_TRUTH = "open_truth"
    NO_ALTERNATIVE_TEXT = "no_alternative_text"
    NO_LANDMARKS = "no_landmarks"
    FEW_LANDMARKS = "few_landmarks"
    NO_LANDMARK_IN_ZONE = "no_landmark_in_zone"
    SMALL_ZONE = "small_zone"
    NO_UNIT = "no_unit"
    EXACT_NUMBER = "exact_number"
    EXACT_FRACTION = "exact_fraction"
    NO_HARMFUL_ACTION = "no_harmful_action"
    LIMIT_OF_ALL = "limit_of_all"
    SHORT_WINDOW = "short_window"
    ONE_SPELLING = "one_spelling"
    ANYTHING_FITS = "anything_fits"
    SMALL_PANEL = "small_panel"
    PANEL_OF_ONE_MIND = "panel_of_one_mind"
    MOSTLY_TRUE = "mostly_true"
    MOSTLY_FALSE = "mostly_false"
    KEYS_IN_ONE_PLACE = "keys_in_one_place"
    NO_CRITICAL_QUESTION = "no_critical_question"
    ANSWERED_ELSEWHERE = "answered_elsewhere"
    SAME_STEM = "same_stem"


SENTENCES: Mapping[Rule, str] = MappingProxyType(
    {
        Rule.LONGEST_RIGHT: "The right option is much longer than the others. Make them alike.",
        Rule.NEGATIVE_STEM: "“%(word)s” turns the question round. Ask what is so, or use capitals.",
        Rule.NEGATIVE_STATEMENT: "“%(word)s”: to call this false is to deny a denial. Say what is so.",
        Rule.ALL_OF_THE_ABOVE: "Who knows two right options knows “%(text)s”. Ask for all that apply.",
        Rule.NONE_OF_THE_ABOVE: "“%(text)s” tells what the learner rules out, not what the learner knows.",
        Rule.ABSOLUTE_WORD: "“%(word)s” stands in wrong options only: such a word gives them away.",
        Rule.VAGUE_WORD: "“%(word)s” means something else to each reader. Give a number, or leave it out.",
        Rule.REPEATED_WORD: "“%(word)s” stands in the stem and in the right option only, and points to it.",
        Rule.ARTICLE_DISAGREES: "“%(article)s” at the end of the stem does not fit the options %(options)s.",
        Rule.ARTICLE_TELLS: "“%(article)s” ends the stem and tells the gender. Move it into the options.",
        Rule.UNEVEN_ENDINGS: "Some options end with a full stop and some do not.",
        Rule.UNEVEN_LENGTHS: "The longest option has %(longest)s characters, the shortest %(shortest)s.",
        Rule.TOO_FEW_OPTIONS: "With %(count)s options many will guess right. Write at least %(least)s.",
        Rule.NO_WRONG_OPTION: "Every option is right. Ticking all of them needs no knowledge.",
        Rule.ONE_RIGHT_OPTION: "Only one option is right. Ask for the one best answer, or add right ones.",
        Rule.SAME_OPTIONS: "The options %(first)s and %(second)s say the same.",
        Rule.NEARLY_SAME_OPTIONS: "The options %(first)s and %(second)s say nearly the same.",
        Rule.OVERLAPPING_NUMBERS: "The numbers of the options %(first)s and %(second)s overlap.",
        Rule.LAST_PAIR_GIVEN: "Each answer is used once, so the last is given away. Add one more.",
        Rule.NO_QUESTION: "The stem asks nothing. End with a question that needs no options.",
        Rule.NO_EXPLANATION: "There is no explanation. Say why the right answer is right.",
        Rule.NO_EVIDENCE: "No step of a video shows the answer. Choose one, if there is one.",
        Rule.CRITICAL_WITHOUT_EVIDENCE: "It must be right to pass, and no step shows the answer.",
        Rule.NO_REFERENCES: "No reference supports the key.",
        Rule.NO_OPTION_FEEDBACK: "No wrong option says why it is wrong.",
        Rule.OPEN_TRUTH: "The truth of this is open [?]: no answer can be marked right or wrong.",
        Rule.NO_ALTERNATIVE_TEXT: "The picture has no description for those who cannot see it.",
        Rule.NO_LANDMARKS: "There are no named landmarks: who cannot see or point has no way to answer.",
        Rule.FEW_LANDMARKS: "%(count)s landmarks give the answer away. Name at least %(least)s points.",
        Rule.NO_LANDMARK_IN_ZONE: "No landmark lies in this zone, so that the list cannot answer it.",
        Rule.SMALL_ZONE: "On a small phone this zone is %(pixels)s pixels wide; a finger needs %(least)s.",
        Rule.NO_UNIT: "The number has no unit. Leave it so only if it counts something.",
        Rule.EXACT_NUMBER: "Only exactly %(value)s is right. Give a tolerance if near numbers are right too.",
        Rule.EXACT_FRACTION: "Only exactly %(value)s is right: rounding makes it wrong. Give a tolerance.",
        Rule.NO_HARMFUL_ACTION: "No action is marked as harmful. Is there none that would do harm?",
        Rule.LIMIT_OF_ALL: "All options may be chosen at once. Lower the number of actions.",
        Rule.SHORT_WINDOW: "The window is %(seconds)s seconds wide; a hand needs %(least)s.",
        Rule.ONE_SPELLING: "Only “%(text)s” is right. Think of other spellings, plurals and short forms.",
        Rule.ANYTHING_FITS: "“%(text)s” accepts whatever is typed.",
        Rule.SMALL_PANEL: "The panel has %(count)s members; marks are steadier with %(least)s.",
        Rule.PANEL_OF_ONE_MIND: "All members gave one answer: this is knowledge, not judgement.",
        Rule.MOSTLY_TRUE: "%(count)s of %(all)s statements are true: whoever always says true does well.",
        Rule.MOSTLY_FALSE: "%(count)s of %(all)s statements are false: whoever always says false does well.",
        Rule.KEYS_IN_ONE_PLACE: "In %(count)s of %(all)s questions the right option is number %(number)s.",
        Rule.NO_CRITICAL_QUESTION: "No question must be right to pass. Is no error of these dangerous?",
        Rule.ANSWERED_ELSEWHERE: "The stem of %(other)s holds the answer of this question.",
        Rule.SAME_STEM: "%(other)s asks the same in the same words.",
    }
)

_HALADYNA = "Haladyna, Downing and Rodriguez 2002, doi:10.1207/S15324818AME1503_5, guideline {}"
_NBME = "NBME, Constructing Written Test Questions, chapter on technical flaws"
_WCAG = "WCAG 2.2, success criterion {}"
_OURS = "general knowledge of this project"
SOURCES: Mapping[Rule, str] = MappingProxyType(
    {
        Rule.LONGEST_RIGHT: _HALADYNA.format("24 and 28d") + "; " + _NBME,
        Rule.NEGATIVE_STEM: _HALADYNA.format(17),
        Rule.NEGATIVE_STATEMENT: _HALADYNA.format(17),
        Rule.ALL_OF_THE_ABOVE: _HALADYNA.format(26),
        Rule.NONE_OF_THE_ABOVE: _HALADYNA.format(25) + "; " + _NBME,
        Rule.ABSOLUTE_WORD: _HALADYNA.format("28a") + "; " + _NBME,
        Rule.VAGUE_WORD: _NBME,
        Rule.REPEATED_WORD: _HALADYNA.format("28b") + "; " + _NBME,
        Rule.ARTICLE_DISAGREES: _HALADYNA.format("28c") + "; " + _NBME,
        Rule.ARTICLE_TELLS: _HALADYNA.format("28c") + "; " + _NBME,
        Rule.UNEVEN_ENDINGS: _HALADYNA.format("23 and 28c"),
        Rule.UNEVEN_LENGTHS: _HALADYNA.format(24),
        Rule.TOO_FEW_OPTIONS: _HALADYNA.format(18),
        Rule.NO_WRONG_OPTION: _HALADYNA.format(29),
        Rule.ONE_RIGHT_OPTION: _OURS,
        Rule.SAME_OPTIONS: _HALADYNA.format("19 and 22"),
        Rule.NEARLY_SAME_OPTIONS: _HALADYNA.format(22),
        Rule.OVERLAPPING_NUMBERS: _HALADYNA.format(22) + "; " + _NBME,
        Rule.LAST_PAIR_GIVEN: _OURS,
        Rule.NO_QUESTION: _HALADYNA.format(15) + "; NBME, the rule to cover the options",
        Rule.NO_EXPLANATION: _OURS,
        Rule.NO_EVIDENCE: _OURS,
        Rule.CRITICAL_WITHOUT_EVIDENCE: _OURS,
        Rule.NO_REFERENCES: _HALADYNA.format(6),
        Rule.NO_OPTION_FEEDBACK: _OURS,
        Rule.OPEN_TRUTH: _HALADYNA.format(6),
        Rule.NO_ALTERNATIVE_TEXT: _WCAG.format("1.1.1"),
        Rule.NO_LANDMARKS: _WCAG.format("1.1.1 and 2.1.1"),
        Rule.FEW_LANDMARKS: _OURS,
        Rule.NO_LANDMARK_IN_ZONE: _WCAG.format("2.1.1"),
        Rule.SMALL_ZONE: _WCAG.format("2.5.8"),
        Rule.NO_UNIT: _OURS,
        Rule.EXACT_NUMBER: _OURS,
        Rule.EXACT_FRACTION: _OURS,
        Rule.NO_HARMFUL_ACTION: _OURS,
        Rule.LIMIT_OF_ALL: _OURS,
        Rule.SHORT_WINDOW: _OURS,
        Rule.ONE_SPELLING: _OURS,
        Rule.ANYTHING_FITS: _OURS,
        Rule.SMALL_PANEL: "Gagnon 2005, doi:10.1111/j.1365-2929.2005.02092.x",
        Rule.PANEL_OF_ONE_MIND: _OURS,
        Rule.MOSTLY_TRUE: _HALADYNA.format(20),
        Rule.MOSTLY_FALSE: _HALADYNA.format(20),
        Rule.KEYS_IN_ONE_PLACE: _HALADYNA.format(20),
        Rule.NO_CRITICAL_QUESTION: _OURS,
        Rule.ANSWERED_ELSEWHERE: _HALADYNA.format(4),
        Rule.SAME_STEM: _HALADYNA.format(4),
    }
)
"""Who says so. The numbers are those of the paper's 31, as generally known; 20 and 23 were looked up."""

Parameter = str | int | float


@dataclass(frozen=True, slots=True)
class Advice:
    """What a rule says about an item or a quiz.

    `place` is a path as in QuizError: `stem`, `options.B`, `key[0]`; a page fills SENTENCES[rule], in the
    reader's language, with the parameters.
    """

    rule: Rule
    place: str
    severity: Severity
    parameters: tuple[tuple[str, Parameter], ...] = ()

    @property
    def sentence(self) -> str:
        """The English sentence."""
        return SENTENCES[self.rule] % dict(self.parameters)

    @property
    def blocks(self) -> bool:
        """Whether it stands in the way of publishing."""
        return self.severity is Severity.BLOCKING


def hint(rule: Rule, place: str, **parameters: Parameter) -> Advice:
    """A piece of advice that may be passed over."""
    return Advice(rule, place, Severity.HINT, tuple(parameters.items()))


def warning(rule: Rule, place: str, **parameters: Parameter) -> Advice:
    """A piece of advice that should be read."""
    return Advice(rule, place, Severity.WARNING, tuple(parameters.items()))


def blocking(rule: Rule, place: str, **parameters: Parameter) -> Advice:
    """A piece of advice that must be followed before publishing."""
    return Advice(rule, place, Severity.BLOCKING, tuple(parameters.items()))
