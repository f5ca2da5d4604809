"""Units are merged, divided, moved, and nothing is lost."""
