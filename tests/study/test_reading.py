"""Reading the documents of a round."""

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.accounts.models import User
from studyhub.audit.models import AuditEntry
from studyhub.completion.models import Progress
from studyhub.library.models import Reading
from studyhub.rounds import service as rounds
from studyhub.rounds.models import RoundDocument, StudyRound, Summons
from studyhub.study.reading import finish_reading, keep_place
from tests.world import NOW, World


def _has_read(db: Session, round_: StudyRound, person: User) -> bool:
    db.expire_all()
    return bool(
        db.scalar(
            select(Progress.read)
            .join(Summons, Summons.id == Progress.summons_id)
            .where(Summons.round_id == round_.id, Summons.user_id == person.id)
        )
    )


def test_the_place_is_kept_and_the_furthest_part_with_it(db: Session, world: World) -> None:
    document, an = world.document(), world.actor(world.an)
    keep_place(db, document, 1, by=an, now=NOW)

    keep_place(db, document, 0, by=an, now=NOW)

    reading = db.scalars(select(Reading)).one()
    assert (reading.position, reading.furthest) == (0, 1)


@pytest.mark.parametrize(("typed", "kept"), [(-3, 0), (99, 1)])
def test_a_place_outside_the_document_is_the_nearest_inside(
    db: Session, world: World, typed: int, kept: int
) -> None:
    reading = keep_place(db, world.document(), typed, by=world.actor(world.an), now=NOW)

    assert reading.position == kept


def test_reading_the_only_document_is_reading_for_the_round(db: Session, world: World) -> None:
    round_ = world.round()

    finish_reading(db, round_.documents[0].document, by=world.actor(world.an), now=NOW)

    assert _has_read(db, round_, world.an)
    assert not _has_read(db, round_, world.lan)


def test_every_document_of_the_round_must_be_read(db: Session, world: World) -> None:
    round_, an = world.round(), world.actor(world.an)
    second = world.document("hướng dẫn")
    round_.documents.append(RoundDocument(document=second, position=1))
    db.flush()

    finish_reading(db, round_.documents[0].document, by=an, now=NOW)
    assert not _has_read(db, round_, world.an)
    finish_reading(db, second, by=an, now=NOW)

    assert _has_read(db, round_, world.an)


def test_one_document_counts_for_every_open_round_that_has_it(db: Session, world: World) -> None:
    first, second, closed = world.round(), world.round(), world.round()
    document = first.documents[0].document
    for round_ in (second, closed):
        round_.documents = [RoundDocument(document=document, position=0)]
    rounds.close(db, closed, by=world.actor(world.dung), now=NOW)
    db.flush()

    finish_reading(db, document, by=world.actor(world.an), now=NOW)

    read = [_has_read(db, round_, world.an) for round_ in (first, second, closed)]
    assert read == [True, True, False]


def test_finishing_twice_is_finishing_once(db: Session, world: World) -> None:
    document, an = world.document(), world.actor(world.an)

    for _ in range(2):
        finish_reading(db, document, by=an, now=NOW)
    db.flush()

    said = select(func.count()).where(AuditEntry.deed == "study.document_read")
    assert db.scalar(said) == 1


def test_somebody_not_on_any_list_may_read_all_the_same(db: Session, world: World) -> None:
    reading = finish_reading(db, world.document(), by=world.actor(world.em), now=NOW)

    assert reading.finished_at == NOW
