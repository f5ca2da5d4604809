"""Letters about a study round: what one still owes it."""

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from studyhub.completion.models import Progress
from studyhub.kernel.words import N_
from studyhub.letters import paths
from studyhub.letters.desk import Desk
from studyhub.mail.message import Words
from studyhub.reminding.lacking import WORDS, Lack
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import Summons


def reminder(desk: Desk) -> Words | None:
    """What is still to be done, and until when; None when it has been done meanwhile."""
    progress = _progress(desk)
    if progress is None or progress.done:
        return None
    round_ = progress.summons.round
    owed = ", ".join(desk.say(WORDS[Lack(one)]) for one in desk.letter.facts["lacks"].split(","))
    return desk.words(
        desk.say(N_("A reminder: %(round)s"), round=round_.title),
        desk.say(N_("In this study round you still have to: %(lacks)s."), lacks=owed),
        facts=(
            (desk.say(N_("Study round")), round_.title),
            (desk.say(N_("Deadline")), desk.moment(progress.summons.deadline)),
        ),
        link=(desk.say(N_("Open it in StudyHub")), desk.at(paths.round_(round_.id))),
        more=(
            desk.say(N_("If you have done it on paper, tell the secretary of your cell.")),
            desk.say(N_("You can switch these letters off on the page of your account.")),
        ),
    )


def _progress(desk: Desk) -> Progress | None:
    return desk.db.scalars(
        select(Progress)
        .join(Progress.summons)
        .join(Summons.round)
        .where(
            Summons.round_id == desk.letter.subject_id,
            Summons.user_id == desk.reader.id,
            Summons.round.has(state=RoundState.OPEN),
        )
        .options(contains_eager(Progress.summons).contains_eager(Summons.round))
    ).one_or_none()
