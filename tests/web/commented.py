"""What is said about the essays of the province, and the phrases it is said with."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from studyhub.essays.models import Essay
from studyhub.jobs import service as jobs
from studyhub.kernel.ids import new_uuid
from studyhub.review import archiving
from studyhub.review.models import Comment
from studyhub.review.phrases import Phrase
from tests.things import NOW

if TYPE_CHECKING:
    from tests.web.province import Province


def said(province: "Province", essays: Mapping[str, Essay]) -> dict[str, dict[str, object]]:
    """A comment sent with a result in each of two cells; a phrase of Binh's, one of a committee."""
    comments = {
        "Kien's": _comment(essays["Kien's, passed"], province.binh.id),
        "Hoa's": _comment(essays["Hoa's, returned"], province.chi.id),
    }
    phrases = {
        "Binh's": Phrase(owner_id=province.binh.id),
        "district's": Phrase(unit_id=province.district.id),
    }
    for phrase in phrases.values():
        phrase.id, phrase.text, phrase.letters = new_uuid(), "Nêu số liệu.", ""
        phrase.written_by, phrase.written_at = province.binh.id, NOW
    province.db.add_all([*comments.values(), *phrases.values()])
    archive = jobs.ask(
        province.db, archiving.KIND, now=NOW, by=str(province.binh.id), form="pdf",
        essays=[[str(essays["Kien's, passed"].id), 1, ""]],
    )  # fmt: skip
    return {
        "archive_id": {"Binh's archive": archive.id},
        "comment_id": {name: one.id for name, one in comments.items()},
        "phrase_id": {name: one.id for name, one in phrases.items()},
    }


def _comment(essay: Essay, author_id: object) -> Comment:
    return Comment(
        id=new_uuid(), version_id=essay.versions[0].id, author_id=author_id, part=0, paragraph=0,
        text="Nêu số liệu.", written_at=NOW, sent_at=NOW,
    )  # fmt: skip
