"""Essays on their way to the shelf."""

from datetime import datetime

from studyhub.accounts.models import User
from studyhub.booklet import answering, proposing
from studyhub.booklet.models import GoodEssay, Naming
from studyhub.essays.lifecycle import State
from studyhub.essays.models import Essay
from studyhub.review import service
from studyhub.review.models import Outcome
from studyhub.rounds.models import StudyRound
from tests.world import NOW, World

TEXT = "Tôi đã đọc kỹ nghị quyết và liên hệ với công việc."


def accepted(
    world: World, author: User | None = None, round_: StudyRound | None = None, text: str = TEXT
) -> Essay:
    """Handed in, and accepted by Binh (or by Chi, in cell two)."""
    essay = world.essay(author, round_=round_, state=State.SUBMITTED, text=text)
    judge = world.chi if essay.cell is world.other_cell else world.binh
    service.decide(
        world.db, essay, 1, outcome=Outcome.ACCEPT, grade=None, remark="Tốt.",
        by=world.actor(judge), now=NOW,
    )  # fmt: skip
    world.db.flush()
    return essay


def proposed(world: World, essay: Essay | None = None, reason: str = "Liên hệ sát.") -> GoodEssay:
    """Proposed by the secretary of its cell."""
    essay = essay or accepted(world)
    judge = world.chi if essay.cell is world.other_cell else world.binh
    return proposing.propose(world.db, essay, reason=reason, by=world.actor(judge), now=NOW)


def asked(world: World, essay: Essay | None = None) -> GoodEssay:
    """Approved by Dung: its author is asked."""
    good = proposed(world, essay)
    answering.approve(world.db, good, word="Đồng tình.", by=world.actor(world.dung), now=NOW)
    return good


def published(
    world: World, essay: Essay | None = None, naming: Naming = Naming.NAME, now: datetime = NOW
) -> GoodEssay:
    """Its author agrees."""
    good = asked(world, essay)
    by = world.actor(good.essay.author)
    answering.agree(world.db, good, naming=naming, by=by, now=now)
    world.db.flush()
    return good
