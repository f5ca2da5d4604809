"""Letters from before Unicode are put right, and proper ones are left alone."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studyhub.kernel import old_letters
from studyhub.kernel.old_letters import Way
from tests.papers.old import LETTERS, TEXT, tcvn3, vni

PROPER = (
    "Nghị quyết số 52-NQ/TW của Bộ Chính trị về chủ trương, chính sách chủ động tham gia "
    "cuộc Cách mạng công nghiệp lần thứ tư đã chỉ rõ những việc mỗi đảng viên phải làm ngay. "
    "Chi bộ nghiêng về phương án hai; quý I, xoong nồi, khuya khoắt, ngoằn ngoèo, khuỷu tay, "
    "bươu đầu, Đắk Lắk, thuở ấy, giếng, gì, quốc, uống, yếu, ượt"
).split()


@pytest.mark.parametrize("letter", LETTERS)
def test_every_small_letter_comes_back_from_tcvn3(letter: str) -> None:
    assert old_letters.to_unicode(tcvn3(letter), Way.TCVN3) == letter


@pytest.mark.parametrize("letter", "ĂÂĐÊÔƠƯ")
def test_the_capitals_tcvn3_had_come_back(letter: str) -> None:
    assert old_letters.to_unicode(tcvn3(letter), Way.TCVN3) == letter


@pytest.mark.parametrize("letter", [*LETTERS, *LETTERS.upper()])
def test_every_letter_in_both_cases_comes_back_from_vni(letter: str) -> None:
    assert old_letters.to_unicode(vni(letter), Way.VNI) == letter


@pytest.mark.parametrize(("typed", "way"), [(tcvn3, Way.TCVN3), (vni, Way.VNI)])
def test_a_text_is_recognised_and_converted(typed: object, way: Way) -> None:
    assert callable(typed)

    said, ways = old_letters.read([typed(line) for line in TEXT.split("\n")])

    assert (said, ways) == (TEXT.split("\n"), {way})


def test_the_signs_of_real_files_are_read() -> None:
    tcvn = "Céng hoµ x· héi chñ nghÜa ViÖt Nam. §éc lËp - Tù do - H¹nh phóc. §¶ng céng s¶n ViÖt Nam"
    windows = (
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam. Ñoäc laäp - Töï do - Haïnh phuùc. "
        "BAØI THU HOAÏCH"
    )

    assert old_letters.read([tcvn])[0] == [
        "Cộng hoà xã hội chủ nghĩa Việt Nam. Độc lập - Tự do - Hạnh phúc. Đảng cộng sản Việt Nam"
    ]
    assert old_letters.read([windows])[0] == [
        "Cộng hòa xã hội chủ nghĩa Việt Nam. Độc lập - Tự do - Hạnh phúc. BÀI THU HOẠCH"
    ]


def test_one_old_paragraph_among_proper_ones_is_converted_alone() -> None:
    lines = TEXT.split("\n")

    said, ways = old_letters.read([lines[0], tcvn3(lines[1]), lines[0]])

    assert said == [lines[0], lines[1], lines[0]]
    assert ways == {Way.TCVN3}


def test_a_short_heading_within_an_old_text_is_old_too() -> None:
    said, _ = old_letters.read([tcvn3("Kính gửi"), *(tcvn3(line) for line in TEXT.split("\n"))])

    assert said[0] == "Kính gửi"


def test_old_words_within_a_proper_paragraph_of_an_old_text_are_converted() -> None:
    lines = [tcvn3(line) for line in TEXT.split("\n")]

    said, _ = old_letters.read([*lines, f"Đây là đảng viên {tcvn3('nghiêng về')} chi bộ"])

    assert said[-1] == "Đây là đảng viên nghiêng về chi bộ"


def test_capitals_drawn_by_another_font_are_capitals_again() -> None:
    lines = [tcvn3(line) for line in TEXT.split("\n")]
    heads = [
        "B" + tcvn3("à") + "I THU HO" + tcvn3("ạ") + "CH",
        f"Trích {tcvn3('NGHị QUYếT')} số 52",
    ]

    said, _ = old_letters.read([*lines, *heads])

    assert said[-2:] == ["BÀI THU HOẠCH", "Trích NGHỊ QUYẾT số 52"]


@pytest.mark.parametrize(
    ("font", "way"),
    [
        (".VnTime", Way.TCVN3), (".VnTimeH", Way.TCVN3), (".vnarial", Way.TCVN3),
        ("'VNI-Times'", Way.VNI), ("VNI-Helve", Way.VNI), ("Times New Roman", None), ("", None),
    ],
)  # fmt: skip
def test_a_font_tells_by_its_name(font: str, way: Way | None) -> None:
    assert old_letters.way_of_font(font) is way


def test_fonts_of_capitals() -> None:
    assert old_letters.draws_capitals(".VnTimeH")
    assert not old_letters.draws_capitals(".VnTime")
    assert not old_letters.draws_capitals("VNI-TimesH")


WORDS = st.lists(st.sampled_from(PROPER), min_size=1, max_size=40).map(" ".join)


@given(st.lists(WORDS, max_size=6))
def test_proper_vietnamese_is_never_changed(paragraphs: list[str]) -> None:
    assert old_letters.read(paragraphs) == (paragraphs, set())


@given(st.lists(WORDS, max_size=4))
def test_decomposed_vietnamese_is_composed_and_not_converted(paragraphs: list[str]) -> None:
    split = [unicodedata.normalize("NFD", paragraph) for paragraph in paragraphs]

    assert old_letters.read(split) == (paragraphs, set())


@given(WORDS, st.text(alphabet=st.characters(max_codepoint=0x7E, min_codepoint=0x20), max_size=80))
def test_plain_words_beside_proper_ones_change_nothing(proper: str, plain: str) -> None:
    assert old_letters.read([f"{proper} {plain}", plain])[0] == [f"{proper} {plain}", plain]


@pytest.mark.parametrize(
    "text",
    [
        "Élève français à l'école, être où déjà; naïve café rôle Noël cœur",
        "Grüße aus München, schöne Straße, Übermut größer, Äpfel",
        "¿Qué mañana? El niño español, año, señor, corazón, canción",
        "🙂🙂🙂 ©2026 «trích» §5 ¶ µm ±5 ½ ® ™",
        "Việt Nam 🇻🇳 và Ñandú",
    ],
)
def test_other_languages_and_signs_are_left_alone(text: str) -> None:
    assert old_letters.read([text]) == ([text], set())
