"""Recordings: brought in pieces, watched and heard, followed."""

from studyhub.web.recordings import captioning, managing, uploading, watching
from studyhub.web.recordings.blueprint import recordings

__all__ = ["captioning", "managing", "recordings", "uploading", "watching"]
