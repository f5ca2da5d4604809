"""What an act will do, shown before it is done: nothing here changes anything."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from studyhub.accounts.models import User
from studyhub.kernel.actor import Post
from studyhub.kernel.clock import ONE_DAY
from studyhub.org import closing
from studyhub.org.models import Appointment, Unit
from studyhub.org.rules import LEADING
from studyhub.org.succession import Act
from studyhub.reorganization import rounds_met
from studyhub.reorganization.headcounts import headcounts
from studyhub.reorganization.plan import Plan
from studyhub.reorganization.scheme import STAYS, Scheme, scheme
from studyhub.rounds.models import StudyRound

JUDGES = (Post.SECRETARY, Post.DEPUTY)
POSTS = list(Post)


@dataclass(frozen=True, kw_only=True)
class Side:
    """A unit before or after the act, with how many belong to it."""

    name: str
    members: int
    unit: Unit | None = None
    """None: it will be founded."""
    reviewers: Sequence[str] = ()
    """After the act: who will judge the essays there; empty: nobody yet."""


@dataclass(frozen=True, kw_only=True)
class Preview:
    """Everything an act would do."""

    before: Sequence[Side]
    after: Sequence[Side]
    ending: Sequence[Unit]
    posts: Sequence[Appointment]
    groups: int
    branches: int
    """Units that change their place, with all below them."""
    rounds: Sequence[rounds_met.TouchedRound]
    drafts: Sequence[StudyRound]
    finished: int

    @property
    def last(self) -> Sequence[str]:
        """The names of the units that end."""
        return [unit.name for unit in self.ending]


def preview(db: Session, plan: Plan) -> Preview:
    """What carrying the plan out would do, as things stand now; or the refusal it would meet."""
    found = scheme(db, plan)
    last = plan.day - ONE_DAY
    touched = [*found.units, *found.children]
    return Preview(
        before=[*_before(db, found), *_staying(db, found)],
        after=_after(db, found),
        ending=found.ending,
        posts=_posts_ending(db, found, last),
        groups=sum(len(closing.groups_until(db, unit, last)) for unit in found.ending),
        branches=_branches(db, found),
        rounds=rounds_met.open_rounds(db, found, touched),
        drafts=rounds_met.drafts(db, found.ending),
        finished=rounds_met.finished(db, touched),
    )


def _before(db: Session, found: Scheme) -> list[Side]:
    counts = headcounts(db, found.units)
    return [Side(name=one.name, members=counts[one.id], unit=one) for one in found.units]


def _staying(db: Session, found: Scheme) -> list[Side]:
    """Units that are there already and take somebody in."""
    if found.plan.act is Act.MOVE:
        return []
    others = list(found.others.values())
    counts = headcounts(db, others)
    return [Side(name=one.name, members=counts[one.id], unit=one) for one in others]


def _after(db: Session, found: Scheme) -> list[Side]:
    if found.plan.act in {Act.RENAME, Act.MOVE}:
        name = found.plan.name or found.units[0].name
        return [Side(name=name, members=_before(db, found)[0].members, unit=found.units[0])]
    arriving = {place: _arriving(db, found, place) for place in found.places}
    sides = [_going_on(db, found, sum(arriving.values()))] if found.plan.goes_on else []
    return [*sides, *(_side(db, found, place, arriving[place]) for place in found.places)]


def _going_on(db: Session, found: Scheme, leaving: int) -> Side:
    unit = found.units[0]
    left = {one.user_id for one in found.members if found.place_of(one.user_id) != STAYS}
    judges = _judges(db, unit, found.plan.day, without=left)
    members = _before(db, found)[0].members - leaving
    return Side(name=unit.name, members=members, unit=unit, reviewers=judges)


def _side(db: Session, found: Scheme, place: str, arriving: int) -> Side:
    unit = found.others.get(place)
    chosen = _secretary(db, found, place)
    if unit is None:
        new = next(one for one in found.plan.founded if one.key == place)
        return Side(name=new.name, members=arriving, reviewers=[chosen] if chosen else [])
    members = headcounts(db, [unit])[unit.id] + arriving
    judges = _judges(db, unit, found.plan.day, secretary=chosen)
    return Side(name=unit.name, members=members, unit=unit, reviewers=judges)


def _arriving(db: Session, found: Scheme, place: str) -> int:
    children = [one for one in found.children if found.place_of(one.id) == place]
    below = headcounts(db, children)
    return len(found.arriving_at(place)) + sum(below.values())


def _secretary(db: Session, found: Scheme, place: str) -> str:
    """The name of whoever the plan makes secretary there."""
    named = {one.key: one.secretary for one in found.plan.founded if one.secretary}
    user_id: UUID | None = named.get(place)
    if user_id is None and place == found.main_place:
        user_id = found.plan.secretary
    user = db.get(User, user_id) if user_id else None
    return user.full_name if user else ""


def _judges(
    db: Session,
    unit: Unit,
    day: date,
    *,
    secretary: str = "",
    without: Collection[UUID] = (),
) -> list[str]:
    """Who judges essays in a unit that goes on, by the rank of their posts."""
    held = db.scalars(
        select(Appointment)
        .where(
            Appointment.unit_id == unit.id, Appointment.post.in_(JUDGES), Appointment.covers(day)
        )
        .options(joinedload(Appointment.user))
        .order_by(Appointment.post.desc())
    )
    going_on = [one for one in held if one.user_id not in without]
    if secretary:
        others = [one.user.full_name for one in going_on if one.post is not Post.SECRETARY]
        return list(dict.fromkeys([secretary, *others]))
    return [one.user.full_name for one in going_on]


def _posts_ending(db: Session, found: Scheme, last: date) -> list[Appointment]:
    """Those of units that end; where a unit goes on, those of the members who go."""
    units = found.units if found.plan.goes_on else found.ending
    posts = [post for unit in units for post in closing.posts_until(db, unit, last)]
    going = {one.user_id for one in found.members if found.place_of(one.user_id) != STAYS}
    ending = [
        post
        for post in posts
        if not found.plan.goes_on or (post.post in LEADING and post.user_id in going)
    ]
    return sorted(ending, key=lambda one: POSTS.index(one.post))


def _branches(db: Session, found: Scheme) -> int:
    moved = [*found.children] if not found.is_of_cells else []
    moved += found.units if found.plan.act is Act.MOVE else []
    paths = [unit.path for unit in moved]
    return sum(
        db.scalar(select(func.count()).where(Unit.path.startswith(path, autoescape=True))) or 0
        for path in paths
    )
