"""Lesson Markdown as HTML."""

import re

import pytest

from edu.courseware.course import CalloutKind, Grade, Step
from edu.courseware.markdown import Words, reference_list, render
from edu.courseware.reference import Author, Reference, Verification

LIBRARY = {
    "curtis1993": Reference(
        key="curtis1993",
        kind="article",
        title="In search",
        authors=(Author("Curtis", "P."),),
        year=1993,
        doi="10.1/x",
        verification=Verification.FULL,
        note="verified: there",
    ),
    "sutro1935": Reference(
        key="sutro1935",
        kind="misc",
        title="Nodes <b>",
        year=1935,
        verification=Verification.PARTIAL,
        note="unverified: journal not confirmed; seen: author",
    ),
}


class Page:
    """What a page knows: two references, one step, one lesson."""

    def reference(self, key):
        return LIBRARY.get(key)

    def step(self, step_id):
        return (
            (Step(step_id, "Painless side first", 36_000, 46_000), "?t=36#film")
            if step_id == "V1-c05"
            else None
        )

    def lesson(self, code):
        return "/courses/small/warning" if code == "L0.2" else None


def html(text):
    return render(text, Page()).html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a <b onclick=alert(1)>b</b>",
        "![x](https://evil.example/pixel.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>)",
        "[x](vbscript:alert)",
        "<javascript:alert(1)>",
        '[x](/a "onclick=\\"alert(1)")',
        "::: caution <script>alert(1)</script>\ntext\n:::",
        "[[V1-c05: <script>alert</script>]]",
        '[C: <img src=x onerror="x">]',
        "[C: a\"b'c]",
    ],
)
def test_no_text_can_bring_in_markup_script_or_a_picture(text):
    result = html(text)

    assert not re.search(r"<(script|img|b)\b", result)
    assert not re.search(r"<[^>]*\son\w+=", result)
    assert not re.search(r"href=\"(javascript|data|vbscript)", result, re.IGNORECASE)


def test_a_grade_is_a_tag_with_its_meaning_for_eyes_and_for_screen_readers():
    result = render("It is oval [C].", Page())

    assert 'data-grade="C"' in result.html
    assert '<span aria-hidden="true">C</span>' in result.html
    assert '<span class="visually-hidden">Evidence C: case series' in result.html
    assert result.grades == (Grade.SERIES,)


def test_two_grades_are_two_tags():
    assert '</span></span> <span class="grade" data-grade="?"' in html("It lies there [D, ?].")


def test_the_number_of_a_citation_stands_close_to_its_word():
    assert 'pain<sup class="citation">' in html("No pain [@curtis1993].")


def test_an_open_question_is_shown_as_one():
    assert "Evidence ?: open question" in html("They may be two conditions [?].")


def test_the_limits_of_a_grade_stand_beside_it():
    assert '<span class="grade-note">(no control group)</span>' in html("It fell [B: no control group].")


def test_citations_are_numbered_by_first_use_and_lead_to_the_list():
    result = render("One [@sutro1935]. Two [@curtis1993; @sutro1935].", Page())

    assert [(c.number, c.reference.key) for c in result.citations] == [(1, "sutro1935"), (2, "curtis1993")]
    assert result.html.count('href="#ref-sutro1935"') == 2
    assert 'id="cite-sutro1935-1"' in result.html
    assert 'id="cite-sutro1935-2"' in result.html
    assert 'aria-label="Source 2">2</a>' in result.html


def test_a_citation_by_name_reads_as_part_of_the_sentence():
    assert html("As [by @curtis1993] said").startswith(
        '<p>As Curtis 1993<sup class="citation"><a href="#ref-curtis'
    )


def test_the_list_shows_what_was_not_verified_and_links_what_can_be_looked_up():
    listed = reference_list(render("[@sutro1935] [@curtis1993]", Page()).citations)

    assert listed.count("<li ") == 2
    assert '<small class="unverified" data-verification="partial">not verified in full</small>' in listed
    assert "journal not confirmed" not in listed, "the note is for those who keep the library"
    assert '<a href="https://doi.org/10.1/x" rel="external noopener">doi:10.1/x</a>' in listed
    assert '<a href="/library/sutro1935">In the library</a>' in listed
    assert "Nodes &lt;b&gt;" in listed
    assert "verified: there" not in listed


