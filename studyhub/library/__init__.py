"""Resolutions and other documents: read from files, kept as outlines of parts."""
