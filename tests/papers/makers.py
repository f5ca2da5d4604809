"""Files of every kind with the same lines, made for tests."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml.ns import qn
from docx.text.run import Run

from tests.library import makers

HERE = Path(__file__).parent

_ODT = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"><office:automatic-styles>
<style:style style:name="T1"><style:text-properties style:font-name="{font}"/></style:style>
</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>
</office:document-content>"""
_STYLES = """<office:document-styles
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"/>"""


def word(lines: Sequence[str], font: str = "Times New Roman") -> bytes:
    """Each line a paragraph, set in this font."""
    return word_of_runs([[(line, font)] for line in lines])


def word_of_runs(paragraphs: Sequence[Sequence[tuple[str, str]]]) -> bytes:
    """Paragraphs of runs, each with its font."""
    document = Document()
    for paragraph in paragraphs:
        made = document.add_paragraph()
        for text, font in paragraph:
            _set(made.add_run(text), font)
    return makers.saved(document)


def _set(run: Run, font: str) -> None:
    run.font.name = font
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:hAnsi"), font)


def odt(
    lines: Sequence[str],
    font: str = "Times New Roman",
    more: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """An OpenDocument text; `more` are further entries of the archive."""
    spans = (f'<text:span text:style-name="T1">{escape(line)}</text:span>' for line in lines)
    body = "".join(f"<text:p>{span}</text:p>" for span in spans)
    entries = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": _ODT.format(font=font, body=body).encode(),
        "styles.xml": _STYLES.encode(),
        "META-INF/manifest.xml": b"<manifest/>",
        **more,
    }
    return zipped(entries)


def zipped(entries: dict[str, bytes]) -> bytes:
    """An archive of these entries."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries.items():
            archive.writestr(name, data)
    return into.getvalue()


def rtf(lines: Sequence[str], font: str = "Times New Roman") -> bytes:
    """Rich text: letters of one byte as they are coded there, others in Unicode."""
    body = "".join(f"{_rich(line)}\\par\n" for line in lines)
    head = "{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0\\fnil\\fcharset0 " + font + ";}}"
    return (head + "{\\*\\generator Made;}\\f0 " + body + "}").encode("ascii")


def _rich(line: str) -> str:
    units = struct.unpack(f"<{len(line.encode('utf-16-le')) // 2}h", line.encode("utf-16-le"))
    return "".join(_rich_unit(unit) for unit in units)


def _rich_unit(unit: int) -> str:
    if 0x80 <= unit < 0x100:
        return f"\\'{unit:02x}"
    if 0x20 <= unit < 0x80:
        return f"\\{chr(unit)}" if chr(unit) in "\\{}" else chr(unit)
    return f"\\u{unit}?"


def html(lines: Sequence[str], font: str = "Times New Roman") -> bytes:
    """A page of the web, as Word saves it, with things in it that are no text."""
    body = "".join(f'<p><font face="{font}">{escape(line)}</font></p>' for line in lines)
    return (
        "<html><head><meta charset=utf-8><title>Tên</title><style>p{}</style></head>"
        f"<body>{body}<script>alert(1)</script></body></html>"
    ).encode()


def pdf(lines: Sequence[str]) -> bytes:
    """Set on pages."""
    return makers.pdf(list(lines))


def old_word(name: str) -> bytes:
    """A .doc written by LibreOffice: `unicode`, `tcvn3` or `vni`."""
    return (HERE / "files" / f"{name}.doc").read_bytes()
