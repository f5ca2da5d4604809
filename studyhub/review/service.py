"""The deeds of the review desk, under one name."""

from studyhub.review.answering import answer
from studyhub.review.appeals import appeal
from studyhub.review.commenting import change_comment, comment, jot, remove_comment
from studyhub.review.deciding import begin_reading, decide, has_decided
from studyhub.review.marking import give_mark, has_marked
from studyhub.review.recalling import recall
from studyhub.review.substituting import substitute, substitute_on

__all__ = [
    "answer",
    "appeal",
    "begin_reading",
    "change_comment",
    "comment",
    "decide",
    "give_mark",
    "has_decided",
    "has_marked",
    "jot",
    "recall",
    "remove_comment",
    "substitute",
    "substitute_on",
]
