"""A photograph of a handwritten page becomes a picture that can be read: upright, grey, even.

Runs in a fenced process only. The picture is made anew from its dots, so that
nothing else that a camera wrote (place, time, make) goes along.
"""

import io
from collections.abc import Iterator
from dataclasses import replace

import pi_heif
import pypdfium2
from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

from studyhub.essays.flaws import Flaw
from studyhub.kernel.words import N_
from studyhub.library.errors import Unreadable
from studyhub.library.hazards import DAMAGED, LOCKED
from studyhub.papers import darkroom, kinds, portable, straightening
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

TOO_MANY_DOTS = N_(
    "This picture is too large: %(size)s megapixels, at most %(most)s. Photograph the page anew "
    "with the ordinary setting of the camera."
)
TOO_MANY_PAGES = N_("This PDF has %(count)s pages, at most %(most)s are taken.")

_DARK = 80
_BLURRED = 0.3


def pages(data: bytes, *, straightens: bool = False) -> list[Developed]:
    """The pages of a photo (one) or a PDF; `Unreadable` says why there are none.

    A photo is straightened besides, if asked; a PDF is taken to lie straight.
    """
    kinds.expect_page(data)
    if b"%PDF-" in data[:1024]:
        return list(_of_pdf(data))
    return [_page(_photo(data), straightens=straightens)]


def _photo(data: bytes) -> Image.Image:
    try:
        photo = Image.open(io.BytesIO(data), formats=FORMATS)
    except (OSError, ValueError, SyntaxError) as error:
        raise Unreadable(kinds.NOT_A_PAGE) from error
    _expect_size(photo)
    try:
        photo.draft("L", (LONG_SIDE, LONG_SIDE))
        photo.load()
        return ImageOps.exif_transpose(photo)
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise Unreadable(darkroom.FAILED) from error


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


def turned(jpeg: bytes, degrees: int) -> Developed:
    """A picture of ours, turned clockwise by quarters."""
    with Image.open(io.BytesIO(jpeg), formats=("JPEG",)) as picture:
        upright = picture.convert("L").rotate(-degrees, expand=True)
    return _kept(upright, Flaw.NONE)


def _page(photo: Image.Image, *, straightens: bool = False) -> Developed:
    grey = _grey(photo)
    grey.thumbnail((LONG_SIDE, LONG_SIDE))
    evened, ink = _evened(grey)
    made = _kept(evened, _flaw(grey, ink))
    better = straightening.straightened(grey, evened) if straightens else None
    if better is None:
        return made
    picture, is_photo = better
    flat = _evened(picture)[0] if is_photo else picture
    return replace(made, straight=_kept(flat, made.flaw))


def _evened(grey: Image.Image) -> tuple[Image.Image, Image.Image]:
    """The writing dark on even white; and the ink alone."""
    ink = ImageChops.subtract(_paper(grey), grey)
    return ImageOps.autocontrast(ImageOps.invert(ink), cutoff=(0.3, 2)), ink


def _kept(picture: Image.Image, flaw: Flaw) -> Developed:
    picture.info.clear()  # else a comment of the camera would be written along
    into = io.BytesIO()
    picture.save(into, "JPEG", quality=82, optimize=True)
    return Developed(into.getvalue(), picture.width, picture.height, flaw)


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
