"""The review desk."""

from studyhub.web.review import (
    answers,
    archives,
    beside,
    chosen,
    desk,
    jotting,
    marking,
    more_time,
    out_of_hands,
    phrases,
    sharing,
    substituting,
)
from studyhub.web.review.views import review

__all__ = [
    "answers",
    "archives",
    "beside",
    "chosen",
    "desk",
    "jotting",
    "marking",
    "more_time",
    "out_of_hands",
    "phrases",
    "review",
    "sharing",
    "substituting",
]
