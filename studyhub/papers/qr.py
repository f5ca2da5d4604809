"""Finds the QR code on a scanned page, crooked, upside down, pale or noisy.

Runs in a fenced process only. docs/decisions/0011 says why with zxing-cpp.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import zxingcpp
from PIL import Image, ImageFilter, ImageOps

_QR = zxingcpp.barcode_formats_from_str("QRCode")


@dataclass(frozen=True)
class Seen:
    """What the code says, and by how many degrees the page must be turned to stand upright."""

    text: str
    turn: int


def find(grey: Image.Image, head: str) -> Seen | None:
    """The first code on the page that begins like this."""
    for picture in _tries(grey):
        for one in zxingcpp.read_barcodes(picture, formats=_QR):
            if one.text.startswith(head):
                return Seen(one.text, round(one.orientation / 90) * 90 % 360)
    return None


def _tries(grey: Image.Image) -> Iterator[Image.Image]:
    """As it is; then without its speckles; then evened and smaller, where strokes close again."""
    yield grey
    yield grey.filter(ImageFilter.MedianFilter(5))
    small = grey.resize((max(grey.width // 2, 1), max(grey.height // 2, 1)), Image.Resampling.BOX)
    yield ImageOps.autocontrast(small.filter(ImageFilter.GaussianBlur(1)), cutoff=5)
