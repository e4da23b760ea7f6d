"""Words of the question editor: kinds, ways of marking, fields, and what advice says."""

from __future__ import annotations

from dataclasses import dataclass

from edu.services.quizzing.writing.layout import SCALE
from edu.services.quizzing.writing.listing import Flag
from edu.services.quizzing.writing.places import field_of
from edu.services.quizzing.writing.sheet import Sheet
from edu.web.words import gettext as _
from quizzes import Kind
from quizzes.advice import SENTENCES, SOURCES, Advice

Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class AdviceLine:
    """One piece of advice: the field it is about, how much it matters, what it says and who says so."""

    field: str
    severity: str
    sentence: str
    source: str


def advice_lines(sheet: Sheet, found: tuple[Advice, ...]) -> list[AdviceLine]:
    """Advice in the reader's language."""
    return [
        AdviceLine(
            field_of(sheet, advice.place),
            advice.severity.value,
            _(SENTENCES[advice.rule]) % dict(advice.parameters),
            SOURCES[advice.rule],
        )
        for advice in found
    ]


def kinds() -> Choices:
    """Every kind of question in the order in which authors need them."""
    return [
        (Kind.SINGLE.value, _("One best answer")),
        (Kind.MULTIPLE.value, _("Several right answers")),
        (Kind.TRUEFALSE.value, _("True or false")),
        (Kind.ORDERING.value, _("Put in order")),
        (Kind.HOTSPOT.value, _("Point at a picture")),
        (Kind.DRAGLABELS.value, _("Label a picture")),
        (Kind.MOMENT.value, _("Stop the video")),
        (Kind.INTERVAL.value, _("Mark a stretch of the video")),
        (Kind.MATCHING.value, _("Match pairs")),
        (Kind.EMQ.value, _("Short cases, one list of answers")),
        (Kind.KEYFEATURE.value, _("A case: choose what to do")),
        (Kind.NUMERIC.value, _("A number with a unit")),
        (Kind.SHORT.value, _("A short written answer")),
        (Kind.CLOZE.value, _("Fill the gaps of a text")),
        (Kind.CONCORDANCE.value, _("Judge as a panel does")),
    ]


def uses() -> dict[str, str]:
    """What each kind is good for, in a sentence."""
    return {
        "single": _("A case or a fact, and the one option that is better than all others."),
        "multiple": _("All that apply; wrong ticks cost."),
        "truefalse": _("A belief to be judged, with how sure one is."),
        "ordering": _("The steps of a technique, in their right order."),
        "hotspot": _("Where to put the finger, on the board, a picture or a frame of a video."),
        "draglabels": _("The names of what can be seen or felt."),
        "moment": _("The second at which something happens."),
        "interval": _("From when to when something is done."),
        "matching": _("Terms and meanings, signs and causes."),
        "emq": _("Several vignettes that share their answers; answers may be used again."),
        "keyfeature": _("The few actions that decide a case, and those that would harm."),
        "numeric": _("Doses, distances, times, with a tolerance."),
        "short": _("A term in the learner's own words."),
        "cloze": _("A sentence whose decisive words are missing."),
        "concordance": _("Uncertain judgement, marked by what experienced people answered."),
    }


def scorings(kind: Kind) -> Choices:
    """The ways in which this kind can be marked."""
    if kind is Kind.MULTIPLE:
        return [
            ("net", _("Right ticks minus wrong ticks")),
            ("each", _("Each option counts, ticked or left")),
            ("all", _("All or nothing")),
            ("weights", _("By the percentage of each option")),
        ]
    if kind is Kind.INTERVAL:
        return [("overlap", _("How much it overlaps")), ("ends", _("Start and end, a half each"))]
    if kind is not Kind.ORDERING:
        return []
    return [
        ("pairs", _("Share of pairs in the right order")),
        ("all", _("All or nothing")),
        ("absolute", _("Each item in its very place")),
        ("next", _("Each item followed by the right one")),
        ("next_last", _("Followed by the right one, the end included")),
        ("neighbours", _("The right neighbours before and after")),
        ("longest", _("The longest right sequence")),
        ("run", _("The longest unbroken run")),
        ("distance", _("How far each item is from its place")),
    ]


