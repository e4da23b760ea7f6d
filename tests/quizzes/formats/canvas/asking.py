"""Canvas questions to test with, as XML."""

from html import escape

from quizzes.errors import QuizError
from quizzes.formats.canvas import read
from quizzes.item import Item


def text(words: str, kind: str = "text/html") -> str:
    return f'<material><mattext texttype="{kind}">{escape(words)}</mattext></material>'


def labels(**texts: str) -> str:
    found = "".join(label(ident, words) for ident, words in texts.items())
    return f"<render_choice>{found}</render_choice>"


def label(ident: str, words: str) -> str:
    return f'<response_label ident="{ident}">{text(words)}</response_label>'


def chooser(cardinality: str = "Single", **texts: str) -> str:
    return f'<response_lid ident="response1" rcardinality="{cardinality}">{labels(**texts)}</response_lid>'


def place(name: str, words: str, **texts: str) -> str:
    inside = text(words, "text/plain") + labels(**texts)
    return f'<response_lid ident="response_{name}">{inside}</response_lid>'


WRITER = '<response_str ident="response1"><render_fib><response_label/></render_fib></response_str>'
NUMBER = WRITER.replace("<render_fib>", '<render_fib fibtype="Decimal">')


def rule(tests: str, score: str = "", link: str = "", action: str = "Set") -> str:
    given = f'<setvar action="{action}" varname="SCORE">{score}</setvar>' if score else ""
    shown = f'<displayfeedback feedbacktype="Response" linkrefid="{link}"/>' if link else ""
    return f"<respcondition><conditionvar>{tests}</conditionvar>{given}{shown}</respcondition>"


def equal(value: str, response: str = "response1") -> str:
    return f'<varequal respident="{response}">{escape(value)}</varequal>'


def question(
    kind: str, presentation: str, *rules: str, stem: str = "Which?", ident: str = "q1", **feedback: str
) -> str:
    said = "".join(
        f'<itemfeedback ident="{name}"><flow_mat>{text(words)}</flow_mat></itemfeedback>'
        for name, words in feedback.items()
    )
    return (
        f'<item ident="{ident}" title="Question">{metadata(question_type=kind)}'
        f"<presentation>{text(stem)}{presentation}</presentation>"
        f"<resprocessing>{''.join(rules)}</resprocessing>{said}</item>"
    )


def metadata(**entries: str) -> str:
    fields = "".join(
        f"<qtimetadatafield><fieldlabel>{label}</fieldlabel><fieldentry>{escape(entry)}</fieldentry>"
        "</qtimetadatafield>"
        for label, entry in entries.items()
    )
    return f"<itemmetadata><qtimetadata>{fields}</qtimetadata></itemmetadata>"


def document(*questions: str) -> bytes:
    return f"<questestinterop><section>{''.join(questions)}</section></questestinterop>".encode()


def asked(*questions: str) -> tuple[tuple[Item, ...], list[str]]:
    """The items of these questions, and what was lost as "place: sentence"."""
    lost: list[QuizError] = []
    items = read(document(*questions), lost.append)
    return items, [f"{error.place}: {error.reason}" for error in lost]


def only(*questions: str) -> Item:
    """The one item of these questions, of which nothing was lost."""
    items, lost = asked(*questions)
    assert lost == []
    return items[0]
