"""Every table, imported once, so that the metadata is whole."""

from studyhub.accounts import models as accounts
from studyhub.audit import models as audit
from studyhub.completion import models as completion
from studyhub.essays import models as essays
from studyhub.kernel.database import Base
from studyhub.library import models as library
from studyhub.org import models as org
from studyhub.review import models as review
from studyhub.roster import models as roster
from studyhub.rounds import models as rounds
from studyhub.study import models as study

__all__ = [
    "Base",
    "accounts",
    "audit",
    "completion",
    "essays",
    "library",
    "org",
    "review",
    "roster",
    "rounds",
    "study",
]
