"""Photographs become pages that can be read; what a camera wrote into them does not come along."""

import io
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from studyhub.essays.flaws import Flaw
from studyhub.library import hazards
from studyhub.library.errors import Unreadable
from studyhub.papers import darkroom, imaging, kinds, portable
from studyhub.papers.binding import Picture, bound
from tests.papers import makers, photos
from tests.papers.test_bad_files import pdf_with

HERE = Path(__file__).parent / "files"


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_photo_of_each_kind_becomes_a_page(kind: str) -> None:
    (page,) = darkroom.develop(photos.saved(photos.page(), kind))

    picture = opened(page.jpeg)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "L", (1200, 1600))
    assert (page.width, page.height, page.flaw) == (1200, 1600, Flaw.NONE)


def test_a_heic_photo_becomes_a_page() -> None:
    (page,) = darkroom.develop((HERE / "page.heic").read_bytes())

    assert (page.width, page.height) == (600, 800)


def test_the_paper_is_white_and_the_ink_dark_in_spite_of_a_shadow() -> None:
    picture = opened(darkroom.develop(photos.saved(photos.page()))[0].jpeg)

    corners = [picture.getpixel((x, y)) for x in (20, 1180) for y in (20, 1580)]
    dots = picture.crop((100, 100, 400, 400)).histogram()
    assert all(float(str(corner)) > 235 for corner in corners)
    assert sum(dots[:90]) > 100


@pytest.mark.parametrize(
    ("orientation", "corner"), [(1, "top left"), (3, "bottom right"), (6, "top right")]
)
def test_it_is_turned_upright_as_the_camera_says(orientation: int, corner: str) -> None:
    data = photos.with_camera_data(photos.page(mark="x"), orientation)

    picture = opened(darkroom.develop(data)[0].jpeg)

    assert darkest(picture) == corner


def darkest(picture: Image.Image) -> str:
    """The corner in which the mark is."""
    wide, high = picture.size
    boxes = {
        "top left": (0, 0, 90, 90),
        "top right": (wide - 90, 0, wide, 90),
        "bottom left": (0, high - 90, 90, high),
        "bottom right": (wide - 90, high - 90, wide, high),
    }
    return min(boxes, key=lambda name: sum(picture.crop(boxes[name]).histogram()[128:]))


def test_nothing_a_camera_wrote_comes_along() -> None:
    data = photos.with_camera_data(photos.page())
    assert photos.SECRET.encode() in data
    assert opened(data).getexif().get_ifd(0x8825)

    jpeg = darkroom.develop(data)[0].jpeg

    assert photos.SECRET.encode() not in jpeg
    assert b"Exif" not in jpeg
    assert not opened(jpeg).getexif()
    assert "comment" not in opened(jpeg).info


def test_a_blurred_or_dark_page_is_marked() -> None:
    blurred, dark = photos.page(blur=6), photos.page(light=0.3)

    assert [darkroom.develop(photos.saved(one))[0].flaw for one in (blurred, dark)] == [
        Flaw.BLURRED,
        Flaw.DARK,
    ]


def test_a_large_photo_is_made_smaller() -> None:
    (page,) = darkroom.develop(photos.saved(photos.page(size=(3000, 4000))))

    assert (page.width, page.height) == (1650, 2200)
    assert len(page.jpeg) < 1_500_000


def test_a_png_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = photos.saved(Image.new("1", (6400, 6400)), "PNG")
    assert len(bomb) < 100_000

    with pytest.raises(Unreadable) as refusal:
        darkroom.develop(bomb)

    assert refusal.value.message == imaging.TOO_MANY_DOTS
    assert refusal.value.values == {"size": 40, "most": 30}


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", hazards.EMPTY),
        (b"MZ\x90", kinds.PROGRAM),
        (b"Tho", kinds.NOT_A_PAGE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", kinds.NOT_A_PAGE),
        (b"\xff\xd8\xff\xe0 torn", kinds.NOT_A_PAGE),
        (b"GIF89a\x01\0\x01\0", kinds.NOT_A_PAGE),
        (photos.saved(photos.page())[:5000], darkroom.FAILED),
        (b"%PDF-1.4 torn", hazards.DAMAGED),
        (b"\xff" * (darkroom.LARGEST + 1), darkroom.TOO_LARGE),
    ],
    ids=lambda value: repr(value)[:24],
)
def test_what_is_no_page_is_refused(data: bytes, says: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        darkroom.develop(data)

    assert refusal.value.message == says


def test_a_pdf_gives_its_pages_and_one_with_scripts_none() -> None:
    lines = [f"Dòng {number}" for number in range(80)]

    assert len(darkroom.develop(makers.pdf(lines))) >= 2
    with pytest.raises(Unreadable) as refusal:
        darkroom.develop(pdf_with(b"/OpenAction << /S /JavaScript /JS (app.alert(1)) >>"))
    assert refusal.value.message == portable.ACTIVE


def test_pages_are_joined_into_one_pdf_the_same_every_time() -> None:
    tall, wide = photos.page(size=(600, 800)), photos.page(size=(800, 600))
    pictures = [
        Picture(made.jpeg, made.width, made.height)
        for photo in (tall, wide, tall)
        for made in darkroom.develop(photos.saved(photo))
    ]

    made = bound(pictures)

    assert made == bound(pictures)
    with pypdfium2.PdfDocument(made) as document:
        sizes = [tuple(round(side) for side in page.get_size()) for page in document]
        drawn = document[0].render(scale=1, grayscale=True).to_pil()
    assert sizes == [(595, 842), (842, 595), (595, 842)]
    darkest, lightest = drawn.getextrema()
    assert darkest < 150 < 230 < lightest
