"""Paper essays of the province: one that is being typed, and a pile, of either branch."""

from typing import TYPE_CHECKING

from sqlalchemy import select

from studyhub.accounts.models import User
from studyhub.essays.models import Essay
from studyhub.essays.transcripts import Transcript
from studyhub.kernel.ids import new_uuid
from studyhub.org.models import Unit
from studyhub.papers.pile_models import Find, Pile, PilePage, PileState
from studyhub.rounds.models import StudyRound
from tests.things import NOW
from tests.web.elsewhere import KEY

if TYPE_CHECKING:
    from tests.web.province import Province


def add(province: "Province") -> None:
    """Put them among the things of the province, under the names of the table."""
    essays, rounds = province.things["essay_id"], province.things["round_id"]
    typed = {"An's": _transcript(province, essays["An's draft"], province.binh)}
    typed["Mai's"] = _transcript(province, essays["Mai's"], province.nam)
    piles = {
        "cell's": _pile(province, rounds["open"], province.cell, province.binh),
        "cell beside's": _pile(province, rounds["beside"], province.cell_beside, province.nam),
    }
    province.db.flush()
    province.things["transcript_id"] = {name: one.id for name, one in typed.items()}
    province.things["pile_id"] = {name: one.id for name, one in piles.items()}
    for name, place in (("page", "cell's"), ("page beside", "cell beside's")):
        province.things["page_id"][name] = piles[place].pages[0].id


def _transcript(province: "Province", essay_id: object, by: User) -> Transcript:
    essay = province.db.scalars(select(Essay).where(Essay.id == essay_id)).one()
    words = f"«chép {essay.author.full_name}»"
    made = Transcript(
        id=new_uuid(), essay=essay, draft=dict.fromkeys(essay.draft, words), draft_revision=1,
        draft_saved_at=NOW, begun_by=by.id, begun_at=NOW,
        pages=[{"key": KEY, "width": "3", "height": "4"}],
    )  # fmt: skip
    province.db.add(made)
    return made


def _pile(province: "Province", round_id: object, cell: Unit, by: User) -> Pile:
    round_ = province.db.scalars(select(StudyRound).where(StudyRound.id == round_id)).one()
    pile = Pile(
        id=new_uuid(), round=round_, cell=cell, file_key=KEY, file_name="Chồng.pdf",
        state=PileState.SORTING, page_count=1, brought_by=by.id, brought_at=NOW,
    )  # fmt: skip
    page = PilePage(id=new_uuid(), position=0, file_key=KEY, width=3, height=4, find=Find.PAGE)
    pile.pages.append(page)
    province.db.add(pile)
    return pile
