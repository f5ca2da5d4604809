"""What a session is followed by: chosen by its officer, watched by its members."""

from studyhub.web.live import hooks, meeting, source, watching
from studyhub.web.live.blueprint import live

__all__ = ["hooks", "live", "meeting", "source", "watching"]
