"""Background jobs and chores."""
