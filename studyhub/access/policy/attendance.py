"""The law of attendance: leave from sessions, making up, bridge points, lists from outside."""

from studyhub.access.policy.rounds import manage_session, see_session
from studyhub.access.reach import JUDGES, LEADERS, holds
from studyhub.bridges.models import BridgePoint
from studyhub.kernel.actor import Actor, Post
from studyhub.lists.models import AttendanceList
from studyhub.study.absence_models import AbsenceRequest
from studyhub.study.models import StudySession


def import_list(actor: Actor, session: StudySession) -> bool:
    """Leaders of a cell and officers who see the session; each for the cells they look after."""
    return see_session(actor, session) and actor.holds(*LEADERS, Post.OFFICER)


def keep_list(actor: Actor, brought: AttendanceList) -> bool:
    """Whoever brought the list, and officers of the unit that holds the round."""
    return brought.brought_by == actor.user_id or manage_session(actor, brought.session)


def see_absence(actor: Actor, request: AbsenceRequest) -> bool:
    """Whoever asked, secretary and deputy of their cell, and officers above."""
    return request.user_id == actor.user_id or holds(
        actor, (*JUDGES, Post.OFFICER), request.cell.path
    )


def decide_absence(actor: Actor, request: AbsenceRequest) -> bool:
    """Secretary and deputy of the cell and officers above; nobody about themselves."""
    return request.user_id != actor.user_id and see_absence(actor, request)


def withdraw_absence(actor: Actor, request: AbsenceRequest) -> bool:
    """Whoever asked."""
    return request.user_id == actor.user_id


def see_bridges(actor: Actor, session: StudySession) -> bool:
    """Officers who see the session; they see the bridge points they may change and no others."""
    return see_session(actor, session) and actor.holds(Post.OFFICER)


def keep_bridge(actor: Actor, point: BridgePoint) -> bool:
    """Officers of the unit that holds the bridge point or of the round, and those above."""
    return holds(actor, (Post.OFFICER,), point.unit.path) or holds(
        actor, (Post.OFFICER,), point.session.round.unit.path
    )


def mark_bridge(actor: Actor, point: BridgePoint) -> bool:
    """Whoever is in charge of the bridge point, and officers who may change it."""
    return point.keeper_id == actor.user_id or keep_bridge(actor, point)
