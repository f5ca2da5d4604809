"""The ways a deed can be refused.

A refusal carries an English message id and the values to fill in, so that the
web wing can say it in the reader's language; and where it is `about` one thing
that was given, the name of that, so that it can be said beside it.
"""


class StudyHubError(Exception):
    """A refusal that is meant for the person, not for the programmer."""

    def __init__(self, message: str, *, about: str = "", **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.about = about
        self.values = values

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


class Missing(StudyHubError):
    """There is no such thing, or not for this person: strangers are not told which."""


class Forbidden(StudyHubError):
    """The person may know of the thing, but not do this to it."""


class Conflict(StudyHubError):
    """Somebody else changed the thing in the meantime; nothing was overwritten."""


class Untimely(StudyHubError):
    """The deed exists, but not now: the state or the clock does not allow it."""


class Unfit(StudyHubError):
    """What was given cannot be taken as it is; the sentence says what to change."""
