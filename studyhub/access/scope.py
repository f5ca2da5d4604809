"""The law as SQL, for lists. Every function here has its twin in `policy`."""

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, false, literal, or_, select

from studyhub.access.reach import FOLLOWERS, JUDGES, KEEPERS, READERS
from studyhub.booklet.models import GoodEssay
from studyhub.calibration.models import Calibration, Seat, Stage
from studyhub.essays.models import Essay
from studyhub.fairness.models import Sample
from studyhub.kernel.actor import Actor, Post
from studyhub.notes.models import Note
from studyhub.org.models import Membership, Unit
from studyhub.org.petitions import Petition
from studyhub.org.stays import Stay
from studyhub.org.succession import Reorganization, TouchedUnit
from studyhub.org.tree import end_of
from studyhub.rounds.models import AudienceUnit, StudyRound


def visible_units(actor: Actor) -> ColumnElement[bool]:
    """Twin of `see_unit`."""
    homes = literal(actor.home).startswith(Unit.path, autoescape=False)
    return or_(held_units(actor, (*FOLLOWERS, Post.ADMIN)), homes if actor.home else false())


def visible_reorganizations(actor: Actor) -> ColumnElement[bool]:
    """Twin of `see_reorganization`."""
    seen = select(TouchedUnit.reorganization_id).join(TouchedUnit.unit)
    return Reorganization.id.in_(seen.where(visible_units(actor)))


def visible_members(actor: Actor) -> ColumnElement[bool]:
    """Twin of `see_member`; told so that the index on the cell is used."""
    own = Membership.user_id == actor.user_id
    if not actor.territory(*FOLLOWERS, Post.ADMIN):
        return own
    return or_(own, Membership.cell_id.in_(select(Unit.id).where(registered_units(actor))))


def registered_units(actor: Actor) -> ColumnElement[bool]:
    """Twin of `see_register`."""
    return held_units(actor, (*FOLLOWERS, Post.ADMIN))


def visible_stays(actor: Actor) -> ColumnElement[bool]:
    """Twin of `see_stay`."""
    paths = actor.territory(*FOLLOWERS, Post.ADMIN)
    return or_(
        Stay.user_id == actor.user_id,
        Stay.host.has(held_units(actor, (*FOLLOWERS, Post.ADMIN))),
        *(_home_of_guest(actor).startswith(path, autoescape=True) for path in paths),
    )


def _home_of_guest(actor: Actor) -> SQLColumnExpression[str]:
    """Twin of `Stay.home_on`."""
    return (
        select(Unit.path)
        .join(Membership, Membership.cell_id == Unit.id)
        .where(Membership.user_id == Stay.user_id, Membership.since <= actor.today)
        .order_by(Membership.since.desc())
        .limit(1)
        .correlate(Stay)
        .scalar_subquery()
    )


def visible_petitions(actor: Actor) -> ColumnElement[bool]:
    """Twin of `see_petition`."""
    return Petition.cell.has(held_units(actor, (*JUDGES, *KEEPERS)))


def decidable_petitions(actor: Actor) -> ColumnElement[bool]:
    """Twin of `decide_petition`."""
    return Petition.cell.has(held_units(actor, KEEPERS))


def kept_units(actor: Actor) -> ColumnElement[bool]:
    """Twin of `change_unit`."""
    return held_units(actor, KEEPERS)


def followed_units(actor: Actor) -> ColumnElement[bool]:
    """Twin of `follow_unit`."""
    return held_units(actor, FOLLOWERS)


def own_notes(actor: Actor) -> ColumnElement[bool]:
    """Twin of `keep_note`."""
    return Note.user_id == actor.user_id


def visible_rounds(actor: Actor) -> ColumnElement[bool]:
    """Twin of `see_round`."""
    followed = StudyRound.audience.any(
        AudienceUnit.unit.has(or_(held_units(actor, FOLLOWERS), _above(actor)))
    )
    return or_(
        StudyRound.id.in_(actor.summoned_to),
        managed_rounds(actor),
        and_(StudyRound.opened_at.is_not(None), or_(followed, StudyRound.id.in_(actor.hosting))),
    )


def managed_rounds(actor: Actor) -> ColumnElement[bool]:
    """Twin of `manage_round`."""
    return StudyRound.unit.has(held_units(actor, (Post.OFFICER,)))


def readable_essays(actor: Actor) -> ColumnElement[bool]:
    """Twin of `read_essay`."""
    return or_(
        Essay.author_id == actor.user_id,
        _in_cells(actor, READERS, Essay.has_been_handed_in),
    )


