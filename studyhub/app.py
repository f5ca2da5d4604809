"""Puts StudyHub together: the only module that knows every part."""

from flask import Flask
from flask_compress import Compress
from jinja2 import StrictUndefined

from studyhub.cli import office
from studyhub.kernel.clock import Clock, SystemClock
from studyhub.settings import INSTANCE, ROOT, Settings
from studyhub.web import (
    assets,
    authors,
    context,
    copies,
    csrf,
    errors,
    filters,
    guard,
    headers,
    language,
    login,
    logs,
    navigation,
    request,
    transaction,
)
from studyhub.web.accounts import accounts
from studyhub.web.booklet import booklet
from studyhub.web.bridges import bridges
from studyhub.web.calendars import calendars
from studyhub.web.calibration import calibration
from studyhub.web.completion import completion
from studyhub.web.essays import check, essays
from studyhub.web.fairness import fairness
from studyhub.web.home import home, house
from studyhub.web.inquiries import inquiries
from studyhub.web.library import library
from studyhub.web.lists import lists
from studyhub.web.live import live
from studyhub.web.mail import mail
from studyhub.web.notes import notes
from studyhub.web.notices import notices
from studyhub.web.org import org
from studyhub.web.papers import papers
from studyhub.web.quiz import quiz
from studyhub.web.recordings import recordings
from studyhub.web.reminding import reminding
from studyhub.web.reorganization import reorganization
from studyhub.web.review import review
from studyhub.web.roster import roster
from studyhub.web.rounds import rounds
from studyhub.web.similarity import similarity
from studyhub.web.study import study

BLUEPRINTS = (
    home,
    accounts,
    notices,
    mail,
    org,
    reorganization,
    roster,
    library,
    notes,
    rounds,
    study,
    inquiries,
    live,
    essays,
    check,
    papers,
    review,
    fairness,
    booklet,
    calibration,
    similarity,
    completion,
    reminding,
    bridges,
    lists,
    quiz,
    recordings,
    calendars,
)


def create_app(
    settings: Settings, *, clock: Clock | None = None, instance_path: str | None = None
) -> Flask:
    """A StudyHub with these settings; `clock` and `instance_path` are for tests."""
    app = Flask(
        "studyhub",
        root_path=str(ROOT / "studyhub"),
        template_folder=str(ROOT / "templates"),
        static_folder=str(ROOT / "static"),
        instance_path=instance_path or str(INSTANCE),
    )
    app.config.from_mapping(settings.for_flask())
    app.config.from_mapping(
        COMPRESS_ALGORITHM=["br", "gzip"], COMPRESS_ALGORITHM_STREAMING=["br", "gzip"]
    )
    app.jinja_options = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    request.init_app(app, settings, clock or SystemClock())
    for part in (
        logs,
        transaction,
        login,
        csrf,
        errors,
        headers,
        language,
        filters,
        context,
        authors,
        copies,
        navigation,
        assets,
    ):
        part.init_app(app)
    Compress(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    if settings.development:
        app.register_blueprint(house)
    app.cli.add_command(office)
    guard.init_app(app)
    return app
