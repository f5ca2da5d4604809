"""Files that are not what they should be: a sentence each, and nothing breaks."""

import io
import zipfile
from collections.abc import Callable
from itertools import pairwise

import pypdfium2
import pytest

from studyhub.library import hazards
from studyhub.library.errors import Unreadable
from studyhub.papers import encodings, kinds, portable, reading, rich, sandbox
from tests.library import makers as documents
from tests.papers import makers
from tests.papers.old import TEXT

LAUGHS = """<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha ha ha ha ha ha">MORE]>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>
<text:p>&z;</text:p></office:text></office:body></office:document-content>""".replace(
    "MORE",
    "".join(
        f'<!ENTITY {name} "{f"&{before};" * 20}">'
        for before, name in pairwise("abcdefghijklmnopqrstuvwxyz")
    ),
)


def bomb() -> bytes:
    return makers.zipped({"[Content_Types].xml": b"x", "word/document.xml": b" " * 300_000_000})


def pdf_with(extra: bytes) -> bytes:
    """A sound PDF with something more in its catalogue."""
    made = documents.pdf(TEXT.split("\n"))
    assert b"/Type/Catalog" in made
    return made.replace(b"/Type/Catalog", b"/Type/Catalog " + extra, 1)


def pdf_with_attachment() -> bytes:
    with pypdfium2.PdfDocument(documents.pdf(TEXT.split("\n"))) as document:
        document.new_attachment("run.exe").set_data(b"MZ")
        into = io.BytesIO()
        document.save(into)
    return into.getvalue()


def word_with_laughs() -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(makers.word(["x"]))) as good, zipfile.ZipFile(into, "w") as out:
        for name in good.namelist():
            data = good.read(name)
            if name == "word/document.xml":
                data = data.replace(b"<w:document", _doctype() + b"<w:document", 1)
                data = data.replace(b">x<", b">&z;<")
            out.writestr(name, data)
    return into.getvalue()


def _doctype() -> bytes:
    start = LAUGHS.index("<!DOCTYPE")
    return LAUGHS[start : LAUGHS.index("]>") + 2].encode().replace(b"lolz", b"w:document")


def locked_old_word() -> bytes:
    """The bit that says so, in the head of the document stream."""
    data = bytearray(makers.old_word("unicode"))
    head = data.index(b"\xec\xa5", 512)
    data[head + 0x0B] |= 0x01
    return bytes(data)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", hazards.EMPTY),
        (b" \n\t\0", hazards.EMPTY),
        (b"a" * (kinds.LARGEST + 1), kinds.TOO_LARGE),
        (b"MZ\x90\0\x03 an .exe called .pdf", hazards.PROGRAM),
        (b"\x7fELF", hazards.PROGRAM),
        (b"\xff\xd8\xff\xe0 JFIF", kinds.PICTURE),
        (b"RIFF\0\0\0\0WEBPVP8 ", kinds.PICTURE),
        (b"\0\0\0\x18ftypheic", kinds.PICTURE),
        (b"Rar!\x1a", kinds.NOT_READ),
        (OLE, kinds.NOT_READ),
        (OLE + "EncryptedPackage".encode("utf-16-le"), hazards.LOCKED),
        (OLE + "WordDocument_VBA_PROJECT".encode("utf-16-le"), kinds.MACROS),
        (OLE + "WordDocument".encode("utf-16-le"), hazards.DAMAGED),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", kinds.SAVE_AS_DOCX),
        (b'<?xml version="1.0"?><w:wordDocument/>', kinds.SAVE_AS_DOCX),
        (b"{\\rtf1 {\\object{\\objdata 0105}}}", rich.EMBEDDED),
        (b"{\\rtf1 " + b"{" * 5000, rich.EMBEDDED),
        (b"{\\rtf1 }", reading.NO_WORDS),
        (b"%PDF-1.4 torn", hazards.DAMAGED),
        ("từ ".encode() * 100_001, reading.TOO_LONG),
        ("\u200b\u202e\u00a0 ".encode(), reading.NO_WORDS),
    ],
    ids=lambda value: repr(value)[:30],
)
def test_it_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        reading.read(data)

    assert refusal.value.message == says


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (bomb, hazards.PACKED),
        (lambda: makers.word(["x"])[:-400], hazards.DAMAGED),
        (lambda: makers.zipped({"a.txt": b"x"}), kinds.NOT_READ),
        (lambda: makers.odt(["x"], more={"content.xml": LAUGHS.encode()}), hazards.DAMAGED),
        (lambda: makers.odt(["x"], more={"content.xml": LAUGHS.encode("utf-16")}), hazards.DAMAGED),
        (lambda: makers.odt(["x"], more={"content.xml": b"<torn"}), hazards.DAMAGED),
        (lambda: makers.odt(["x"], more={"Basic/a.xml": b"x"}), kinds.MACROS),
        (lambda: makers.odt(["x"])[:-60], hazards.DAMAGED),
        (locked_old_word, hazards.LOCKED),
        (lambda: makers.old_word("unicode")[:-4000], hazards.DAMAGED),
        (lambda: pdf_with(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"), portable.ACTIVE),
        (lambda: pdf_with(b"/OpenAction << /S /J#61vaScript >>"), portable.ACTIVE),
        (lambda: pdf_with(b"/OpenAction << /S /Rendition /JS (app.alert(1)) >>"), portable.ACTIVE),
        (lambda: pdf_with(b"/OpenAction << /S /Launch /F (a) >>"), portable.ACTIVE),
        (pdf_with_attachment, portable.ACTIVE),
    ],
)
def test_made_to_do_harm_or_torn_it_is_refused(make: Callable[[], bytes], says: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        sandbox.read_safely(make())

    assert refusal.value.message == says


def test_what_stands_by_chance_in_a_scanned_picture_is_no_script() -> None:
    portable.expect_quiet(pdf_with(b"/X (\x9c\x01/JS \xfe)"))


def test_a_locked_odt_is_refused() -> None:
    manifest = b"<manifest><manifest:encryption-data/></manifest>"
    entries = makers.odt(["x"], more={"META-INF/manifest.xml": manifest})

    with pytest.raises(Unreadable) as refusal:
        kinds.kind_of(entries)

    assert refusal.value.message == hazards.LOCKED


def test_a_word_file_of_laughs_does_not_unfold() -> None:
    try:
        said = sandbox.read_safely(word_with_laughs()).paragraphs
    except Unreadable:
        return
    assert len("".join(said)) < 1000


def test_letters_nobody_can_make_out_are_refused() -> None:
    mixed = "Nghị quyết của Đảng ".encode() + b" ch\xe2\x9f n\xd3q d\xf2k \xc6\xe9x" * 30

    with pytest.raises(Unreadable) as refusal:
        reading.read(mixed)

    assert refusal.value.message == encodings.MIXED
