"""What of the queue is wanted, and from where on: read from the address, which keeps it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from flask import request, url_for

from studyhub.kernel.ids import EssayId
from studyhub.kernel.words import N_
from studyhub.review.queue import Show, Sieve, Turn

SHOWS = {
    Show.WAITING: N_("All that wait"),
    Show.MINE: N_("Assigned to me"),
    Show.LONG: N_("Waiting for over a week"),
    Show.LATE: N_("Handed in late"),
    Show.SIMILAR: N_("Also stands elsewhere"),
    Show.RETURNED: N_("To be completed by the author"),
}


def sieve() -> Sieve:
    """As the address has it; what it does not understand is not chosen."""
    told = request.args.get("show", "")
    return Sieve(
        Show(told) if told in {*Show} else Show.WAITING,
        as_id(request.args.get("round", "")),
        as_id(request.args.get("cell", "")),
    )


def turn(name: str) -> Turn | None:
    """The place in the queue that stands in the address under this name."""
    moment, _, essay = request.args.get(name, "").rpartition("_")
    identity = as_id(essay)
    try:
        then = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return Turn(then, identity) if identity and then.tzinfo else None


def written(place: Turn) -> str:
    """The same as it stands in the address."""
    return f"{place.moment.isoformat()}_{place.essay_id}"


def onward(endpoint: str, essay_id: EssayId | UUID, **more: Any) -> str:
    """An address of this essay that keeps what of the queue is wanted."""
    return url_for(endpoint, essay_id=essay_id, **sieve().words, **more)


def as_id(text: str) -> UUID | None:
    """The id that was sent, if it is one."""
    try:
        return UUID(text)
    except ValueError:
        return None
