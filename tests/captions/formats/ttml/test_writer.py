"""TTML written: a valid document that reads back as it was."""

from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import captions
from captions.errors import CaptionError, ErrorCode
from captions.formats.ttml import writer
from captions.formats.ttml.runs import BREAK, Run, TagKey, cue_text
from captions.limits import MAX_TIME
from captions.track import Cue, TextTrack

TT = "{http://www.w3.org/ns/ttml}"
TTS = "{http://www.w3.org/ns/ttml#styling}"
XML = "{http://www.w3.org/XML/1998/namespace}"

WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8)
OUTER: st.SearchStrategy[tuple[TagKey, ...]] = st.sampled_from(
    [
        (),
        (("v", "Ann & Bo", 1),),
        (("v", "Cy", 2),),
        (("lang", "ja", 3),),
        (("v", "Ann & Bo", 1), ("lang", "de", 4)),
    ]
)
LOOKS: st.SearchStrategy[tuple[TagKey, ...]] = st.sets(st.sampled_from("biu")).map(
    lambda names: tuple((name, "", 0) for name in "biu" if name in names)
)
RUNS = st.builds(
    lambda text, outer, looks: Run(text, outer + looks, 0, None, keeps_space=True),
    WORDS | st.just(BREAK),
    OUTER,
    LOOKS,
)
TEXTS = st.lists(RUNS, max_size=6).map(cue_text)
CUES = st.builds(
    Cue,
    st.integers(0, 359_999_999),
    st.integers(0, 359_999_999),
    TEXTS,
    st.just(""),
    st.sampled_from(["", "line:0", "line:50%", "align:start", "line:0 align:right", "line:50% align:end"]),
)


@settings(derandomize=True, max_examples=50, deadline=None)
@given(st.lists(CUES, min_size=1, max_size=4), st.sampled_from(["", "en", "pt-BR"]))
def test_what_is_written_is_read_as_it_was(cues: list[Cue], language: str) -> None:
    in_order = tuple(sorted(cues, key=lambda cue: cue.start))
    track = TextTrack(language=language, cues=in_order)

    again = captions.read(writer.write(track))

    assert again.cues == in_order
    assert again.language == language
    assert again.dropped == ()


def test_the_document_says_what_it_is() -> None:
    track = TextTrack(
        language="en",
        cues=(
            Cue(0, 1000, "Press <b>here</b> &amp; hold\nnow", "V1-c05", "line:0 align:start"),
            Cue(1000, 2000, "<v Ann>Yes</v>", "V1-c05"),
            Cue(2000, 3000, "<c.loud>No</c> <00:00:02.500>more", "not an id"),
        ),
    )

    root = ElementTree.fromstring(writer.write(track).decode())  # noqa: S314 - our own document

    paragraphs = root.findall(f".//{TT}p")
    assert root.tag == f"{TT}tt"
    assert root.get(f"{XML}lang") == "en"
    assert [(each.get("begin"), each.get("end"), each.get("region")) for each in paragraphs] == [
        ("00:00:00.000", "00:00:01.000", "top"),
        ("00:00:01.000", "00:00:02.000", "bottom"),
        ("00:00:02.000", "00:00:03.000", "bottom"),
    ]
    assert [each.get(f"{XML}id") for each in paragraphs] == ["V1-c05", None, None]
    assert ["".join(each.itertext()) for each in paragraphs] == ["Press here & holdnow", "Yes", "No more"]
    bold = paragraphs[0].find(f"{TT}span")
    assert bold is not None
    assert bold.attrib == {f"{TTS}fontWeight": "bold"}
    regions = {each.get(f"{XML}id") for each in root.iter(f"{TT}region")}
    assert regions == {"bottom", "top", "middle"}


def test_ruby_comes_back_and_asks_for_the_profile_that_has_it() -> None:
    track = TextTrack(cues=(Cue(0, 1000, "<ruby>利<rt>リ</rt></ruby>"),))

    data = writer.write(track)

    assert b"imsc1.1/text" in data
    assert captions.read(data).cues == track.cues


def test_tags_to_any_depth_are_written_so_that_they_can_be_read() -> None:
    track = TextTrack(cues=(Cue(0, 1000, "<i>" * 2000 + "deep" + "</i>" * 2000),))

    assert captions.read(writer.write(track)).cues == (Cue(0, 1000, "<i>deep</i>"),)


def test_characters_that_xml_has_not_are_replaced() -> None:
    data = writer.write(TextTrack(cues=(Cue(0, 1000, "a\x01b\ud800"),)))

    assert "a\ufffdb\ufffd" in data.decode()


def test_a_time_that_no_file_holds_is_refused() -> None:
    with pytest.raises(CaptionError) as refused:
        writer.write(TextTrack(cues=(Cue(0, MAX_TIME + 1, "a"),)))

    assert refused.value.code is ErrorCode.UNWRITABLE
