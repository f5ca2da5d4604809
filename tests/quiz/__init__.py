"""The bank, the quizzes, what is answered: on both databases."""
