"""An installation that has been in use is brought up to date: nothing of it is lost or left out."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
import sqlalchemy as sa
from sqlalchemy import Connection, Engine, MetaData, create_engine
from sqlalchemy.orm import Session

from studyhub.essays import sealing
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, Version
from studyhub.kernel import sqlite
from studyhub.org.models import Leaving, Membership, Transfer, Unit
from studyhub.schema import migrate
from tests.databases import KINDS, served

MOMENT = datetime(2026, 11, 25, 2, 0, tzinfo=UTC).replace(tzinfo=None)
NAME = "Nguyễn  Thị Hạnh"


@pytest.fixture(params=KINDS)
def old(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database of the first version, with a person, two cells, a transfer and an essay."""
    with served(request.param) as url:
        engine = create_engine(url)
        sqlite.prepare(engine)
        migrate(engine, "0001")
        with engine.begin() as connection:
            _fill(connection)
        yield engine
        engine.dispose()


@pytest.mark.slow  # begins a PostgreSQL of its own
def test_rows_of_the_first_version_come_along(old: Engine) -> None:
    migrate(old)

    with Session(old) as db:
        folded = {unit.name_folded for unit in db.scalars(sa.select(Unit))}
        assert folded == {"chi bo dang", "dang bo"}
        turns = db.scalars(sa.text("SELECT turn FROM name_turn ORDER BY place")).all()
        assert turns == ["nguyen thi hanh", "thi hanh nguyen", "hanh nguyen thi"]
        version = db.scalars(sa.select(Version).where(Version.receipt_code == "BTH-1")).one()
        assert (version.by_rule, version.own_work, version.pages) == (False, False, [])
        assert sealing.of_version(db, version) is not None
        waiting = sa.select(Essay).where(Essay.state == State.SUBMITTED)
        assert db.scalars(waiting).one().draft == {"a": "Chữ\n\nđầu"}
        moved = db.scalars(sa.select(Transfer)).one()
        assert (moved.reorganization_id, moved.basis) == (None, "Số 7")


@pytest.mark.slow  # begins a PostgreSQL of its own
def test_bands_given_before_are_counted_and_points_are_taken(old: Engine) -> None:
    migrate(old)

    with Session(old) as db:
        assert db.scalars(sa.text("SELECT grade FROM progress")).all() == ["good"]
        told = db.execute(sa.text("SELECT good, excellent, average FROM tally")).all()
        assert [tuple(row) for row in told] == [(1, 0, 0), (1, 0, 0)]
        db.execute(sa.text("UPDATE study_round SET grading = 'points'"))
        with pytest.raises(sa.exc.IntegrityError):
            db.execute(sa.text("UPDATE study_round SET grading = 'stars'"))


@pytest.mark.slow  # begins a PostgreSQL of its own
def test_the_new_way_of_leaving_is_taken_and_an_unknown_one_refused(old: Engine) -> None:
    migrate(old)

    with Session(old) as db:
        db.scalars(sa.select(Membership)).first().leaving = Leaving.MOVED_AWAY  # type: ignore[union-attr]
        db.flush()
        with pytest.raises(sa.exc.IntegrityError):
            db.execute(sa.text("UPDATE membership SET leaving = 'vanished'"))


@pytest.mark.slow  # begins a PostgreSQL of its own
def test_what_was_made_up_is_counted_and_texts_can_be_searched(old: Engine) -> None:
    migrate(old)

    with Session(old) as db:
        assert db.scalars(sa.text("SELECT made_up FROM progress WHERE made_up")).all()
        assert db.scalars(sa.text("SELECT made_up FROM tally")).all() == [1, 1]
        folded = db.scalars(sa.text("SELECT folded FROM document_part")).all()
        assert folded == [" 1 so chuyen doi 57 nq tw"]


