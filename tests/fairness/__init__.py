"""Reading a sample again."""
