"""A photograph of a handwritten page becomes a picture that can be read: upright, grey, even.

Runs in a fenced process only. The picture is made anew from its dots, so that
nothing else that a camera wrote (place, time, make) goes along.
"""

import io
from collections.abc import Iterator

import pi_heif
import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

from studyhub.essays.flaws import Flaw
from studyhub.kernel.words import N_
from studyhub.library.errors import Unreadable
from studyhub.library.hazards import DAMAGED, EMPTY, LOCKED, PROGRAM
from studyhub.papers import kinds, portable
from studyhub.papers.developed import Developed

pi_heif.register_heif_opener()
Image.MAX_IMAGE_PIXELS = (
    None  # asked here, before anything is unpacked, and answered with a sentence
)

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MOST_PIXELS = 30_000_000
MOST_PIXELS_OF_JPEG = 110_000_000
"""A JPEG can be unpacked at an eighth of its size."""
LONG_SIDE = 2200
MOST_PAGES = 20

NOT_A_PAGE = N_("This is not a photo. Choose JPEG, PNG, WebP or HEIC photos, or one PDF.")
TOO_MANY_DOTS = N_(
    "This picture is too large: %(size)s megapixels, at most %(most)s. Photograph the page anew "
    "with the ordinary setting of the camera."
)
TOO_MANY_PAGES = N_("This PDF has %(count)s pages, at most %(most)s are taken.")

_DARK = 80
_BLURRED = 0.3


def pages(data: bytes) -> list[Developed]:
    """The pages of a photo (one) or a PDF; `Unreadable` says why there are none."""
    if not data.strip(b"\0"):
        raise Unreadable(EMPTY)
    if b"%PDF-" in data[:1024]:
        return list(_of_pdf(data))
    if data.startswith((b"MZ", b"\x7fELF")):
        raise Unreadable(PROGRAM)
    if not kinds.is_picture(data):
        raise Unreadable(NOT_A_PAGE)
    return [_page(_photo(data))]


def _photo(data: bytes) -> Image.Image:
    try:
        photo = Image.open(io.BytesIO(data), formats=FORMATS)
    except (OSError, ValueError, SyntaxError) as error:
        raise Unreadable(NOT_A_PAGE) from error
    _expect_size(photo)
    try:
        photo.draft("RGB", (LONG_SIDE, LONG_SIDE))
        photo.load()
        return ImageOps.exif_transpose(photo)
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unreadable(DAMAGED) from error


def _expect_size(photo: Image.Image) -> None:
    dots = photo.width * photo.height
    most = MOST_PIXELS_OF_JPEG if photo.format == "JPEG" else MOST_PIXELS
    if dots > most:
        raise Unreadable(TOO_MANY_DOTS, size=dots // 1_000_000, most=most // 1_000_000)


def _of_pdf(data: bytes) -> Iterator[Developed]:
    portable.expect_quiet(data)
    try:
        with pypdfium2.PdfDocument(data) as document:
            if len(document) > MOST_PAGES:
                raise Unreadable(TOO_MANY_PAGES, count=len(document), most=MOST_PAGES)
            for sheet in document:
                scale = min(LONG_SIDE / max(sheet.get_size()), 8)
                yield _page(sheet.render(scale=scale, grayscale=True).to_pil())
    except pypdfium2.PdfiumError as error:
        raise Unreadable(LOCKED if "password" in str(error).lower() else DAMAGED) from error


def _page(photo: Image.Image) -> Developed:
    grey = _grey(photo)
    grey.thumbnail((LONG_SIDE, LONG_SIDE))
    paper = _paper(grey)
    ink = ImageChops.subtract(paper, grey)
    evened = ImageOps.autocontrast(ImageOps.invert(ink), cutoff=(0.3, 2))
    evened.info.clear()  # else a comment of the camera would be written along
    into = io.BytesIO()
    evened.save(into, "JPEG", quality=82, optimize=True)
    return Developed(into.getvalue(), evened.width, evened.height, _flaw(grey, ink))


def _grey(photo: Image.Image) -> Image.Image:
    """Without colour; what is transparent lies on white."""
    if photo.mode in {"RGBA", "LA", "PA"} or "transparency" in photo.info:
        clear = photo.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        return Image.alpha_composite(white, clear).convert("L")
    return photo.convert("L")


def _paper(grey: Image.Image) -> Image.Image:
    """The page without its writing, shadows and all."""
    small = grey.resize((max(grey.width // 8, 1), max(grey.height // 8, 1)))
    bare = small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(4))
    return bare.resize(grey.size)


def _flaw(grey: Image.Image, ink: Image.Image) -> Flaw:
    if ImageStat.Stat(grey).mean[0] < _DARK:
        return Flaw.DARK
    return Flaw.BLURRED if _sharpness(grey, ink) < _BLURRED else Flaw.NONE


def _sharpness(grey: Image.Image, ink: Image.Image) -> float:
    """How steep the edges of the writing are, measured by how black it is."""
    edges = grey.filter(ImageFilter.FIND_EDGES).crop((2, 2, grey.width - 2, grey.height - 2))
    return _near_most(edges) / max(_near_most(ink), 1)


def _near_most(picture: Image.Image) -> int:
    """The value that one dot in two hundred exceeds."""
    left = picture.width * picture.height / 200
    for value, count in reversed(list(enumerate(picture.histogram()))):
        left -= count
        if left < 0:
            return value
    return 0
