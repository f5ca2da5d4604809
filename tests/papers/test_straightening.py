"""A page photographed askew is made straight; where nothing is sure it stays as it was."""

import io
import math
import random

import pytest
from PIL import Image

from studyhub.papers import imaging, straightening
from tests.papers import photos

SIZE = (1500, 2000)
FOUND = 9.0
"""Dots of 2000 by which a corner may be off."""


def corners(seed: int, *, most: float = 130) -> list[tuple[float, float]]:
    """Somewhere near the corners of the picture, as a hand holds a camera."""
    hand = random.Random(seed)
    near = [(170, 210), (1330, 210), (1330, 1790), (170, 1790)]
    return [(x + hand.uniform(-most, most), y + hand.uniform(-most, most)) for x, y in near]


@pytest.mark.parametrize("seed", range(6))
def test_the_corners_of_a_sheet_on_a_table_are_found(seed: int) -> None:
    wanted = corners(seed)

    found = straightening.sheet(photos.on_table(wanted).convert("L"))

    assert found
    assert max(math.dist(a, b) for a, b in zip(found, wanted, strict=True)) < FOUND


@pytest.mark.parametrize("degrees", [-7.3, -2.0, 1.2, 4.6])
def test_lines_that_lie_askew_are_levelled(degrees: float) -> None:
    page = imaging.pages(photos.saved(photos.turned(degrees)), straightens=True)[0]

    assert page.straight
    left = straightening.tilt(Image.open(io.BytesIO(page.straight.jpeg)))
    before = straightening.tilt(Image.open(io.BytesIO(page.jpeg)))
    assert before == pytest.approx(-degrees, abs=0.35)
    assert left is not None
    assert abs(left) < 0.35


def test_a_sheet_seen_from_the_side_becomes_a_rectangle_of_its_own() -> None:
    photo = photos.on_table(corners(3))

    page = imaging.pages(photos.saved(photo), straightens=True)[0]

    assert page.straight
    assert page.straight.width / page.straight.height == pytest.approx(1240 / 1754, rel=0.2)
    edge = Image.open(io.BytesIO(page.straight.jpeg)).resize((60, 80)).crop((1, 1, 59, 4))
    assert edge.getextrema()[0] > 180  # type: ignore[operator]  # no table is left


@pytest.mark.parametrize(
    "picture",
    [
        photos.page(),
        photos.turned(0),
        photos.page(blur=8),
        Image.new("RGB", SIZE, "white"),
        Image.effect_noise(SIZE, 90).convert("RGB"),
        photos.on_table([(-300, -200), (900, -250), (1000, 1500), (-300, 1500)]),
    ],
    ids=["straight", "level", "blurred", "empty", "noise", "cut off"],
)
def test_what_is_not_sure_stays_as_it_was(picture: Image.Image) -> None:
    assert imaging.pages(photos.saved(picture), straightens=True)[0].straight is None


def test_a_sheet_that_does_not_stand_out_from_the_table_is_not_found() -> None:
    pale = photos.on_table(corners(1), table=215, noise=12)

    assert straightening.sheet(pale.convert("L")) is None


def test_the_page_is_kept_unstraightened_too_and_turned_by_hand() -> None:
    page = imaging.pages(photos.saved(photos.on_table(corners(2))), straightens=True)[0]

    assert (page.width, page.height) == SIZE
    quarter = imaging.turned(page.jpeg, 90)
    assert (quarter.width, quarter.height) == (2000, 1500)
