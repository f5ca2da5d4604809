"""The law, on one page. Each function answers: may this actor do this to that?

Pure predicates: no database, no request, no clock. They say *who*; the
lifecycles say *when*. `scope` says the same thing as SQL, and a test holds
the two to each other.
"""

from collections.abc import Iterable

from studyhub.access.reach import (
    FOLLOWERS,
    JUDGES,
    KEEPERS,
    LEADERS,
    READERS,
    SEERS,
    follows_audience,
    holds,
    is_home,
    sits_over,
)
from studyhub.accounts.models import User
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Actor, Post
from studyhub.library.models import Document
from studyhub.notices.models import Notice
from studyhub.org.models import Appointment, Membership, Unit
from studyhub.org.petitions import Petition
from studyhub.org.stays import Stay
from studyhub.org.succession import Reorganization
from studyhub.rounds.models import StudyRound
from studyhub.study.models import StudySession

# Organization


def see_unit(actor: Actor, unit: Unit) -> bool:
    """Those set over it, and the members of the cell and of all cells in it."""
    return holds(actor, (*FOLLOWERS, Post.ADMIN), unit.path) or is_home(actor, unit)


def change_unit(actor: Actor, unit: Unit) -> bool:
    """Officers and administrators, within their territory."""
    return holds(actor, KEEPERS, unit.path)


def reorganize(actor: Actor, unit: Unit) -> bool:
    """Officers and administrators, each within their own units; an act needs it for every one."""
    return holds(actor, KEEPERS, unit.path)


def see_reorganization(actor: Actor, act: Reorganization) -> bool:
    """Whoever sees one of its units."""
    return any(see_unit(actor, touched.unit) for touched in act.units)


def change_reorganization(actor: Actor, act: Reorganization) -> bool:
    """Officers and administrators over all of its units: to cancel, undo or try it again.

    What a unit has taken over with it does not count: whoever keeps the heir alone undoes nothing.
    """
    paths = [touched.unit.path for touched in act.units]
    return bool(paths) and all(sits_over(actor, KEEPERS, path) for path in paths)


def see_register(actor: Actor, unit: Unit) -> bool:
    """Who belongs to its cells, with figures and how to reach them: those set over it."""
    return holds(actor, (*FOLLOWERS, Post.ADMIN), unit.path)


def import_roster(actor: Actor, unit: Unit) -> bool:
    """Administrators, into the units they keep: a list changes hundreds of people at once."""
    return holds(actor, (Post.ADMIN,), unit.path)


def appoint_administrator(actor: Actor, unit: Unit) -> bool:
    """Administrators are made, and unmade, by administrators."""
    return holds(actor, (Post.ADMIN,), unit.path)


def see_member(actor: Actor, membership: Membership) -> bool:
    """The person, those who lead or follow the cell, and those who keep the register."""
    return membership.user_id == actor.user_id or holds(actor, SEERS, membership.cell.path)


def change_member(actor: Actor, membership: Membership) -> bool:
    """Those who keep the register of the cell, and of the one the person has gone to since."""
    return holds(actor, KEEPERS, membership.cell.path) and (
        holds(actor, KEEPERS, membership.path_on(actor.today))
    )


def give_password(actor: Actor, posts: Iterable[Appointment]) -> bool:
    """To somebody with these posts: only from above them all, or a password would lend power."""
    return all(
        appoint_administrator(actor, held.unit)
        if held.post is Post.ADMIN
        else change_unit(actor, held.unit)
        for held in posts
    )


def see_person(actor: Actor, person: User) -> bool:
    """One's own account; others are reached through their membership."""
    return person.id == actor.user_id


def see_stay(actor: Actor, stay: Stay) -> bool:
    """The person, and those set over the official cell or the host: where, and how long."""
    cells = (stay.host.path, stay.home_on(actor.today))
    return stay.user_id == actor.user_id or any(holds(actor, SEERS, path) for path in cells)


def change_stay(actor: Actor, stay: Stay) -> bool:
    """Those who keep the register of the official cell; the host keeps nothing of its guests."""
    return holds(actor, KEEPERS, stay.home_on(actor.today))


