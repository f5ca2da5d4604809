"""What stands in the QR code of a cover sheet: whose paper of which round, and that it is ours.

Opaque to whoever finds the sheet: two ids and a signature. A sheet is not kept anywhere; it
can be printed again and says the same. Beside it stands a short code for human eyes.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from studyhub.essays.receipts import LETTERS
from studyhub.kernel.ids import RoundId, UserId
from studyhub.kernel.vietnamese import sort_key
from studyhub.org.models import Unit
from studyhub.org.succession import Succession
from studyhub.rounds.models import Call, StudyRound, Summons

HEAD = "STUDYHUB-"
SIGNED = 10
"""Bytes of the signature: nobody guesses one in the life of a round."""


@dataclass(frozen=True)
class Slip:
    """What a genuine sheet says."""

    round_id: RoundId
    member_id: UserId


def token(key: str, slip: Slip) -> str:
    """Capital letters and digits only: so the code stays coarse and survives bad scanners."""
    told = slip.round_id.bytes + slip.member_id.bytes
    spelled = base64.b32encode(told + _signature(key, told)).decode().rstrip("=")
    return HEAD + spelled


def read(key: str, text: str) -> Slip | None:
    """The slip behind a token; None for whatever was not signed here."""
    spelled = text.removeprefix(HEAD)
    try:
        data = base64.b32decode(spelled + "=" * (-len(spelled) % 8))
    except ValueError:
        return None
    told, signed = data[:32], data[32:]
    if len(data) != 32 + SIGNED or not hmac.compare_digest(signed, _signature(key, told)):
        return None
    return Slip(RoundId(UUID(bytes=told[:16])), UserId(UUID(bytes=told[16:])))


def code(key: str, slip: Slip) -> str:
    """For human eyes, like “BG-7K3M”: the same on each printing."""
    digits = _signature(key, b"code" + slip.round_id.bytes + slip.member_id.bytes)
    return "BG-" + "".join(LETTERS[digit % len(LETTERS)] for digit in digits[:4])


def listed(db: Session, round_: StudyRound, cell: Unit) -> Sequence[Summons]:
    """Who may hand in from this cell, and from those that have become part of it, by name."""
    before = select(Succession.predecessor_id).where(Succession.successor_id == cell.id)
    found = db.scalars(
        select(Summons)
        .where(
            Summons.round_id == round_.id,
            Summons.call != Call.RELEASED,
            (Summons.cell_id == cell.id) | Summons.cell_id.in_(before),
        )
        .options(joinedload(Summons.user, innerjoin=True))
    )
    return sorted(found, key=lambda summons: sort_key(summons.user.full_name))


def _signature(key: str, told: bytes) -> bytes:
    secret = hashlib.sha256(b"cover sheets " + key.encode()).digest()
    return hmac.digest(secret, told, "sha256")[:SIGNED]
