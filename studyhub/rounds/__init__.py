"""Study rounds: what is to be studied, by whom, until when, and what counts as done."""
