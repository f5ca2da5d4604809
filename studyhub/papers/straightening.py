"""Finds the sheet of paper in a photo, or how its lines lie, and makes it straight. Pure.

Never a guess: where the four sides, or the lines, are not seen with confidence, the
picture stays as it was. Only Pillow: the search runs on a picture of 400 dots.
"""

import math
import re
from collections.abc import Sequence
from statistics import mean, median

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageStat

from studyhub.papers.perspective import Point, area, lengths, perspective

Line = tuple[float, float]
"""Slope and offset: of a side that stands upright x = slope·y + offset, of one that lies y = …"""

SMALL = 400
STEEPEST = math.tan(math.radians(25))
NEAR = 1.5
SEEN = 0.8
"""The share of a side that must lie on its line."""
CONTRAST = 22
LEAST_SHARE = 0.2
MOST_INK_OUTSIDE = 0.06
INSET = 0.006

LEAST_TURN, MOST_TURN = 0.4, 10.0
CLEARLY = 1.35
"""How much sharper the lines must stand out in the best direction than in most."""

_RUN = re.compile(rb"\xff+")


def straightened(grey: Image.Image, evened: Image.Image) -> tuple[Image.Image, bool] | None:
    """The picture made straight; None where it is straight, or nothing is sure.

    True says that it is the photo, its light still to be evened; a turn alone is made
    of the evened picture, so that its corners are white.
    """
    corners = sheet(grey)
    if corners:
        flat = _flattened(grey, corners)
        return None if _is_whole(corners, grey.size) else (flat, True)
    turn = tilt(evened)
    if turn is None or abs(turn) < LEAST_TURN:
        return None
    turned = evened.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    return turned, False


def sheet(grey: Image.Image) -> tuple[Point, Point, Point, Point] | None:
    """The corners of the sheet (top left, top right, bottom right, bottom left), if sure."""
    scale = SMALL / max(grey.size)
    if scale > 1:
        return None
    size = (round(grey.width * scale), round(grey.height * scale))
    small = grey.resize(size, Image.Resampling.BOX)
    bare = _without_writing(small)
    light = bare.point([0 if dot < _threshold(bare) else 255 for dot in range(256)])
    sides = _sides(light)
    corners = _corners(sides) if sides else None
    if corners is None or not (_is_sheet(corners, size) and _stands_out(small, bare, corners)):
        return None
    across, down = grey.width / size[0], grey.height / size[1]
    first, second, third, fourth = ((x * across, y * down) for x, y in corners)
    return first, second, third, fourth


def tilt(evened: Image.Image) -> float | None:
    """By how many degrees to turn it anticlockwise for its lines to lie level, if sure."""
    ink = ImageChops.invert(evened)
    ink.thumbnail((700, 700), Image.Resampling.BOX)
    coarse = {step / 2: _sharpness(ink, step / 2) for step in range(-24, 25)}
    best = max(coarse, key=lambda turn: coarse[turn])
    if abs(best) > MOST_TURN or coarse[best] < CLEARLY * median(coarse.values()):
        return None
    fine = {best + step / 10: _sharpness(ink, best + step / 10) for step in range(-5, 6)}
    return max(fine, key=lambda turn: fine[turn])


