"""Present + excused + absent is the number summoned, whatever was recorded."""

import itertools
import random

from sqlalchemy.orm import Session

from studyhub.rounds.models import Call
from studyhub.study import calling
from studyhub.study.models import Attendance, Presence, StudySession
from studyhub.study.rolls import Figures, roll, roll_by_cell, total
from tests.study.test_calling import on_the_list
from tests.world import NOW, World


def _record(
    db: Session, world: World, session: StudySession, presences: list[Presence | None]
) -> None:
    people = (world.an, world.lan, world.binh, world.giang, world.chi, world.hoa)
    for person, presence in zip(people, presences, strict=True):
        if presence:
            db.add(
                Attendance(
                    session_id=session.id,
                    user_id=person.id,
                    presence=presence,
                    reason="ốm",
                    recorded_at=NOW,
                    recorded_by=world.binh.id,
                )
            )
    db.flush()


def test_the_figures_of_a_cell(db: Session, world: World) -> None:
    session = world.session(world.round())
    said = [Presence.ON_SITE, Presence.EXCUSED, Presence.ABSENT, None, Presence.ONLINE, None]
    _record(db, world, session, list(said))

    figures = roll(db, session, world.cell).figures

    assert (figures.summoned, figures.present, figures.excused, figures.absent) == (4, 1, 1, 2)
    assert figures.unrecorded == 1


def test_it_adds_up_whatever_was_recorded(db: Session, world: World) -> None:
    chance = random.Random(4)
    for _ in range(6):
        session = world.session(world.round())
        _record(db, world, session, [chance.choice([*Presence, None]) for _ in range(6)])

        for figures in [
            roll(db, session, world.district).figures,
            *(cell.figures for cell in roll_by_cell(db, session, ["1/"])),
        ]:
            assert figures.present + figures.excused + figures.absent == figures.summoned
            assert min(figures.present, figures.excused, figures.absent) >= 0


def test_the_cells_add_up_to_the_whole(db: Session, world: World) -> None:
    session = world.session(world.round())
    said = [Presence.ON_SITE, Presence.EXCUSED, None, None, Presence.ONLINE, Presence.ABSENT]
    _record(db, world, session, list(said))

    cells = roll_by_cell(db, session, ["1/"])

    assert [(cell.name, cell.figures.summoned) for cell in cells] == [
        ("Chi bộ Văn phòng", 4),
        ("Chi bộ Thanh tra", 2),
    ]
    whole, direct = total(cells), roll(db, session, world.district).figures
    assert (whole.summoned, whole.present, whole.excused, whole.absent) == (6, 2, 1, 3)
    assert dict(whole.by_presence) == dict(direct.by_presence)


def test_only_the_cells_one_follows(db: Session, world: World) -> None:
    session = world.session(world.round())

    assert [cell.cell.id for cell in roll_by_cell(db, session, ["1/2/"])] == [world.other_cell.id]
    assert roll_by_cell(db, session, []) == []


def test_the_exempt_stand_apart_and_the_released_nowhere(db: Session, world: World) -> None:
    round_, dung = world.round(), world.actor(world.dung)
    session = world.session(round_)
    calling.exempt(db, on_the_list(db, round_, world.an), reason="già", by=dung, now=NOW)
    calling.release(db, on_the_list(db, round_, world.lan), reason="đi", by=dung, now=NOW)
    _record(db, world, session, [Presence.ON_SITE, Presence.ON_SITE, None, None, None, None])

    found = roll(db, session, world.cell)

    assert [line.summons.call for line in found.exempt] == [Call.EXEMPT]
    assert [line.summons.user_id for line in found.required] == [world.binh.id, world.giang.id]
    assert (found.figures.summoned, found.figures.present) == (2, 0)
    assert (found.figures.exempt, found.figures.exempt_present) == (1, 1)


def test_figures_of_nothing_are_nothing() -> None:
    empty = Figures(summoned=0, by_presence={})

    assert list(itertools.repeat(0, 4)) == [
        empty.present, empty.excused, empty.absent, empty.unrecorded
    ]  # fmt: skip
