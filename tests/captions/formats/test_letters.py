"""Letters: how likely a text is in a language."""

import pytest

from captions.formats.letters import Sample, likelihood


@pytest.mark.parametrize(
    ("text", "language", "other"),
    [
        ("größer", "de", "fr"),
        ("déjà où", "fr", "de"),
        ("где болит", "ru", "de"),
        ("נגאה", "he", "ru"),
        ("请告诉我", "zh", "ko"),
        ("말씀해 주세요", "ko", "zh"),
    ],
)
def test_a_text_is_likelier_in_its_own_language(text: str, language: str, other: str) -> None:
    sample = Sample.of(text)

    assert likelihood(sample, language) > likelihood(sample, other)


def test_a_capital_inside_a_word_is_unlikely() -> None:
    assert likelihood(Sample.of("болит"), "ru") > likelihood(Sample.of("боЛит"), "ru") + 5


def test_latin_letters_speak_against_another_script() -> None:
    assert likelihood(Sample.of("abc é"), "fr") > likelihood(Sample.of("abc ι"), "el")
