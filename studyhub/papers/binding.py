"""Pages joined into one PDF: each picture, as it is, on a sheet of A4. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

A4 = (595.28, 841.89)
MARGIN = 14.0


@dataclass(frozen=True)
class Picture:
    """A grey JPEG and its size in dots."""

    jpeg: bytes
    width: int
    height: int


def bound(pictures: Iterable[Picture]) -> bytes:
    """The same pictures give the same file, byte for byte."""
    objects: list[bytes] = [b"", b""]
    sheets: list[int] = []
    for picture in pictures:
        first = len(objects) + 1
        drawn = _drawing(picture)
        objects += [
            _picture(picture),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
            _sheet(picture, first),
        ]
        sheets.append(first + 2)
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R /Lang (vi) >>"
    kids = b" ".join(b"%d 0 R" % number for number in sheets)
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(sheets), kids)
    return _file(objects)


def _picture(picture: Picture) -> bytes:
    return (
        b"<< /Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Filter /DCTDecode /Length %d >>\nstream\n%s\nendstream"
        % (picture.width, picture.height, len(picture.jpeg), picture.jpeg)
    )


def _sheet(picture: Picture, first: int) -> bytes:
    width, height = _paper(picture)
    return (
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %.2f %.2f] /Contents %d 0 R "
        b"/Resources << /XObject << /P %d 0 R >> >> >>" % (width, height, first + 1, first)
    )


def _drawing(picture: Picture) -> bytes:
    """As large as the sheet allows, in its middle."""
    width, height = _paper(picture)
    scale = min((width - 2 * MARGIN) / picture.width, (height - 2 * MARGIN) / picture.height)
    wide, high = picture.width * scale, picture.height * scale
    return b"q %.2f 0 0 %.2f %.2f %.2f cm /P Do Q" % (
        wide,
        high,
        (width - wide) / 2,
        (height - high) / 2,
    )


def _paper(picture: Picture) -> tuple[float, float]:
    return A4 if picture.height >= picture.width else (A4[1], A4[0])


def _file(objects: list[bytes]) -> bytes:
    made = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % place for place in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(objects) + 1)
    return bytes(made + b"startxref\n%d\n%%%%EOF\n" % start)
