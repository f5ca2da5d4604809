"""What was handed in, or logged, cannot be altered unnoticed, and what was altered is named."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, delete, select, text, update
from sqlalchemy.orm import Session

from studyhub.access.actors import actor_of
from studyhub.audit import sealing as log_sealing
from studyhub.audit.models import AuditEntry, AuditSeal
from studyhub.essays import sealing, service
from studyhub.essays.models import Essay, Seal, Version
from studyhub.essays.text import content_hash
from studyhub.kernel import sqlite
from tests.databases import empty
from tests.world import NOW, TODAY, World


@pytest.fixture
def handed_in(db: Session, world: World) -> list[Essay]:
    """Three essays handed in one after the other, the first one twice."""
    round_ = world.round()
    essays = [world.essay(who, round_=round_) for who in (world.an, world.lan, world.binh)]
    for minute, essay in enumerate(essays):
        actor, now = world.actor(essay.author), NOW + timedelta(minutes=minute)
        service.submit(db, essay, revision=1, own_work=True, by=actor, now=now)
    service.withdraw(db, essays[0], by=world.actor(world.an), now=NOW + timedelta(hours=1))
    service.submit(
        db,
        essays[0],
        revision=2,
        own_work=True,
        by=world.actor(world.an),
        now=NOW + timedelta(hours=2),
    )
    db.flush()
    return essays


def found(db: Session) -> list[str]:
    db.flush()
    return list(sealing.faults(db))


def seal_log(db: Session, hours: int = 5) -> None:
    db.flush()
    while log_sealing.seal(db, now=NOW + timedelta(hours=hours)):
        db.flush()


def test_what_was_not_altered_agrees(db: Session, handed_in: list[Essay]) -> None:
    seal_log(db)

    assert found(db) == []
    assert list(log_sealing.faults(db)) == []
    assert db.scalars(select(Seal.place).order_by(Seal.place)).all() == [1, 2, 3, 4]


def test_an_altered_text_is_named(db: Session, handed_in: list[Essay]) -> None:
    version = handed_in[1].versions[0]
    parts = [{**part, "text": "Tôi chưa đọc."} for part in version.parts]
    db.execute(update(Version).where(Version.id == version.id).values(parts=parts))

    faults = found(db)

    assert len(faults) == 1
    assert version.receipt_code in faults[0]
    assert "not the one that was handed in" in faults[0]


def test_a_text_altered_with_its_hash_is_named(db: Session, handed_in: list[Essay]) -> None:
    version = handed_in[1].versions[0]
    parts = [{**part, "text": "Tôi chưa đọc."} for part in version.parts]
    db.execute(
        update(Version)
        .where(Version.id == version.id)
        .values(parts=parts, content_hash=content_hash(parts))
    )

    assert [fault for fault in found(db) if version.receipt_code in fault]


def test_a_seal_made_anew_contradicts_the_log_and_every_later_receipt(
    db: Session, handed_in: list[Essay]
) -> None:
    last = db.scalars(select(Seal).order_by(Seal.place.desc()).limit(1)).one()
    on_a_receipt = last.link
    db.execute(
        update(Version).where(Version.id == last.version_id).values(submitted_at=NOW, is_late=True)
    )
    db.expire_all()
    version = db.get_one(Version, last.version_id)
    before = db.scalars(select(Seal.link).where(Seal.place == last.place - 1)).one()
    own = db.scalars(select(Seal.link).where(Seal.place == 1)).one()
    forged = sealing.link(before, own, last.log_link, version)
    db.execute(update(Seal).where(Seal.place == last.place).values(link=forged))

    assert not sealing.stands(db, on_a_receipt)
    assert any("the log tells of a hand-in that is not there" in fault for fault in found(db))


@pytest.mark.parametrize("which", [1, 4])
def test_a_hand_in_that_was_taken_out_is_missed(
    db: Session, handed_in: list[Essay], which: int
) -> None:
    version_id = db.scalars(select(Seal.version_id).where(Seal.place == which)).one()
    db.execute(delete(Seal).where(Seal.place == which))
    db.execute(delete(Version).where(Version.id == version_id))
    db.expire_all()

    assert found(db)


def test_a_version_slipped_in_has_no_seal(
    db: Session, world: World, handed_in: list[Essay]
) -> None:
    from_nowhere = world.essay(world.giang, round_=handed_in[0].round)
    from_nowhere.versions.append(world._version(handed_in[0].round, "Chen vào"))

    assert any("has no seal" in fault for fault in found(db))


@pytest.mark.parametrize(
    "forgery",
    [
        update(AuditEntry).values(facts={"version": 9}),
        update(AuditEntry).values(actor_id=None),
        delete(AuditEntry),
    ],
)
def test_an_altered_log_is_told_to_a_few_entries(
    db: Session, handed_in: list[Essay], forgery: object
) -> None:
    seal_log(db)
    one = db.scalars(select(AuditEntry.id).order_by(AuditEntry.id).offset(2).limit(1)).one()
    db.execute(forgery.where(AuditEntry.id == one))  # type: ignore[attr-defined]

    faults = [fault.what for fault in log_sealing.faults(db)]

    assert len(faults) == 1
    assert faults[0].startswith("log entries ")


def test_a_log_sealed_anew_contradicts_what_was_handed_in_since(
    db: Session, world: World, handed_in: list[Essay]
) -> None:
    seal_log(db)
    later = NOW + timedelta(hours=6)
    actor = world.actor(world.giang)
    essay = world.essay(world.giang, round_=handed_in[0].round)
    essay.round.closes_at = later
    service.submit(db, essay, revision=1, own_work=True, by=actor, now=later)
    db.execute(update(AuditEntry).where(AuditEntry.subject_id == handed_in[1].id).values(facts={}))
    db.execute(delete(AuditSeal))
    db.expire_all()
    seal_log(db)

    assert any("not the log that stands here" in fault for fault in found(db))


def test_young_entries_wait_for_their_seal(db: Session, handed_in: list[Essay]) -> None:
    db.flush()

    assert log_sealing.seal(db, now=NOW + timedelta(minutes=1)) == 0


def test_many_at_once_make_one_chain(engine: Engine) -> None:
    with Session(engine, expire_on_commit=False) as db:
        world = World(db)
        round_ = world.round()
        people = (world.an, world.lan, world.binh, world.giang, world.chi, world.hoa)
        essays = [world.essay(person, round_=round_).id for person in people]
        db.commit()

    def hand_in(essay_id: object) -> None:
        with Session(engine) as db, db.begin():
            db.connection(execution_options={sqlite.WRITES: True})
            essay = db.get_one(Essay, essay_id)
            actor = actor_of(db, essay.author_id, TODAY)
            service.submit(db, essay, revision=1, own_work=True, by=actor, now=NOW)

    try:
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(hand_in, essays))
        with Session(engine) as db:
            assert db.scalar(text("SELECT count(*) FROM essay_seal")) == len(people)
            assert found(db) == []
    finally:
        empty(engine)
