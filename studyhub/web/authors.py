"""What an essay is called to the person who asks: by its author, or by a code while it is
judged blind. Templates, file names and messages ask here; the law is `policy.judge_blind`."""

from flask import Flask

from studyhub.access import policy
from studyhub.essays.models import Essay
from studyhub.kernel.ids import EssayId
from studyhub.review import blind
from studyhub.review.line import Waiting
from studyhub.web.language import gettext
from studyhub.web.request import actor


def init_app(app: Flask) -> None:
    """Give templates the words."""
    app.jinja_env.globals.update(
        author_of=author_of, cell_of=cell_of, author_or_code=author_or_code, is_blind=is_blind,
        waiting_name=waiting_name,
    )  # fmt: skip


def is_blind(essay: Essay) -> bool:
    """Whether the person must not know whose it is."""
    return policy.judge_blind(actor(), essay)


def author_of(essay: Essay) -> str:
    """The author's name, or the code."""
    return called(essay.id) if is_blind(essay) else essay.author.full_name


def cell_of(essay: Essay) -> str:
    """The author's cell; nothing where that is hidden."""
    return "" if is_blind(essay) else essay.cell.name


def author_or_code(essay: Essay) -> str:
    """The same for whoever has judged it once and may no longer: the code while it is hidden."""
    return called(essay.id) if blind.is_hidden(essay) else essay.author.full_name


def waiting_name(one: Waiting) -> str:
    """What an essay of the queue is called."""
    return called(one.id) if one.name is None else one.name


def called(essay_id: EssayId) -> str:
    """“Essay 7K3MQ”."""
    return gettext("Essay %(code)s", code=blind.code(essay_id))
