"""StudyHub: study sessions, study essays, review and completion for party organizations."""
