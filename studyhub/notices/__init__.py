"""What a person is told inside StudyHub: one row for each person and happening."""
