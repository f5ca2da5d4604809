"""How far a post reaches: the words in which `policy` states the law. Pure."""

from studyhub.kernel.actor import Actor, Post
from studyhub.org.models import Unit
from studyhub.org.tree import is_within_any
from studyhub.rounds.models import StudyRound

LEADERS = (Post.SECRETARY, Post.DEPUTY, Post.COMMITTEE_MEMBER)
"""Those who lead a cell."""

FOLLOWERS = (*LEADERS, Post.OFFICER, Post.OVERSEER)
"""Those who see how far the members of their units are."""

JUDGES = (Post.SECRETARY, Post.DEPUTY)
READERS = (*JUDGES, Post.OFFICER, Post.OVERSEER)
KEEPERS, SEERS = (Post.ADMIN, Post.OFFICER), (*FOLLOWERS, Post.ADMIN)


def is_home(actor: Actor, unit: Unit) -> bool:
    """Whether the person belongs to it, or to a cell within."""
    return bool(actor.home) and actor.home.startswith(unit.path)


def holds(actor: Actor, posts: tuple[Post, ...], path: str) -> bool:
    """Whether the person holds one of these posts over the place."""
    return is_within_any(path, actor.territory(*posts))


def sits_over(actor: Actor, posts: tuple[Post, ...], path: str) -> bool:
    """The same of posts over the place itself, without what their units have taken over."""
    return is_within_any(path, actor.seats(*posts))


def follows_audience(actor: Actor, round_: StudyRound) -> bool:
    """Whether the person follows a unit that the round summons, or one below or above it.

    Or leads a cell that has guests who are on its list.
    """
    followed = actor.territory(*FOLLOWERS)
    return round_.id in actor.hosting or any(
        is_within_any(entry.unit.path, followed) or reaches(followed, entry.unit.path)
        for entry in round_.audience
    )


def reaches(followed: tuple[str, ...], path: str) -> bool:
    """Whether some followed unit lies below the unit at `path`."""
    return any(territory.startswith(path) for territory in followed)
