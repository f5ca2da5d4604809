"""Word's automatic numbers are shown as Word shows them."""

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from studyhub.library import formats
from studyhub.library.word_numbering import letter, roman
from tests.library import makers

LISTS = """
<w:numbering {ns}>
 <w:abstractNum w:abstractNumId="0">
  <w:lvl w:ilvl="0"><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2)"/>
  </w:lvl>
  <w:lvl w:ilvl="2"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2.%3"/></w:lvl>
 </w:abstractNum>
 <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
 <w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>
 <w:num w:numId="3"><w:abstractNumId w:val="0"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>
</w:numbering>
"""


@pytest.fixture
def document() -> WordDocument:
    made = Document()
    numbering = made.part.numbering_part.element
    for child in [*numbering]:
        numbering.remove(child)
    numbering.extend([*parse_xml(LISTS.format(ns=nsdecls("w")))])
    return made


def add(document: WordDocument, number: int, depth: int) -> None:
    listed = document.add_paragraph("x")._p.get_or_add_pPr().get_or_add_numPr()
    listed.get_or_add_numId().val = number
    listed.get_or_add_ilvl().val = depth


def shown(document: WordDocument) -> list[str]:
    return [
        line.removesuffix("x").strip()
        for line in formats.read(makers.saved(document), "").splitlines()
    ]


def test_levels_count_by_themselves_and_begin_anew_under_the_next(document: WordDocument) -> None:
    for depth in (0, 1, 1, 2, 0, 1):
        add(document, 1, depth)

    assert shown(document) == ["I.", "3)", "4)", "I.4.a", "II.", "3)"]


def test_lists_of_one_definition_count_on_unless_told_otherwise(document: WordDocument) -> None:
    for number in (1, 2, 3, 3):
        add(document, number, 0)

    assert shown(document) == ["I.", "II.", "I.", "II."]


def test_no_number_where_the_list_is_switched_off(document: WordDocument) -> None:
    add(document, 0, 0)
    add(document, 9, 0)

    assert shown(document) == ["", ""]


def test_a_style_can_carry_the_number(document: WordDocument) -> None:
    style = document.styles["List Number"]
    style.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 1
    document.add_paragraph("x", style="List Number")

    assert shown(document) == ["I."]


def test_roman_numerals_and_letters() -> None:
    assert [roman(number) for number in (4, 9, 14, 40, 1990)] == ["IV", "IX", "XIV", "XL", "MCMXC"]
    assert [letter(number) for number in (1, 26, 27, 53)] == ["a", "z", "aa", "aaa"]
