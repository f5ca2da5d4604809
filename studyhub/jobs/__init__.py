"""Background jobs as rows of ours, and chores that fall due by the clock."""
