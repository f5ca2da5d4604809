"""The file a text came from, carried through the form under seal between two steps."""

from flask import current_app
from itsdangerous import BadSignature, URLSafeSerializer

from studyhub.essays.models import Essay
from studyhub.kernel.errors import Unfit
from studyhub.kernel.words import N_
from studyhub.papers.kinds import Kind
from studyhub.papers.taking_over import Source


def seal(essay: Essay, source: Source) -> str:
    """Where the file is and what it is, for a hidden field of this essay's form."""
    return str(_sealer().dumps([str(essay.id), source.key, source.name, source.kind.value]))


def unseal(essay: Essay, sealed: str) -> Source | None:
    """What `seal` was given; nothing for pasted text. What was tampered with is refused."""
    if not sealed:
        return None
    try:
        whose, key, name, kind = _sealer().loads(sealed)
    except BadSignature:
        whose = ""
    if whose != str(essay.id):
        raise Unfit(N_("The file has gone missing on the way. Choose it again."))
    return Source(str(key), str(name), Kind(kind))


def _sealer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="the original of an essay")
