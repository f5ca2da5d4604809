"""Question banks, the quizzes of a round, taking one, and what came of it."""

from studyhub.web.quiz import bank, importing, planning, results, taking
from studyhub.web.quiz.blueprint import quiz

__all__ = ["bank", "importing", "planning", "quiz", "results", "taking"]
