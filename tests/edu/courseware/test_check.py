"""Checking a course: each rule, broken once."""

import pytest

from edu.courseware.check import check_course
from edu.courseware.read import read_course

LESSON = "modules/M1/L1.1-touch.md"
MODULE = "modules/M1/module.toml"
SIGNED = '\n[review]\nreviewer = "Dr A"\nreviewed_on = 2026-01-02\ndue_on = 2027-01-02\nconflicts = "none"\n'


def test_a_sound_course_has_no_findings(folder):
    assert check_course(read_course(folder.path)) == ()


@pytest.mark.parametrize(
    ("name", "old", "new", "rule", "place"),
    [
        (LESSON, "gently [@known2001]", "gently [@unknown]", "unknown-reference", f"{LESSON}:18"),
        (LESSON, "[[V1-c02]]", "[[V1-c09]]", "unknown-step", f"{LESSON}:20"),
        (LESSON, '["V1-c01", "V1-c02"]', '["V1-c01", "V1-c09"]', "unknown-step", f"{LESSON}:1"),
        (LESSON, '["V1-c01", "V1-c02"]', '["V1-c01"]', "steps", f"{LESSON}:20"),
        (LESSON, 'video = "V1"', 'video = "V9"', "unknown-video", LESSON),
        (LESSON, 'quiz = "first"', 'quiz = "none"', "unknown-quiz", LESSON),
        (LESSON, "Watch ", "See [it](lesson:L9.9). ", "unknown-lesson", f"{LESSON}:20"),
        (
            LESSON,
            "Watch ",
            "::: external https://x.example\nA film.\n:::\n\nWatch ",
            "external",
            f"{LESSON}:20",
        ),
        (LESSON, 'evidence = ["C"]', 'evidence = ["B"]', "evidence", LESSON),
        (LESSON, '"L1.1"', '"L3.1"', "wrong-module", LESSON),
        (LESSON, '"under construction"', '"reviewed"', "review", LESSON),
        (LESSON, "]\n+++", f"]\n{SIGNED}+++", "review", LESSON),
        (MODULE, "review_months = 12\n", f"review_months = 12\n{SIGNED}", "review", MODULE),
        (MODULE, '"under construction"', '"needs review"', "review", MODULE),
        (MODULE, "minutes = 5", "minutes = 6", "minutes", MODULE),
        (MODULE, 'quiz = "first"', 'quiz = "none"', "unknown-quiz", MODULE),
        (MODULE, 'audience = "open"', 'audience = "pro"', "gate", LESSON),
        ("course.toml", "[@known2001]", "[@unknown]", "unknown-reference", "course.toml"),
        ("course.toml", '["M1", "M2"]', '["M1", "M7"]', "unknown-module", "course.toml"),
        ("course.toml", '["M1", "M2"]', '["M1"]\nstart = ["L1.9"]', "unknown-lesson", "course.toml"),
        ("course.toml", '["M1", "M2"]', '["M2"]\nstart = ["L1.1"]', "start", "course.toml"),
        ("course.toml", '["M1", "M2"]', f'["M1"]\nstart = {["L1.1"] * 7}', "start", "course.toml"),
        ("course.toml", 'code = "M2"\ntitle', 'code = "M1"\ntitle', "planned", "course.toml"),
        (
            "course.toml",
            'code = "M2"\ntitle',
            'code = "M2"\nquiz = "q"\ntitle',
            "unknown-quiz",
            "course.toml",
        ),
        ("course.toml", 'patient_lesson = "L1.1"', 'patient_lesson = "L9.9"', "gate", "course.toml"),
        (
            "course.toml",
            'minutes = 10\naudience = "open"',
            'minutes = 10\naudience = "pro"',
            "gate",
            "course.toml",
        ),
        ("course.toml", '"under construction"', '"reviewed"', "review", "course.toml"),
        ("quizzes/first.toml", '"Q002"', '"Q009"', "unknown-question", "quizzes/first.toml"),
        ("questions/Q001.toml", "known2001", "unknown", "unknown-reference", "questions/Q001.toml"),
        ("questions/Q001.toml", '"L1.1"', '"L9.1"', "unknown-lesson", "questions/Q001.toml"),
        ("questions/Q001.toml", '"V1-c01"', '"V1-c09"', "unknown-step", "questions/Q001.toml"),
        (
            "questions/Q001.toml",
            'kind = "truefalse"',
            'kind = "truefalse"\naudience = "pro"',
            "gate",
            "quizzes/first.toml",
        ),
        ("questions/Q002.toml", "end_ms = 18_000", "end_ms = 17_000", "moment-window", "questions/Q002.toml"),
        ("videos/find.toml", 'audience = "open"', 'audience = "pro"', "gate", LESSON),
        ("videos/find.toml", 'audience = "open"', 'audience = "pro"', "gate", "questions/Q001.toml"),
        ("videos/find.toml", "duration_ms = 22000", "duration_ms = 17000", "duration", "videos/find.toml"),
        (
            "videos/find.toml",
            "teaching_ms = 18000",
            "teaching_ms = 17000",
            "chapter-times",
            "videos/find.chapters.en.vtt",
        ),
        (
            "videos/find.chapters.en.vtt",
            "00:00:09.000 -->",
            "00:00:08.000 -->",
            "chapter-times",
            "videos/find.chapters.en.vtt",
        ),
        ("videos/find.chapters.en.vtt", "V1-c01", "V2-c01", "wrong-video", "videos/find.chapters.en.vtt"),
    ],
)
def test_each_disagreement_is_found_at_its_place(folder, name, old, new, rule, place):
    folder.change(name, old, new)

    found = {(finding.rule, finding.place) for finding in check_course(read_course(folder.path))}

    assert (rule, place) in found


