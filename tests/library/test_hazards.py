"""Files that must not be opened, or cannot be read, are refused with words that help."""

import io
import zipfile

import pytest
import typst

from studyhub.library import formats, hazards, pdf
from studyhub.library.errors import Unreadable
from tests.library import makers

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LOCKED_PDF = b"""%%PDF-1.4
1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
2 0 obj <</Type/Pages/Count 1/Kids[3 0 R]>> endobj
3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]>> endobj
4 0 obj <</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>> endobj
trailer <</Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>
""" % (b"41" * 32, b"42" * 32)


def archive(entries: dict[str, bytes]) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in entries.items():
            made.writestr(name, data)
    return into.getvalue()


def with_entry(name: str, data: bytes) -> bytes:
    """A good Word file and one thing more."""
    into = io.BytesIO(makers.word(["Một đoạn."]))
    with zipfile.ZipFile(into, "a", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, data)
    return into.getvalue()


def refusal(data: bytes, filename: str = "bai.docx") -> str:
    with pytest.raises(Unreadable) as refused:
        formats.read(data, filename)
    return refused.value.message


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\xef\xbb\xbf"])
def test_an_empty_file(data: bytes) -> None:
    assert refusal(data) == hazards.EMPTY


@pytest.mark.parametrize("data", [b"MZ\x90\x00" + bytes(200), b"\x7fELF" + bytes(200)])
def test_a_renamed_program(data: bytes) -> None:
    assert refusal(data) == hazards.PROGRAM


@pytest.mark.parametrize(
    "data", [b"\xff\xd8\xff\xe0" + bytes(99), b"\x89PNG\r\n\x1a\n" + bytes(99)]
)
def test_a_picture(data: bytes) -> None:
    assert refusal(data) == hazards.PICTURE


def test_an_old_word_file() -> None:
    assert refusal(OLE + "WordDocument".encode("utf-16-le"), "bai.doc") == hazards.OLD_WORD


def test_a_word_file_with_a_password() -> None:
    assert refusal(OLE + "EncryptedPackage".encode("utf-16-le")) == hazards.LOCKED


def test_a_pdf_with_a_password() -> None:
    assert refusal(LOCKED_PDF, "bai.pdf") == hazards.LOCKED


def test_a_word_file_with_macros() -> None:
    assert refusal(with_entry("word/vbaProject.bin", b"x")) == hazards.MACROS


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    assert refusal(with_entry("word/media/a.bin", bytes(30_000_000))) == hazards.PACKED


def test_a_swarm_of_entries() -> None:
    assert refusal(archive({f"{number}.xml": b"" for number in range(5001)})) == hazards.PACKED


@pytest.mark.parametrize("entries", [{"a.txt": b"x"}, {"[Content_Types].xml": b"spreadsheetml"}])
def test_an_archive_that_is_no_word_file(entries: dict[str, bytes]) -> None:
    assert refusal(archive(entries)) == hazards.NOT_A_DOCUMENT


def test_a_broken_archive() -> None:
    assert refusal(makers.word(["Một đoạn."])[:2000]) == hazards.DAMAGED


def test_a_word_file_without_its_document() -> None:
    types = b"<Types>wordprocessingml.document.main+xml</Types>"

    assert refusal(archive({"[Content_Types].xml": types})) == hazards.DAMAGED


def test_a_word_file_with_broken_xml() -> None:
    good = zipfile.ZipFile(io.BytesIO(makers.word(["Một đoạn."])))
    entries = {name: good.read(name) for name in good.namelist()}

    assert refusal(archive(entries | {"word/document.xml": b"<w:document"})) == hazards.DAMAGED


def test_a_word_file_without_words() -> None:
    assert refusal(makers.word([""])) == formats.NO_WORDS


def test_a_pdf_of_pictures() -> None:
    made = typst.compile(b"#rect(width: 5cm, height: 5cm)")
    assert isinstance(made, bytes)

    assert refusal(made, "bai.pdf") == pdf.PICTURES


def test_a_broken_pdf() -> None:
    assert refusal(b"%PDF-1.7\nrubbish", "bai.pdf") == hazards.DAMAGED


@pytest.mark.parametrize(
    "data", [b"abc\x00\x01\x02def" * 9, b"<html><p>x</p></html>", bytes(range(1, 256))]
)
def test_what_is_no_text(data: bytes) -> None:
    assert refusal(data, "bai.txt") == hazards.NOT_A_DOCUMENT


@pytest.mark.parametrize("line", ["Một đoạn.\n", "a" * 400 + "\n"])
def test_a_text_too_long_to_be_studied(line: str) -> None:
    assert refusal((line * (20_001 if len(line) < 99 else 2_600)).encode()) == formats.TOO_LONG


def test_a_file_beyond_all_measure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hazards, "LARGEST_FILE", 10)

    assert refusal(b"x" * 11, "bai.txt") == hazards.TOO_LARGE
