"""Everything that is done in the background: who does which job, and what falls due by the clock.

The one place to register them. Both may be done twice (a process may die
before it can say that it was done), so whatever stands here must not mind.
"""

from studyhub.audit import sealing
from studyhub.booklet import making
from studyhub.essays import at_deadline, checking, history, leading
from studyhub.jobs import service as jobs
from studyhub.jobs.rules import Every
from studyhub.jobs.work import Chore, Handler, Tools
from studyhub.letters import composing
from studyhub.library import drawing
from studyhub.live import handing_over, looking_in
from studyhub.mail import service as mail
from studyhub.papers import developing, pile_reading
from studyhub.quiz import taking as quizzes
from studyhub.recordings import crediting, keeping
from studyhub.recordings import making as filming
from studyhub.reminding import morning
from studyhub.reorganization import service as reorganization
from studyhub.review import archiving
from studyhub.roster import work as roster
from studyhub.similarity import background as similarity


def seal_log(tools: Tools) -> None:
    """Seal what was entered in the log, a few hundred entries at a time."""
    sealed = True
    while sealed:
        with tools.writing() as db:
            sealed = bool(sealing.seal(db, now=tools.now()))


def reorganize(tools: Tools) -> None:
    """Carry out the reorganizations whose day has come; what is stuck says why."""
    with tools.writing() as db:
        reorganization.carry_out_due(db, today=tools.today(), now=tools.now())


HANDLERS: tuple[Handler, ...] = (
    developing.HANDLER,
    similarity.HANDLER,
    similarity.RENEWAL,
    pile_reading.HANDLER,
    drawing.HANDLER,
    composing.HANDLER,
    filming.HANDLER,
    archiving.HANDLER,
    making.HANDLER,
    handing_over.HANDLER,
    *roster.handlers(leading.note_leaders),
)

CHORES: tuple[Chore, ...] = (
    Chore(name="essays.hand_in_drafts", run=at_deadline.hand_in_drafts, every=Every.MINUTE),
    Chore(name="quiz.close_overdue", run=quizzes.close_overdue, every=Every.MINUTE),
    Chore(name="audit.seal", run=seal_log, every=Every.MINUTE),
    Chore(name="essays.forget_checks", run=checking.forget, every=Every.HOUR),
    Chore(name="essays.thin_history", run=history.thin, every=Every.HOUR),
    Chore(name="essays.forget_history", run=history.forget, every=Every.DAY),
    Chore(name="papers.sweep", run=developing.sweep, every=Every.HOUR),
    Chore(name="review.sweep_archives", run=archiving.sweep, every=Every.HOUR),
    Chore(name="live.look_in", run=looking_in.look_in, every=Every.MINUTE),
    Chore(name="booklet.sweep", run=making.sweep, every=Every.HOUR),
    Chore(name="mail.send", run=composing.send, every=Every.MINUTE),
    Chore(name="mail.forget", run=mail.forget, every=Every.DAY),
    Chore(name="similarity.catch_up", run=similarity.catch_up, every=Every.MINUTE),
    Chore(name="jobs.forget_done", run=jobs.forget_done, every=Every.DAY),
    Chore(name="recordings.sweep", run=keeping.sweep, every=Every.HOUR),
    Chore(name="recordings.credit", run=crediting.catch_up, every=Every.HOUR),
    Chore(name="reminding.morning", run=morning.remind, every=Every.HOUR),
    Chore(name="reorganization.carry_out", run=reorganize, every=Every.HOUR),
)
