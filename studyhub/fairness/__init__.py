"""Reading a sample of the decided essays again, so that like is judged alike."""
