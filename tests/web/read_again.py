"""Samples drawn in the province, and secretaries who were away: each within its own branch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from studyhub.essays.models import Essay
from studyhub.fairness.models import Reread, Sample
from studyhub.kernel.ids import new_uuid
from studyhub.review.models import Outcome, Substitution
from tests.things import NOW, TODAY

if TYPE_CHECKING:
    from studyhub.accounts.models import User
    from studyhub.org.models import Unit
    from tests.web.province import Province


def add(province: Province) -> None:
    """Of what is decided in the district, and beside it; the substitutions have ended."""
    dung, nam = province.dung, province.nam
    names = ("Kien's, passed", "Hoa's, returned")
    ours, ours_read = _sample(province, province.district, dung, *names)
    theirs, theirs_read = _sample(province, province.beside, nam, "Mai's")
    province.things["sample_id"] = {"the district's": ours, "beside's": theirs}
    province.things["reread_id"] = ours_read | theirs_read
    province.things["substitution_id"] = {
        "Dung's in the cell": _substitution(province, province.cell, dung),
        "Nam's beside": _substitution(province, province.cell_beside, nam),
    }


def _sample(
    province: Province, unit: Unit, by: User, *names: str
) -> tuple[object, dict[str, object]]:
    essays = [province.db.get_one(Essay, province.things["essay_id"][name]) for name in names]
    sample = Sample(
        id=new_uuid(), round_id=essays[0].round_id, unit=unit, seed=123_456, share=None,
        codes=[one.versions[0].receipt_code for one in essays], drawn_by=by.id, drawn_at=NOW,
        conclusion="",
    )  # fmt: skip
    rereads = {
        name: _reread(place, essay)
        for place, (name, essay) in enumerate(zip(names, essays, strict=True), start=1)
    }
    sample.rereads.extend(rereads.values())
    province.db.add(sample)
    province.db.flush()
    return sample.id, {name: one.id for name, one in rereads.items()}


def _reread(place: int, essay: Essay) -> Reread:
    version = essay.versions[0]
    return Reread(
        id=new_uuid(), position=place, code=version.receipt_code, essay_id=essay.id,
        version_id=version.id, cell_id=essay.cell_id, judges="", outcome=Outcome.ACCEPT, remark="",
    )  # fmt: skip


def _substitution(province: Province, cell: Unit, by: User) -> object:
    row = Substitution(
        id=new_uuid(), cell_id=cell.id, officer_id=by.id, absent_id=None, reason="Đi công tác.",
        since=TODAY, until=TODAY, made_at=NOW, ended_at=NOW, ended_by=by.id,
    )  # fmt: skip
    province.db.add(row)
    province.db.flush()
    return row.id
