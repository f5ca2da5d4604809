"""The law of units, people, posts, and of what one is sent."""

from collections.abc import Iterable

from studyhub.access.reach import (
    FOLLOWERS,
    JUDGES,
    KEEPERS,
    SEERS,
    holds,
    is_home,
    sits_over,
)
from studyhub.accounts.models import User
from studyhub.calendars.models import Feed
from studyhub.kernel.actor import Actor, Post
from studyhub.mail.models import Letter
from studyhub.notices.models import Notice
from studyhub.org.models import Appointment, Membership, Unit
from studyhub.org.petitions import Petition
from studyhub.org.stays import Stay
from studyhub.org.succession import Reorganization


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


def keep_mail(actor: Actor, _letter: Letter | None = None) -> bool:
    """Administrators of the whole organization: letters go to all of its people."""
    return any(path.count("/") == 1 for path in actor.seats(Post.ADMIN))


def keep_feed(actor: Actor, feed: Feed) -> bool:
    """Nobody but the person whose calendar it is."""
    return feed.user_id == actor.user_id


def see_notice(actor: Actor, notice: Notice) -> bool:
    """Nobody but the person it was written to."""
    return notice.user_id == actor.user_id
