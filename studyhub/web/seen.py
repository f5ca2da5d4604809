"""The author of an essay opens it: its results are seen from now on, and stand."""

from studyhub.kernel.ids import EssayId
from studyhub.review import recalling
from studyhub.web import transaction
from studyhub.web.request import actor, db, now


def see_results(essay_id: EssayId) -> None:
    """Note it, where the person is its author and some result is new to them."""
    if recalling.any_unseen(db(), essay_id, by=actor()):
        with transaction.own() as own:
            recalling.note_seen(own, essay_id, by=actor(), now=now())
