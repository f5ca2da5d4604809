"""A calibration with three pasted texts, Binh and Chi at the table."""

from sqlalchemy import select

from studyhub.accounts.models import User
from studyhub.calibration import judging, setting_up
from studyhub.calibration.models import Calibration
from studyhub.kernel.actor import Post
from studyhub.org.models import Appointment
from studyhub.review.models import Outcome
from studyhub.rounds.grading import Grade
from studyhub.rounds.models import StudyRound
from tests.world import NOW, World

PARTS = [{"title": "Nhận thức", "text": "Tôi đã đọc kỹ."}, {"title": "Liên hệ", "text": "Sẽ làm."}]


def appointments(world: World, *people: User) -> list[Appointment]:
    """Their posts as secretary or deputy."""
    found = world.db.scalars(
        select(Appointment).where(
            Appointment.user_id.in_([one.id for one in people]),
            Appointment.post.in_((Post.SECRETARY, Post.DEPUTY)),
        )
    )
    return list(found)


def planned(world: World, round_: StudyRound | None = None, *people: User) -> Calibration:
    """Three texts, and these invited (or Binh and Chi)."""
    by = world.actor(world.dung)
    made = setting_up.plan(world.db, round_ or world.round(), by=by, now=NOW)
    for position in (1, 2, 3):
        setting_up.put_text(world.db, made, position, PARTS, by=by, now=NOW)
    invited = appointments(world, *(people or (world.binh, world.chi)))
    setting_up.invite(world.db, made, invited, by=by, now=NOW)
    return made


def begun(world: World, round_: StudyRound | None = None, *people: User) -> Calibration:
    """The same, begun."""
    made = planned(world, round_, *people)
    setting_up.begin(world.db, made, by=world.actor(world.dung), now=NOW)
    world.db.flush()
    return made


def judges(
    world: World,
    made: Calibration,
    who: User,
    position: int,
    outcome: Outcome | None = Outcome.ACCEPT,
    *,
    grade: Grade | None = None,
    points: tuple[int, ...] = (),
    remark: str = "",
) -> bool:
    """One judgement."""
    return judging.judge(
        world.db, made, position, outcome=outcome, grade=grade, points=points, remark=remark,
        by=world.actor(who), now=NOW,
    )  # fmt: skip
