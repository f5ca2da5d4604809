"""The clock and the tools of background work, for what happens in the morning."""

from tests.jobs.conftest import hour, tools

__all__ = ["hour", "tools"]
