"""The deeds of the review desk, under one name."""

from studyhub.review.commenting import change_comment, comment, remove_comment
from studyhub.review.deciding import begin_reading, decide, has_decided

__all__ = ["begin_reading", "change_comment", "comment", "decide", "has_decided", "remove_comment"]
