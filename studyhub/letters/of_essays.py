"""Letters about one's own essay: the receipt, and that it has been read. No word of the essay."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from studyhub.essays.models import Essay, Version
from studyhub.essays.receipts import in_fours
from studyhub.kernel.words import N_
from studyhub.letters import paths
from studyhub.letters.desk import Desk
from studyhub.mail.message import Words
from studyhub.review.models import Decision, Outcome


def receipt(desk: Desk) -> Words | None:
    """What proves the hand-in; of a version taken back in the meantime, nothing."""
    version = _version(desk)
    if version is None or version not in version.essay.open_versions:
        return None
    essay, code = version.essay, version.receipt_code
    lines = [desk.say(N_("Your study essay has been handed in. Keep this letter as a receipt."))]
    if version.by_rule:
        lines = [
            desk.say(
                N_(
                    "The deadline has passed, and by the rule of the round StudyHub has handed in "
                    "what you had saved. Keep this letter as a receipt."
                )
            )
        ]
    return desk.words(
        desk.say(N_("Receipt %(code)s for your study essay"), code=code),
        *lines,
        facts=(
            (desk.say(N_("Study round")), essay.round.title),
            (desk.say(N_("Receipt code")), code),
            (desk.say(N_("Handed in at")), _handed_in(desk, version)),
            (desk.say(N_("Deadline")), desk.moment(version.due_at) if version.due_at else ""),
            (desk.say(N_("Check value (SHA-256)")), in_fours(version.content_hash)),
        ),
        link=(
            desk.say(N_("The receipt in StudyHub")),
            desk.at(paths.receipt(essay.id, version.number)),
        ),
        more=(
            *_how_to_check(desk, version),
            desk.say(N_("You can switch these letters off on the page of your account.")),
        ),
    )


def decision(desk: Desk) -> Words | None:
    """That there is a result and where; neither grade nor comments. None if it was recalled."""
    version = _version(desk)
    made = desk.db.get(Decision, version.id) if version else None
    if not version or not made or made.decided_at.isoformat() != desk.letter.facts["decided_at"]:
        return None
    title = version.essay.round.title
    if made.outcome is Outcome.ACCEPT:
        subject = desk.say(N_("Your study essay has been accepted"))
        line = desk.say(N_("Your study essay for the round %(round)s is accepted."), round=title)
    else:
        subject = desk.say(N_("Your study essay needs to be completed"))
        line = desk.say(
            N_(
                "Your study essay for the round %(round)s has been read and returned. What to add "
                "stands beside the text; then hand it in once more."
            ),
            round=title,
        )
    link = (desk.say(N_("Open it in StudyHub")), desk.at(paths.essay(version.essay.id)))
    off = desk.say(N_("You can switch these letters off on the page of your account."))
    return desk.words(subject, line, link=link, more=(off,))


def _version(desk: Desk) -> Version | None:
    asked = (
        select(Version)
        .join(Version.essay)
        .where(
            Essay.id == desk.letter.subject_id,
            Essay.author_id == desk.reader.id,
            Version.number == desk.letter.facts["number"],
        )
        .options(joinedload(Version.essay).joinedload(Essay.round))
    )
    return desk.db.scalars(asked).one_or_none()


def _handed_in(desk: Desk, version: Version) -> str:
    came = desk.moment(version.submitted_at)
    early_or_late = _early_or_late(desk, version)
    return f"{came} ({early_or_late})" if early_or_late else came


def _early_or_late(desk: Desk, version: Version) -> str:
    """As the page of the receipt says it."""
    due, came = version.due_at, version.submitted_at
    if due is None or version.by_rule:
        return desk.say(N_("late")) if version.is_late else ""
    if came <= due:
        return desk.say(N_("%(time)s before the deadline"), time=_lapse(desk, due - came))
    if version.is_late:
        return desk.say(N_("%(time)s after the deadline"), time=_lapse(desk, came - due))
    return desk.say(N_("in time, as a revision"))


def _lapse(desk: Desk, lapse: timedelta) -> str:
    """A stretch of time in its two largest units."""
    minutes = max(1, int(lapse.total_seconds() // 60))
    told = (
        desk.count("%(num)d day", "%(num)d days", minutes // (24 * 60)),
        desk.count("%(num)d hour", "%(num)d hours", minutes // 60 % 24),
        desk.count("%(num)d minute", "%(num)d minutes", minutes % 60),
    )
    return " ".join([words for words in told if not words.startswith("0 ")][:2])


def _how_to_check(desk: Desk, version: Version) -> tuple[str, ...]:
    """Of handwritten pages the text alone proves nothing."""
    if version.pages:
        return ()
    where = desk.at(paths.check(version.receipt_code))
    return (
        desk.say(
            N_("Anybody who has the text and the code can check both, without an account: %(url)s"),
            url=where,
        ),
    )
