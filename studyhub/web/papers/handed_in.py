"""The handwritten pages of a version, as they were handed in."""

from flask import Response
from flask.typing import ResponseReturnValue

from studyhub.access import policy
from studyhub.essays import queries
from studyhub.essays.models import Essay, Version
from studyhub.kernel.errors import Missing
from studyhub.kernel.words import N_
from studyhub.papers.binding import Picture, bound
from studyhub.web.attachments import attachment
from studyhub.web.authors import author_of
from studyhub.web.guard import on
from studyhub.web.language import gettext
from studyhub.web.papers.blueprint import papers
from studyhub.web.papers.noting import note_reading
from studyhub.web.papers.pages import picture
from studyhub.web.request import actor, db, files


@papers.get("/<uuid:essay_id>/versions/<int:number>/pages/<int:place>")
@on(Essay, may=policy.read_essay)
def handed_in_page(essay: Essay, number: int, place: int) -> ResponseReturnValue:
    """The picture of one page; the first is number 1."""
    pages = _open_to_me(essay, number).pages
    if not 1 <= place <= len(pages):
        raise Missing(N_("There is nothing here."))
    answer = picture(pages[place - 1]["key"])
    note_reading(essay, number)
    return answer


@papers.get("/<uuid:essay_id>/versions/<int:number>/pages.pdf")
@on(Essay, may=policy.read_essay)
def handed_in_pages(essay: Essay, number: int) -> ResponseReturnValue:
    """All pages as one PDF."""
    version = _open_to_me(essay, number)
    if not version.pages:
        raise Missing(N_("There is nothing here."))
    kind = gettext(N_("Handwritten essay"))
    answer = _bound(version, f"{kind} {author_of(essay)} {version.number}.pdf")
    note_reading(essay, number)
    return answer


def _bound(version: Version, name: str) -> Response:
    try:
        pictures = [
            Picture(files().read(page["key"]), int(page["width"]), int(page["height"]))
            for page in version.pages
        ]
    except OSError:
        raise Missing(N_("The file is no longer here.")) from None
    return attachment(bound(pictures), name, "application/pdf")


def _open_to_me(essay: Essay, number: int) -> Version:
    """A version that was taken back exists for its author only."""
    version = queries.numbered(db(), essay, number)
    mine = essay.author_id == actor().user_id
    if version is None or not (mine or version in essay.open_versions):
        raise Missing(N_("There is nothing here."))
    return version
