"""The blueprint of quizzes, and the names that several of its pages say."""

from collections.abc import Mapping

from flask import Blueprint, request
from flask.sansio.blueprints import BlueprintSetupState

from studyhub.kernel.words import N_
from studyhub.quiz.rules import LETTERS, Kind
from studyhub.web import navigation

quiz = Blueprint("quiz", __name__, url_prefix="/quizzes")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

KINDS: Mapping[Kind, str] = {
    Kind.SINGLE: N_("One right answer"),
    Kind.MULTIPLE: N_("Several right answers"),
    Kind.TRUTH: N_("True or false"),
    Kind.ORDER: N_("Put in order"),
}


@quiz.before_request
def _stand_under() -> None:
    """The bank has an entry of its own in the navigation."""
    if request.path.startswith(("/quizzes/bank", "/quizzes/questions")):
        navigation.stand_under("bank")


@quiz.record_once
def _for_templates(state: BlueprintSetupState) -> None:
    state.app.jinja_env.globals |= {"question_kinds": KINDS, "letters": LETTERS}
