"""Quizzes (thi trắc nghiệm): the question bank, drawing, taking, results. Never a ranking."""
