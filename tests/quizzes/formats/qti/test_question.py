"""What surrounds the interactions of an item: several questions, feedback, formulas, what is not kept."""

import pytest

from quizzes.errors import QuizError, Reason
from quizzes.formats.qti import qti30
from quizzes.grade import grade
from quizzes.vocabulary import Kind
from tests.quizzes.formats.qti.files import V30, choice, item_xml, read, read_one, response, whats

LETTERS = {"A": "alpha", "B": "beta"}
ASKED = "<p>Which?</p>" + choice(LETTERS)
SHOW = "<setOutcomeValue identifier='F'><baseValue baseType='identifier'>{}</baseValue></setOutcomeValue>"
MATCH_RULE = (
    "<responseProcessing><responseCondition><responseIf><match><variable identifier='RESPONSE'/>"
    f"<correct identifier='RESPONSE'/></match>{SHOW.format('yes')}</responseIf>"
    f"<responseElse>{SHOW.format('no')}</responseElse></responseCondition></responseProcessing>"
)


def modal(name: str, text: str, attributes: str = 'showHide="show"') -> str:
    return f'<modalFeedback outcomeIdentifier="F" identifier="{name}" {attributes}>{text}</modalFeedback>'


def test_the_names_of_3_0_mean_the_same():
    data = (
        f'<qti-assessment-item xmlns="{V30}" identifier="q1" title="Which?" time-dependent="false">'
        '<qti-response-declaration identifier="RESPONSE" cardinality="single" base-type="identifier">'
        "<qti-correct-response><qti-value>B</qti-value></qti-correct-response></qti-response-declaration>"
        "<qti-item-body>"
        '<qti-choice-interaction response-identifier="RESPONSE" max-choices="1" shuffle="true">'
        "<qti-prompt>Which?</qti-prompt>"
        '<qti-simple-choice identifier="A">alpha</qti-simple-choice>'
        '<qti-simple-choice identifier="B">beta</qti-simple-choice>'
        "</qti-choice-interaction></qti-item-body></qti-assessment-item>"
    ).encode()

    assert qti30.read(data, print) == (read_one(item_xml(ASKED, response("B"))),)


def test_feedback_goes_to_its_option_and_to_right_and_wrong_answers():
    inline = "alpha<feedbackInline outcomeIdentifier='F' identifier='A' showHide='show'>No.</feedbackInline>"
    body = "<p>Which?</p>" + choice({"A": inline, "B": "beta"})
    after = modal("yes", "Right.") + modal("no", "Wrong.") + modal("HINT", "Look.") + modal("solution", "So.")

    items, lost = read(item_xml(body, response("B"), MATCH_RULE, after))

    (item,) = items
    assert (item.options[0].text, item.feedback.about("A")) == ("alpha", "No.")
    assert (item.feedback.right, item.feedback.wrong, item.feedback.why) == ("Right.", "Wrong.", "So.")
    assert (item.hints, lost) == (("Look.",), [])


def test_feedback_that_has_no_place_or_is_hidden_for_an_answer_is_told():
    after = modal("other", "Hm.") + modal("yes", "Not so.", 'showHide="hide"')

    items, lost = read(item_xml(ASKED, response("B"), MATCH_RULE, after))

    assert items[0].feedback.right == ""
    assert whats(lost) == ["the feedback other", "the feedback yes"]


