"""Text of a Word file that is set in fonts from before Unicode, put right where it stands."""

from collections.abc import Iterator
from itertools import pairwise

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from studyhub.kernel.old_letters import Way, way_of_font
from studyhub.papers.runs import Run, converted, ways_in

_SIGNS = "øùûõïâàáåãäêèéúüë"
_MARKS = frozenset(_SIGNS + _SIGNS.upper())
"""How VNI writes what stands over a letter: it belongs to the letter before."""


class Mending:
    """Converts a document once; `ways` are those that were found in it."""

    def __init__(self) -> None:
        self.ways: frozenset[Way] = frozenset()

    def __call__(self, document: Document) -> None:
        """Put every run set in an old font into Unicode."""
        fonts = _Fonts(document)
        found = [
            (text, font)
            for run in document.element.body.iter(qn("w:r"))
            if (font := fonts.of(run))
            for text in _texts(run)
        ]
        _join_letters(found)
        runs = [Run(text.text or "", font) for text, font in found]
        self.ways = ways_in(runs)
        for (text, _), run in zip(found, runs, strict=True):
            text.text = converted(run, self.ways)


def _texts(run: BaseOxmlElement) -> Iterator[BaseOxmlElement]:
    """What is typed in a run; signs that Word keeps as elements become text."""
    for child in list(run):
        sign = _sign(child)
        if sign:
            text = OxmlElement("w:t")
            text.text = sign
            run.replace(child, text)
            yield text
        elif child.tag == qn("w:t"):
            yield child


def _sign(child: BaseOxmlElement) -> str:
    if child.tag == qn("w:softHyphen"):
        return "\u00ad"
    code = child.get(qn("w:char"), "") if child.tag == qn("w:sym") else ""
    return chr(int(code, 16) & 0xFF) if code else ""


def _join_letters(found: list[tuple[BaseOxmlElement, str]]) -> None:
    """A mark at the head of a run goes to the letter at the end of the run before."""
    for (before, font), (after, same) in pairwise(found):
        told = after.text or ""
        is_vni = font == same and way_of_font(font) is Way.VNI
        if is_vni and before.text and told[:1] in _MARKS:
            before.text, after.text = before.text + told[0], told[1:]


class _Fonts:
    """Which font a run is set in: its own, or that of its style, or of the whole document."""

    def __init__(self, document: Document) -> None:
        self._styles = {
            style.get(qn("w:styleId")): style
            for style in document.styles.element.iter(qn("w:style"))
        }
        self._default = next(
            (
                key
                for key, style in self._styles.items()
                if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) == "1"
            ),
            None,
        )
        defaults = document.styles.element.find(f".//{qn('w:rPrDefault')}")
        self._last = _named(defaults)

    def of(self, run: BaseOxmlElement) -> str:
        """Its name; "" when nothing tells."""
        properties = run.find(qn("w:rPr"))
        own = _named(properties) or self._of_style(_style(properties, "w:rStyle"))
        return own or self._of_paragraph(run) or self._last

    def _of_paragraph(self, run: BaseOxmlElement) -> str:
        paragraph = next(run.iterancestors(qn("w:p")), None)
        properties = paragraph.find(qn("w:pPr")) if paragraph is not None else None
        return self._of_style(_style(properties, "w:pStyle") or self._default)

    def _of_style(self, key: str | None) -> str:
        seen: set[str] = set()
        while key and key in self._styles and key not in seen:
            seen.add(key)
            style = self._styles[key]
            if font := _named(style.find(qn("w:rPr"))):
                return font
            key = _style(style, "w:basedOn")
        return ""


def _named(properties: BaseOxmlElement | None) -> str:
    fonts = next(properties.iter(qn("w:rFonts")), None) if properties is not None else None
    if fonts is None:
        return ""
    return str(fonts.get(qn("w:ascii")) or fonts.get(qn("w:hAnsi")) or "")


def _style(element: BaseOxmlElement | None, name: str) -> str | None:
    found = element.find(qn(name)) if element is not None else None
    value = found.get(qn("w:val")) if found is not None else None
    return str(value) if value else None
