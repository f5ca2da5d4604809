"""The blueprint of the room, and the words its templates use."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint

from studyhub.kernel.actor import Post
from studyhub.kernel.words import N_
from studyhub.org.succession import Act, Stage

reorganization = Blueprint("reorganization", __name__, url_prefix="/reorganizations")


@dataclass(frozen=True)
class Words:
    """What an act is called, what it is in one line, on its button, and its icon."""

    title: str
    line: str
    button: str
    icon: str


ACTS: dict[Act, Words] = {
    Act.MERGE: Words(
        N_("Merge"),
        N_("One or more units go into another, which keeps its name."),
        N_("Merge from %(day)s"),
        "merge",
    ),
    Act.CONSOLIDATE: Words(
        N_("Consolidate"),
        N_("Two or more units end, and one with a new name takes their place."),
        N_("Consolidate from %(day)s"),
        "link",
    ),
    Act.SPLIT: Words(
        N_("Split"),
        N_("New units are made of this one; it goes on with the others, or ends."),
        N_("Split from %(day)s"),
        "tree",
    ),
    Act.RENAME: Words(
        N_("Give a new name"),
        N_("From a day on it is called otherwise; what came before keeps the old name."),
        N_("Rename from %(day)s"),
        "pen",
    ),
    Act.MOVE: Words(
        N_("Put under another organization"),
        N_("The unit, with all below it, stands below another from a day on."),
        N_("Move from %(day)s"),
        "up",
    ),
    Act.DISSOLVE: Words(
        N_("Dissolve"),
        N_("The unit ends; you say where each of its members goes."),
        N_("Dissolve from %(day)s"),
        "off",
    ),
}

STAGES: dict[Stage, tuple[str, str, str]] = {
    Stage.PLANNED: ("wait", "cal", N_("Planned")),
    Stage.STUCK: ("bad", "alert", N_("Could not be carried out")),
    Stage.DONE: ("ok", "check", N_("Carried out")),
    Stage.UNDONE: ("none", "back", N_("Undone")),
    Stage.CANCELLED: ("none", "x", N_("Cancelled")),
}
"""Tone, icon and word of each stage."""

POSTS: dict[Post, str] = {
    Post.SECRETARY: N_("Secretary"),
    Post.DEPUTY: N_("Deputy secretary"),
    Post.COMMITTEE_MEMBER: N_("Cell committee member"),
    Post.OFFICER: N_("Committee officer"),
    Post.OVERSEER: N_("Assigned committee member"),
    Post.ADMIN: N_("Administrator"),
}


@reorganization.context_processor
def _words() -> dict[str, Any]:
    return {"acts": ACTS, "stages": STAGES, "post_names": POSTS}
