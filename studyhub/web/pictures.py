"""Photos and PDFs that people bring along with something else: made anew, then kept.

Nothing of what was uploaded is kept: the pictures are made from its dots in a fenced
process, so that nothing else a camera or a program wrote goes along.
"""

from collections.abc import Iterable
from typing import Any

from flask import Response
from werkzeug.datastructures import FileStorage

from studyhub.kernel.errors import Missing, StudyHubError, Unfit
from studyhub.kernel.words import N_
from studyhub.papers import darkroom, scanning
from studyhub.web.request import files, settings
from studyhub.web.transaction import set_aside

KINDS = "image/jpeg,image/png,image/webp,image/heic,image/heif,application/pdf"
MOST = 5
TOO_MANY = N_("At most %(most)s pictures or pages are taken here.")


def kept(uploads: Iterable[FileStorage], *, about: str) -> list[dict[str, Any]]:
    """The pictures of these files, in the store; called before anything is written."""
    brought = [upload.read() for upload in uploads if upload.filename]
    if not brought:
        return []
    if len(brought) > MOST:
        raise Unfit(TOO_MANY, about=about, most=MOST)
    with set_aside():
        try:
            return _made(brought, about)
        except StudyHubError as refusal:
            raise Unfit(refusal.message, about=about, **refusal.values) from refusal


def shown(pictures: list[dict[str, Any]], number: int) -> Response:
    """One of them; the first is number 1."""
    if not 1 <= number <= len(pictures):
        raise Missing(N_("There is nothing here."))
    try:
        data = files().read(pictures[number - 1]["key"])
    except OSError:
        raise Missing(N_("The file is no longer here.")) from None
    answer = Response(data, mimetype="image/jpeg")
    answer.headers["Cache-Control"] = "private, max-age=0"
    return answer


def _made(brought: list[bytes], about: str) -> list[dict[str, Any]]:
    made = []
    for data in brought:
        scanning.expect_harmless(data, settings().clamd)
        made += darkroom.develop(data)
        if len(made) > MOST:
            raise Unfit(TOO_MANY, about=about, most=MOST)
    return [
        {"key": files().keep(one.jpeg), "width": one.width, "height": one.height} for one in made
    ]
