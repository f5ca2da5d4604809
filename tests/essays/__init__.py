"""Deeds of writing and handing in, and the pure rules below them."""
