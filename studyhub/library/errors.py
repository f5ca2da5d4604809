"""What the library says when a file cannot be read."""

from studyhub.kernel.errors import StudyHubError


class Unreadable(StudyHubError):
    """No text can be had from this file; the sentence says what to do instead."""
