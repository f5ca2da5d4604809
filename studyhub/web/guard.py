"""The doors: every view has one, or the application does not start.

Loading and authorizing are one act. To a stranger a thing does not exist
(404); a reader without the right is told so (403).
"""

from collections.abc import Callable
from functools import cache, wraps
from typing import Any, TypeVar

from flask import Flask, g, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Select, bindparam, inspect, select

from studyhub.access import policy
from studyhub.accounts.models import User
from studyhub.booklet.models import GoodEssay
from studyhub.bridges.models import BridgePoint
from studyhub.calendars.models import Feed
from studyhub.calibration.models import Calibration
from studyhub.essays.models import Essay
from studyhub.essays.transcripts import Transcript
from studyhub.fairness.models import Reread, Sample
from studyhub.inquiries.models import Inquiry
from studyhub.kernel.actor import Actor, Post
from studyhub.kernel.database import Base
from studyhub.kernel.errors import Forbidden, Missing
from studyhub.kernel.words import N_
from studyhub.library.attachments import Attachment
from studyhub.library.models import Document
from studyhub.lists.models import AttendanceList
from studyhub.notes.models import Note
from studyhub.notices.models import Notice
from studyhub.org.models import Membership, Unit
from studyhub.org.petitions import Petition
from studyhub.org.stays import Stay
from studyhub.org.succession import Reorganization
from studyhub.papers.pile_models import Pile
from studyhub.quiz.models import Attempt, BankQuestion, Quiz
from studyhub.recordings.models import Recording
from studyhub.review.models import Substitution
from studyhub.rounds.models import StudyRound
from studyhub.study.absence_models import AbsenceRequest
from studyhub.study.models import StudySession
from studyhub.web.login import ask_to_sign_in, recognise
from studyhub.web.request import WRITES, actor, db

View = Callable[..., ResponseReturnValue]
F = TypeVar("F", bound=Callable[..., Any])

READABLE: dict[type[Base], Callable[[Actor, Any], bool]] = {
    AbsenceRequest: policy.see_absence,
    Attachment: policy.read_attachment,
    AttendanceList: policy.keep_list,
    BridgePoint: policy.mark_bridge,
    Attempt: policy.see_attempt,
    BankQuestion: policy.change_bank_question,
    Document: policy.read_document,
    Calibration: policy.see_calibration,
    Essay: policy.read_essay,
    Feed: policy.keep_feed,
    GoodEssay: policy.see_good_essay,
    Inquiry: policy.see_inquiry,
    Membership: policy.see_member,
    Note: policy.keep_note,
    Notice: policy.see_notice,
    Petition: policy.see_petition,
    Reorganization: policy.see_reorganization,
    Stay: policy.see_stay,
    Substitution: policy.end_substitution,
    Sample: policy.see_sample,
    Reread: policy.see_reread,
    Pile: policy.sort_pile,
    Recording: policy.watch_recording,
    Quiz: policy.see_quiz,
    StudyRound: policy.see_round,
    StudySession: policy.see_session,
    Transcript: policy.type_on_behalf,
    Unit: policy.see_unit,
    User: policy.see_person,
}
"""Who may know a thing exists: the line between 404 and 403."""

NAMES: dict[type[Base], str] = {
    AbsenceRequest: "absence_id",
    Attachment: "attachment_id",
    AttendanceList: "list_id",
    BridgePoint: "point_id",
    Attempt: "attempt_id",
    BankQuestion: "question_id",
    Document: "document_id",
    Calibration: "calibration_id",
    Essay: "essay_id",
    Feed: "feed_id",
    GoodEssay: "good_id",
    Inquiry: "inquiry_id",
    Membership: "membership_id",
    Note: "note_id",
    Notice: "notice_id",
    Petition: "petition_id",
    Reorganization: "reorganization_id",
    Stay: "stay_id",
    Substitution: "substitution_id",
    Sample: "sample_id",
    Reread: "reread_id",
    Pile: "pile_id",
    Recording: "recording_id",
    Quiz: "quiz_id",
    StudyRound: "round_id",
    StudySession: "session_id",
    Transcript: "transcript_id",
    Unit: "unit_id",
    User: "user_id",
}
"""What each thing is called in an address."""

