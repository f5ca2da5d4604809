"""What a decision was, in one line of figures: proof of it for the author. Pure."""

import hashlib
import json
from collections.abc import Iterable

from studyhub.essays.models import Version
from studyhub.kernel.vietnamese import nfc
from studyhub.review.models import Comment, Decision

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Those nobody mistakes for another when reading aloud."""


def seal(version: Version, decision: Decision, comments: Iterable[Comment]) -> str:
    """The SHA-256 of the decision, of the comments sent with it, and of the text it was about."""
    said = [
        [one.part, one.paragraph, one.start, one.end, nfc(one.text)]
        for one in sorted(comments, key=lambda one: str(one.id))
        if one.sent_at == decision.decided_at
    ]
    told = {
        "receipt": version.receipt_code,
        "text": version.content_hash,
        "outcome": decision.outcome.value,
        "grade": decision.grade.value if decision.grade else None,
        "points": decision.points,
        "remark": nfc(decision.remark),
        "by": str(decision.decided_by),
        "at": decision.decided_at.isoformat(),
        "comments": said,
    }
    if decision.substitution_id:
        told["substitution"] = str(decision.substitution_id)
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def code(sealed: str) -> str:
    """A short name of the decision, made from its seal: KQ-7K2M-9QXT."""
    number = int(sealed[:16], 16)
    letters = []
    for _ in range(8):
        number, place = divmod(number, len(LETTERS))
        letters.append(LETTERS[place])
    told = "".join(letters)
    return f"KQ-{told[:4]}-{told[4:]}"
