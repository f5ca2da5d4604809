"""Every table, imported once, so that the metadata is whole."""

from studyhub.accounts import links
from studyhub.accounts import models as accounts
from studyhub.audit import models as audit
from studyhub.booklet import models as booklet
from studyhub.bridges import models as bridges
from studyhub.calendars import models as calendars
from studyhub.calibration import models as calibration
from studyhub.completion import models as completion
from studyhub.essays import checking, presence, transcripts
from studyhub.essays import models as essays
from studyhub.fairness import models as fairness
from studyhub.inquiries import models as inquiries
from studyhub.jobs import models as jobs
from studyhub.kernel.database import Base
from studyhub.library import attachments
from studyhub.library import models as library
from studyhub.lists import models as lists
from studyhub.live import models as live
from studyhub.mail import models as mail
from studyhub.notes import models as notes
from studyhub.notices import models as notices
from studyhub.org import models as org
from studyhub.org import petitions, stays, succession
from studyhub.papers import models as papers
from studyhub.papers import pile_models
from studyhub.quiz import models as quiz
from studyhub.recordings import models as recordings
from studyhub.reminding import models as reminding
from studyhub.review import assigning, marks, phrases, reserving
from studyhub.review import models as review
from studyhub.roster import models as roster
from studyhub.rounds import models as rounds
from studyhub.similarity import models as similarity
from studyhub.study import absence_models
from studyhub.study import models as study

__all__ = [
    "Base",
    "absence_models",
    "accounts",
    "assigning",
    "attachments",
    "audit",
    "booklet",
    "bridges",
    "calendars",
    "calibration",
    "checking",
    "completion",
    "essays",
    "fairness",
    "inquiries",
    "jobs",
    "library",
    "links",
    "lists",
    "live",
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
    "quiz",
    "recordings",
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