DOOR = "studyhub_door"
PASSWORD_PAGES = frozenset({"accounts.new_password", "accounts.set_password", "accounts.sign_out"})
"""The only pages open to a person who must first choose a password."""


def public(view: F) -> F:
    """Anyone may enter, signed in or not."""

    @wraps(view)
    def welcoming(*args: Any, **kwargs: Any) -> Any:
        return view(*args, **kwargs)

    return _with_door(welcoming, "public")  # type: ignore[return-value]


def signed_in(view: View) -> View:
    """Any signed-in person; the view itself shows only what is theirs."""

    @wraps(view)
    def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
        if not recognise():
            return ask_to_sign_in()
        if g.user.must_change_password and request.endpoint not in PASSWORD_PAGES:
            return redirect(url_for("accounts.new_password"))
        return view(*args, **kwargs)

    return _with_door(guarded, "signed_in")


def holding(*posts: Post) -> Callable[[View], View]:
    """Whoever holds one of these posts, anywhere; the view or its form looks at where."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            if not actor().holds(*posts):
                raise Missing(N_("There is nothing here."))
            return view(*args, **kwargs)

        return _with_door(signed_in(guarded), "post: " + ", ".join(posts))

    return decorate


def on(
    model: type[Base],
    *,
    may: Callable[[Actor, Any], bool],
    holds: bool = True,
    secret: bool = False,
    known_by: Callable[[Actor, Any], bool] | None = None,
) -> Callable[[View], View]:
    """Those whom the policy lets do this to the thing named in the address.

    Doors can stand one behind the other; the view gets the things in order.
    In a writing request the row is held until the transaction ends, so that
    two deeds on one thing follow each other; with `holds=False` it is not, where
    many people write beside a thing (their place in a document), not to it. What is
    `secret` does not exist (404) to those who may know the thing but not do this; `known_by`
    is who may know of it here, where that is not who may know of it elsewhere.
    """
    readable, name = known_by or READABLE[model], NAMES[model]

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> ResponseReturnValue:
            thing = _load(model, kwargs.pop(name), holds=holds)
            if thing is None or not readable(actor(), thing):
                raise Missing(N_("There is nothing here."))
            if not may(actor(), thing):
                if secret:
                    raise Missing(N_("There is nothing here."))
                raise Forbidden(N_("You may see this, but not do that."))
            return view(*args, thing, **kwargs)

        behind = getattr(view, DOOR, None)
        label = f"{model.__name__}: {may.__name__}" + (f" + {behind}" if behind else "")
        return _with_door(signed_in(guarded), label)

    return decorate


def by_machine(knows: Callable[[], bool]) -> Callable[[F], F]:
    """A machine that is no person: to all who do not know its secret, there is nothing here."""

    def decorate(view: F) -> F:
        @wraps(view)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            if not knows():
                raise Missing(N_("There is nothing here."))
            return view(*args, **kwargs)

        return _with_door(guarded, "machine")  # type: ignore[return-value]

    return decorate


def _load(model: type[Base], identity: object, *, holds: bool) -> Base | None:
    statement = _statement(model, held=holds and request.method in WRITES)
    return db().scalars(statement, {"identity": identity}).one_or_none()


@cache
def _statement(model: type[Base], *, held: bool) -> Select[Base]:
    """Put together once for each kind of thing: building it takes longer than asking it."""
    found = select(model).where(inspect(model).primary_key[0] == bindparam("identity"))
    if not held:
        return found
    return found.with_for_update(of=model).execution_options(populate_existing=True)


def init_app(app: Flask) -> None:
    """Refuse to start while any view stands open."""
    app.view_functions["static"] = public(app.view_functions["static"])
    open_views = [name for name, view in app.view_functions.items() if not hasattr(view, DOOR)]
    if open_views:
        raise RuntimeError(f"views without a door: {', '.join(sorted(open_views))}")


def _with_door(view: F, label: str) -> F:
    setattr(view, DOOR, label)
    return view
