"""Who has done what in a round: marks of each person, and counters that always add up."""