def judgeable_essays(actor: Actor, *, one_by_one: bool = False) -> ColumnElement[bool]:
    """Twin of `judge_essay`; to be asked of each essay, where they are walked through in turn."""
    leads_or_appeals = or_(Essay.author_leads, Essay.needs_above)
    return and_(
        Essay.author_id != actor.user_id,
        or_(
            _in_cells(actor, JUDGES, one_by_one=one_by_one),
            _in_cells(actor, (Post.OFFICER,), leads_or_appeals, one_by_one=one_by_one),
            *_standing_in(actor, one_by_one=one_by_one),
        ),
    )


def _standing_in(actor: Actor, *, one_by_one: bool) -> list[ColumnElement[bool]]:
    """Twin of `review.in_place.stands_in`; nothing at all for those who stand in nowhere."""
    found, officers = [], (Post.OFFICER,)
    if actor.substitutes:
        below = or_(*(Unit.path.startswith(path, autoescape=True) for path in actor.substitutes))
        found.append(_in_cells(actor, officers, within=below, one_by_one=one_by_one))
    if actor.substitutes_on:
        single = Essay.id.in_(sorted(actor.substitutes_on))
        found.append(_in_cells(actor, officers, single, one_by_one=True))
    return found


def markable_essays(actor: Actor, *, one_by_one: bool = False) -> ColumnElement[bool]:
    """Twin of `mark_essay`."""
    return and_(
        judgeable_essays(actor, one_by_one=one_by_one), ~Essay.has_been_marked_by(actor.user_id)
    )


def visible_samples(actor: Actor) -> ColumnElement[bool]:
    """Twin of `see_sample`."""
    return Sample.unit.has(held_units(actor, (Post.OFFICER, Post.OVERSEER)))


def shared_units(actor: Actor) -> ColumnElement[bool]:
    """Twin of `share_out`."""
    return held_units(actor, (*JUDGES, Post.OFFICER))


def phrase_units(actor: Actor) -> ColumnElement[bool]:
    """Twin of `share_phrases`."""
    return held_units(actor, (Post.OFFICER,))


def followed_good_essays(actor: Actor) -> ColumnElement[bool]:
    """Twin of `follow_good_essay`."""
    decides = _in_cells(actor, (Post.OFFICER,)) & (Essay.author_id != actor.user_id)
    return GoodEssay.essay.has(or_(decides, judgeable_essays(actor)))


def decidable_good_essays(actor: Actor) -> ColumnElement[bool]:
    """Twin of `decide_good_essay`."""
    within = _in_cells(actor, (Post.OFFICER,))
    return GoodEssay.essay.has(within & (Essay.author_id != actor.user_id))


def read_shelves(actor: Actor) -> ColumnElement[bool]:
    """Twin of `read_shelf`."""
    homes = literal(actor.home).startswith(Unit.path, autoescape=False)
    theirs = or_(held_units(actor, FOLLOWERS), _above(actor), homes if actor.home else false())
    return or_(StudyRound.id.in_(actor.summoned_to), StudyRound.unit.has(theirs))


def visible_calibrations(actor: Actor) -> ColumnElement[bool]:
    """Twin of `see_calibration`."""
    invited = Calibration.seats.any(Seat.user_id == actor.user_id)
    return or_(
        and_(Calibration.stage != Stage.DRAFT, invited),
        Calibration.round.has(managed_rounds(actor)),
    )


def _in_cells(
    actor: Actor,
    posts: tuple[Post, ...],
    *also: SQLColumnExpression[bool],
    within: ColumnElement[bool] | None = None,
    one_by_one: bool = False,
) -> ColumnElement[bool]:
    """Essays of cells in the territory; told so that the index on the cell is used.

    Asked one by one, the cell of each is looked up instead: a province has thousands of cells.
    """
    if not actor.territory(*posts):
        return false()  # said plainly: “in no cell” would make the database look at every essay
    cells = select(Unit.id).where(held_units(actor, posts))
    if within is not None:
        cells = cells.where(within)
    if one_by_one:
        return and_(*also, cells.where(Unit.id == Essay.cell_id).correlate(Essay).exists())
    return and_(Essay.cell_id.in_(cells), *also)


def held_units(actor: Actor, posts: tuple[Post, ...]) -> ColumnElement[bool]:
    """Units over which the actor holds one of these posts."""
    paths = actor.territory(*posts)
    within = (and_(Unit.path >= path, Unit.path < end_of(path)) for path in paths)
    return or_(false(), *within)


def _above(actor: Actor) -> ColumnElement[bool]:
    """Units above one that the actor follows."""
    paths = actor.territory(*FOLLOWERS)
    return or_(false(), *(literal(path).startswith(Unit.path) for path in paths))
