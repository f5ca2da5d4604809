"""Remarks on a paragraph: private until sent, then unchangeable."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.kernel.errors import Conflict, Forbidden, Missing, Unfit, Untimely
from studyhub.review import queries, service
from studyhub.review.commenting import LONGEST
from studyhub.review.models import Comment, Decision, Outcome
from studyhub.rounds.grading import Grade
from tests.world import NOW, World

SECRET = "điều chỉ người chấm biết"


def waiting(world: World, **settings: object) -> Essay:
    return world.essay(
        round_=world.round(**settings),  # type: ignore[arg-type]
        state=State.SUBMITTED,
        text="Đoạn một.\n\nĐoạn hai.",
    )


def remark_on(db: Session, world: World, essay: Essay, text: str = "Nêu việc cụ thể.") -> Comment:
    return service.comment(
        db,
        essay.versions[-1],
        part=1,
        paragraph=1,
        text=text,
        by=world.actor(world.binh),
        now=NOW,
    )


def decide(
    db: Session,
    world: World,
    essay: Essay,
    outcome: Outcome,
    *,
    grade: Grade | None = None,
    by: str = "binh",
    number: int = 1,
) -> Decision:
    return service.decide(
        db,
        essay,
        number,
        outcome=outcome,
        grade=grade,
        remark=SECRET,
        by=world.actor(getattr(world, by)),
        now=NOW,
    )


def test_a_comment_is_private_until_it_is_sent(db: Session, world: World) -> None:
    essay = waiting(world)
    comment = remark_on(db, world, essay)

    def seen_by(name: str) -> list[Comment]:
        reader = getattr(world, name)
        found = queries.comments_on(db, essay.versions, reader_id=reader.id)
        return found[essay.versions[0].id]

    assert (seen_by("binh"), seen_by("an"), seen_by("giang")) == ([comment], [], [])

    decide(db, world, essay, Outcome.RETURN)
    db.expire_all()

    assert comment.sent_at == NOW
    assert (seen_by("an"), seen_by("giang")) == ([comment], [comment])


def test_the_same_comment_twice_is_one(db: Session, world: World) -> None:
    essay = waiting(world)

    assert remark_on(db, world, essay) is remark_on(db, world, essay)


@pytest.mark.parametrize(("part", "paragraph"), [(2, 0), (0, 2), (-1, 0), (0, -1)])
def test_a_comment_needs_a_paragraph(db: Session, world: World, part: int, paragraph: int) -> None:
    version = waiting(world).versions[0]

    with pytest.raises(Missing):
        service.comment(
            db,
            version,
            part=part,
            paragraph=paragraph,
            text="x",
            by=world.actor(world.binh),
            now=NOW,
        )


@pytest.mark.parametrize("text", ["", "  ", "x" * (LONGEST + 1)])
def test_a_comment_has_words_and_an_end(db: Session, world: World, text: str) -> None:
    with pytest.raises(Unfit):
        remark_on(db, world, waiting(world), text)


def test_one_changes_and_removes_ones_own_comments_only(db: Session, world: World) -> None:
    comment = remark_on(db, world, waiting(world))
    binh, giang = world.actor(world.binh), world.actor(world.giang)

    with pytest.raises(Forbidden):
        service.change_comment(db, comment, text="khác", by=giang, now=NOW)
    with pytest.raises(Forbidden):
        service.remove_comment(db, comment, by=giang)
    service.change_comment(db, comment, text="Nêu số liệu.", by=binh, now=NOW)

    assert comment.text == "Nêu số liệu."

    service.remove_comment(db, comment, by=binh)

    assert db.scalars(select(Comment)).all() == []


def test_what_has_been_sent_is_not_changed(db: Session, world: World) -> None:
    essay = waiting(world)
    comment = remark_on(db, world, essay)
    decide(db, world, essay, Outcome.RETURN)
    db.refresh(comment)

    with pytest.raises(Untimely):
        service.change_comment(db, comment, text="x", by=world.actor(world.binh), now=NOW)
    with pytest.raises(Conflict):
        remark_on(db, world, essay, "thêm nữa")