def ask_for_member(actor: Actor, about: Membership | Petition) -> bool:
    """Secretary and deputy, for the members of their cell; what was asked they can withdraw."""
    return holds(actor, JUDGES, about.cell.path)


def see_petition(actor: Actor, petition: Petition) -> bool:
    """Secretary and deputy of the cell that asks, and those who decide."""
    return holds(actor, (*JUDGES, *KEEPERS), petition.cell.path)


def decide_petition(actor: Actor, petition: Petition) -> bool:
    """Officers and administrators above the cell that asks."""
    return holds(actor, KEEPERS, petition.cell.path)


def see_notice(actor: Actor, notice: Notice) -> bool:
    """Nobody but the person it was written to."""
    return notice.user_id == actor.user_id


# Library


def read_document(actor: Actor, document: Document) -> bool:
    """Everybody who is signed in: secret documents must not be loaded at all."""
    return bool(actor and document)


def change_document(actor: Actor, document: Document) -> bool:
    """Officers, whoever of them added it."""
    return actor.holds(Post.OFFICER) and read_document(actor, document)


# Rounds and sessions


def see_round(actor: Actor, round_: StudyRound) -> bool:
    """Those on its list, those who plan it, and those who follow units of its audience."""
    return (
        round_.id in actor.summoned_to
        or manage_round(actor, round_)
        or (round_.opened_at is not None and follows_audience(actor, round_))
    )


def manage_round(actor: Actor, round_: StudyRound) -> bool:
    """The officers of the unit that holds it, and those above."""
    return holds(actor, (Post.OFFICER,), round_.unit.path)


def take_part(actor: Actor, round_: StudyRound) -> bool:
    """Those on its list."""
    return round_.id in actor.summoned_to


def see_session(actor: Actor, session: StudySession) -> bool:
    """Whoever sees the round."""
    return see_round(actor, session.round)


def manage_session(actor: Actor, session: StudySession) -> bool:
    """Whoever manages the round."""
    return manage_round(actor, session.round)


def check_in(actor: Actor, session: StudySession) -> bool:
    """Those on the list of its round."""
    return take_part(actor, session.round)


def show_code(actor: Actor, session: StudySession) -> bool:
    """Those who manage the session, and the leaders of a cell: a chair shows it on a screen."""
    return see_session(actor, session) and (manage_session(actor, session) or actor.holds(*LEADERS))


def see_roll(actor: Actor, session: StudySession) -> bool:
    """Those who follow some unit; they see the cells they follow and no others."""
    return see_session(actor, session) and actor.holds(*FOLLOWERS)


def call_roll(actor: Actor, unit: Unit) -> bool:
    """The leaders of the cell, and officers above."""
    return holds(actor, (*LEADERS, Post.OFFICER), unit.path)


# Essays and review


def read_essay(actor: Actor, essay: Essay) -> bool:
    """The author always; those set over the cell once it has been handed in."""
    return _wrote(actor, essay) or (
        essay.has_been_handed_in and holds(actor, READERS, essay.cell.path)
    )


def write_essay(actor: Actor, essay: Essay) -> bool:
    """Nobody but the author, whatever office they hold."""
    return _wrote(actor, essay)


def judge_essay(actor: Actor, essay: Essay) -> bool:
    """Secretary or deputy of the cell; for a leader's essay also the committee above.

    Nobody judges their own.
    """
    return not _wrote(actor, essay) and (
        holds(actor, JUDGES, essay.cell.path)
        or (essay.author_leads and holds(actor, (Post.OFFICER,), essay.cell.path))
    )


def judge_in(actor: Actor, unit: Unit) -> bool:
    """Secretary or deputy of the cell."""
    return holds(actor, JUDGES, unit.path)


# Completion


def follow_unit(actor: Actor, unit: Unit) -> bool:
    """Those who lead the unit or follow it from above."""
    return holds(actor, FOLLOWERS, unit.path)


def _wrote(actor: Actor, essay: Essay) -> bool:
    return essay.author_id == actor.user_id
