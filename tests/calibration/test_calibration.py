"""Set up by an officer, judged by the invited, compared only by who has judged all three."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.access import policy, scope
from studyhub.audit.log import Deed
from studyhub.audit.models import AuditEntry
from studyhub.booklet.models import Naming
from studyhub.calibration import queries, setting_up
from studyhub.calibration.models import Calibration, Judgement, Stage
from studyhub.kernel.errors import Conflict, Forbidden, Unfit, Untimely
from studyhub.notices.models import Kind, Notice
from studyhub.review.models import Outcome
from studyhub.rounds.grading import Grade, Grading
from studyhub.rounds.lifecycle import RoundState
from tests.booklet.shelved import accepted, published
from tests.calibration.table import appointments, begun, judges, planned
from tests.world import NOW, World


def told(db: Session, kind: Kind) -> set[object]:
    return set(db.scalars(select(Notice.user_id).where(Notice.kind == kind.value)))


def compares(world: World, made: Calibration, who: str) -> bool:
    actor = world.actor(getattr(world, who))
    manages = policy.manage_calibration(actor, made)
    return queries.may_compare(made, actor.user_id, manages=manages)


def test_it_needs_three_essays_and_two_people(db: Session, world: World) -> None:
    by = world.actor(world.dung)
    made = setting_up.plan(db, world.round(), by=by, now=NOW)

    with pytest.raises(Untimely, match="Three essays"):
        setting_up.begin(db, made, by=by, now=NOW)
    made = planned(world, None, world.binh)
    with pytest.raises(Untimely, match="at least two"):
        setting_up.begin(db, made, by=by, now=NOW)
    with pytest.raises(Unfit, match="empty"):
        setting_up.put_text(db, made, 1, [{"title": "x", "text": " "}], by=by, now=NOW)


def test_nobody_knows_of_it_before_it_begins(db: Session, world: World) -> None:
    made = planned(world)
    assert not told(db, Kind.CALIBRATION_BEGUN)
    assert not policy.see_calibration(world.actor(world.binh), made)

    setting_up.begin(db, made, by=world.actor(world.dung), now=NOW)

    assert told(db, Kind.CALIBRATION_BEGUN) == {world.binh.id, world.chi.id}
    assert policy.take_part_in_calibration(world.actor(world.binh), made)
    assert not policy.see_calibration(world.actor(world.giang), made)
    with pytest.raises(Untimely, match="stay as they are"):
        setting_up.clear_text(db, made, 1, by=world.actor(world.dung), now=NOW)


def test_each_sees_the_others_only_after_all_three(db: Session, world: World) -> None:
    made = begun(world)
    for position in (1, 2, 3):
        judges(world, made, world.binh, position, remark=f"Ý {position}")
    judges(world, made, world.chi, 1, Outcome.RETURN)
    judges(world, made, world.chi, 2)

    assert compares(world, made, "binh")
    assert not compares(world, made, "chi")
    beside = queries.compared(db, made)
    assert [seat.user_id for seat in beside.seats] == [world.binh.id], "what is half is hidden"
    assert judges(world, made, world.chi, 3)

    assert compares(world, made, "chi")
    first = queries.compared(db, made).rows[0].spread
    assert (first.accepted, first.of) == (1, 2)
    assert told(db, Kind.CALIBRATION_DONE) == {world.dung.id, world.binh.id}


def test_until_the_last_one_a_judgement_may_be_changed(db: Session, world: World) -> None:
    made = begun(world)
    judges(world, made, world.binh, 1, Outcome.RETURN)
    judges(world, made, world.binh, 1, Outcome.ACCEPT)
    assert [one.outcome for one in db.scalars(select(Judgement))] == [Outcome.ACCEPT]
    judges(world, made, world.binh, 2)
    judges(world, made, world.binh, 3)

    with pytest.raises(Untimely, match="stand as you gave them"):
        judges(world, made, world.binh, 1, Outcome.RETURN)
    with pytest.raises(Forbidden):
        judges(world, made, world.giang, 1)
    deeds = db.scalars(select(AuditEntry).where(AuditEntry.deed == Deed.CALIBRATION_JUDGED)).all()
    assert [one.facts for one in deeds] == [{}]


def test_the_rule_of_the_round_holds(db: Session, world: World) -> None:
    banded = begun(world, world.round(grading=Grading.BANDS))
    with pytest.raises(Unfit, match="Choose a grade"):
        judges(world, banded, world.binh, 1)
    judges(world, banded, world.binh, 1, grade=Grade.GOOD)
    numbered = begun(world, world.round(grading=Grading.POINTS, markers=2))
    with pytest.raises(Unfit, match="steps"):
        judges(world, numbered, world.binh, 1, points=(610,))
    judges(world, numbered, world.binh, 1, points=(450,))
    given = db.scalars(select(Judgement).where(Judgement.points.is_not(None))).one()
    assert (given.outcome, given.grade) == (Outcome.RETURN, None)


def test_closed_nobody_judges_and_reopened_they_go_on(db: Session, world: World) -> None:
    made, by = begun(world), world.actor(world.dung)

    setting_up.close(db, made, by=by, now=NOW)
    with pytest.raises(Untimely, match="not open"):
        judges(world, made, world.binh, 1)
    assert not compares(world, made, "binh"), "closing gives nothing away"

    setting_up.reopen(db, made, by=by, now=NOW)
    judges(world, made, world.binh, 1)
    assert made.stage is Stage.OPEN


def test_an_essay_is_taken_without_what_tells_whose_it_is(db: Session, world: World) -> None:
    text = "Tôi là Nguyễn Văn An, sinh hoạt tại Chi bộ Văn phòng. Điện thoại 0912 345 678."
    essay = accepted(world, text=text)
    essay.round.state = RoundState.CLOSED
    by = world.actor(world.dung)
    made = setting_up.plan(db, essay.round, by=by, now=NOW)
    db.flush()

    [found] = queries.candidates(db, scope.readable_essays(by))
    taken = setting_up.take_essay(db, made, 1, found.essay, by=by, now=NOW)

    said = taken.parts[0]["text"]
    assert said == "Tôi là […], sinh hoạt tại […]. Điện thoại […]."
    assert taken.version_id == essay.versions[0].id
    reads = db.scalars(select(AuditEntry).where(AuditEntry.deed == Deed.ESSAY_READ)).all()
    assert by.user_id in {one.actor_id for one in reads}


def test_nobody_judges_an_essay_of_their_own_cell(db: Session, world: World) -> None:
    essay = accepted(world)
    essay.round.state = RoundState.CLOSED
    made, by = planned(world), world.actor(world.dung)
    setting_up.take_essay(db, made, 1, essay, by=by, now=NOW)

    with pytest.raises(Conflict, match="Chi bộ Văn phòng"):
        setting_up.begin(db, made, by=by, now=NOW)


def test_what_is_published_or_goes_on_is_not_taken(db: Session, world: World) -> None:
    readable = scope.readable_essays(world.actor(world.dung))
    shown = accepted(world, world.an, world.round())
    running = accepted(world, world.lan, world.round())
    published(world, shown, Naming.NAME)
    shown.round.state = RoundState.CLOSED
    db.flush()

    assert queries.candidates(db, readable) == []
    running.round.state = RoundState.CLOSED
    db.flush()
    assert [one.essay for one in queries.candidates(db, readable)] == [running]


def test_whoever_has_judged_stays_invited(db: Session, world: World) -> None:
    made, by = begun(world), world.actor(world.dung)
    judges(world, made, world.binh, 1)

    setting_up.invite(db, made, appointments(world, world.giang), by=by, now=NOW)

    assert {seat.user_id for seat in made.seats} == {world.binh.id, world.giang.id}
    assert world.giang.id in told(db, Kind.CALIBRATION_BEGUN)


def test_the_two_tellings_of_the_law_agree(db: Session, world: World) -> None:
    begun(world)
    planned(world)
    begun(world, None, world.giang, world.chi)
    things = db.scalars(select(Calibration)).all()

    for person in world.everyone:
        actor = world.actor(person)
        seen = {one.id for one in things if policy.see_calibration(actor, one)}
        rows = select(Calibration.id).where(scope.visible_calibrations(actor))
        assert set(db.scalars(rows)) == seen, person.full_name