def strengths() -> Choices:
    """Grades of evidence."""
    return [
        ("", _("Not graded")),
        ("A", _("A: several consistent trials or a sound review")),
        ("B", _("B: one trial, or consistent studies")),
        ("C", _("C: case series or one cross-sectional study")),
        ("D", _("D: case report, historical paper, expert practice")),
        ("G", _("G: guideline or product label")),
        ("P", _("P: accepted practice, to be confirmed")),
        ("X", _("X: evidence or guidance against a common belief")),
    ]


def blooms() -> Choices:
    """What the question asks of the learner."""
    return [
        ("", _("Not said")), ("remember", _("Remember")), ("understand", _("Understand")),
        ("apply", _("Apply")), ("analyse", _("Analyse")), ("evaluate", _("Evaluate")),
        ("create", _("Create")),
    ]  # fmt: skip


def scale() -> Choices:
    """The answers of a panel, from the least to the most likely."""
    said = (
        _("much less likely"), _("less likely"), _("no change"), _("more likely"), _("much more likely"),
    )  # fmt: skip
    return list(zip(SCALE, said, strict=True))


def layers() -> Choices:
    """What the board can leave out."""
    return [
        ("labels", _("Labels")), ("zone", _("Zone of the nodules")), ("nodules", _("Nodules")),
        ("ruler", _("Ruler")), ("nerves", _("Nerves")),
    ]  # fmt: skip


def shapes() -> Choices:
    """The shapes of zones."""
    return [
        ("circle", _("Circle")), ("rect", _("Rectangle")), ("ellipse", _("Ellipse")),
        ("polygon", _("Polygon")),
    ]  # fmt: skip


def gap_kinds() -> Choices:
    """How gaps are filled."""
    return [("choice", _("Chosen from a list")), ("short", _("Typed words")), ("numeric", _("A number"))]


def tolerance_kinds() -> Choices:
    """How tolerances count."""
    return [
        ("absolute", _("a distance, in the unit of the number")),
        ("relative", _("a share of the number: 0.1 is 10 %")),
        ("geometric", _("a factor: 1 is from half to double")),
    ]


def roles() -> Choices:
    """What an action of a case is."""
    return [("", _("Neither")), ("right", _("Right")), ("harmful", _("Harmful"))]


def flags() -> dict[str, str]:
    """What wants a hand, in words."""
    return {
        Flag.DRAFT.value: _("Draft open"),
        Flag.UNASKED.value: _("In no quiz"),
        Flag.IN_DRAFT.value: _("Only in the draft of a quiz"),
        Flag.ADVICE.value: _("Advice to read"),
        Flag.NO_EVIDENCE.value: _("No step shows it"),
    }


class FieldNames(dict[str, str]):
    """Labels of fields; a field of a row, `options-2-text`, is named by its list and its number from 1."""

    def __missing__(self, name: str) -> str:
        """The label of a row's field; nothing for a name that is not known."""
        group, _dash, rest = name.partition("-")
        number = rest.partition("-")[0]
        one = _rows().get(group)
        return f"{one} {int(number) + 1}" if one and number.isdecimal() else ""


def _rows() -> dict[str, str]:
    """What a row of each list is called."""
    return {
        "options": _("Option"), "prompts": _("To be answered"), "zones": _("Zone"),
        "landmarks": _("Landmark"), "gaps": _("Gap"), "answers": _("Answer"), "hints": _("Hint"),
        "also": _("Other number"),
    }  # fmt: skip


def fields(known: dict[str, str]) -> FieldNames:
    """The labels by which a summary of errors names fields of the editor, beside those of the studio."""
    own = {
        "key": _("Key"), "tolerance": _("Tolerance"), "limit": _("At most"), "picture": _("Picture"),
        "picture_alt": _("What the picture shows"), "picture_file": _("Picture"), "zones": _("Zones"),
        "landmarks": _("Landmarks"), "prompts": _("To be answered"), "answers": _("Answers"),
        "gaps": _("Gaps"), "hints": _("Hints"), "tags": _("Tags"), "lesson": _("Lesson"),
        "start": _("From"), "end": _("To"),
        "frame_time": _("Time"), "frame_video": _("Video"), "unit": _("Unit"), "options": _("Options"),
        "grade": _("Grade of evidence"), "votes_0": _("Votes of the panel"), "stem": _("Question"),
        "also": _("Other numbers"), "video": _("Video"), "critical": _("Must be right to pass"),
        "open_key": _("Open key in lesson packs"),
    }  # fmt: skip
    return FieldNames({**known, **own})
