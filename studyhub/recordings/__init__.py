"""Recordings of sessions: brought in pieces, made streamable, watched, and followed."""