def _fill(connection: Connection) -> None:
    tables = MetaData()
    tables.reflect(connection)

    def add(table: str, **facts: Any) -> UUID:
        known = tables.tables[table]
        row = {column.name: _plain(column) for column in known.columns if not column.nullable}
        row |= {name: _bound(connection, value) for name, value in facts.items()}
        connection.execute(known.insert(), row)
        return facts.get("id", UUID(int=0))  # type: ignore[no-any-return]

    user = add("user_account", id=uuid4(), full_name=NAME, name_folded="nguyen thi hanh")
    units = [
        add("unit", id=uuid4(), kind="cell", name="Chi bộ Đảng", path=path, since=date(2020, 1, 1))
        for path in ("1/", "2/")
    ]
    stretches = [
        add("membership", id=uuid4(), user_id=user, cell_id=unit, standing="official",
            since=since, until=until)
        for unit, since, until in zip(
            units, (date(2020, 1, 1), date(2021, 1, 1)), (date(2020, 12, 31), None), strict=True
        )
    ]  # fmt: skip
    add("transfer", id=uuid4(), left_id=stretches[0], begun_id=stretches[1], origin_id=units[0],
        target_id=units[1], day=date(2021, 1, 1), basis="Số 7")  # fmt: skip
    _add_essay(add, user, units[0])
    document = add("document", id=uuid4(), type="resolution", added_by=user)
    add("document_part", id=uuid4(), document_id=document, number="1.", title="Số",
        paragraphs=["Chuyển đổi, 57-NQ/TW."])  # fmt: skip


def _add_essay(add: Any, user: UUID, unit: UUID) -> None:
    round_ = add("study_round", id=uuid4(), unit_id=unit, state="draft", late_policy="mark",
                 grading="pass_only", attendance_rule="every", created_by=user)  # fmt: skip
    draft = {"a": "Chữ\n\nđầu"}
    essay = add("essay", id=uuid4(), round_id=round_, author_id=user, cell_id=unit,
                state="submitted", submitted_at=MOMENT, draft=draft)  # fmt: skip
    add("essay_version", id=uuid4(), essay_id=essay, number=1, parts=[], receipt_code="BTH-1")
    _add_accepted(add, user, unit)


def _add_accepted(add: Any, user: UUID, unit: UUID) -> None:
    """Of a round with bands, accepted as good, and counted in the cell and in the unit above."""
    round_ = add("study_round", id=uuid4(), unit_id=unit, state="closed", late_policy="mark",
                 opened_at=MOMENT, grading="bands", attendance_rule="every",
                 created_by=user)  # fmt: skip
    essay = add("essay", id=uuid4(), round_id=round_, author_id=user, cell_id=unit,
                state="accepted", submitted_at=MOMENT, draft={})  # fmt: skip
    version = add("essay_version", id=uuid4(), essay_id=essay, number=1, parts=[],
                  receipt_code="BTH-2")  # fmt: skip
    add("decision", version_id=version, outcome="accept", grade="good", decided_by=user)
    summons = add("summons", id=uuid4(), round_id=round_, user_id=user, cell_id=unit,
                  cell_path="1/1/", standing="official", call="required")  # fmt: skip
    add("progress", summons_id=summons, essay="accepted", attended=True)
    session = add("study_session", id=uuid4(), round_id=round_,
                  ends_at=MOMENT + timedelta(hours=1))  # fmt: skip
    add("attendance", session_id=session, user_id=user, presence="made_up", recorded_by=user)
    for path in ("1/", "1/1/"):
        add("tally", round_id=round_, unit_id=unit if path == "1/1/" else _other(add), path=path,
            kind="cell", required=1, accepted=1, attended=1)  # fmt: skip


def _other(add: Any) -> UUID:
    above: UUID = add("unit", id=uuid4(), kind="party_org", name="Đảng bộ", path="3/",
                      since=date(2020, 1, 1))  # fmt: skip
    return above


def _plain(column: sa.Column[Any]) -> Any:
    """Something that fits, for a column that the test does not care about."""
    if isinstance(column.type, sa.Boolean):
        return False
    if isinstance(column.type, sa.Integer):
        return 0
    if isinstance(column.type, sa.DateTime):
        return MOMENT
    return date(2026, 1, 1) if isinstance(column.type, sa.Date) else ""


def _bound(connection: Connection, value: Any) -> Any:
    """SQLite keeps ids as 32 characters, and tells so of its columns."""
    if isinstance(value, UUID) and connection.dialect.name == "sqlite":
        return value.hex
    return value
