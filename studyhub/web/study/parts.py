"""The parts of the page of a session: each is shown anew by itself when something happens.

A part that is the same for all who look is carried in the answer to their browsers
(`web.study.pulse`); one that is a person's own is fetched by each, through the door. For
those, a room adds to the part what it depends on:

- `signs`: (database, session, moment) → a few words that change with it, the same for all;
  asked once every two seconds by each worker, however many look.
- `marks`: (database, session) → the same for each person it concerns.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from studyhub.kernel.words import N_
from studyhub.live.queries import sign_of
from studyhub.quiz import queries as quizzes
from studyhub.recordings import queries as recordings
from studyhub.study.models import StudySession
from studyhub.web.study import signs

Sign = Callable[[Session, StudySession, datetime], str]
Marks = Callable[[Session, StudySession], Mapping[UUID, str]]


@dataclass(frozen=True)
class Part:
    """A piece of the page: its partial, what it is called, and what it depends on."""

    template: str
    name: str
    shared: bool = False
    signs: tuple[Sign, ...] = ()
    marks: tuple[Marks, ...] = ()


PARTS: Mapping[str, Part] = {
    "status": Part("study/_status.html", N_("The session"), shared=True),
    "check_in": Part(
        "study/_check_in.html", N_("Check-in"),
        signs=(signs.of_check_in,), marks=(signs.attendance,),
    ),
    "picture": Part(
        "study/_picture.html", N_("Picture and sound"),
        signs=(signs.of_links, sign_of, recordings.sign_of),
    ),
    "agenda": Part("study/_agenda.html", N_("Agenda"), shared=True),
    "answers": Part("inquiries/_answers.html", N_("Questions and answers"), shared=True),
    "mine": Part("inquiries/_mine.html", N_("Your questions"), marks=(signs.asked,)),
    "ask": Part("inquiries/_ask.html", N_("Ask a question"), signs=(signs.of_asking,)),
    "quiz": Part("study/_quiz.html", N_("Quiz"), signs=(quizzes.sign_of,)),
    "left": Part(
        "study/_left.html", N_("Left for you"),
        signs=(signs.of_phase, quizzes.sign_of), marks=(signs.attendance,),
    ),
}  # fmt: skip
"""In the order in which their signs stand in the mark of a page."""
