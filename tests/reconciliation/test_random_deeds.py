"""Whatever people do, in whatever order, every figure agrees with its rows."""

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from studyhub.completion.models import Progress, Tally
from studyhub.completion.rules import EssayMark
from studyhub.essays import service as essays
from studyhub.essays.models import Essay
from studyhub.reconciliation import facts
from studyhub.reconciliation.service import differences, recount
from studyhub.rounds.grading import Grading
from tests.reconciliation.day import DEEDS, Day
from tests.statements import counted
from tests.world import NOW, World


@pytest.mark.parametrize("seed", range(4))
def test_after_any_sequence_of_deeds_every_figure_agrees(
    db: Session, world: World, seed: int
) -> None:
    day = Day(db, world, seed)

    day.pass_by()

    assert day.done > DEEDS // 3, "the deeds must really happen"
    assert differences(db, day.round) == []


@pytest.mark.parametrize("markers", [1, 2])
@pytest.mark.parametrize("seed", range(3))
def test_so_do_the_bands_of_a_round_with_points(
    db: Session, world: World, seed: int, markers: int
) -> None:
    day = Day(db, world, seed, grading=Grading.POINTS, markers=markers, appeal_days=2)

    day.pass_by()

    whole = db.scalars(select(Tally).where(Tally.path == "1/")).one()
    bands = whole.excellent + whole.good + whole.fair + whole.average
    assert bands == whole.accepted
    assert differences(db, day.round) == []
    if markers == 1:
        assert day.marked, "numbers must really be given"


def test_an_emptied_draft_counts_as_not_begun(db: Session, world: World) -> None:
    essay = world.essay(text="Chữ")
    nothing = dict.fromkeys(essay.draft, "\n")

    essays.keep_draft(db, essay, nothing, revision=essay.draft_revision, now=NOW)

    assert db.scalars(select(Progress.essay).distinct()).all() == [EssayMark.NONE]
    assert differences(db, essay.round) == []


def test_essays_are_counted_in_four_queries_however_many(db: Session, world: World) -> None:
    for author in (world.an, world.lan):
        world.essay(author=author)
    round_ = world.essay(author=world.binh).round
    actor = world.actor(world.binh)
    mine = db.scalars(select(Essay).where(Essay.author_id == actor.user_id)).one()
    essays.submit(db, mine, revision=mine.draft_revision, own_work=True, by=actor, now=NOW)

    with counted(db) as statements:
        facts.marks_of(db, round_)

    about_essays = [one for one in statements if "FROM essay" in one and "SELECT" in one]
    assert len(about_essays) == 4, "drafts, those handed in, their versions, and their bands"


def test_a_wrong_figure_is_found_named_and_mended(db: Session, world: World) -> None:
    round_ = world.round()
    db.execute(update(Tally).where(Tally.path == "1/1/").values(done=3))

    found = recount(db, by=None, now=NOW, mend=True)

    assert [(f.subject, f.figure, f.kept, f.counted) for f in found] == [
        ("unit 1/1/", "done", 3, 0)
    ]
    assert differences(db, round_) == []


def test_a_wrong_mark_is_found_and_mended(db: Session, world: World) -> None:
    round_ = world.round()
    db.execute(update(Progress).values(read=True))

    assert len(differences(db, round_)) == 6
    recount(db, by=None, now=NOW, mend=True)

    assert differences(db, round_) == []
