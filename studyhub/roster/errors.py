"""What the roster says when a file, or one of its cells, cannot be taken."""

from studyhub.kernel.errors import StudyHubError


class Unreadable(StudyHubError):
    """No table can be had from this file; the sentence says what to do instead."""


class Wrong(StudyHubError):
    """One value of one row; the sentence says what to change."""


class Halted(StudyHubError):
    """A row was refused while the plan was carried out, so nothing of it was."""

    def __init__(self, message: str, *, row: int, why: StudyHubError) -> None:
        super().__init__(message, row=row)
        self.row = row
        self.why = why


class Moved(Exception):
    """The register has changed since the plan was made of it: compare again."""
