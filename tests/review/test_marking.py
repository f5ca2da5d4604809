"""Marking by numbers: alone, by two, by a third; completing within days."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access import policy
from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.completion.models import Progress, Tally
from studyhub.completion.rules import EssayMark
from studyhub.essays import queries as essay_queries
from studyhub.essays import service as essays
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Forbidden, StudyHubError, Unfit, Untimely
from studyhub.reconciliation.service import differences
from studyhub.review import queries, service
from studyhub.review.marks import Mark, Turn
from studyhub.review.models import Decision, Outcome
from studyhub.rounds.grading import Grade, Grading
from studyhub.rounds.marked import RubricPart
from tests.world import NOW, TODAY, World


def waiting(world: World, **settings: object) -> Essay:
    """An essay of An's in a round with points."""
    round_ = world.round(grading=Grading.POINTS, **settings)  # type: ignore[arg-type]
    return world.essay(round_=round_, state=State.SUBMITTED, text="Đoạn một.\n\nĐoạn hai.")


def give(
    db: Session,
    world: World,
    essay: Essay,
    who: str,
    *points: int,
    remark: str = "",
    now: datetime = NOW,
) -> Decision | None:
    by = world.actor(getattr(world, who))
    return service.give_mark(db, essay, 1, points=points, remark=remark, by=by, now=now)


def remark_on(db: Session, world: World, essay: Essay, who: str) -> None:
    by = world.actor(getattr(world, who))
    service.comment(db, essay.versions[0], part=0, paragraph=0, text="Nêu số liệu.", by=by, now=NOW)


def test_one_marker_decides_by_the_number(db: Session, world: World) -> None:
    essay = waiting(world)

    decision = give(db, world, essay, "binh", 825, remark="Liên hệ tốt.")

    assert decision is not None
    assert (decision.outcome, decision.grade, decision.points) == (
        Outcome.ACCEPT, Grade.GOOD, 825,
    )  # fmt: skip
    assert essay.state is State.ACCEPTED
    progress = db.scalars(
        select(Progress).join(Progress.summons).where(Progress.essay == EssayMark.ACCEPTED)
    ).one()
    assert progress.grade is Grade.GOOD
    tallies = db.scalars(select(Tally).execution_options(populate_existing=True)).all()
    assert {tally.path: tally.good for tally in tallies} == {"1/": 1, "1/1/": 1, "1/2/": 0}
    assert differences(db, essay.round) == []


def test_less_than_the_pass_mark_goes_back_with_a_comment(db: Session, world: World) -> None:
    essay = waiting(world)
    with pytest.raises(Unfit, match="Comment on at least one paragraph"):
        give(db, world, essay, "binh", 475)
    remark_on(db, world, essay, "binh")

    decision = give(db, world, essay, "binh", 475)

    assert decision is not None
    assert (decision.outcome, decision.grade, essay.state) == (
        Outcome.RETURN, None, State.RETURNED,
    )  # fmt: skip


@pytest.mark.parametrize("points", [(510,), (1025,), (-25,), (), (500, 500)])
def test_what_is_not_on_the_scale_is_refused(
    db: Session, world: World, points: Sequence[int]
) -> None:
    essay = waiting(world)

    with pytest.raises(Unfit):
        give(db, world, essay, "binh", *points)

    assert db.scalars(select(Mark)).all() == []


def test_the_parts_add_up_to_the_number(db: Session, world: World) -> None:
    essay = waiting(world)
    for position, (title, most) in enumerate((("Nhận thức", 400), ("Liên hệ", 600))):
        essay.round.rubric.append(RubricPart(position=position, title=title, most=most))
    db.flush()
    with pytest.raises(Unfit, match="more than the part can bring"):
        give(db, world, essay, "binh", 425, 300)
    with pytest.raises(Unfit, match="every part"):
        give(db, world, essay, "binh", 700)

    decision = give(db, world, essay, "binh", 350, 575)

    mark = db.scalars(select(Mark)).one()
    assert decision is not None
    assert decision.points == mark.points == 925
    assert mark.parts == [
        {"title": "Nhận thức", "most": "400", "points": "350"},
        {"title": "Liên hệ", "most": "600", "points": "575"},
    ]


def test_the_mean_of_two_counts_once_both_are_in(db: Session, world: World) -> None:
    essay = waiting(world, markers=2)
    remark_on(db, world, essay, "binh")

    assert give(db, world, essay, "binh", 725, remark="Của Bình.") is None

    assert essay.state is State.SUBMITTED
    said = queries.comments_on(db, essay.versions, reader_id=world.giang.id)
    assert said[essay.versions[0].id] == [], "the first marker's remarks are private still"
    entry = db.scalars(select(AuditEntry).where(AuditEntry.deed == Deed.ESSAY_MARKED)).one()
    assert entry.facts == {"version": 1, "marks": 1}
    with pytest.raises(Forbidden):
        give(db, world, essay, "binh", 800)

    decision = give(
        db, world, essay, "giang", 750, remark="Của Giang.", now=NOW + timedelta(hours=1)
    )

    assert decision is not None
    assert (decision.points, decision.grade) == (738, Grade.FAIR)
    assert decision.remark == "Của Bình.\n\nCủa Giang."
    said = queries.comments_on(db, essay.versions, reader_id=world.an.id)
    assert [one.text for one in said[essay.versions[0].id]] == ["Nêu số liệu."]
    assert (essay.marked_by, essay.needs_above) == ("", False)


