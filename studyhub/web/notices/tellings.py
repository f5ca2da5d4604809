"""What each kind of notice says, and the page it leads to. A new kind needs its line here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from studyhub.kernel.words import N_
from studyhub.notices.models import Kind


@dataclass(frozen=True)
class Telling:
    """The words of a kind, its icon, and where it leads: endpoint, name of the id, the rest."""

    words: str
    icon: str
    endpoint: str
    place: str
    query: Mapping[str, str] = field(default_factory=dict)


PETITION = ("org.show_petition", "petition_id")
STAY = ("org.show_stay", "stay_id")
MEMBER = ("org.show_member", "membership_id")
REORGANIZATION = ("reorganization.show", "reorganization_id")
ROUND = ("rounds.show", "round_id")
GOOD_ESSAY = ("booklet.show", "good_id")
CALIBRATION = ("calibration.show", "calibration_id")
ABSENCE = ("study.absence", "absence_id")
INQUIRY = ("inquiries.show", "inquiry_id")

WISHES = {
    "transfer": N_("to transfer the member"),
    "exemption": N_("to exempt the member"),
    "end_of_exemption": N_("to end the exemption"),
}

PLACES = (
    "person", "officer", "count", "cell", "origin", "since", "until", "wish", "round", "lacks",
)  # fmt: skip
"""What a sentence may speak of; what a notice does not know is a dash."""

TELLINGS: dict[Kind, Telling] = {
    Kind.PETITION_ASKED: Telling(
        N_("%(cell)s asks you for a decision about %(person)s: %(wish)s."), "inbox", *PETITION
    ),
    Kind.PETITION_APPROVED: Telling(
        N_("Approved: your request about %(person)s (%(wish)s)."), "check", *PETITION
    ),
    Kind.PETITION_DECLINED: Telling(
        N_("Declined: your request about %(person)s (%(wish)s)."), "x", *PETITION
    ),
    Kind.PETITION_WITHDRAWN: Telling(
        N_("%(cell)s has withdrawn its request about %(person)s (%(wish)s)."), "back", *PETITION
    ),
    Kind.STAY_BEGUN: Telling(
        N_("Temporary activity: %(person)s is with %(cell)s from %(since)s to %(until)s."),
        "link", *STAY,
    ),
    Kind.STAY_CHANGED: Telling(
        N_("Temporary activity of %(person)s with %(cell)s now lasts until %(until)s."),
        "link", *STAY,
    ),
    Kind.STAY_ENDED: Telling(
        N_("Temporary activity of %(person)s with %(cell)s ends on %(until)s."), "link", *STAY
    ),
    Kind.STAY_TAKEN_BACK: Telling(
        N_("Temporary activity of %(person)s with %(cell)s has been taken back."), "back", *STAY
    ),
    Kind.TRANSFERRED: Telling(
        N_("Official transfer: %(person)s goes from %(origin)s to %(cell)s on %(since)s."),
        "right", *MEMBER,
    ),
    Kind.TRANSFER_TAKEN_BACK: Telling(
        N_("The transfer of %(person)s from %(origin)s to %(cell)s has been taken back."),
        "back", *MEMBER,
    ),
    Kind.REORGANIZATION_PLANNED: Telling(
        N_("Reorganization planned from %(since)s: it concerns %(cell)s."),
        "merge", *REORGANIZATION,
    ),
    Kind.REORGANIZED: Telling(
        N_("Reorganization carried out from %(since)s: it concerns %(cell)s."),
        "merge", *REORGANIZATION,
    ),
    Kind.REORGANIZATION_STUCK: Telling(
        N_("A reorganization planned from %(since)s could not be carried out: %(cell)s."),
        "alert", *REORGANIZATION,
    ),
    Kind.REORGANIZATION_CANCELLED: Telling(
        N_("The reorganization of %(cell)s planned from %(since)s is cancelled."),
        "x", *REORGANIZATION,
    ),
    Kind.REORGANIZATION_UNDONE: Telling(
        N_("The reorganization of %(cell)s from %(since)s has been undone."),
        "back", *REORGANIZATION,
    ),
    Kind.CELL_CHANGED: Telling(
        N_("From %(since)s you belong to %(cell)s (before: %(origin)s), by a reorganization."),
        "merge", *MEMBER,
    ),
    Kind.CELL_CHANGED_BACK: Telling(
        N_("You belong to %(origin)s as before: the reorganization from %(since)s was undone."),
        "back", *MEMBER,
    ),
    Kind.ESSAY_ON_BEHALF: Telling(
        N_("%(person)s has entered your paper essay on your behalf. See whether it is yours."),
        "people", "essays.show", "essay_id",
    ),
    Kind.ESSAY_CONFIRMED: Telling(
        N_("%(person)s has confirmed the essay that you entered on their behalf."),
        "check", "essays.show", "essay_id",
    ),
    Kind.ESSAY_CONTESTED: Telling(
        N_("%(person)s (%(cell)s) objects to the essay entered on their behalf."),
        "alert", "essays.show", "essay_id",
    ),
    Kind.COMMENT_ANSWERED: Telling(
        N_("%(person)s has answered your comment on their essay."),
        "chat", "review.show", "essay_id",
    ),
    Kind.DECISION_RECALLED: Telling(
        N_("The decision about your essay was recalled. It waits for review again."),
        "history", "essays.show", "essay_id",
    ),
    Kind.THIRD_MARKER: Telling(
        N_("The marks of an essay you have marked differ much. A third person decides."),
        "people", "essays.show", "essay_id",
    ),
    Kind.ESSAY_APPEALED: Telling(
        N_("%(person)s has asked that another person reads the essay you have marked."),
        "history", "essays.show", "essay_id",
    ),
    Kind.APPEAL_SETTLED: Telling(
        N_("Another person has read the essay anew. Their decision counts."),
        "check", "essays.show", "essay_id",
    ),
    Kind.GOOD_ESSAY_PROPOSED: Telling(
        N_("%(person)s proposes an essay of %(cell)s as a good one. Approve or decline it."),
        "up", *GOOD_ESSAY,
    ),
    Kind.GOOD_ESSAY_APPROVED: Telling(
        N_("The essay you proposed as a good one is approved. Its author is asked now."),
        "check", *GOOD_ESSAY,
    ),
    Kind.GOOD_ESSAY_DECLINED: Telling(
        N_("The essay you proposed as a good one is not published. See why."), "x", *GOOD_ESSAY
    ),
    Kind.GOOD_ESSAY_ASKED: Telling(
        N_("Your essay of “%(round)s” was found good. May it be published? You decide."),
        "user", "booklet.asked", "good_id",
    ),
    Kind.GOOD_ESSAY_ANSWERED: Telling(
        N_("The author of a good essay of “%(round)s” has answered whether it is published."),
        "user", *GOOD_ESSAY,
    ),
    Kind.GOOD_ESSAY_TAKEN_OFF: Telling(
        N_("Your essay of “%(round)s” is no longer published as a good one."),
        "info", "essays.show", "essay_id",
    ),
    Kind.CALIBRATION_BEGUN: Telling(
        N_("You are invited to judge three essays without names and to compare: “%(round)s”."),
        "people", *CALIBRATION,
    ),
    Kind.CALIBRATION_DONE: Telling(
        N_("Everybody has judged the three essays of “%(round)s”. Compare them now."),
        "chart", *CALIBRATION,
    ),
    Kind.ESSAYS_ASSIGNED: Telling(
        N_("%(officer)s has assigned essays to you for review: %(count)s."),
        "inbox", "review.waiting", "unit", {"show": "mine"},
    ),
    Kind.SUBSTITUTED: Telling(
        N_("%(officer)s judges in %(cell)s in the secretary's place from %(since)s to %(until)s."),
        "people", "review.substitutions_of", "unit_id",
    ),
    Kind.SUBSTITUTED_ON: Telling(
        N_("%(officer)s is about to decide on an essay of %(cell)s in the secretary's place."),
        "people", "review.show", "essay_id",
    ),
    Kind.SUBSTITUTION_ENDED: Telling(
        N_("%(officer)s no longer judges in %(cell)s in the secretary's place."),
        "back", "review.substitutions_of", "unit_id",
    ),
    Kind.DECIDED_IN_PLACE: Telling(
        N_("%(officer)s has decided on an essay of %(cell)s in the secretary's place."),
        "check", "review.show", "essay_id",
    ),
    Kind.REREAD_DIFFERS: Telling(
        N_("The committee read an essay of %(cell)s again and has another opinion."),
        "chat", "fairness.opinions", "essay_id",
    ),
    Kind.INQUIRY_ANSWERED: Telling(
        N_("Your question in “%(round)s” has been answered."), "chat", *INQUIRY
    ),
    Kind.INQUIRY_HIDDEN: Telling(
        N_("Your question in “%(round)s” is not taken up in public. See why."), "info", *INQUIRY
    ),
    Kind.ABSENCE_ASKED: Telling(
        N_("%(person)s (%(cell)s) asks for leave from a session of “%(round)s”."),
        "inbox", *ABSENCE,
    ),
    Kind.ABSENCE_WITHDRAWN: Telling(
        N_("%(person)s (%(cell)s) has withdrawn the request for leave in “%(round)s”."),
        "back", *ABSENCE,
    ),
    Kind.ABSENCE_GRANTED: Telling(
        N_("Granted: your request for leave from a session of “%(round)s”."), "check", *ABSENCE
    ),
    Kind.ABSENCE_DECLINED: Telling(
        N_("Declined: your request for leave from a session of “%(round)s”."), "x", *ABSENCE
    ),
    Kind.BRIDGE_IN_CHARGE: Telling(
        N_("You are in charge of a bridge point for a session of “%(round)s”."),
        "people", "bridges.show", "point_id",
    ),
    Kind.BRIDGE_TWICE: Telling(
        N_("You were marked at two bridge points in “%(round)s”; it counts once. If one of them "
           "is wrong, tell the secretary of your cell."),
        "alert", "study.show", "session_id",
    ),
    Kind.REMINDED: Telling(
        N_("A reminder: in “%(round)s” you still have to %(lacks)s."), "bell", *ROUND
    ),
}  # fmt: skip
