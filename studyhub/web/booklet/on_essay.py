"""What the pages of an essay say about its being a good one: templates ask here."""

from dataclasses import dataclass
from typing import Any

from studyhub.access import policy
from studyhub.booklet import proposing, shelf
from studyhub.booklet.models import GoodEssay
from studyhub.essays.models import Essay
from studyhub.web.booklet.blueprint import booklet
from studyhub.web.request import actor, db


@dataclass(frozen=True)
class OnEssay:
    """The proposal, if the person may know of it; whether they may propose it now."""

    good: GoodEssay | None
    is_author: bool
    may_propose: bool


@booklet.app_context_processor
def _for_templates() -> dict[str, Any]:
    return {"good_essay": good_essay}


def good_essay(essay: Essay) -> OnEssay:
    """Asked of accepted essays only: of others there is nothing to say."""
    who, found = actor(), shelf.of_essay(db(), essay.id)
    if essay.author_id == who.user_id:
        asked = found is not None and found.is_put_to_author and found.stands
        return OnEssay(found if asked else None, is_author=True, may_propose=False)
    known = found is not None and policy.follow_good_essay(who, found)
    may = policy.propose_good_essay(who, essay) and proposing.why_not(essay) is None
    free = found is None or not found.stands
    return OnEssay(found if known else None, is_author=False, may_propose=may and free)
