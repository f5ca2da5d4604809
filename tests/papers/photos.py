"""Photographs of handwritten pages, made for tests."""

import io
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

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
