"""A draft typed in old letters: recognised, shown, and converted only where one says so."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from studyhub.essays import letters
from studyhub.essays.models import Essay, KeptDraft
from studyhub.kernel.errors import Conflict, Unfit
from tests.world import NOW, World

OLD = "§¶ng Céng s¶n ViÖt Nam lu«n l·nh ®¹o nh©n d©n ta.\n\nChóng t«i quyÕt t©m häc tËp."
NEW = "Đảng Cộng sản Việt Nam luôn lãnh đạo nhân dân ta.\n\nChúng tôi quyết tâm học tập."
PLAIN = "Đảng Cộng sản Việt Nam luôn lãnh đạo nhân dân ta."


def test_only_the_parts_that_are_old_are_converted() -> None:
    assert letters.converted({"a": OLD, "b": PLAIN, "c": ""}) == {"a": NEW}
    assert letters.converted({"a": "Plain English words, and “quotes” – nothing old."}) == {}


def written(world: World) -> Essay:
    essay = world.essay(world.an, text=OLD)
    world.db.flush()
    return essay


def test_the_old_text_stays_in_the_history(db: Session, world: World) -> None:
    essay = written(world)
    letters.convert(db, essay, revision=essay.draft_revision, now=NOW)
    db.flush()
    assert OLD not in essay.draft.values()
    assert NEW in essay.draft.values()
    [kept] = db.scalars(select(KeptDraft).where(KeptDraft.essay_id == essay.id))
    assert OLD in kept.draft.values()
    with pytest.raises(Unfit):
        letters.convert(db, essay, revision=essay.draft_revision, now=NOW)


def test_a_text_changed_meanwhile_is_not_written_over(db: Session, world: World) -> None:
    essay = written(world)
    with pytest.raises(Conflict):
        letters.convert(db, essay, revision=essay.draft_revision + 1, now=NOW)
    assert OLD in essay.draft.values()
