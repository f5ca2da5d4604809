"""Questions to reporters in the province: one in the round of the district, one beside it."""

from collections.abc import Mapping
from uuid import UUID

from studyhub.inquiries.models import Inquiry
from studyhub.kernel.ids import new_uuid
from studyhub.rounds.models import StudyRound
from tests.things import NOW
from tests.world import World


def asked(
    world: World, rounds: Mapping[str, StudyRound], sessions: Mapping[str, UUID]
) -> dict[str, object]:
    """An asks in the open round, Mai in that of the district beside."""
    mai = getattr(world, "mai")  # noqa: B009 - only the province has her
    people = {"An's": ("open", world.an), "Mai's": ("beside", mai)}
    rows = {
        name: Inquiry(
            id=new_uuid(), round_id=rounds[where].id, session_id=sessions[where],
            asker_id=person.id, text=f"hỏi riêng của {person.given_name}", asked_at=NOW,
            changed_at=NOW,
        )
        for name, (where, person) in people.items()
    }  # fmt: skip
    world.db.add_all(rows.values())
    return {name: row.id for name, row in rows.items()}