def _sharpness(ink: Image.Image, turn: float) -> float:
    """How much the rows differ from their neighbours when it is turned so."""
    turned = ink.rotate(turn, Image.Resampling.BILINEAR)
    wide, high = turned.size
    middle = turned.crop((wide // 8, high // 8, wide - wide // 8, high - high // 8))
    strips = middle.resize((8, middle.height), Image.Resampling.BOX).tobytes()
    rows = [sum(strips[at : at + 8]) for at in range(0, len(strips), 8)]
    return sum((a - b) ** 2 for a, b in zip(rows, rows[2:], strict=False)) + 1.0


def _without_writing(small: Image.Image) -> Image.Image:
    return small.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.MinFilter(9))


def _threshold(bare: Image.Image) -> int:
    """Between the dark and the light dots (Otsu)."""
    counts = bare.histogram()
    total, all_light = sum(counts), sum(dot * count for dot, count in enumerate(counts))
    below, light_below, best, found = 0, 0, -1.0, 128
    for dot, count in enumerate(counts[:-1]):
        below += count
        light_below += dot * count
        if 0 < below < total:
            gap = light_below / below - (all_light - light_below) / (total - below)
            spread = below * (total - below) * gap * gap
            if spread > best:
                best, found = spread, dot + 1
    return found


def _sides(light: Image.Image) -> tuple[Line, Line, Line, Line] | None:
    """Left, right, top and bottom, as the ends of the longest light runs draw them."""
    across = _ends(light)
    down = _ends(light.transpose(Image.Transpose.TRANSPOSE))
    lines = [
        _line([(run[end], at) for at, run in runs], runs_to)
        for runs, runs_to in ((across, light.width), (down, light.height))
        for end in (0, 1)
    ]
    left, right, top, bottom = lines
    if left is None or right is None or top is None or bottom is None:
        return None
    return left, right, top, bottom


def _ends(light: Image.Image) -> list[tuple[int, tuple[int, int]]]:
    """Each row with where its longest light run begins and ends, the short ones left out."""
    dots, wide = light.tobytes(), light.width
    found = []
    for at in range(light.height):
        runs = [run.span() for run in _RUN.finditer(dots[at * wide : (at + 1) * wide])]
        if runs:
            found.append((at, max(runs, key=lambda run: run[1] - run[0])))
    longest = max((end - start for _, (start, end) in found), default=0)
    return [(at, run) for at, run in found if run[1] - run[0] > longest / 2]


def _line(points: Sequence[tuple[int, int]], edge: int) -> Line | None:
    """The straight line most of these lie on; None where they do not, or lie on the edge."""
    if len(points) < SMALL / 8:
        return None
    quarter = len(points) // 4
    line = _fit(points[quarter : len(points) - quarter])
    for reach in (4 * NEAR, 2 * NEAR, NEAR):
        on_it = [point for point in points if abs(_off(point, line)) <= reach]
        if len(on_it) < SEEN * len(points) * 0.9:
            return None
        line = _fit(on_it)
    at_edge = sum(1 for place, _ in on_it if place <= 1 or place >= edge - 1)
    if at_edge > len(on_it) / 10 or abs(line[0]) > STEEPEST:
        return None
    return line


def _fit(points: Sequence[tuple[int, int]]) -> Line:
    middle = mean(at for _, at in points)
    place = mean(place for place, _ in points)
    spread = sum((at - middle) ** 2 for _, at in points) or 1.0
    slope = sum((at - middle) * (one - place) for one, at in points) / spread
    return slope, place - slope * middle


def _off(point: tuple[int, int], line: Line) -> float:
    return point[0] - line[0] * point[1] - line[1]


def _corners(sides: tuple[Line, Line, Line, Line]) -> tuple[Point, Point, Point, Point]:
    left, right, top, bottom = sides
    return _meet(left, top), _meet(right, top), _meet(right, bottom), _meet(left, bottom)


def _meet(upright: Line, lying: Line) -> Point:
    """Where x = a·y + b meets y = c·x + d; counted in the middle of dots."""
    (a, b), (c, d) = upright, lying
    y = (c * (b + 0.5) + d) / (1 - a * c)
    return a * y + b, y


def _is_sheet(corners: Sequence[Point], size: tuple[int, int]) -> bool:
    """Whether paper could look so: large enough, inside, and no side much shorter than its twin."""
    wide, high = size
    inside = all(-3 <= x <= wide + 3 and -3 <= y <= high + 3 for x, y in corners)
    top, right, bottom, left = lengths(corners)
    alike = all(0.6 < one / (other or 1) < 1.67 for one, other in ((top, bottom), (left, right)))
    shape = 0.4 < max(top, bottom) / (max(left, right) or 1) < 2.5
    return inside and alike and shape and area(corners) > LEAST_SHARE * wide * high


def _stands_out(small: Image.Image, bare: Image.Image, corners: Sequence[Point]) -> bool:
    """Whether it is much lighter than what is around it, and no writing would be cut off."""
    mask = Image.new("L", small.size)
    ImageDraw.Draw(mask).polygon(list(corners), fill=255)
    inner, wider = mask.filter(ImageFilter.MinFilter(9)), mask.filter(ImageFilter.MaxFilter(9))
    far = ImageChops.subtract(wider.filter(ImageFilter.MaxFilter(9)), wider)
    near = ImageChops.subtract(inner, inner.filter(ImageFilter.MinFilter(9)))
    lighter = _light(bare, near) - _light(bare, far)
    ink = ImageChops.subtract(bare, small).point([255 if dot > 30 else 0 for dot in range(256)])
    written = _light(ink, inner) * _count(inner)
    outside = ImageChops.invert(wider)
    lost = _light(ink, outside) * _count(outside)
    return lighter > CONTRAST and lost <= MOST_INK_OUTSIDE * max(written, 1.0)


def _light(picture: Image.Image, mask: Image.Image) -> float:
    return float(ImageStat.Stat(picture, mask).mean[0]) if mask.getbbox() else 0.0


def _count(mask: Image.Image) -> int:
    return mask.histogram()[255]


def _is_whole(corners: Sequence[Point], size: tuple[int, int]) -> bool:
    """Whether the sheet fills the picture already, and lies straight."""
    wide, high = size
    of_picture = ((0, 0), (wide, 0), (wide, high), (0, high))
    far = max(math.dist(one, other) for one, other in zip(corners, of_picture, strict=True))
    return far < max(size) / 100


def _flattened(grey: Image.Image, corners: Sequence[Point]) -> Image.Image:
    """The sheet alone, as if photographed from straight above."""
    top, right, bottom, left = lengths(corners)
    wide, high = round(max(top, bottom)), round(max(left, right))
    inset = INSET * max(wide, high)
    target = (
        (-inset, -inset),
        (wide + inset, -inset),
        (wide + inset, high + inset),
        (-inset, high + inset),
    )
    how = perspective(target, corners)
    return grey.transform((wide, high), Image.Transform.PERSPECTIVE, how, Image.Resampling.BICUBIC)
