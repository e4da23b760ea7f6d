"""Encodings: from bytes to characters."""

import pytest

from captions.errors import CaptionError, ErrorCode
from captions.formats import encodings
from captions.formats.encodings import Decoded

SPANISH = "¿Dónde está el dolor, señor? Aquí, más abajo: la región lumbar.\n"


@pytest.mark.parametrize(("mark", "name"), encodings.MARKS)
def test_a_byte_order_mark_decides_and_is_taken_off(mark: bytes, name: str) -> None:
    assert encodings.decode(mark + SPANISH.encode(name), "cp1251") == Decoded(SPANISH, name)


def test_utf_8_needs_no_guess() -> None:
    assert encodings.decode(SPANISH.encode()) == Decoded(SPANISH, "utf-8")


@pytest.mark.parametrize("name", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_known_by_its_nulls(name: str) -> None:
    assert encodings.decode(SPANISH.encode(name)) == Decoded(SPANISH, name, guessed=True)


RUSSIAN = "Пожалуйста, скажите, где болит.\nТеперь нажмите сильнее, справа от позвоночника.\n"
POLISH = "Zażółć gęślą jaźń, proszę usiąść.\nProszę powiedzieć, gdzie boli.\n"
GREEK = "Παρακαλώ πείτε μου πού πονάτε. Τώρα πιέστε πιο δυνατά.\n"
HEBREW = "אנא אמור לי איפה כואב לך. עכשיו לחץ חזק יותר.\n"
ARABIC = "من فضلك قل لي أين يؤلمك. الآن اضغط بقوة أكبر.\n"
JAPANESE = "どこが痛いか教えてください。今度はもっと強く押してください。\n"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cp1252", SPANISH),
        ("cp1252", "Drücken Sie fest, größer als zuvor. Schön!\nL’épaule à gauche, où ça fait très mal.\n"),
        ("cp1252", "It’s here – on the patient’s back.\n"),
        ("cp1252", "<i><b>et même du gras</b></i>\n"),
        ("cp1252", "Segðu mér hvar þú finnur til. Ýttu nú fastar hægra megin við hrygginn.\n"),
        ("mac-roman", "Drücken Sie fest, größer als zuvor.\n"),
        ("cp1250", POLISH),
        ("iso8859-2", POLISH),
        ("cp1250", "Kérem, mondja meg, hol fáj. Most nyomja erősebben a gerinc jobb oldalán.\n"),
        ("cp1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("iso8859-5", RUSSIAN),
        ("cp866", RUSSIAN),
        ("cp1251", "Будь ласка, скажіть, де болить. Тепер натисніть сильніше.\n"),
        ("cp1253", GREEK),
        ("iso8859-7", GREEK),
        ("cp1254", "Lütfen nerenizin ağrıdığını söyleyin. Şimdi daha güçlü bastırın.\n"),
        ("cp1255", HEBREW),
        ("iso8859-8", HEBREW),
        ("cp1256", ARABIC),
        ("iso8859-6", ARABIC),
        ("cp1257", "Prašau pasakyti, kur skauda. Dabar spauskite stipriau, šalia stuburo. Ačiū.\n"),
        ("cp1258", "Xin cho biê\u0301t đau ơ\u0309 đâu.\n"),
        ("cp874", "กรุณาบอกว่าเจ็บตรงไหน ตอนนี้กดแรงขึ้น\n"),
        ("gb18030", "请告诉我哪里疼。现在用力按压脊柱右侧。\n"),
        ("big5", "請告訴我哪裡疼。現在用力按壓脊柱右側。\n"),
        ("cp932", JAPANESE),
        ("euc_jp", JAPANESE),
        ("cp949", "어디가 아픈지 말씀해 주세요. 이제 더 세게 누르세요.\n"),
    ],
)
def test_a_code_page_is_guessed_from_its_letters(name: str, text: str) -> None:
    found = encodings.decode(text.encode(name))

    assert (found.text, found.guessed, found.damaged) == (text, True, False)


def test_the_declared_language_decides_where_letters_do_not() -> None:
    data = b"\xf1\xe0\xf8\n"

    assert encodings.decode(data, language="ru").text == "саш\n"
    assert encodings.decode(data, language="he-IL").text == data.decode("cp1255")


def test_an_xml_declaration_is_believed_when_it_fits() -> None:
    text = '<?xml version="1.0" encoding="windows-1257"?>\n<tt>é</tt>'

    assert encodings.decode(text.encode("cp1257")) == Decoded(text, "cp1257")
    assert encodings.decode(text.replace("windows-1257", "klingon").encode("cp1252")).encoding == "cp1252"


@pytest.mark.parametrize("name", ["utf-32-le", "utf-32-be"])
def test_utf_32_without_a_mark_is_known_by_its_nulls(name: str) -> None:
    assert encodings.decode(SPANISH.encode(name)) == Decoded(SPANISH, name, guessed=True)


def test_the_menu_begins_with_what_decode_takes_and_names_no_text_twice() -> None:
    data = f"1\n00:00:01,000 --> 00:00:02,000\n{RUSSIAN}".encode("koi8-r")

    guesses = encodings.candidates(data)

    assert (guesses[0].encoding, guesses[0].name) == ("koi8-r", "Cyrillic (KOI8-R)")
    assert guesses[0].sample == RUSSIAN.strip()
    assert len({guess.sample for guess in guesses}) == len(guesses)
    assert {"cp1251", "iso8859-5", "cp1252"} <= {guess.encoding for guess in guesses}


def test_the_menu_puts_the_pages_of_the_declared_language_first() -> None:
    data = b"er\xf5s\n"

    assert encodings.candidates(data, "hu")[0].sample == "erős"
    assert encodings.candidates(data, "pt-BR")[0].sample == "erõs"


@pytest.mark.parametrize("data", [b"plain ASCII", b"", "\ufeffmarked é".encode()])
def test_what_can_be_read_in_one_way_only_has_one_guess(data: bytes) -> None:
    assert [guess.encoding for guess in encodings.candidates(data)] == ["utf-8"]


@pytest.mark.parametrize("name", ["klingon", "punycode", "rot13", "base64", "unicode_escape", "\0", "utf-7"])
def test_only_the_encodings_of_the_menu_are_taken(name: str) -> None:
    with pytest.raises(CaptionError) as refused:
        encodings.decode(b"a", name)

    assert refused.value.code is ErrorCode.UNKNOWN_ENCODING


@pytest.mark.parametrize("name", encodings.NAMES)
def test_every_encoding_of_the_menu_is_read_by_its_name(name: str) -> None:
    assert encodings.decode("a".encode(name), name) == Decoded("a", name)


@pytest.mark.parametrize(
    ("alias", "name"),
    [("latin1", "iso8859-1"), ("gbk", "gb18030"), ("euc-kr", "cp949"), ("Shift_JIS", "cp932")],
)
def test_other_names_of_an_encoding_are_understood(alias: str, name: str) -> None:
    assert encodings.known(alias) == name


def test_the_code_page_that_a_person_names_is_used() -> None:
    assert encodings.decode("où".encode("cp1252"), "windows-1252") == Decoded("où", "cp1252")
    assert encodings.decode(b"a\x98b", "cp1251") == Decoded("a\ufffdb", "cp1251", damaged=True)


def test_a_null_alone_is_not_utf_16() -> None:
    assert encodings.decode(b"WEBVTT\n\na\0b and more of it") == Decoded(
        "WEBVTT\n\na\0b and more of it", "utf-8"
    )
