"""To begin, to keep what is typed, to settle between two windows."""

import unicodedata
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from studyhub.completion.models import Progress
from studyhub.completion.rules import EssayMark
from studyhub.essays import service
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay, KeptDraft
from studyhub.essays.room import LONGEST
from studyhub.kernel.errors import Conflict, Forbidden, Unfit, Untimely
from studyhub.rounds.models import Call, StudyRound, Summons
from tests.statements import counted
from tests.world import NOW, World

LATER = NOW + timedelta(minutes=3)


def mark(db: Session, essay: Essay) -> EssayMark:
    return db.scalars(
        select(Progress.essay)
        .join(Progress.summons)
        .where(Summons.round_id == essay.round_id, Summons.user_id == essay.author_id)
    ).one()


def keys(round_: StudyRound) -> list[str]:
    return [str(question.id) for question in round_.questions]


def begun(db: Session, world: World, **settings: object) -> Essay:
    round_ = world.round(**settings)  # type: ignore[arg-type]
    return service.begin(db, round_, by=world.actor(world.an), now=NOW)


def test_to_begin_twice_is_to_begin_once(db: Session, world: World) -> None:
    round_ = world.round()
    actor = world.actor(world.an)

    first = service.begin(db, round_, by=actor, now=NOW)
    second = service.begin(db, round_, by=actor, now=LATER)

    assert first is second
    assert (first.cell_id, first.author_leads, first.state) == (world.cell.id, False, State.DRAFT)
    assert list(first.draft) == keys(round_)
    assert mark(db, first) is EssayMark.NONE


def test_the_cell_is_the_one_on_the_list(db: Session, world: World) -> None:
    round_ = world.round()
    summons = db.scalars(select(Summons).where(Summons.user_id == world.an.id)).one()
    summons.cell = world.other_cell

    essay = service.begin(db, round_, by=world.actor(world.an), now=NOW)

    assert essay.cell_id == world.other_cell.id


@pytest.mark.parametrize(("person", "leads"), [("binh", True), ("giang", True), ("lan", False)])
def test_who_leads_the_cell_is_noted(
    db: Session, world: World, person: str, *, leads: bool
) -> None:
    who = getattr(world, person)

    essay = service.begin(db, world.round(), by=world.actor(who), now=NOW)

    assert essay.author_leads is leads


def test_nobody_begins_who_is_not_on_the_list(db: Session, world: World) -> None:
    round_ = world.round()

    with pytest.raises(Forbidden):
        service.begin(db, round_, by=world.actor(world.dung), now=NOW)


def test_nobody_begins_who_has_been_released(db: Session, world: World) -> None:
    round_ = world.round()
    summons = db.scalars(select(Summons).where(Summons.user_id == world.an.id)).one()
    summons.call, summons.reason = Call.RELEASED, "chuyển đi"

    with pytest.raises(Forbidden):
        service.begin(db, round_, by=world.actor(world.an), now=NOW)


def test_nobody_begins_after_the_last_moment(db: Session, world: World) -> None:
    round_ = world.round()

    with pytest.raises(Untimely):
        service.begin(db, round_, by=world.actor(world.an), now=NOW + timedelta(days=5))


def test_the_first_words_count_as_begun(db: Session, world: World) -> None:
    essay = begun(db, world)
    one, two = keys(essay.round)

    revision = service.keep_draft(db, essay, {one: "Tôi"}, revision=0, now=LATER)

    assert (revision, essay.draft, essay.draft_saved_at) == (1, {one: "Tôi", two: ""}, LATER)
    assert mark(db, essay) is EssayMark.DRAFT

    service.keep_draft(db, essay, {one: " "}, revision=1, now=LATER)

    assert mark(db, essay) is EssayMark.NONE


def test_a_draft_is_in_the_database_as_it_was_typed(db: Session, world: World) -> None:
    essay = begun(db, world)
    one, two = keys(essay.round)
    service.keep_draft(
        db, essay, {two: unicodedata.normalize("NFD", "Đọc kỹ\r\n")}, revision=0, now=LATER
    )

    db.expire_all()

    assert (essay.draft[two], essay.draft[one], essay.draft_revision) == ("Đọc kỹ\n", "", 1)


