"""Written and read again: equal, as far as a format can hold it; each test says what is not compared."""

from hypothesis import given, settings
from hypothesis import strategies as st

import captions
from captions.formats.markup import ALIGNMENTS
from captions.track import Cue, TextTrack, TrackKind
from captions.webvtt import cuetext
from captions.webvtt.cuetext import EndTag, Tag, TagName
from captions.webvtt.regions import Region

EXAMPLES = settings(derandomize=True, max_examples=60, deadline=None)
STYLES = frozenset({TagName.BOLD, TagName.ITALIC, TagName.UNDERLINE})
DAY = 86_400_000

# A word has no white space. Control characters, halves of pairs and what XML forbids are no text.
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp"], exclude_characters="\ufffe\uffff"),
    min_size=1,
    max_size=8,
)
AWKWARD = st.sampled_from(
    [
        "1", "12:30", "-", "--", ">", "<", "&", "&amp;", "<b>", "</i>", "<00:01.000>", "{b}", "{\\an8}",
        "\\N", "\\h", "\\", "{", "}", "\\{", "00:00:01,000", "NOTE", "STYLE", "WEBVTT", "3 < 4", "♪",
        "é", "a\u00a0b", "a\u2028b", "a\u0085b", "\ufeff", ";", "//", "\\\u2060", "[Events]", ",",
        "0:00:01.000,0:00:02.000", "10:00:01 -> 10:00:02", "1:00.5 → 2:00.5", "00:00:01,000 --> 00:00:02,000",
    ]
)  # fmt: skip
LINES = st.lists(WORDS | AWKWARD, min_size=1, max_size=4).map(" ".join)
PLAIN = st.lists(LINES, min_size=1, max_size=3).map("\n".join)


def styled(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    pairs = st.tuples(st.sampled_from(["b", "i", "u"]), inner).map(
        lambda pair: f"<{pair[0]}>{pair[1]}</{pair[0]}>"
    )
    return st.lists(pairs | inner, min_size=1, max_size=3).map(" ".join)


STYLED = st.recursive(PLAIN.map(cuetext.escape), styled, max_leaves=5)
NAMES = st.lists(WORDS, min_size=1, max_size=2).map(" ".join)


def cues(
    texts: st.SearchStrategy[str], **others: st.SearchStrategy[str]
) -> st.SearchStrategy[tuple[Cue, ...]]:
    """Up to five cues in the order of their starts; an end may lie before its start."""
    times = st.integers(0, DAY)
    one = st.builds(Cue, times, times, texts, **others)
    return st.lists(one, min_size=1, max_size=5).map(
        lambda found: tuple(sorted(found, key=lambda cue: cue.start))
    )


def characters(text: str) -> list[tuple[str, frozenset[str]]]:
    """Each character of a cue text with its styles: how the tags lie in each other is not compared."""
    found, opened = [], list[str]()
    for node in cuetext.walk(cuetext.tree(text)):
        if isinstance(node, str):
            found += [(character, frozenset(opened) & STYLES) for character in node]
        elif isinstance(node, Tag):
            opened.append(node.name)
        elif isinstance(node, EndTag):
            opened.remove(node.name)
    return found


VTT_TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=40).map(
    lambda text: "\n".join(filter(None, text.replace("-->", "").split("\n"))).replace("-->", "")
)
VTT_SETTINGS = st.sampled_from(
    [
        "",
        "line:0",
        "line:50%,center position:10%,line-left",
        "size:33.3% align:end",
        "region:low",
        "vertical:rl",
    ]
)
IDENTIFIERS = (
    st.just("")
    | WORDS.filter(lambda word: "-->" not in word)
    | st.sampled_from(["NOTE", "STYLE", " ", "1 2"])
)


@EXAMPLES
@given(cues(VTT_TEXTS, identifier=IDENTIFIERS, settings=VTT_SETTINGS), st.sampled_from(TrackKind))
def test_webvtt_comes_back_exactly(found: tuple[Cue, ...], kind: TrackKind) -> None:
    track = TextTrack(kind, "en-GB", found, regions=(Region("low", width=40.0),))

    back = captions.read(captions.write(track, "vtt"), format="vtt")

    assert back == track


@EXAMPLES
@given(cues(STYLED))
def test_subrip_keeps_times_characters_and_simple_styles(found: tuple[Cue, ...]) -> None:
    back = captions.read(captions.write(TextTrack(cues=found), "srt"), format="srt")

    assert told(back) == told(TextTrack(cues=found))
    assert back.dropped == ()


@EXAMPLES
@given(cues(PLAIN.map(cuetext.escape)))
def test_sbv_keeps_times_and_characters(found: tuple[Cue, ...]) -> None:
    back = captions.read(captions.write(TextTrack(cues=found), "sbv"), format="sbv")

    assert told(back) == told(TextTrack(cues=found))
    assert back.dropped == ()


@EXAMPLES
@given(cues(STYLED, settings=st.sampled_from(["", "line:0", "line:50%"])))
def test_ttml_keeps_times_characters_simple_styles_and_three_heights(found: tuple[Cue, ...]) -> None:
    back = captions.read(captions.write(TextTrack(cues=found), "ttml"), format="ttml")

    assert [cue.settings for cue in back.cues] == [cue.settings for cue in found]
    # white space between two spans of one style may come back inside them: its own style is not compared
    assert told(back, spaces=False) == told(TextTrack(cues=found), spaces=False)
    assert back.dropped == ()


@EXAMPLES
@given(cues(STYLED, settings=st.sampled_from(sorted(ALIGNMENTS.values()))))
def test_ass_keeps_hundredths_characters_simple_styles_and_the_nine_places(found: tuple[Cue, ...]) -> None:
    back = captions.read(captions.write(TextTrack(cues=found), "ass"), format="ass")

    assert [cue.settings for cue in back.cues] == [cue.settings for cue in found]
    assert told(back) == told(TextTrack(cues=tuple(in_hundredths(cue) for cue in found)))


@EXAMPLES
@given(NAMES.filter(lambda name: "," not in name), PLAIN.map(cuetext.escape))
def test_ass_keeps_who_speaks_the_whole_cue(name: str, text: str) -> None:
    cue = Cue(1000, 2000, f"<v {cuetext.escape(name)}>{text}")

    (back,) = captions.read(captions.write(TextTrack(cues=(cue,)), "ass"), format="ass").cues

    assert cuetext.voices(back.text) == cuetext.voices(cue.text)
    assert characters(back.text) == characters(cue.text)


def in_hundredths(cue: Cue) -> Cue:
    return Cue((cue.start + 5) // 10 * 10, (cue.end + 5) // 10 * 10, cue.text)


def told(track: TextTrack, *, spaces: bool = True) -> list[tuple[int, int, list[tuple[str, frozenset[str]]]]]:
    """Times and characters; the style of white space only where `spaces`."""
    return [
        (
            cue.start,
            cue.end,
            [
                (character, styles if spaces or character.strip() else frozenset())
                for character, styles in characters(cue.text)
            ],
        )
        for cue in track.cues
    ]
