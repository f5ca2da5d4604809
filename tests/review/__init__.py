"""Deeds of the review desk, and the pure rules below them."""
