"""Tests of the recordings of sessions."""