def test_an_address_given_twice_is_found_in_both_files(folder):
    folder.write("modules/M1/L1.2-again.md", folder.text(LESSON).replace('"L1.1"', '"L1.2"'))
    folder.change(MODULE, "minutes = 5", "minutes = 10")

    findings = check_course(read_course(folder.path))

    assert [(finding.rule, finding.path) for finding in findings] == [
        ("duplicate", LESSON),
        ("duplicate", "modules/M1/L1.2-again.md"),
    ]
    assert findings[0].message == 'the lesson address "touch" is given 2 times'


def test_an_open_lesson_that_shows_or_links_what_is_gated_is_found(folder):
    gated = folder.text(LESSON).replace('"L1.1"', '"L1.2"').replace('"touch"', '"needle"')
    folder.write("modules/M1/L1.2-needle.md", gated.replace('audience = "open"', 'audience = "pro"'))
    folder.change(MODULE, "minutes = 5", "minutes = 10")
    folder.change(LESSON, "Watch ", "See [the needle](lesson:L1.2). ")
    folder.change("quizzes/first.toml", 'audience = "open"', 'audience = "pro"')

    messages = {
        finding.message for finding in check_course(read_course(folder.path)) if finding.rule == "gate"
    }

    assert messages == {
        "L1.1 is open and links to L1.2, which is behind the gate",
        "L1.1 is open and its quiz is behind the gate",
        "M1 is open and its quiz is not",
    }


def test_a_question_of_a_gated_lesson_is_not_open(folder):
    folder.change(LESSON, 'audience = "open"', 'audience = "pro"')

    findings = check_course(read_course(folder.path))

    assert "Q001 is open and belongs to L1.1, which is behind the gate" in [f.message for f in findings]


def test_a_reviewed_page_holds_no_open_questions(folder):
    folder.change(LESSON, '["C"]', '["?"]')
    folder.change(LESSON, "[C].", "[?].")
    folder.change(LESSON, '"under construction"', '"reviewed"')
    folder.change(LESSON, "]\n+++", f"]\n{SIGNED}+++")

    findings = check_course(read_course(folder.path))

    assert [finding.rule for finding in findings] == ["open-question"]


def test_the_next_review_comes_after_the_last(folder):
    folder.change(LESSON, '"under construction"', '"reviewed"')
    folder.change(LESSON, "]\n+++", f"]\n{SIGNED.replace('2027', '2025')}+++")

    assert [finding.rule for finding in check_course(read_course(folder.path))] == ["review"]


def test_a_video_needs_captions_and_chapters_in_its_language(folder):
    (folder.path / "videos/find.captions.en.vtt").unlink()

    findings = check_course(read_course(folder.path))

    assert [finding.remedy for finding in findings] == ["Add videos/find.captions.en.vtt"]


def test_a_finding_is_one_line_with_place_fault_and_remedy(folder):
    folder.change(LESSON, "[[V1-c02]]", "[[V1-c09]]")

    sentence = check_course(read_course(folder.path))[0].sentence

    assert sentence == f'{LESSON}:20: there is no step "V1-c09". Use a chapter id of one of the videos'


def test_a_module_has_lessons(folder):
    text = folder.text(MODULE).replace("M1", "M3").replace('"first"', '"third"', 1)
    folder.write("modules/M3/module.toml", text)

    findings = check_course(read_course(folder.path))

    assert [(finding.rule, finding.path) for finding in findings] == [
        ("empty-module", "modules/M3/module.toml")
    ]
