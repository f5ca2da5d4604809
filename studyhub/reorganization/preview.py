"""What an act will do, shown before it is done: nothing here changes anything."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from studyhub.accounts.models import User
from studyhub.completion.models import Tally
from studyhub.kernel.actor import Post
from studyhub.kernel.clock import ONE_DAY
from studyhub.org import closing
from studyhub.org.models import Appointment, Unit
from studyhub.org.succession import Act
from studyhub.org.tree import path_below
from studyhub.reorganization import going_over
from studyhub.reorganization.headcounts import headcounts
from studyhub.reorganization.plan import Plan
from studyhub.reorganization.scheme import STAYS, Scheme, scheme
from studyhub.rounds.lifecycle import RoundState
from studyhub.rounds.models import AudienceUnit, StudyRound

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
class TouchedRound:
    """An open round that counts people of these units."""

    round: StudyRound
    required: int
    writing: int
    waiting: int
    returned: int
    can_go_over: bool
    """Whether the choice is free; otherwise it finishes as it was summoned."""


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
    rounds: Sequence[TouchedRound]
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
        rounds=_rounds(db, found, touched),
        drafts=_drafts(db, found.ending),
        finished=_finished(db, touched),
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
    ending = [post for unit in found.ending for post in closing.posts_until(db, unit, last)]
    return sorted(ending, key=lambda one: POSTS.index(one.post))


def _branches(db: Session, found: Scheme) -> int:
    moved = [*found.children] if not found.is_of_cells else []
    moved += found.units if found.plan.act is Act.MOVE else []
    paths = [unit.path for unit in moved]
    return sum(
        db.scalar(select(func.count()).where(Unit.path.startswith(path, autoescape=True))) or 0
        for path in paths
    )


def _rounds(db: Session, found: Scheme, touched: Sequence[Unit]) -> list[TouchedRound]:
    rounds, ids = going_over.open_rounds(db, touched), [unit.id for unit in found.units]
    rows = db.execute(
        select(
            Tally.round_id,
            func.sum(Tally.required),
            func.sum(Tally.writing),
            func.sum(Tally.waiting),
            func.sum(Tally.returned),
        )
        .where(Tally.round_id.in_([one.id for one in rounds]), Tally.unit_id.in_(ids))
        .group_by(Tally.round_id)
    )
    told = {round_id: figures for round_id, *figures in rows}
    places = _paths_after(found)
    return [_touched(one, told.get(one.id, [0, 0, 0, 0]), places) for one in rounds]


def _touched(round_: StudyRound, figures: Sequence[int], places: Sequence[str]) -> TouchedRound:
    required, writing, waiting, returned = figures
    return TouchedRound(
        round=round_, required=required, writing=writing, waiting=waiting, returned=returned,
        can_go_over=going_over.can_go_over(round_, places),
    )  # fmt: skip


def _paths_after(found: Scheme) -> list[str]:
    """Where those who go will be; a new unit stands beside the first of those it comes from."""
    first = found.units[0]
    if found.plan.act is Act.RENAME:
        return [first.path]
    paths = [unit.path for unit in found.others.values()]
    if found.plan.founded and first.parent:
        paths.append(path_below(first.parent.path, first.parent.children_ever + 1))
    return paths


def _drafts(db: Session, ending: Sequence[Unit]) -> Sequence[StudyRound]:
    ids = [unit.id for unit in ending]
    return db.scalars(
        select(StudyRound)
        .join(AudienceUnit, AudienceUnit.round_id == StudyRound.id)
        .where(AudienceUnit.unit_id.in_(ids), StudyRound.state == RoundState.DRAFT)
        .distinct()
    ).all()


def _finished(db: Session, touched: Sequence[Unit]) -> int:
    return (
        db.scalar(
            select(func.count(Tally.round_id.distinct()))
            .join(StudyRound, StudyRound.id == Tally.round_id)
            .where(
                Tally.unit_id.in_([unit.id for unit in touched]),
                StudyRound.state == RoundState.CLOSED,
            )
        )
        or 0
    )
