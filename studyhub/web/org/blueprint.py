"""The blueprint of the organization, and the words its templates use."""

from typing import Any

from flask import Blueprint

from studyhub.kernel.actor import Post
from studyhub.kernel.words import N_
from studyhub.org.models import Leaving, Standing, UnitKind

org = Blueprint("org", __name__, url_prefix="/org")

KINDS: dict[UnitKind, str] = {
    UnitKind.PARTY_ORG: N_("Party organization"),
    UnitKind.SECTION: N_("Section"),
    UnitKind.CELL: N_("Party cell"),
    UnitKind.GROUP: N_("Party group"),
}

POSTS: dict[Post, str] = {
    Post.SECRETARY: N_("Secretary"),
    Post.DEPUTY: N_("Deputy secretary"),
    Post.COMMITTEE_MEMBER: N_("Cell committee member"),
    Post.OFFICER: N_("Committee officer"),
    Post.OVERSEER: N_("Assigned committee member"),
    Post.ADMIN: N_("Administrator"),
}

STANDINGS: dict[Standing, str] = {
    Standing.OFFICIAL: N_("Official member"),
    Standing.PROBATIONARY: N_("Probationary member"),
}

LEAVINGS: dict[Leaving, str] = {
    Leaving.REMOVED: N_("Struck off the list"),
    Leaving.EXPELLED: N_("Expelled from the Party"),
    Leaving.RESIGNED: N_("Left at their own request"),
    Leaving.DIED: N_("Deceased"),
    Leaving.MOVED_AWAY: N_("Transferred to an organization outside"),
    Leaving.OTHER: N_("Another reason"),
}


@org.context_processor
def _words() -> dict[str, Any]:
    return {"kinds": KINDS, "post_names": POSTS, "standings": STANDINGS, "leavings": LEAVINGS}
