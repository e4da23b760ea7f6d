"""The transcript: sentences, paragraphs, speakers, chapters, times."""

from captions import transcript
from captions.chapters import Chapter
from captions.track import Cue, TextTrack, TrackKind
from captions.transcript import Line


def track(*cues: tuple[int, int, str]) -> TextTrack:
    return TextTrack(cues=tuple(Cue(start, end, text) for start, end, text in cues))


def lines(*cues: tuple[int, int, str]) -> list[list[str]]:
    return [[line.text for line in paragraph.lines] for paragraph in transcript.transcript(track(*cues))]


def test_a_sentence_over_two_captions_is_one_line_with_the_times_of_both() -> None:
    (paragraph,) = transcript.transcript(
        track((0, 1000, "Press each\nspinous"), (1000, 2000, "<i>process</i>."))
    )

    assert paragraph.lines == (Line(0, 2000, "Press each spinous process."),)
    assert (paragraph.start, paragraph.end, paragraph.text) == (0, 2000, "Press each spinous process.")


def test_a_sentence_inside_a_caption_begins_at_its_share_of_the_letters() -> None:
    (paragraph,) = transcript.transcript(track((1000, 2000, "Stop. Now ask")))

    assert [(line.start, line.text) for line in paragraph.lines] == [(1000, "Stop."), (1384, "Now ask")]


def test_points_inside_a_sentence_do_not_end_it() -> None:
    assert lines((0, 9, "Dr. A. Smith gave 2.5 ml, e.g. lidocaine. Why? “So!” Yes")) == [
        ["Dr. A. Smith gave 2.5 ml, e.g. lidocaine.", "Why?", "“So!”", "Yes"]
    ]


def test_a_pause_and_a_speaker_and_a_long_stretch_begin_a_paragraph() -> None:
    assert lines((0, 1000, "One"), (3000, 4000, "two.")) == [["One"], ["two."]]
    assert lines((0, 1000, "<v Anna>Hi."), (1000, 2000, "<v Bob>Yo.")) == [["Hi."], ["Yo."]]
    long = "x" * 300 + "."
    assert [len(part) for part in lines((0, 99, long), (99, 200, long), (200, 300, long))] == [2, 1]


def test_in_a_track_without_full_stops_each_caption_is_a_line_and_paragraphs_are_short() -> None:
    spoken = [(second * 4000, second * 4000 + 4000, f"word{second:03} " * 4) for second in range(100)]

    paragraphs = transcript.transcript(track(*spoken))

    assert {len(line.text) for paragraph in paragraphs for line in paragraph.lines} == {31}
    assert all(paragraph.end - paragraph.start <= 90_000 for paragraph in paragraphs)
    assert " ".join(paragraph.text for paragraph in paragraphs).split() == [
        word for _, _, text in spoken for word in text.split()
    ]


def test_a_sentence_that_does_not_end_in_twelve_seconds_is_cut_between_captions() -> None:
    spoken = [(0, 900, "Press."), (1000, 3900, "Hold.")]
    spoken += [(second * 4000, second * 4000 + 4000, f"word{second:03} " * 4) for second in range(1, 9)]

    (paragraph,) = transcript.transcript(track(*spoken, (36_000, 37_000, "And stop.")))

    assert [line.start for line in paragraph.lines] == [0, 1000, 4000, 16_000, 28_000]
    assert max(line.end - line.start for line in paragraph.lines) == 12_000


def test_a_pause_ends_a_line_whether_or_not_the_sentence_goes_on() -> None:
    assert lines((0, 1000, "Press"), (1900, 3000, "and"), (4000, 5000, "hold."), (5100, 6000, "Let go.")) == [
        ["Press and", "hold.", "Let go."]
    ]


def test_very_short_captions_without_full_stops_are_no_line_each() -> None:
    spoken = [(n * 500, n * 500 + 500, f"word{n}") for n in range(8)]

    assert lines(*spoken) == [["word0 word1 word2 word3", "word4 word5 word6 word7"]]


def test_a_minute_of_short_sentences_ends_a_paragraph() -> None:
    cues = [(second * 1000, second * 1000 + 900, "Press.") for second in range(70)]

    assert [len(paragraph) for paragraph in lines(*cues)] == [61, 9]


def test_a_chapter_begins_a_paragraph_and_is_its_heading() -> None:
    chapters = (Chapter(0, 1000, "Ask", "V1-c01"), Chapter(1000, 3000, "Press", "V1-c02"))

    paragraphs = transcript.transcript(
        track((0, 900, "<v Anna>Hello."), (1000, 2000, "Firm &amp; slow.")), chapters
    )

    assert [paragraph.chapter for paragraph in paragraphs] == ["V1-c01", "V1-c02"]
    assert transcript.plain_text(paragraphs, chapters, times=True) == (
        "Ask\n\n[0:00] Anna: Hello.\n\nPress\n\n[0:01] Firm & slow.\n"
    )


def test_no_line_goes_over_the_start_of_a_chapter_and_each_begins_with_what_is_said_in_it() -> None:
    chapters = (Chapter(0, 13_000, "Welcome", "V1-c01"), Chapter(13_000, 36_000, "Place", "V1-c02"))
    cues = [(n * 2500, n * 2500 + 2500, f"word{n}") for n in range(9)]
    stops = [(0, 9000, "Sit down."), (9000, 12_900, "Then lay"), (12_900, 16_000, "the fingers down.")]

    for spoken, first, start in ((cues, "word5", 12_500), (stops, "the fingers down.", 12_900)):
        welcome, place = transcript.transcript(track(*spoken), chapters)

        assert (place.chapter, place.lines[0].text, place.start) == ("V1-c02", first, start)
        assert welcome.end <= 13_000


def test_lines_that_a_rolling_caption_repeats_are_said_once() -> None:
    assert lines((0, 10, "hello world"), (10, 20, "hello world\nnext line"), (20, 30, "next line")) == [
        ["hello world next line"]
    ]
    assert lines((0, 900, "Breathe."), (900, 1900, "Breathe.")) == [["Breathe.", "Breathe."]]


def test_empty_captions_say_nothing() -> None:
    assert transcript.transcript(track((0, 1, ""), (1, 2, " \n "))) == ()
    assert transcript.write(TextTrack()) == b""


def test_the_text_file_of_chapters_has_a_line_for_each() -> None:
    titles = TextTrack(
        TrackKind.CHAPTERS, cues=(Cue(0, 13_000, "Welcome"), Cue(13_000, 36_000, "Place &amp; press"))
    )

    assert transcript.write(titles) == b"0:00 Welcome\n0:13 Place & press\n"


def test_the_text_file_has_no_markup() -> None:
    assert transcript.write(track((0, 1, "a &lt; <b>b</b>"))) == b"a < b\n"