def test_an_item_with_several_interactions_becomes_several_questions():
    second = choice({"A": "one", "B": "two"}).replace("RESPONSE", "R2")
    text = "<p>The <textEntryInteraction responseIdentifier='R3'/> of the back.</p>"
    body = f"<p>Read this.</p>{choice(LETTERS)}<p>And?</p>{second}{text}"
    declared = response("B") + response("A", name="R2") + response("crest", name="R3", base="string")

    items, lost = read(item_xml(body, declared))

    assert [(item.id, item.kind) for item in items] == [
        ("q1-1", Kind.SINGLE),
        ("q1-2", Kind.SINGLE),
        ("q1-3", Kind.SHORT),
    ]
    assert [item.stem for item in items][:2] == ["Read this.", "Read this.\n\nAnd?"]
    assert whats(lost)[0] == "that 3 questions stand together and are marked as one"


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<p><endAttemptInteraction responseIdentifier='H' title='Hint'/></p>", "the button Hint"),
        ("<rubricBlock view='scorer'><p>x</p></rubricBlock>", "a note for: scorer"),
        ("<p><img src='a/b.png' alt='a sign'/></p>", "a picture b.png"),
        ("<p><math><mi>x</mi></math></p>", "the setting of formulas"),
    ],
)
def test_what_stands_beside_the_question_is_told(body, what):
    items, lost = read(item_xml(body + ASKED, response("B")))

    assert grade(items[0], "B").fraction == 1
    assert whats(lost) == [what]


@pytest.mark.parametrize(
    ("before", "what"),
    [
        ("<templateProcessing/>", "values that are drawn at random"),
        ("<stylesheet href='a.css' type='text/css'/>", "style sheets"),
        ("<assessmentStimulusRef identifier='s' href='s.xml'/>", "a text that several questions share"),
        ("<outcomeDeclaration identifier='SCORE' externalScored='human'/>", "marks that people give"),
    ],
)
def test_what_stands_before_the_body_is_told(before, what):
    _, lost = read(item_xml(ASKED, response("B") + before))

    assert whats(lost) == [what]


def test_rules_that_cannot_be_followed_are_named():
    rules = "<responseProcessing><lookupOutcomeValue identifier='X'/></responseProcessing>"

    _, lost = read(item_xml(ASKED, response("B"), rules))

    assert whats(lost) == ["the rules by which it is marked (lookupOutcomeValue)"]


def test_instructions_for_candidates_belong_to_the_stem():
    rubric = "<rubricBlock view='candidate'><p>Choose one.</p></rubricBlock>"

    assert read_one(item_xml(rubric + ASKED, response("B"))).stem == "Choose one.\n\nWhich?"


def test_a_formula_is_a_line_of_text():
    formula = (
        "<math><mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup><mo>+</mo><mfrac><mi>a</mi>"
        "<mrow><mi>b</mi><mi>c</mi></mrow></mfrac><msqrt><mn>2</mn></msqrt></mrow></math>"
    )

    assert read_one(item_xml(f"<p>Is {formula}?</p>" + ASKED, response("B"))).stem.startswith(
        "Is E=mc²+a/(bc)√(2)?"
    )


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", Reason.UNREADABLE),
        (b"<assessmentTest xmlns='http://www.imsglobal.org/xsd/imsqti_v2p1'/>", Reason.UNREADABLE),
        (b"<quiz/>", Reason.UNREADABLE),
        (item_xml("<p/>" * 20_000), Reason.TOO_MANY),
        (item_xml(f"<p>{'x' * 1_000_001}</p>"), Reason.TOO_LONG),
        (b"<!DOCTYPE a []><assessmentItem/>", Reason.HOSTILE),
    ],
)
def test_what_is_no_item_is_refused(data, code):
    with pytest.raises(QuizError) as refusal:
        read(data)

    assert refusal.value.code is code


@pytest.mark.parametrize(
    "body",
    [
        "<hottextInteraction>" * 60 + "</hottextInteraction>" * 60,
        "<p>" + "<textEntryInteraction responseIdentifier='R'/>" * 101 + "</p>",
        choice(LETTERS) * 101,
        "<p>"
        + "<feedbackInline outcomeIdentifier='F' identifier='correct'>x</feedbackInline>" * 501
        + f"</p>{ASKED}",
        "<feedbackBlock>" * 80 + ASKED + "<p/>" * 10_000 + "</feedbackBlock>" * 80,
    ],
    ids=["nested", "gaps", "interactions", "feedbacks", "blocks"],
)
def test_what_would_take_long_is_lost_at_once(body):
    items, lost = read(item_xml(body))

    assert items == ()
    assert lost
