"""Walks through StudyHub in a real Chromium."""
