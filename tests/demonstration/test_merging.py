"""The seed case: eight cells become five in the middle of an open round, and nothing is lost."""

from collections.abc import Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Row, Table, func, select
from sqlalchemy.orm import Session

from studyhub.completion.models import Progress, Tally
from studyhub.demonstration import load, merging
from studyhub.essays.models import Essay, KeptDraft, Version
from studyhub.org.models import Membership, Unit, UnitKind
from studyhub.org.succession import Reorganization
from studyhub.reconciliation.service import recount
from studyhub.reorganization import service
from studyhub.review.models import Comment, Decision
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import StudyRound, Summons
from studyhub.storage.files import FileStore
from tests.world import NOW

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
PLACES = {"cell_id", "cell_path", "updated_at"}
"""What may change of a person's work: where it is counted, never what it is."""


@pytest.mark.slow  # ninety-six people do a year's work, and three acts are done and undone
def test_eight_cells_become_five_and_nothing_is_lost(db: Session, tmp_path: Path) -> None:
    load(db, FileStore(tmp_path), now=NOW, zone=ZONE, say=lambda _: None)
    before, finished = _works(db), _tallies(db, RoundState.CLOSED)
    whole = _tallies(db, RoundState.OPEN)

    acts = merging.merge(db, now=NOW, zone=ZONE, say=lambda _: None)

    assert _sizes(db) == {
        "Chi bộ Văn phòng – Thanh tra": 21,
        "Chi bộ Bưu chính – Viễn thông": 17,
        "Chi bộ Thông tin – Báo chí – Xuất bản": 23,
        "Chi bộ Công nghệ thông tin": 13,
        "Chi bộ Trung tâm CNTT và Truyền thông": 22,
    }
    assert _works(db) == before, "no draft, essay, receipt, comment or decision is lost or altered"
    assert _tallies(db, RoundState.CLOSED) == finished, "finished rounds say what they said"
    assert recount(db, by=None, now=NOW) == []
    _expect_the_open_round(db, acts)

    for act in reversed(acts):
        service.undo(db, act, basis="Thử (mẫu)", by=None, now=NOW)

    assert _sizes(db)["Chi bộ Văn phòng Sở"] == 14
    assert _works(db) == before
    assert _tallies(db, RoundState.OPEN) == whole
    assert recount(db, by=None, now=NOW) == []


def _expect_the_open_round(db: Session, acts: Sequence[Reorganization]) -> None:
    """Two acts took it along; the third lets it finish as it was summoned."""
    told = {row.name: row.required + row.exempt for row in _counted(db)}
    assert told["Chi bộ Văn phòng – Thanh tra"] == 21
    assert told["Chi bộ Bưu chính – Viễn thông"] == 17
    assert (told["Chi bộ Cổng Thông tin – Giao tiếp điện tử"], told[merging.PRESS]) == (12, 11)
    assert "Chi bộ Văn phòng Sở" not in told
    assert [one.members for one in acts[0].units] == [14, 7, 21]


def _counted(db: Session) -> Sequence[Tally]:
    return db.scalars(
        select(Tally)
        .join(Tally.round)
        .where(
            StudyRound.state == RoundState.OPEN,
            Tally.kind == UnitKind.CELL,
            Tally.required + Tally.exempt > 0,
        )
    ).all()


def _sizes(db: Session) -> dict[str, int]:
    rows = db.execute(
        select(Unit.name, func.count())
        .join(Membership, Membership.cell_id == Unit.id)
        .where(Membership.until.is_(None))
        .group_by(Unit.name)
    )
    return dict(rows.all())


def _works(db: Session) -> dict[str, set[Row[tuple[object, ...]]]]:
    """Everything people have written and done, row by row."""
    db.flush()
    models = (Essay, Version, KeptDraft, Comment, Decision, Progress, Summons)
    return {model.__tablename__: _rows(db, model.__table__) for model in models}  # type: ignore[arg-type]


def _rows(db: Session, table: Table) -> set[Row[tuple[object, ...]]]:
    kept = [column for column in table.columns if column.name not in PLACES]
    return {tuple(map(str, row)) for row in db.execute(select(*kept))}  # type: ignore[misc]


def _tallies(db: Session, state: RoundState) -> set[tuple[str, ...]]:
    rows = db.execute(
        select(*Tally.__table__.columns)
        .join(StudyRound, StudyRound.id == Tally.round_id)
        .where(StudyRound.state == state, Tally.required + Tally.exempt > 0)
    )
    return {tuple(map(str, row)) for row in rows}
