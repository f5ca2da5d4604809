"""Whether somebody judges an essay in place of an absent secretary. Pure; the law asks here too."""

from studyhub.essays.models import Essay
from studyhub.kernel.actor import Actor, Post
from studyhub.org.tree import is_within_any


def judges_in_place(actor: Actor, essay: Essay) -> bool:
    """Whether an officer above may judge it for this reason, and for no other.

    What goes up to the committee anyway, and what one leads oneself, is judged in one's own right.
    """
    leads = actor.territory(Post.SECRETARY, Post.DEPUTY)
    return (
        stands_in(actor, essay)
        and not (essay.author_leads or essay.needs_above)
        and not is_within_any(essay.cell.path, leads)
    )


def stands_in(actor: Actor, essay: Essay) -> bool:
    """Whether the person stands in for the secretary there, and still is an officer above."""
    return is_within_any(essay.cell.path, actor.territory(Post.OFFICER)) and (
        essay.id in actor.substitutes_on or is_within_any(essay.cell.path, actor.substitutes)
    )
