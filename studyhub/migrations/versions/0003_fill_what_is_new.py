"""Fill what 0002 added: words to find people and units by, seals of what was handed in before."""

import hashlib
import json
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0002"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

LEAVING_BEFORE = ("removed", "expelled", "resigned", "died", "other")
LEAVING = ("removed", "expelled", "resigned", "died", "moved_away", "other")


def upgrade() -> None:
    """Go through the rows that were there before."""
    connection = op.get_bind()
    _fill_turns(connection)
    _fill_units(connection)
    _seal_existing(connection)
    _allow(LEAVING)


def downgrade() -> None:
    """Forget it; whoever moved away has left for some other reason."""
    connection = op.get_bind()
    connection.execute(sa.text("DELETE FROM essay_seal"))
    connection.execute(sa.text("DELETE FROM name_turn"))
    connection.execute(
        sa.text("UPDATE membership SET leaving = 'other' WHERE leaving = 'moved_away'")
    )
    _allow(LEAVING_BEFORE)


def _fill_turns(connection: sa.Connection) -> None:
    """A name turned so that each of its words comes first once: an index to the person."""
    user = sa.table("user_account", sa.column("id", sa.Uuid()), sa.column("name_folded"))
    turn = sa.table(
        "name_turn", sa.column("user_id", sa.Uuid()), sa.column("place"), sa.column("turn")
    )
    rows = [
        {"user_id": user_id, "place": place, "turn": said}
        for user_id, folded in connection.execute(sa.select(user.c.id, user.c.name_folded))
        for place, said in enumerate(_turns(folded))
    ]
    for start in range(0, len(rows), 5000):
        connection.execute(turn.insert(), rows[start : start + 5000])


def _fill_units(connection: sa.Connection) -> None:
    unit = sa.table(
        "unit",
        sa.column("id", sa.Uuid()),
        sa.column("name"),
        sa.column("short_name"),
        sa.column("name_folded"),
    )
    for id_, name, short in connection.execute(
        sa.select(unit.c.id, unit.c.name, unit.c.short_name)
    ).all():
        folded = _fold(" ".join(filter(None, (name, short))))
        connection.execute(unit.update().where(unit.c.id == id_).values(name_folded=folded))


def _turns(folded: str) -> list[str]:
    words = folded.split()
    return [" ".join(words[n:] + words[:n]) for n in range(len(words))]


def _fold(text: str) -> str:
    """Lower case without any mark, đ as d."""
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def _allow(words: Sequence[str]) -> None:
    """The ways of leaving that the database takes."""
    name = op.f("ck_membership_leaving")
    said = ", ".join(f"'{word}'" for word in words)
    with op.batch_alter_table("membership") as batch:
        batch.drop_constraint(name, type_="check")
        batch.create_check_constraint(name, f"leaving IN ({said})")


def _seal_existing(connection: sa.Connection) -> None:
    """A seal for every version handed in before the chain, in the order of handing in.

    `made_at` is the moment of this step: it tells `office verify` that the log
    has no link for them.
    """
    version = sa.table(
        "essay_version",
        sa.column("id", sa.Uuid()),
        sa.column("essay_id", sa.Uuid()),
        sa.column("number", sa.Integer()),
        sa.column("submitted_at", sa.DateTime()),
        sa.column("is_late", sa.Boolean()),
        sa.column("receipt_code", sa.String()),
        sa.column("content_hash", sa.String()),
    )
    in_order = sa.select(version).order_by(
        version.c.submitted_at, version.c.essay_id, version.c.number
    )
    made_at = datetime.now(UTC).replace(tzinfo=None)  # noqa: TID251 - a migration has no clock
    own: dict[object, str] = {}
    before = ""
    for place, row in enumerate(connection.execute(in_order).all(), 1):
        before = own[row.essay_id] = _link(row, before, own.get(row.essay_id, ""))
        connection.execute(
            SEAL.insert().values(
                place=place, version_id=row.id, log_link="", link=before, made_at=made_at
            )
        )


SEAL = sa.table(
    "essay_seal",
    sa.column("place", sa.Integer()),
    sa.column("version_id", sa.Uuid()),
    sa.column("log_link", sa.String()),
    sa.column("link", sa.String()),
    sa.column("made_at", sa.DateTime()),
)


def _link(row: sa.Row[tuple[object, ...]], before: str, own: str) -> str:
    """As `essays.sealing` makes it: what came before, and the facts of this version."""
    told = [
        before,
        own,
        "",
        str(row.id),
        str(row.essay_id),
        row.number,
        row.submitted_at.replace(tzinfo=UTC).isoformat(),
        "",
        row.is_late,
        False,
        False,
        row.receipt_code,
        row.content_hash,
    ]
    return hashlib.sha256(json.dumps(told, separators=(",", ":")).encode()).hexdigest()
