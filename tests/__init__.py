"""The tests of StudyHub: pure rules, deeds, pages, the house, and walks in a browser."""