def test_a_third_from_above_decides_where_nobody_in_the_cell_is_left(
    db: Session, world: World
) -> None:
    essay = waiting(world, markers=2)
    dung = world.actor(world.dung)
    give(db, world, essay, "binh", 600)
    assert not policy.judge_essay(dung, essay), "the deputy can still mark it"

    assert give(db, world, essay, "giang", 800) is None

    assert policy.mark_essay(dung, essay)
    assert not policy.mark_essay(world.actor(world.binh), essay)
    readers = essay_queries.readers_of(db, essay, TODAY)
    assert [one.user_id for one in readers] == [world.dung.id]
    decision = give(db, world, essay, "dung", 775)
    assert decision is not None
    assert (decision.points, decision.decided_by) == (775, world.dung.id)
    turns = {mark.marker_id: mark.turn for mark in db.scalars(select(Mark))}
    assert turns == {
        world.binh.id: Turn.FIRST, world.giang.id: Turn.FIRST, world.dung.id: Turn.THIRD,
    }  # fmt: skip
    assert not policy.judge_essay(dung, essay)


def test_the_second_comes_from_above_where_the_cell_has_one_leader(
    db: Session, world: World
) -> None:
    round_ = world.round(grading=Grading.POINTS, markers=2)
    essay = world.essay(author=world.hoa, round_=round_, state=State.SUBMITTED)

    assert give(db, world, essay, "chi", 700) is None

    assert policy.mark_essay(world.actor(world.dung), essay)
    decision = give(db, world, essay, "dung", 750)
    assert decision is not None
    assert decision.points == 725


def test_the_same_mark_again_is_known(db: Session, world: World) -> None:
    essay = waiting(world, markers=2)
    give(db, world, essay, "binh", 725, remark="Tốt.")
    by = world.actor(world.binh)

    def again(points: int, remark: str = "Tốt.") -> bool:
        return service.has_marked(db, essay, 1, points=[points], remark=remark, comments=[], by=by)

    assert again(725)
    assert not again(750)
    assert not again(725, "Khá.")


def test_a_mark_recalled_with_its_decision_leaves_the_first_as_it_was(
    db: Session, world: World
) -> None:
    essay = waiting(world, markers=2)
    give(db, world, essay, "binh", 725)
    give(db, world, essay, "giang", 750)
    giang = world.actor(world.giang)

    service.recall(db, essay, 1, by=giang, now=NOW + timedelta(minutes=5))

    assert [mark.marker_id for mark in db.scalars(select(Mark))] == [world.binh.id]
    assert policy.mark_essay(giang, essay)
    assert not policy.mark_essay(world.actor(world.binh), essay)
    decision = give(db, world, essay, "giang", 775)
    assert decision is not None
    assert decision.points == 750
    assert differences(db, essay.round) == []


def test_a_round_with_points_takes_no_plain_decision(db: Session, world: World) -> None:
    essay = waiting(world)

    with pytest.raises(Unfit, match="judged by points"):
        service.decide(
            db, essay, 1, outcome=Outcome.ACCEPT, grade=None, remark="",
            by=world.actor(world.binh), now=NOW,
        )  # fmt: skip


def test_a_returned_essay_is_completed_once_within_its_days(db: Session, world: World) -> None:
    essay = waiting(world, rewrites=1, rewrite_days=3)
    remark_on(db, world, essay, "binh")
    give(db, world, essay, "binh", 400)
    service.begin_reading(db, essay.id, by=world.actor(world.binh), now=NOW)
    assert essay.rewrite_until == NOW + timedelta(days=3)

    def hand_in(text: str, now: datetime) -> None:
        typed = {str(essay.round.questions[0].id): text}
        by, revision = world.actor(world.an), essay.draft_revision
        essays.hand_in(db, essay, typed, revision=revision, own_work=True, by=by, now=now)

    with pytest.raises(Untimely, match="time to complete"):
        hand_in("Bổ sung.", NOW + timedelta(days=3, minutes=1))
    hand_in("Bổ sung.", NOW + timedelta(days=2))
    by = world.actor(world.binh)
    later = NOW + timedelta(days=2, hours=1)
    second = essay.versions[1]
    service.comment(db, second, part=0, paragraph=0, text="Còn thiếu.", by=by, now=later)
    service.give_mark(db, essay, 2, points=[450], remark="", by=by, now=later)
    assert essay.rewrite_until == later
    with pytest.raises(StudyHubError):
        hand_in("Bổ sung nữa.", later + timedelta(minutes=1))
