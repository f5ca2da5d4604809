"""Every table, imported once, so that the metadata is whole."""

from studyhub.accounts import links
from studyhub.accounts import models as accounts
from studyhub.audit import models as audit
from studyhub.calendars import models as calendars
from studyhub.completion import models as completion
from studyhub.essays import checking, presence, transcripts
from studyhub.essays import models as essays
from studyhub.jobs import models as jobs
from studyhub.kernel.database import Base
from studyhub.library import models as library
from studyhub.mail import models as mail
from studyhub.notes import models as notes
from studyhub.notices import models as notices
from studyhub.org import models as org
from studyhub.org import petitions, stays, succession
from studyhub.papers import models as papers
from studyhub.papers import pile_models
from studyhub.reminding import models as reminding
from studyhub.review import assigning, marks, phrases, reserving
from studyhub.review import models as review
from studyhub.roster import models as roster
from studyhub.rounds import models as rounds
from studyhub.similarity import models as similarity
from studyhub.study import models as study

__all__ = [
    "Base",
    "accounts",
    "assigning",
    "audit",
    "calendars",
    "checking",
    "completion",
    "essays",
    "jobs",
    "library",
    "links",
    "mail",
    "marks",
    "notes",
    "notices",
    "org",
    "papers",
    "petitions",
    "phrases",
    "pile_models",
    "presence",
    "reminding",
    "reserving",
    "review",
    "roster",
    "rounds",
    "similarity",
    "stays",
    "study",
    "succession",
    "transcripts",
]
