"""Cover sheets for paper essays: one sheet of A4 for each member, to lie on top of the paper."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import segno

from studyhub.printing.facts import UNPRINTABLE, breakable, clean
from studyhub.printing.typesetting import typeset


@dataclass(frozen=True)
class Cover:
    """What stands on one sheet; `token` is what the QR code says, `code` is for human eyes."""

    name: str
    born: str
    token: str
    code: str


def covers_pdf(covers: Sequence[Cover], *, cell: str, round_title: str) -> bytes:
    """The sheets in the order given."""
    told = [
        {
            "name": breakable(clean(cover.name)),
            "born": cover.born,
            "code": cover.code,
            "qr": _qr(cover.token),
        }
        for cover in covers
    ]
    data = {
        "title": f"Tờ bìa bài thu hoạch viết tay: {clean(round_title)}",
        "cell": breakable(clean(cell)),
        "round": breakable(clean(round_title)),
        "covers": told,
    }
    return typeset("covers", data, unprintable=UNPRINTABLE)


def _qr(token: str) -> str:
    """Coarse and with half of it to spare: it is scanned with the paper, perhaps crumpled."""
    picture = io.BytesIO()
    code = segno.make(token, error="q", micro=False)
    code.save(picture, kind="svg", scale=4, border=4, dark="#000", light="#fff", xmldecl=False)
    return picture.getvalue().decode()