def test_no_citations_no_list():
    assert reference_list(()) == ""


def test_a_step_is_a_link_that_plays_it():
    result = render("See [[V1-c05]] or [[V1-c05: the circles]].", Page())

    assert '<a class="step" href="?t=36#film" data-step="V1-c05">' in result.html
    assert 'Painless side first <span class="step-time">0:36</span></a>' in result.html
    assert "the circles <span" in result.html
    assert result.steps == ("V1-c05",)


def test_what_cannot_be_resolved_is_shown_as_missing_and_breaks_nothing():
    result = html("See [@gone], [by @gone], [[V9-c01]] and [that](lesson:L9.9).")

    assert result.count('class="missing"') == 4
    assert "unknown reference: gone" in result
    assert "unknown step: V9-c01" in result
    assert "href" not in result


def test_a_lesson_is_linked_by_its_code():
    assert '<a href="/courses/small/warning">signs</a>' in html("The [signs](lesson:L0.2).")


def test_links_to_other_sites_say_so():
    assert 'href="https://example.org" rel="external noopener"' in html("[out](https://example.org)")
    assert "rel=" not in html("[in](/about)")


@pytest.mark.parametrize("kind", list(CalloutKind))
def test_a_box_has_a_kind_and_a_title(kind):
    titled = html(f"::: {kind} Mind **this** & that\nDo not [C].\n\n- one\n:::\n")
    untitled = html(f"::: {kind}\ntext\n:::")

    assert f'<div class="callout callout-{kind}" role="note">' in titled
    assert '<p class="callout-title">Mind **this** &amp; that</p>' in titled
    assert "<ul>" in titled
    assert re.search(r'<p class="callout-title">\w[\w ]+</p>', untitled)


def test_every_added_word_can_be_translated():
    words = Words(
        grades=dict.fromkeys(Grade, "Grad"),
        callouts=dict.fromkeys(CalloutKind, "Vorsicht"),
        evidence="Beleg",
        watch="Ansehen",
        source="Quelle",
        missing_reference="unbekannt",
        missing_step="kein Schritt",
        not_verified="nicht gesichert",
        in_library="Im Bestand",
    )
    text = "[C] [@sutro1935] [@gone] [[V1-c05]] [[V9-c01]]\n\n::: caution\nx\n:::"

    result = render(text, Page(), words=words)

    shown = result.html + reference_list(result.citations, words=words)
    for word in (
        "Beleg C: Grad",
        "Vorsicht",
        "Ansehen",
        "Quelle 1",
        "unbekannt",
        "kein Schritt",
        "nicht gesichert",
        "Im Bestand",
    ):
        assert word in shown
    assert not re.search("Evidence|Caution|Watch|Source|unknown|verified in full|In the library", shown)


def test_tables_become_tables():
    assert "<td><sup" in html("| a |\n| --- |\n| [@curtis1993] |")


def test_a_table_scrolls_in_a_box_of_its_own_that_bears_the_name_of_its_heading():
    table = "| a |\n| --- |\n| b |\n"

    result = html(f'{table}\n## List <A> & [C] "more"\n\nWords.\n\n{table}')

    assert result.startswith('<div class="table-scroll" tabindex="0">\n<table>')
    assert 'tabindex="0" role="region" aria-label="List &lt;A&gt; &amp;  &quot;more&quot;">' in result
    assert result.count("</table>\n</div>") == 2


def test_a_number_stays_on_the_line_of_its_per_cent_sign():
    assert "52\u00a0% against 30\u00a0%, x %" in html("52 % against 30 %, x %")
    assert "<code>52 %</code>" in html("`52 %`")


def test_two_texts_do_not_share_their_numbers():
    render("[@sutro1935]", Page())

    assert render("[@curtis1993]", Page()).citations[0].number == 1
