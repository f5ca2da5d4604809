"""The law of attendance as SQL, for lists. Every function here has its twin in `policy`."""

from sqlalchemy import ColumnElement, and_, or_, select

from studyhub.access.reach import JUDGES, LEADERS
from studyhub.access.scope import held_units, managed_rounds
from studyhub.bridges.models import BridgePoint
from studyhub.kernel.actor import Actor, Post
from studyhub.lists.models import AttendanceList
from studyhub.org.models import Unit
from studyhub.study.absence_models import AbsenceRequest
from studyhub.study.models import StudySession


def called_units(actor: Actor) -> ColumnElement[bool]:
    """Twin of `call_roll`."""
    return held_units(actor, (*LEADERS, Post.OFFICER))


def kept_lists(actor: Actor) -> ColumnElement[bool]:
    """Twin of `keep_list`."""
    kept = AttendanceList.session.has(StudySession.round.has(managed_rounds(actor)))
    return or_(AttendanceList.brought_by == actor.user_id, kept)


def decidable_absences(actor: Actor) -> ColumnElement[bool]:
    """Twin of `decide_absence`."""
    cells = select(Unit.id).where(held_units(actor, (*JUDGES, Post.OFFICER)))
    return and_(AbsenceRequest.user_id != actor.user_id, AbsenceRequest.cell_id.in_(cells))


def kept_bridges(actor: Actor) -> ColumnElement[bool]:
    """Twin of `keep_bridge`."""
    return or_(
        BridgePoint.unit.has(held_units(actor, (Post.OFFICER,))),
        BridgePoint.session.has(StudySession.round.has(managed_rounds(actor))),
    )


def markable_bridges(actor: Actor) -> ColumnElement[bool]:
    """Twin of `mark_bridge`."""
    return or_(BridgePoint.keeper_id == actor.user_id, kept_bridges(actor))
