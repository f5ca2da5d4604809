"""Piles of paper essays as a scanner makes them: printed cover sheets, drawn pages, one PDF."""

import io
from collections.abc import Sequence

import pypdfium2
from PIL import Image, ImageFilter

from studyhub.accounts.models import User
from studyhub.papers import cover_sheets
from studyhub.papers.cover_sheets import Slip
from studyhub.printing.covers import Cover, covers_pdf
from studyhub.rounds.models import StudyRound
from tests.papers import photos

SIZE = (1240, 1754)
"""A4 at 150 dots an inch."""


def cover(key: str, round_: StudyRound, member: User) -> Image.Image:
    """The cover sheet of a member, as it comes out of the scanner."""
    slip = Slip(round_.id, member.id)
    token, code = cover_sheets.token(key, slip), cover_sheets.code(key, slip)
    pdf = covers_pdf(
        [Cover(member.full_name, "1950", token, code)], cell="Chi bộ", round_title=round_.title
    )
    with pypdfium2.PdfDocument(pdf) as document:
        drawn: Image.Image = document[0].render(scale=150 / 72).to_pil()
    return drawn.convert("L").resize(SIZE)


def page() -> Image.Image:
    """A page full of writing."""
    return photos.page(size=SIZE).convert("L")


def blank() -> Image.Image:
    """The back of a sheet, with the specks that scanners add."""
    return noisy(Image.new("L", SIZE, 245), 6)


def noisy(picture: Image.Image, sigma: float = 40) -> Image.Image:
    """As an old scanner sees it."""
    specks = Image.effect_noise(picture.size, sigma)
    return Image.blend(picture.filter(ImageFilter.GaussianBlur(1)), specks, 0.2)


def crooked(picture: Image.Image, degrees: float = 7) -> Image.Image:
    """Photographed by hand rather than scanned."""
    return picture.rotate(degrees, fillcolor=220, resample=Image.Resampling.BICUBIC)


def turned(pictures: Sequence[Image.Image]) -> list[Image.Image]:
    """Laid into the scanner upside down."""
    return [picture.rotate(180) for picture in pictures]


def scanned(pictures: Sequence[Image.Image]) -> bytes:
    """The pile as one PDF."""
    into = io.BytesIO()
    first, *others = (picture.convert("L") for picture in pictures)
    first.save(into, "PDF", resolution=150, save_all=True, append_images=others)
    return into.getvalue()
