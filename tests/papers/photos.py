"""Photographs of handwritten pages, made for tests."""

import io
import random
from typing import Any

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from studyhub.papers.perspective import perspective

SECRET = "21 02 51.3 N"


def page(
    *, size: tuple[int, int] = (1200, 1600), blur: float = 0, light: float = 1.0, mark: str = ""
) -> Image.Image:
    """Lines of writing on paper with a shadow across it."""
    paper = Image.linear_gradient("L").resize(size).point(lambda dot: 140 + dot * 0.4)
    pen = ImageDraw.Draw(paper)
    for top in range(100, size[1] - 100, 60):
        for left in range(100, size[0] - 120, 40):
            pen.line((left, top, left + 15, top + 30, left + 30, top), fill=40, width=5)
    if mark:
        pen.rectangle((10, 10, 50, 50), fill=0)
    if blur:
        paper = paper.filter(ImageFilter.GaussianBlur(blur))
    return paper.point(lambda dot: dot * light).convert("RGB")


def saved(picture: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    """The bytes a telephone would send."""
    into = io.BytesIO()
    picture.save(into, kind, **how)
    return into.getvalue()


def with_camera_data(picture: Image.Image, orientation: int = 1) -> bytes:
    """A photo that says how it was held, and where."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x0132] = orientation, "Fon", "2026:11:25 09:00:00"
    exif.get_ifd(0x8825)[2] = (21.0, 2.0, 51.3)
    exif[0x010E] = SECRET
    return saved(picture, exif=exif, comment=SECRET.encode())


def on_table(
    corners: list[tuple[float, float]],
    *,
    size: tuple[int, int] = (1500, 2000),
    table: int = 70,
    shade: float = 0.35,
    noise: float = 6,
) -> Image.Image:
    """A page on a darker table, seen from the side: its corners stand where they are told to."""
    sheet = written()
    wide, high = sheet.size
    of_sheet = [(0.0, 0.0), (float(wide), 0.0), (float(wide), float(high)), (0.0, float(high))]
    how = perspective(corners, of_sheet)
    flat = Image.Transform.PERSPECTIVE
    seen = sheet.transform(size, flat, how, Image.Resampling.BICUBIC)
    mask = Image.new("L", sheet.size, 255).transform(size, flat, how)
    made = Image.composite(seen, Image.new("L", size, table), mask)
    return _lit(made, shade, noise)


def turned(degrees: float, *, shade: float = 0.3) -> Image.Image:
    """Writing that fills the picture and lies askew: no edge of the paper is seen."""
    whole = written(size=(2000, 2600)).rotate(degrees, Image.Resampling.BICUBIC, fillcolor=235)
    return _lit(whole.crop((300, 400, 1700, 2200)), shade, 4)


def written(size: tuple[int, int] = (1240, 1754)) -> Image.Image:
    """A sheet with lines of joined letters, uneven as a hand makes them."""
    hand, sheet = random.Random(4), Image.new("L", size, 235)
    pen = ImageDraw.Draw(sheet)
    for top in range(140, size[1] - 120, 62):
        left = 110 + hand.randint(0, 30)
        while left < size[0] - 150 - hand.randint(0, 120):
            for _ in range(hand.randint(2, 6)):
                high = hand.choice((14, 14, 14, 30))
                step = hand.randint(9, 14)
                pen.line((left, top, left + step // 2, top - high, left + step, top), 55, 3)
                left += step
            left += 18
    return sheet


def _lit(picture: Image.Image, shade: float, noise: float) -> Image.Image:
    """Light from one corner, a blur, grain."""
    light = Image.linear_gradient("L").rotate(30).crop((50, 50, 206, 206)).resize(picture.size)
    dimmed = Image.eval(light, lambda dot: int(255 * (1 - shade) + dot * shade))
    grain = Image.effect_noise(picture.size, noise)
    made = ImageChops.multiply(picture, dimmed).filter(ImageFilter.GaussianBlur(1))
    return ImageChops.add(made, grain, 1, -128).convert("RGB")
