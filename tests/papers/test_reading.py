"""Files of every kind are read, however their letters are typed."""

import unicodedata
from collections.abc import Callable

import pytest

from studyhub.kernel.old_letters import Way
from studyhub.papers import reading, sandbox
from tests.papers import makers
from tests.papers.old import TEXT, tcvn3, vni

LINES = TEXT.split("\n")
Maker = Callable[..., bytes]

SETTING = [makers.word, makers.odt, makers.rtf, makers.html]


@pytest.mark.parametrize("make", SETTING, ids=lambda make: make.__name__)
def test_every_kind_of_file_is_read(make: Maker) -> None:
    told = reading.read(make(LINES))

    assert (told.paragraphs, told.ways) == (LINES, frozenset())


def test_a_pdf_is_read() -> None:
    told = reading.read(makers.pdf(LINES))

    assert told.paragraphs[1:] == LINES  # the first is the head of the page


@pytest.mark.parametrize("make", SETTING, ids=lambda make: make.__name__)
@pytest.mark.parametrize(
    ("typed", "font", "way"), [(tcvn3, ".VnTime", Way.TCVN3), (vni, "VNI-Times", Way.VNI)]
)
def test_old_fonts_are_put_into_unicode(
    make: Maker, typed: Callable[[str], str], font: str, way: Way
) -> None:
    told = reading.read(make([typed(line) for line in LINES], font))

    assert (told.paragraphs, told.ways) == (LINES, frozenset({way}))


@pytest.mark.parametrize("make", SETTING, ids=lambda make: make.__name__)
@pytest.mark.parametrize("font", [".VnTime", "VNI-Times"])
def test_unicode_set_in_an_old_font_is_left_alone(make: Maker, font: str) -> None:
    told = reading.read(make(LINES, font))

    assert (told.paragraphs, told.ways) == (LINES, frozenset())


@pytest.mark.parametrize("make", SETTING, ids=lambda make: make.__name__)
def test_the_font_of_capitals_makes_capitals(make: Maker) -> None:
    told = reading.read(make([tcvn3("bài thu hoạch của đảng viên")], ".VnTimeH"))

    assert told.paragraphs == ["BÀI THU HOẠCH CỦA ĐẢNG VIÊN"]


@pytest.mark.parametrize(
    ("name", "ways"), [("unicode", set()), ("tcvn3", {Way.TCVN3}), ("vni", {Way.VNI})]
)
def test_old_word_files_are_read(name: str, ways: set[Way]) -> None:
    told = sandbox.read_safely(makers.old_word(name))

    assert (told.paragraphs, told.ways) == (LINES, frozenset(ways))


def test_a_mixed_document_is_read_run_by_run() -> None:
    old, new, capital = ".VnTime", "Times New Roman", ".VnTimeH"
    paragraphs = [
        [(tcvn3("quyết định"), capital), (" về việc ", new), (tcvn3("học tập"), old)],
        [(vni("Đảng vi")[:-1], "VNI-Times"), ("i", "VNI-Times"), (vni("ên"), "VNI-Times")],
        [("Trường hợp này gõ đúng.", new)],
        [("Gõ Unicode nhưng chọn nhầm phông.", old)],
    ]

    told = reading.read(makers.word_of_runs(paragraphs))

    assert told.paragraphs == [
        "QUYẾT ĐỊNH về việc học tập",
        "Đảng viên",
        "Trường hợp này gõ đúng.",
        "Gõ Unicode nhưng chọn nhầm phông.",
    ]
    assert told.ways == {Way.TCVN3, Way.VNI}


def test_a_letter_of_vni_cut_in_two_runs_is_one() -> None:
    font = "VNI-Times"
    cut = [("ñaûng vie", font), ("ân tie", font), ("ân phong", font)]

    told = reading.read(makers.word_of_runs([[("Chi boä", font)], cut]))

    assert told.paragraphs == ["Chi bộ", "đảng viên tiên phong"]


def test_a_text_put_together_from_several_encodings_is_read_line_by_line() -> None:
    data = LINES[0].encode() + b"\n" + tcvn3(f"{LINES[1]}\n{LINES[2]}").encode("latin-1")

    assert reading.read(data).paragraphs == LINES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_texts_in_unicode_are_read(encoding: str) -> None:
    assert reading.read("\r\n".join(LINES).encode(encoding)).paragraphs == LINES


def test_a_text_in_windows_1258_is_read_and_composed() -> None:
    data = "\n".join(LINES).translate(_FOR_1258).encode("cp1258")

    assert reading.read(data).paragraphs == LINES


@pytest.mark.parametrize("typed", [tcvn3, vni])
def test_a_text_of_one_byte_in_old_letters_is_read(typed: Callable[[str], str]) -> None:
    assert reading.read(typed(TEXT).encode("latin-1")).paragraphs == LINES


@pytest.mark.parametrize("typed", [tcvn3, vni])
def test_old_letters_pasted_as_unicode_signs_are_read(typed: Callable[[str], str]) -> None:
    assert reading.read(typed(TEXT).encode()).paragraphs == LINES


def test_decomposed_text_is_composed() -> None:
    assert reading.read(unicodedata.normalize("NFD", TEXT).encode()).paragraphs == LINES


def test_what_hides_or_turns_is_left_out_and_what_people_see_stays() -> None:
    said = "Đảng\u200b viên \u202eđảo\u202c 👨\u200d👩\u200d👧 <b>đậm</b> & “trích”\ufeff"

    assert reading.read(said.encode()).paragraphs == [
        "Đảng viên đảo 👨\u200d👩\u200d👧 <b>đậm</b> & “trích”"
    ]


def test_nothing_of_a_page_is_text_but_its_words() -> None:
    told = reading.read(makers.html(["Tôi nhận thức rõ.", "Tôi hứa."]))

    assert told.paragraphs == ["Tôi nhận thức rõ.", "Tôi hứa."]


def _for_1258(letter: str) -> str:
    """Windows had letters with hats as one, and tones as marks behind them."""
    marks = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323"), "")
    return unicodedata.normalize("NFC", marks.replace(tone, "")) + tone if tone else letter


_FOR_1258 = str.maketrans({letter: _for_1258(letter) for letter in {*TEXT}})
