"""Study sessions (buổi học): agenda, check-in, roll call; and reading the documents."""
