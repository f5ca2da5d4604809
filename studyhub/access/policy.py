"""The law, on one page. Each function answers: may this actor do this to that?

Pure predicates: no database, no request, no clock. They say *who*; the
lifecycles say *when*. `scope` says the same thing as SQL, and a test holds
the two to each other.
"""

from collections.abc import Iterable

from studyhub.accounts.models import User
from studyhub.completion.models import Tally
from studyhub.essays.models import Essay
from studyhub.kernel.actor import Actor, Post
from studyhub.library.models import Document
from studyhub.org.models import Appointment, Membership, Unit
from studyhub.org.tree import is_within_any
from studyhub.rounds.models import StudyRound
from studyhub.study.models import StudySession

LEADERS = (Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER)
"""Those who lead a cell."""

FOLLOWERS = (*LEADERS, Post.OFFICER, Post.OVERSEER)
"""Those who see how far the members of their units are."""

JUDGES = (Post.SECRETARY, Post.DEPUTY)
READERS = (*JUDGES, Post.OFFICER, Post.OVERSEER)
KEEPERS = (Post.ADMIN, Post.OFFICER)


# Organization


def see_unit(actor: Actor, unit: Unit) -> bool:
    """Those set over it, and the members of the cell and of all cells in it."""
    return _holds(actor, (*FOLLOWERS, Post.ADMIN), unit.path) or _is_home(actor, unit)


def change_unit(actor: Actor, unit: Unit) -> bool:
    """Officers and administrators, within their territory."""
    return _holds(actor, KEEPERS, unit.path)


def see_register(actor: Actor, unit: Unit) -> bool:
    """Who belongs to its cells, with figures and how to reach them: those set over it."""
    return _holds(actor, (*FOLLOWERS, Post.ADMIN), unit.path)


def import_roster(actor: Actor, unit: Unit) -> bool:
    """Administrators, into the units they keep: a list changes hundreds of people at once."""
    return _holds(actor, (Post.ADMIN,), unit.path)


def appoint_administrator(actor: Actor, unit: Unit) -> bool:
    """Administrators are made, and unmade, by administrators."""
    return _holds(actor, (Post.ADMIN,), unit.path)


def see_member(actor: Actor, membership: Membership) -> bool:
    """The person, those who lead or follow the cell, and those who keep the register."""
    return membership.user_id == actor.user_id or (
        _holds(actor, (*FOLLOWERS, Post.ADMIN), membership.cell.path)
    )


def change_member(actor: Actor, membership: Membership) -> bool:
    """Those who keep the register of the cell, and of the one the person has gone to since."""
    return _holds(actor, KEEPERS, membership.cell.path) and (
        _holds(actor, KEEPERS, membership.latest_path)
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
        or (round_.opened_at is not None and _follows_audience(actor, round_))
    )


def manage_round(actor: Actor, round_: StudyRound) -> bool:
    """The officers of the unit that holds it, and those above."""
    return _holds(actor, (Post.OFFICER,), round_.unit.path)


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
    return _holds(actor, (*LEADERS, Post.OFFICER), unit.path)


# Essays and review


def read_essay(actor: Actor, essay: Essay) -> bool:
    """The author always; those set over the cell once it has been handed in."""
    return _wrote(actor, essay) or (
        essay.has_been_handed_in and _holds(actor, READERS, essay.cell.path)
    )


def write_essay(actor: Actor, essay: Essay) -> bool:
    """Nobody but the author, whatever office they hold."""
    return _wrote(actor, essay)


def judge_essay(actor: Actor, essay: Essay) -> bool:
    """Secretary or deputy of the cell; for a leader's essay also the committee above.

    Nobody judges their own.
    """
    return not _wrote(actor, essay) and (
        _holds(actor, JUDGES, essay.cell.path)
        or (essay.author_leads and _holds(actor, (Post.OFFICER,), essay.cell.path))
    )


def judge_in(actor: Actor, unit: Unit | Tally) -> bool:
    """Secretary or deputy of the cell."""
    return _holds(actor, JUDGES, unit.path)


# Completion


def follow_unit(actor: Actor, unit: Unit) -> bool:
    """Those who lead the unit or follow it from above."""
    return _holds(actor, FOLLOWERS, unit.path)


def _wrote(actor: Actor, essay: Essay) -> bool:
    return essay.author_id == actor.user_id


def _is_home(actor: Actor, unit: Unit) -> bool:
    return bool(actor.home) and actor.home.startswith(unit.path)


def _holds(actor: Actor, posts: tuple[Post, ...], path: str) -> bool:
    return is_within_any(path, actor.territory(*posts))


def _follows_audience(actor: Actor, round_: StudyRound) -> bool:
    followed = actor.territory(*FOLLOWERS)
    return any(
        is_within_any(entry.unit.path, followed) or _reaches(followed, entry.unit.path)
        for entry in round_.audience
    )


def _reaches(followed: tuple[str, ...], path: str) -> bool:
    """Whether some followed unit lies below the unit at `path`."""
    return any(territory.startswith(path) for territory in followed)