def test_a_stale_window_does_not_overwrite_the_draft(db: Session, world: World) -> None:
    essay = world.essay(text="old")
    one = keys(essay.round)[0]
    seen = essay.draft_revision
    service.keep_draft(db, essay, {one: "newer, from the phone"}, revision=seen, now=NOW)

    with pytest.raises(Conflict):
        service.keep_draft(db, essay, {one: "older, from the desk"}, revision=seen, now=NOW)

    db.expire_all()
    assert (essay.draft[one], essay.draft_revision) == ("newer, from the phone", seen + 1)


def test_the_same_words_again_are_no_change_and_no_conflict(db: Session, world: World) -> None:
    essay = world.essay(text="old")
    one = keys(essay.round)[0]
    revision = service.keep_draft(db, essay, {one: "new"}, revision=1, now=LATER)

    again = service.keep_draft(db, essay, {one: "new"}, revision=1, now=NOW + timedelta(hours=1))

    assert (again, essay.draft_saved_at) == (revision, LATER)


def test_an_essay_that_waits_takes_no_words(db: Session, world: World) -> None:
    essay = world.essay(state=State.SUBMITTED)

    with pytest.raises(Untimely):
        service.keep_draft(db, essay, {keys(essay.round)[0]: "more"}, revision=1, now=NOW)


def test_a_draft_is_kept_even_after_the_deadline(db: Session, world: World) -> None:
    essay = world.essay()

    after = NOW + timedelta(days=30)
    revision = service.keep_draft(db, essay, {keys(essay.round)[0]: "x"}, revision=1, now=after)

    assert revision == 2


def test_only_questions_of_the_round_are_taken(db: Session, world: World) -> None:
    essay = world.essay()

    with pytest.raises(Unfit):
        service.keep_draft(db, essay, {"somewhere else": "x"}, revision=1, now=NOW)


def test_a_text_beyond_all_measure_is_refused(db: Session, world: World) -> None:
    essay = world.essay()

    with pytest.raises(Unfit, match="too long"):
        service.keep_draft(
            db, essay, {keys(essay.round)[0]: "x" * (LONGEST + 1)}, revision=1, now=NOW
        )


def test_to_keep_a_draft_takes_one_statement(db: Session, world: World) -> None:
    essay = begun(db, world)
    one, two = keys(essay.round)
    service.keep_draft(db, essay, {one: "a"}, revision=0, now=NOW)
    db.flush()
    db.expire_all()
    essay = db.get_one(Essay, essay.id)

    with counted(db) as statements:
        service.keep_draft(db, essay, {one: "b", two: "c"}, revision=1, now=NOW)

    assert [statement.split()[0] for statement in statements] == ["UPDATE"]


def test_the_text_that_gives_way_is_put_aside(db: Session, world: World) -> None:
    essay = world.essay(text="from the phone")
    one, two = keys(essay.round)

    service.settle_conflict(
        db,
        essay,
        {one: "from the desk", two: "from the phone"},
        revision=1,
        now=LATER,
        given_up={one: "from the desk", two: "also typed at the desk"},
    )

    kept = db.scalars(select(KeptDraft.draft).where(KeptDraft.essay_id == essay.id)).all()
    assert essay.draft == {one: "from the desk", two: "from the phone"}
    assert {one: "from the phone", two: "from the phone"} in kept
    assert {one: "from the desk", two: "also typed at the desk"} in kept


def test_to_take_the_other_text_puts_ones_own_aside(db: Session, world: World) -> None:
    essay = world.essay(text="theirs")
    one, two = keys(essay.round)

    revision = service.settle_conflict(
        db,
        essay,
        {one: "theirs", two: "theirs"},
        revision=1,
        now=LATER,
        given_up={one: "mine", two: "mine"},
    )

    kept = db.scalars(select(KeptDraft.draft)).all()
    assert (revision, kept) == (1, [{one: "mine", two: "mine"}])


def test_a_conflict_settled_too_late_changes_nothing(db: Session, world: World) -> None:
    essay = world.essay(text="theirs")
    one = keys(essay.round)[0]
    service.keep_draft(db, essay, {one: "theirs, newer"}, revision=1, now=NOW)

    with pytest.raises(Conflict):
        service.settle_conflict(db, essay, {one: "mine"}, revision=1, now=NOW)

    assert db.scalar(select(func.count()).where(~KeptDraft.in_passing)) == 0
