"""Languages known by their commonest words, and silence where that is not sure."""

import pytest

from captions.checking import tongues

SAMPLES = {
    "en": "Put your hands on the crest and ask what "
    "it is that they feel as you go from the side to the middle. ",
    "es": "Ponga las manos en la cresta y pregunte qué "
    "es lo que siente cuando se mueve por el lado de la cadera. ",
    "fr": "Posez les mains sur la crête et demandez "
    "ce que le patient sent quand vous allez du bord vers le milieu. ",
    "de": "Legen Sie die Hände auf den Kamm und fragen "
    "Sie, was der Patient spürt, wenn man von der Seite geht. ",
    "it": "Metta le mani sulla cresta e chieda che cosa "
    "sente il paziente quando si va dal lato verso il centro. ",
    "nl": "Leg de handen op de kam en vraag wat de patiënt "
    "voelt als je van de zijkant naar het midden gaat. ",
    "pt": "Ponha as mãos na crista e pergunte o que "
    "a pessoa sente quando se vai do lado para o meio da coluna. ",
}


@pytest.mark.parametrize("language", SAMPLES)
def test_a_page_of_text_tells_its_language(language: str) -> None:
    assert tongues.detect([SAMPLES[language]] * 4) == language


@pytest.mark.parametrize(
    "text", ["", "Lidocaine 40 mg", "la la la " * 40, SAMPLES["en"] + SAMPLES["de"], "Привет"]
)
def test_what_is_not_sure_is_not_said(text: str) -> None:
    assert tongues.detect([text]) == ""


@pytest.mark.parametrize(
    ("text", "language"), [("腰の診察", "ja"), ("허리 통증", "ko"), ("Πόνος στη μέση", "el")]
)
def test_some_scripts_tell_the_language(text: str, language: str) -> None:
    assert tongues.detect([text]) == language


@pytest.mark.parametrize(
    ("declared", "detected", "contradicts"),
    [("en-GB", "en", False), ("en", "fr", True), ("", "fr", False), ("cy", "", False), ("mr", "hi", False)],
)
def test_a_language_contradicts_another_and_no_unknown_one(
    declared: str, detected: str, contradicts: bool
) -> None:
    assert tongues.contradicts(declared, detected) is contradicts
